import threading
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select, update

from models.case import Case
from models.db import reading, writing
from models.outbox import Channel, Delivery, OutboxEntry, Parcel, ToSay, claim, put, put_off, retry_failed
from models.queries import stuck_deliveries
from models.settings import Settings
from tests.build import a_case, a_letter

LEASE = timedelta(minutes=2)


def say(engine: Engine, *keys: str, now: datetime, case: Case | None = None, channel: Channel = Channel.EMAIL) -> None:
    with writing(engine) as session:
        for key in keys:
            put(session, ToSay(channel, key, {}, case.id if case else None), now=now)


def take(engine: Engine, now: datetime, channel: Channel = Channel.EMAIL) -> Parcel | None:
    with writing(engine) as session:
        return claim(session, channel=channel, now=now, lease=LEASE)


def finish(engine: Engine, parcel: Parcel | None, state: Delivery = Delivery.SENT) -> None:
    assert parcel is not None
    with writing(engine) as session:
        session.get_one(OutboxEntry, parcel.entry_id).state = state


def keys(parcels: Iterable[Parcel | None]) -> list[str | None]:
    return [parcel.key if parcel else None for parcel in parcels]


def two_cases(engine: Engine, settings: Settings, now: datetime) -> tuple[Case, Case]:
    """Two cases whose own letters and cards are already out of the way."""
    first = a_case(engine, settings=settings, now=now)
    second = a_case(engine, settings=settings, now=now, raw=a_letter(Message_ID="<two@residents.example>"))
    with writing(engine) as session:
        session.exec(update(OutboxEntry).values(state=Delivery.SENT))
    return first, second


def test_a_key_is_put_once(engine: Engine, now: datetime) -> None:
    with writing(engine) as session:
        told = [put(session, ToSay(Channel.EMAIL, "a letter", {"n": n}), now=now) for n in range(2)]
    with writing(engine) as session:
        told.append(put(session, ToSay(Channel.SLACK, "a letter", {"n": 3}), now=now))
    assert told == [True, False, False]
    with reading(engine) as session:
        assert session.exec(select(OutboxEntry)).one().payload == {"n": 0}


def test_entries_of_a_lane_leave_in_order(engine: Engine, settings: Settings, now: datetime) -> None:
    case, _ = two_cases(engine, settings, now)
    say(engine, "first", "second", now=now, case=case)
    first = take(engine, now)
    assert keys([first, take(engine, now)]) == ["first", None], "the second waits while the first is being sent"
    finish(engine, first)
    assert keys([take(engine, now)]) == ["second"]


def test_an_entry_that_waits_its_turn_holds_its_lane(engine: Engine, settings: Settings, now: datetime) -> None:
    case, other = two_cases(engine, settings, now)
    say(engine, "first", "second", now=now, case=case)
    say(engine, "elsewhere", now=now, case=other)
    first = take(engine, now)
    assert first is not None
    with writing(engine) as session:
        entry = session.get_one(OutboxEntry, first.entry_id)
        entry.state, entry.not_before = Delivery.WAITING, now + timedelta(hours=1)
    assert keys([take(engine, now), take(engine, now)]) == ["elsewhere", None]


def test_a_failed_entry_lets_the_lane_go_on(engine: Engine, settings: Settings, now: datetime) -> None:
    case, _ = two_cases(engine, settings, now)
    say(engine, "first", "second", "third", now=now, case=case)
    finish(engine, take(engine, now), Delivery.FAILED)
    finish(engine, take(engine, now), Delivery.UNCERTAIN)
    assert keys([take(engine, now)]) == ["third"]
    with reading(engine) as session:
        assert [entry.key for entry in stuck_deliveries(session)] == ["first", "second"]


