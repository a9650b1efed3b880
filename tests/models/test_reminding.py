from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models import handling
from models.case import Case
from models.clock import london_instant
from models.council import sync_officers
from models.db import reading, writing
from models.outbox import Channel, OutboxEntry
from models.queries import get_case
from models.reminders import Alert, Nag
from models.reminding import claim_cases_to_look_at, in_working_hours, next_opening, note_deadlines
from models.rules.labels import Kind
from models.settings import Settings
from tests.build import a_case, a_letter, an_opinion, officer, reload
from tests.days import day
from tests.people import BEN, CARA

LONDON = ZoneInfo("Europe/London")
# a case received on Monday 12 October 2026 is acknowledged by Monday 19


def london(words: str, at: str = "10:00") -> datetime:
    return london_instant(day(words), time.fromisoformat(at))


def look(engine: Engine, settings: Settings, now: datetime) -> int:
    """What the job does, until nothing is due a look; returns how many it looked at."""
    looked = 0
    while True:
        with writing(engine) as session:
            numbers = claim_cases_to_look_at(session, now=now)
        if not numbers:
            return looked
        for number in numbers:
            with writing(engine) as session:
                note_deadlines(session, get_case(session, number), settings=settings, now=now)
        looked += len(numbers)


def watch(engine: Engine, settings: Settings, start: datetime, end: datetime, every: timedelta) -> None:
    while start <= end:
        look(engine, settings, start)
        start += every


def nags(engine: Engine) -> list[tuple[str, str, str]]:
    with reading(engine) as session:
        return [(n.clock, n.step, n.recipient) for n in session.exec(select(Nag).order_by(col(Nag.id)))]


def alerts(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.exec(select(Alert.sign)))


def owned(engine: Engine, settings: Settings, now: datetime, by: str = BEN) -> Case:
    case = a_case(engine, settings=settings, now=now)
    with writing(engine) as session:
        handling.take(session, get_case(session, case.number), by=officer(engine, by), now=now)
    return case


def test_each_nag_is_given_once_and_in_order(engine: Engine, settings: Settings, now: datetime) -> None:
    owned(engine, settings, now)
    watch(engine, settings, now, london("Friday 23 October 2026"), timedelta(hours=3))
    steps = ["in 2 working days", "in 1 working day", "due today", "missed"]
    assert nags(engine) == [("acknowledge", step, BEN) for step in steps]
    assert alerts(engine) == ["stage 1 acknowledge missed"]
    with reading(engine) as session:
        said = session.exec(select(OutboxEntry).where(col(OutboxEntry.key).contains(" nag "))).all()
    assert len(said) == 4
    assert all(entry.channel == Channel.SLACK for entry in said)


def test_nobody_is_reminded_outside_working_hours(engine: Engine, settings: Settings, now: datetime) -> None:
    owned(engine, settings, now)
    for words, at in [
        ("Friday 16 October 2026", "08:59"),
        ("Friday 16 October 2026", "17:00"),
        ("Saturday 17 October 2026", "12:00"),
        ("Sunday 18 October 2026", "12:00"),
        ("Monday 19 October 2026", "00:30"),
    ]:
        look(engine, settings, london(words, at))
    assert nags(engine) == []
    look(engine, settings, london("Monday 19 October 2026", "09:00"))
    assert nags(engine) == [("acknowledge", "due today", BEN)]


def test_catching_up_after_a_pause_sends_one_reminder(engine: Engine, settings: Settings, now: datetime) -> None:
    owned(engine, settings, now)
    later = london("Tuesday 3 November 2026")
    assert look(engine, settings, later) == 1
    assert look(engine, settings, later) == 0
    assert nags(engine) == [("acknowledge", "missed", BEN)]
    assert alerts(engine) == ["stage 1 acknowledge missed"]


def test_a_case_nobody_owns_reminds_its_team(engine: Engine, settings: Settings, now: datetime) -> None:
    a_case(engine, settings=settings, now=now)
    look(engine, settings, london("Monday 19 October 2026"))
    assert nags(engine) == [("acknowledge", "due today", "complaints-highways")]


def test_a_case_whose_owner_left_reminds_its_team(engine: Engine, settings: Settings, now: datetime) -> None:
    owned(engine, settings, now, CARA)
    stayed = settings.model_copy(update={"officers": tuple(o for o in settings.officers if o.slack_user != CARA)})
    with writing(engine) as session:
        sync_officers(session, stayed)
    look(engine, stayed, london("Monday 19 October 2026"))
    assert nags(engine) == [("acknowledge", "due today", "complaints-highways")]


def test_a_new_owner_is_reminded_too(engine: Engine, settings: Settings, now: datetime) -> None:
    case = owned(engine, settings, now)
    look(engine, settings, london("Tuesday 20 October 2026"))
    with writing(engine) as session:
        handling.take(session, get_case(session, case.number), by=officer(engine, CARA), now=now)
    look(engine, settings, london("Wednesday 21 October 2026"))
    assert nags(engine) == [("acknowledge", "missed", BEN), ("acknowledge", "missed", CARA)]
    assert alerts(engine) == ["stage 1 acknowledge missed"]


