"""What holds for every procedure that comes with Tocsin, whatever the day and the holidays."""

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from models.rules.deadlines import Deadlines, deadlines, explain, limits
from models.rules.procedures import Stage
from models.rules.working_days import CALENDARS, WorkingCalendar
from tests.build import the_settings

STAGES = [stage for rules in the_settings(Path()).procedures.values() for stage in rules.stages]
A_STAGE = st.sampled_from(STAGES)
NAMES = st.sampled_from(sorted(CALENDARS))
DAYS = st.dates(date(2025, 1, 1), date(2027, 6, 30))
CLOSED = st.frozensets(DAYS, max_size=30)


def every_date(due: Deadlines) -> dict[str, date]:
    usual = {
        "acknowledge_by": due.acknowledge_by,
        "respond_by": due.respond_by,
        "extended_respond_by": due.extended_respond_by,
    }
    return {name: last for name, last in {**usual, **due.further}.items() if last}


@given(stage=A_STAGE, name=NAMES, received=DAYS, closed=CLOSED, another=DAYS)
def test_a_further_holiday_never_brings_a_date_forward(
    stage: Stage, name: str, received: date, closed: frozenset[date], another: date
) -> None:
    before = deadlines(stage, WorkingCalendar(name, closed), received=received, extended=True)
    after = deadlines(stage, WorkingCalendar(name, closed | {another}), received=received, extended=True)
    moved = every_date(after)
    assert moved.keys() == every_date(before).keys()
    assert all(moved[key] >= last for key, last in every_date(before).items())


@given(stage=A_STAGE, name=NAMES, received=DAYS, closed=CLOSED)
def test_extending_never_shortens(stage: Stage, name: str, received: date, closed: frozenset[date]) -> None:
    due = deadlines(stage, WorkingCalendar(name, closed), received=received, extended=True)
    assert (due.extended_respond_by is None) == (stage.longest_extension is None)
    if due.extended_respond_by and due.respond_by:
        assert due.extended_respond_by > due.respond_by
    plain = deadlines(stage, WorkingCalendar(name, closed), received=received)
    assert every_date(plain).items() <= every_date(due).items()


@given(stage=A_STAGE, name=NAMES, received=DAYS, closed=CLOSED)
def test_each_date_is_explained_by_exactly_the_days_between(
    stage: Stage, name: str, received: date, closed: frozenset[date]
) -> None:
    calendar = WorkingCalendar(name, closed)
    due = deadlines(stage, calendar, received=received, extended=True)
    told = every_date(due)
    for key, limit, length, start in limits(stage, due):
        days = explain(length, calendar, start, rolls=limit.rolls)
        assert len(days) == (told[key] - start).days
        assert days[-1].day == told[key]


@given(stage=A_STAGE, name=NAMES, received=DAYS, earlier=st.integers(0, 10))
def test_acknowledging_early_never_puts_the_answer_off(stage: Stage, name: str, received: date, earlier: int) -> None:
    calendar = WorkingCalendar(name)
    late = deadlines(stage, calendar, received=received)
    if late.acknowledge_by is None or late.respond_by is None:
        return
    day = max(received, date.fromordinal(late.acknowledge_by.toordinal() - earlier))
    early = deadlines(stage, calendar, received=received, happened={"acknowledged": day})
    assert early.respond_by is not None
    assert early.respond_by <= late.respond_by
