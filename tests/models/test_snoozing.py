from datetime import datetime

import pytest
from sqlalchemy import Engine

from models.case import Case
from models.db import writing
from models.queries import get_case
from models.rules.errors import GivenWrong, NotEntitled, StepNotAllowed
from models.settings import Settings
from models.verbs.snooze import SNOOZE
from tests.build import reload
from tests.moving import acknowledged, at, due, spoken, told_last, use
from tests.people import BEN, DEV


@pytest.fixture
def case(engine: Engine, settings: Settings, now: datetime) -> Case:
    return acknowledged(engine, settings, now)


def snoozed(engine: Engine, case: Case, settings: Settings, now: datetime, until: str, by: str = BEN) -> str:
    return use(engine, case, SNOOZE, settings, now, {"until": until, "reason": "The crew goes out on Thursday."}, by)


def test_reminders_are_put_off_with_a_day_and_a_reason_and_the_date_stays(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    said = snoozed(engine, case, settings, now, "2026-10-23")
    after = reload(engine, case)
    assert spoken(after.snoozed_until) == "Friday 23 October 2026"
    assert due(after) == "Monday 26 October 2026"
    assert said.endswith("before Friday 23 October 2026. It stays due by Monday 26 October 2026.")
    name, who, details = told_last(engine, case)
    assert (name, who) == ("snoozed", "Ben Carter")
    assert details == {
        "until": "2026-10-23",
        "reason": "The crew goes out on Thursday.",
        "clock": "answer",
        "due": "2026-10-26",
    }


@pytest.mark.parametrize(
    ("until", "says"),
    [
        ("2026-10-12", "does not lie ahead"),
        ("2026-10-09", "does not lie ahead"),
        ("2026-10-27", "due by Monday 26 October 2026; no reminder is put off beyond"),
        ("2026-09-31", "is a date such as"),
    ],
)
def test_no_reminder_is_put_off_past_the_date_that_is_due(
    engine: Engine, case: Case, settings: Settings, now: datetime, until: str, says: str
) -> None:
    with pytest.raises(GivenWrong, match=says) as refused:
        snoozed(engine, case, settings, now, until)
    assert refused.value.field == "until"


def test_reminders_rest_for_twenty_working_days_at_most(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    with writing(engine) as session:
        get_case(session, case.number).respond_by = at("Friday 18 December 2026").date()
    with pytest.raises(GivenWrong, match="20 working days, to Monday 9 November 2026"):
        snoozed(engine, case, settings, now, "2026-11-10")
    snoozed(engine, case, settings, now, "2026-11-09")


@pytest.mark.parametrize("today", ["Monday 26 October 2026", "Tuesday 27 October 2026"])
def test_what_is_due_or_late_is_always_reminded_of(engine: Engine, case: Case, settings: Settings, today: str) -> None:
    with pytest.raises(StepNotAllowed, match="always reminded of"):
        snoozed(engine, case, settings, at(today), "2026-10-28")


def test_where_nothing_is_owed_there_is_no_reminder_to_put_off(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    with pytest.raises(NotEntitled):
        snoozed(engine, case, settings, now, "2026-10-23", by=DEV)
    with writing(engine) as session:
        get_case(session, case.number).status = "closed"  # type: ignore[assignment]  # as the database has it
    with pytest.raises(StepNotAllowed, match="No clock runs"):
        snoozed(engine, case, settings, now, "2026-10-23")