def test_an_acknowledged_case_runs_on_the_answers_clock(engine: Engine, settings: Settings, now: datetime) -> None:
    case = owned(engine, settings, now)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.acknowledge(session, fresh, by=officer(engine, BEN), settings=settings, now=now)
    look(engine, settings, london("Tuesday 20 October 2026"))
    assert (nags(engine), alerts(engine)) == ([], [])
    look(engine, settings, london("Thursday 22 October 2026"))
    look(engine, settings, london("Tuesday 27 October 2026"))
    assert nags(engine) == [("answer", "in 2 working days", BEN), ("answer", "missed", BEN)]
    assert alerts(engine) == ["stage 1 answer missed"]


def test_nobody_looks_at_a_case_that_owes_nothing(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now, opinion=an_opinion(Kind.COMPLIMENT))
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.acknowledge(session, fresh, by=officer(engine, BEN), settings=settings, now=now)
    look(engine, settings, london("Tuesday 20 October 2026"))
    assert reload(engine, case).look_again is None
    assert look(engine, settings, london("Tuesday 20 October 2026")) == 0


def test_a_kind_that_is_corrected_wakes_the_answers_clock(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now, opinion=an_opinion(Kind.COMPLIMENT))
    ben = officer(engine, BEN)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.acknowledge(session, fresh, by=ben, settings=settings, now=now)
    look(engine, settings, now)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.correct_kind(session, fresh, Kind.COMPLAINT, by=ben, settings=settings, now=now)
    look(engine, settings, london("Tuesday 27 October 2026"))
    assert nags(engine) == [("answer", "missed", BEN)]


def test_a_look_that_fails_lets_the_others_go_ahead(engine: Engine, settings: Settings, now: datetime) -> None:
    first = a_case(engine, settings=settings, now=now)
    second = a_case(engine, settings=settings, now=now, raw=a_letter(Message_ID="<two@residents.example>"))
    claimed = []
    for _ in range(2):
        with writing(engine) as session:
            claimed.append(claim_cases_to_look_at(session, now=now))
    assert claimed == [[first.id, second.id], []]
    assert reload(engine, first).look_again == now + timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (("Monday 12 October 2026", "08:59"), ("Monday 12 October 2026", "09:00")),
        (("Monday 12 October 2026", "09:00"), ("Tuesday 13 October 2026", "09:00")),
        (("Friday 16 October 2026", "16:59"), ("Monday 19 October 2026", "09:00")),
        (("Saturday 17 October 2026", "03:00"), ("Monday 19 October 2026", "09:00")),
        # the clocks go back on Sunday 25 October 2026 and forward on Sunday 28 March 2027, which is Easter
        (("Friday 23 October 2026", "17:30"), ("Monday 26 October 2026", "09:00")),
        (("Sunday 25 October 2026", "01:30"), ("Monday 26 October 2026", "09:00")),
        (("Thursday 25 March 2027", "17:30"), ("Tuesday 30 March 2027", "09:00")),
        (("Thursday 24 December 2026", "12:00"), ("Tuesday 29 December 2026", "09:00")),
    ],
)
def test_the_next_opening_is(settings: Settings, now: tuple[str, str], opens: tuple[str, str]) -> None:
    found = next_opening(london(*now), settings=settings)
    assert found == london(*opens)
    assert found.astimezone(LONDON).hour == 9
    assert in_working_hours(found, settings=settings)


@pytest.mark.parametrize(("month", "utc_hour"), [(10, 9), (7, 8)])
def test_working_hours_are_londons(settings: Settings, month: int, utc_hour: int) -> None:
    opening = datetime.combine(date(2026, month, 26 if month == 10 else 6), time(utc_hour), tzinfo=UTC)
    assert in_working_hours(opening, settings=settings)
    assert not in_working_hours(opening - timedelta(minutes=1), settings=settings)


@pytest.mark.parametrize("weekend", ["Sunday 25 October 2026", "Sunday 28 March 2027"])
def test_every_hour_of_a_clock_change_weekend_nags_nobody(settings: Settings, weekend: str) -> None:
    midnight = london(weekend, "00:00") - timedelta(days=1)
    hours = [midnight + timedelta(minutes=30 * n) for n in range(96)]
    assert not any(in_working_hours(hour, settings=settings) for hour in hours)
    assert len({next_opening(hour, settings=settings) for hour in hours[:90]}) == 1


def test_a_case_opened_again_is_reminded_again(engine: Engine, settings: Settings, now: datetime) -> None:
    case = owned(engine, settings, now)
    ben = officer(engine, BEN)
    late = london("Tuesday 3 November 2026")
    answer = handling.Answer(handling.Outcome.UPHELD, "We were wrong.")
    with writing(engine) as session:
        handling.acknowledge(session, get_case(session, case.number), by=ben, settings=settings, now=now)
    look(engine, settings, late)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.respond(session, fresh, answer, by=ben, settings=settings, now=late)
        handling.close(session, fresh, reason="done", by=ben, now=late)
        handling.reopen(session, fresh, reason="not put right", by=ben, now=late)
    before = (len(nags(engine)), len(alerts(engine)))
    look(engine, settings, late)
    assert (len(nags(engine)), len(alerts(engine))) == (before[0] + 1, before[1] + 1)
