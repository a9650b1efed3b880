"""Cases that nobody looks after are told once a working day to whoever can change that."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from jobs.parts import Parts
from jobs.warn_of_orphans import warn_of_orphans
from models.covering import roster
from models.db import reading, writing
from models.duty import Duty, DutyKind
from models.orphans import Orphan, orphans
from models.settings import Settings
from tests.build import officer
from tests.days import day
from tests.jobs.office import HandClock, nobody
from tests.people import BEN, CARA
from tests.staff import LEAD, a_case_of, goes_away, has_left, lines_put, with_team

MONDAY = day("Monday 12 October 2026")


def found(engine: Engine) -> list[Orphan]:
    with reading(engine) as session:
        return orphans(session, roster(session, MONDAY))


def run(engine: Engine, settings: Settings, at: datetime) -> None:
    parts = Parts(settings, engine, HandClock(at), transports={}, suggester=nobody)
    warn_of_orphans(parts)
    warn_of_orphans(parts)


def test_a_leavers_case_is_an_orphan_until_it_is_given_to_somebody(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    case = a_case_of(engine, BEN, settings=settings, now=now)
    assert found(engine) == []
    has_left(engine, BEN)
    [orphan] = found(engine)
    assert (orphan.reference, orphan.owner, orphan.why) == (case.reference, "Ben Carter", "has left")
    assert (orphan.what, orphan.due) == ("acknowledge", case.acknowledge_by)


def test_a_case_whose_owner_is_covered_is_none(engine: Engine, settings: Settings, now: datetime) -> None:
    a_case_of(engine, BEN, settings=settings, now=now)
    goes_away(engine, BEN, CARA, (MONDAY, MONDAY), settings=settings, now=now)
    assert found(engine) == []
    goes_away(engine, CARA, None, (MONDAY, MONDAY), settings=settings, now=now)
    assert [each.why for each in found(engine)] == ["is away, and nobody who may act covers"]


def test_a_duty_of_somebody_who_has_left_is_an_orphan(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case_of(engine, CARA, settings=settings, now=now)
    with writing(engine) as session:
        remedy: dict[str, Any] = {
            "key": "a remedy",
            "kind": DutyKind.REMEDY,
            "what": "Pay.",
            "due": MONDAY,
            "made_at": now,
        }
        session.add(Duty(**remedy, case_id=case.number, owner_id=officer(engine, BEN).id))
    has_left(engine, BEN)
    assert [(each.reference, each.what, each.due) for each in found(engine)] == [(case.reference, "remedy", MONDAY)]


def test_they_are_told_to_the_lead_once_a_working_day(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case_of(engine, BEN, settings=settings, now=now)
    has_left(engine, BEN)
    run(engine, settings, now)
    assert lines_put(engine, key="orphans of 2026-10-12") == {
        LEAD: f"1 thing is owed on cases that nobody looks after: {case.reference}. Ben Carter has left. "
        "Give each case to somebody, or give a cover; “tocsin people orphans” lists them."
    }
    for later in (timedelta(days=1, hours=-2), timedelta(days=1, hours=10), timedelta(days=5)):
        run(engine, settings, now + later)
    assert len(lines_put(engine, key="orphans of")) == 1, "neither before nine, nor in the evening, nor on a Saturday"
    run(engine, settings, now + timedelta(days=1))
    assert lines_put(engine, key="orphans of 2026-10-13")


def test_a_manager_who_is_here_is_told_instead_of_the_lead(engine: Engine, settings: Settings, now: datetime) -> None:
    managed = with_team(settings, manager="cara@council.example")
    a_case_of(engine, BEN, settings=managed, now=now)
    has_left(engine, BEN)
    run(engine, managed, now)
    assert list(lines_put(engine, key="orphans of")) == [CARA]


def test_where_everything_is_looked_after_nobody_is_told(engine: Engine, settings: Settings, now: datetime) -> None:
    a_case_of(engine, BEN, settings=settings, now=now)
    run(engine, settings, now)
    assert not lines_put(engine, key="orphans of")