def test_channels_and_caseless_entries_are_lanes_of_their_own(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    case, _ = two_cases(engine, settings, now)
    say(engine, "letter", now=now, case=case)
    say(engine, "alert 1", "alert 2", now=now, channel=Channel.SLACK)
    say(engine, "card", now=now, case=case, channel=Channel.SLACK)
    assert keys(take(engine, now, Channel.SLACK) for _ in range(4)) == ["alert 1", "alert 2", "card", None]
    assert keys([take(engine, now)]) == ["letter"]


def test_an_interrupted_entry_is_taken_again_after_its_lease(engine: Engine, now: datetime) -> None:
    say(engine, "a letter", now=now)
    first = take(engine, now)
    assert first is not None
    assert (first.was_interrupted, first.attempts) == (False, 1)
    assert take(engine, now + LEASE - timedelta(seconds=1)) is None
    again = take(engine, now + LEASE)
    assert again is not None
    assert (again.was_interrupted, again.attempts) == (True, 2)


def test_an_entry_tried_again_was_not_interrupted(engine: Engine, now: datetime) -> None:
    say(engine, "a letter", now=now)
    finish(engine, take(engine, now), Delivery.WAITING)
    again = take(engine, now + LEASE)
    assert again is not None
    assert (again.was_interrupted, again.attempts) == (False, 2)


def test_what_is_put_off_untried_is_as_it_was_and_a_doubt_about_it_stays(engine: Engine, now: datetime) -> None:
    say(engine, "a letter", now=now)
    for claimed_at, was_interrupted, attempts in ((now, False, 1), (now + LEASE, False, 1), (now + 3 * LEASE, True, 2)):
        parcel = take(engine, claimed_at)
        assert parcel is not None
        assert (parcel.was_interrupted, parcel.attempts) == (was_interrupted, attempts)
        if claimed_at == now + LEASE:  # whoever had it dies
            continue
        with writing(engine) as session:
            put_off(session, parcel, until=claimed_at + LEASE)
    again = take(engine, now + 4 * LEASE)
    assert again is not None
    assert (again.was_interrupted, again.attempts) == (True, 2)


def test_a_claim_that_rolls_back_leaves_the_entry(engine: Engine, now: datetime) -> None:
    say(engine, "a letter", now=now)
    with pytest.raises(InterruptedError), writing(engine) as session:
        claim_and_die(session, now)
    assert keys([take(engine, now)]) == ["a letter"]


def claim_and_die(session: Session, now: datetime) -> None:
    assert claim(session, channel=Channel.EMAIL, now=now, lease=LEASE)
    raise InterruptedError


def test_failed_entries_are_tried_again_when_asked(engine: Engine, now: datetime) -> None:
    say(engine, "a letter", "another", now=now)
    finish(engine, take(engine, now), Delivery.FAILED)
    finish(engine, take(engine, now), Delivery.UNCERTAIN)
    with writing(engine) as session:
        assert retry_failed(session, now=now) == 1
    assert keys([take(engine, now), take(engine, now)]) == ["a letter", None]


def test_workers_at_once_never_get_the_same_entry(engine: Engine, settings: Settings, now: datetime) -> None:
    case, other = two_cases(engine, settings, now)
    wanted = [f"letter {n}" for n in range(12)] + [f"case {n}" for n in range(6)] + [f"other {n}" for n in range(6)]
    say(engine, *wanted[:12], now=now)
    say(engine, *wanted[12:18], now=now, case=case)
    say(engine, *wanted[18:], now=now, case=other)
    sent: list[str] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait(10)
        while len(sent) < len(wanted):
            if parcel := take(engine, now):
                sent.append(parcel.key)
                finish(engine, parcel)

    workers = [threading.Thread(target=work, daemon=True) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert Counter(sent) == Counter(wanted)
    for lane in ("case", "other"):
        assert [key for key in sent if key.startswith(lane)] == [key for key in wanted if key.startswith(lane)]


def test_putting_one_key_at_once_puts_it_once(engine: Engine, now: datetime) -> None:
    for number in range(8):
        assert Counter(put_at_once(engine, f"letter {number}", now)) == {True: 1, False: 3}


def put_at_once(engine: Engine, key: str, now: datetime) -> list[bool | str]:
    """What four workers are told who put the same key at the same moment."""
    told: list[bool | str] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait(10)
        try:
            with writing(engine) as session:
                is_first = put(session, ToSay(Channel.EMAIL, key, {}), now=now)
            told.append(is_first)
        except DBAPIError as failed:
            told.append(type(failed).__name__)

    workers = [threading.Thread(target=work, daemon=True) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    return told
