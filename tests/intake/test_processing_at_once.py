"""Several programs at once, and messages that fail: nothing is done twice and nobody is starved."""

import threading
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, col, select

from intake import parse as parsing
from intake import processing
from intake.processing import claim_messages, process, process_many
from intake.receive import receive
from jobs.parts import Parts
from jobs.process_inbound import process_some
from models.case import Case
from models.correspondence import Disposition, InboundMessage
from models.db import reading, writing
from models.held_list import held_list
from models.people import Complainant
from models.settings import Settings
from tests.build import a_letter
from tests.jobs.office import HandClock, nobody


def another(message_id: str = "<two@residents.example>") -> bytes:
    return a_letter("And again.", Message_ID=message_id)


def count(engine: Engine, table: type[SQLModel]) -> int:
    with reading(engine) as session:
        return len(session.exec(select(table)).all())


def test_programs_processing_one_message_make_one_case(engine: Engine, settings: Settings, now: datetime) -> None:
    ids = []
    for number in range(4):
        with writing(engine) as session:
            raw = a_letter(Message_ID=f"<{number}@residents.example>", From=f"r{number}@residents.example")
            ids.append(receive(session, source="complaints", raw=raw, now=now).message_id)
    start = threading.Barrier(3)
    told: list[tuple[int, str | None]] = []

    def work() -> None:
        start.wait(10)
        told.extend((each, process(engine, each, settings=settings, now=now).case) for each in ids)

    workers = [threading.Thread(target=work, daemon=True) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(told) == 12
    assert len(set(told)) == 4
    assert count(engine, Case) == 4


def test_letters_of_one_new_sender_at_once_both_open_a_case(engine: Engine, settings: Settings, now: datetime) -> None:
    with writing(engine) as session:
        ids = [receive(session, source="complaints", raw=raw, now=now).message_id for raw in (a_letter(), another())]
    told: list[object] = []
    second = threading.Thread(target=lambda: told.append(attempt(engine, ids[1], settings, now)), daemon=True)
    with writing(engine) as session:
        # the first program has written the sender down and not yet finished
        session.add(Complainant(name="Asha Okafor", email="asha.okafor@residents.example"))
        session.flush()
        second.start()
        wait_until_blocked(engine)
    second.join(30)
    assert told == [Disposition.CASE], "whoever meets a sender just written down takes that row"
    assert count(engine, Complainant) == 1


def attempt(engine: Engine, message_id: int, settings: Settings, now: datetime) -> object:
    try:
        return process(engine, message_id, settings=settings, now=now).disposition
    except DBAPIError as failed:
        return type(failed).__name__


def wait_until_blocked(engine: Engine) -> None:
    """On PostgreSQL, until somebody waits for a lock; on SQLite a second writer waits at its BEGIN anyway."""
    if engine.dialect.name != "postgresql":
        return
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    for _ in range(1000):
        with engine.connect() as connection:
            if connection.execute(waiting).scalar_one():
                return
        threading.Event().wait(0.01)
    raise AssertionError("nobody waited for the lock")


def tick(engine: Engine, settings: Settings, now: datetime) -> bool:
    """What the job does; True when there was something to process."""
    with writing(engine) as session:
        claimed = claim_messages(session, now=now)
    for message_id in claimed:
        process(engine, message_id, settings=settings, now=now)
    return bool(claimed)


def test_messages_are_claimed_together_oldest_first_and_once(engine: Engine, settings: Settings, now: datetime) -> None:
    for number in range(3):
        with writing(engine) as session:
            raw = another(f"<{number}@residents.example>")
            receive(session, source="complaints", raw=raw, now=now + timedelta(seconds=number))
    assert [claim(engine, now + timedelta(minutes=1)) for _ in range(2)] == [[1, 2, 3], []]


def test_those_that_failed_before_are_claimed_alone(engine: Engine, settings: Settings, now: datetime) -> None:
    """Reading one of them may have killed the program: it must not take the others with it again."""
    for number in range(3):
        with writing(engine) as session:
            receive(session, source="complaints", raw=another(f"<{number}@residents.example>"), now=now)
    assert claim(engine, now) == [1, 2, 3]
    later = now + timedelta(minutes=2)
    assert [claim(engine, later) for _ in range(4)] == [[1], [2], [3], []]


def test_one_that_failed_before_has_its_turn_though_new_ones_keep_coming(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    keep = partial(receive, source="complaints")
    with writing(engine) as session:
        keep(session, raw=another("<0@residents.example>"), now=now)
    assert claim(engine, now) == [1]
    later = now + timedelta(minutes=3)
    with writing(engine) as session:
        keep(session, raw=another("<1@residents.example>"), now=later)
    assert [claim(engine, later) for _ in range(3)] == [[1], [2], []]


def test_one_that_fails_among_many_keeps_back_no_other(
    engine: Engine, settings: Settings, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = Parts(settings, engine, HandClock(now), transports={}, suggester=nobody)
    for number in range(3):
        with writing(engine) as session:
            receive(session, source="complaints", raw=another(f"<{number}@residents.example>"), now=now)
    good = parsing.read
    monkeypatch.setattr(processing, "read", lambda raw: explode() if b"<1@" in raw else good(raw))
    assert process_some(parts)
    assert not process_some(parts)
    with reading(engine) as session:
        assert session.exec(select(InboundMessage.disposition).order_by(col(InboundMessage.id))).all() == [
            Disposition.CASE,
            None,
            Disposition.CASE,
        ]


def claim(engine: Engine, now: datetime) -> list[int]:
    with writing(engine) as session:
        return claim_messages(session, now=now)


@pytest.mark.parametrize("breaks", ["intake.processing.read", "intake.processing.route"])
def test_a_message_that_always_fails_is_held_and_starves_nobody(
    engine: Engine, settings: Settings, now: datetime, monkeypatch: pytest.MonkeyPatch, breaks: str
) -> None:
    with writing(engine) as session:
        receive(session, source="complaints", raw=a_letter(), now=now)
    with monkeypatch.context() as broken:
        broken.setattr(breaks, explode)
        for number in range(settings.intake.tries):
            with pytest.raises(ZeroDivisionError):
                tick(engine, settings, now + timedelta(minutes=2 * number))
            assert not tick(engine, settings, now + timedelta(minutes=2 * number, seconds=1))
        later = now + timedelta(minutes=2 * settings.intake.tries)
        assert tick(engine, settings, later)
    with reading(engine) as session:
        (held,) = held_list(session)
    assert (held.rule, count(engine, Case)) == ("could_not_be_processed", 0)
    assert held.reason.startswith(f"Processing it failed {settings.intake.tries} times")


def explode(*_args: object) -> object:
    return 1 // 0


def test_what_is_read_together_stays_small(engine: Engine, settings: Settings, now: datetime) -> None:
    for number in range(3):
        raw = another(f"<{number}@residents.example>") + b"x" * 4_500_000
        with writing(engine) as session:
            receive(session, source="complaints", raw=raw, now=now)
    assert [claim(engine, now) for _ in range(4)] == [[1], [2], [3], []]


def test_many_letters_ask_the_database_little(engine: Engine, settings: Settings, now: datetime) -> None:
    for number in range(30):
        raw = a_letter(Message_ID=f"<{number}@residents.example>", From=f"r{number}@residents.example")
        with writing(engine) as session:
            receive(session, source="complaints", raw=raw, now=now)
    with writing(engine) as session:
        claimed = claim_messages(session, now=now)
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _conn, _cursor, statement, *_: sent.append(statement))
    process_many(engine, claimed, settings=settings, now=now)
    assert count(engine, Case) == len(claimed) == 30
    assert len(sent) < 20


def test_two_letters_of_one_new_sender_together_both_open_a_case(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    with writing(engine) as session:
        ids = [receive(session, source="complaints", raw=raw, now=now).message_id for raw in (a_letter(), another())]
    told = process_many(engine, ids, settings=settings, now=now)
    assert len({each.case for each in told}) == 2
    assert (count(engine, Case), count(engine, Complainant)) == (2, 1)


def test_a_letter_that_opens_no_case_leaves_nobody_behind(engine: Engine, settings: Settings, now: datetime) -> None:
    raws = [a_letter(), a_letter("", Message_ID="<empty@x.example>", From="b@residents.example", Subject="")]
    with writing(engine) as session:
        ids = [receive(session, source="complaints", raw=raw, now=now).message_id for raw in raws]
    told = process_many(engine, ids, settings=settings, now=now)
    assert [each.disposition for each in told] == [Disposition.CASE, Disposition.HELD]
    assert count(engine, Complainant) == 1
