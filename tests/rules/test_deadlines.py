from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.clock import in_words
from models.rules.deadlines import deadlines, explain, is_overdue
from models.rules.procedures import Length, Procedure, Stage
from models.rules.working_days import CALENDARS, WorkingCalendar
from models.settings import Settings
from tests.days import day

ENGLAND = WorkingCalendar("england-and-wales")
DAYS = st.dates(date(2025, 1, 1), date(2027, 6, 30))


@pytest.fixture
def corporate(settings: Settings) -> Procedure:
    return settings.procedures["corporate"]


@pytest.mark.parametrize(
    ("stage", "received", "acknowledge_by", "respond_by"),
    [
        (1, "Thursday 2 April 2026", "Monday 13 April 2026", "Monday 27 April 2026"),
        (1, "Monday 21 December 2026", "Wednesday 30 December 2026", "Thursday 14 January 2027"),
        (1, "Saturday 2 May 2026", "Monday 11 May 2026", "Tuesday 26 May 2026"),
        (2, "Monday 24 August 2026", "Tuesday 1 September 2026", "Tuesday 29 September 2026"),
    ],
)
def test_dates_due_when_nobody_acknowledged_yet(
    corporate: Procedure, stage: int, received: str, acknowledge_by: str, respond_by: str
) -> None:
    due = deadlines(corporate.stage(stage), ENGLAND, received=day(received))
    assert (in_words(due.acknowledge_by), in_words(due.respond_by)) == (acknowledge_by, respond_by)
    assert due.extended_respond_by is None


@pytest.mark.parametrize(
    ("acknowledged", "respond_by", "extended"),
    [
        ("Monday 13 April 2026", "Monday 27 April 2026", "Tuesday 12 May 2026"),
        ("Tuesday 7 April 2026", "Tuesday 21 April 2026", "Wednesday 6 May 2026"),
    ],
)
def test_the_answer_counts_from_the_acknowledgement(
    corporate: Procedure, acknowledged: str, respond_by: str, extended: str
) -> None:
    received = day("Thursday 2 April 2026")
    due = deadlines(corporate.stage(1), ENGLAND, received=received, acknowledged=day(acknowledged), extended=True)
    assert in_words(due.respond_by) == respond_by
    assert due.extended_respond_by is not None
    assert in_words(due.extended_respond_by) == extended


def test_a_limit_in_calendar_days_counts_them_all() -> None:
    thirty = Length(number=30, unit="days")
    assert in_words(thirty.end(day("Friday 3 July 2026"), ENGLAND)) == "Sunday 2 August 2026"
    assert len(explain(thirty, ENGLAND, day("Friday 3 July 2026"))) == 30


@pytest.mark.parametrize(
    ("today", "late"),
    [("Friday 10 April 2026", False), ("Monday 13 April 2026", False), ("Tuesday 14 April 2026", True)],
)
def test_a_case_is_overdue_from_the_day_after(today: str, late: bool) -> None:
    assert is_overdue(day("Monday 13 April 2026"), day(today)) is late


def test_an_explanation_gives_each_day_its_reason() -> None:
    told = explain(Length(number=5, unit="working days"), ENGLAND, day("Thursday 2 April 2026"))
    assert [(in_words(each.day), each.number, each.reason) for each in told[:5]] == [
        ("Friday 3 April 2026", None, "Good Friday"),
        ("Saturday 4 April 2026", None, "Saturday"),
        ("Sunday 5 April 2026", None, "Sunday"),
        ("Monday 6 April 2026", None, "Easter Monday"),
        ("Tuesday 7 April 2026", 1, "working day 1"),
    ]


def a_stage(respond: int, extension: int, unit: str) -> Stage:
    return Stage.model_validate(
        {
            "name": "stage 1",
            "acknowledge": {"within": "5 working days", "of": "received"},
            "respond": {"within": f"{respond} {unit}", "of": "acknowledged"},
            "longest_extension": f"{extension} {unit}",
        }
    )


@given(
    name=st.sampled_from(sorted(CALENDARS)),
    received=DAYS,
    respond=st.integers(0, 40),
    extension=st.integers(0, 40),
    unit=st.sampled_from(["days", "working days"]),
)
def test_an_extension_never_ends_earlier(name: str, received: date, respond: int, extension: int, unit: str) -> None:
    due = deadlines(a_stage(respond, extension, unit), WorkingCalendar(name), received=received, extended=True)
    assert due.extended_respond_by is not None
    assert due.extended_respond_by >= due.respond_by >= due.acknowledge_by > received


@given(
    name=st.sampled_from(sorted(CALENDARS)),
    start=DAYS,
    number=st.integers(0, 40),
    unit=st.sampled_from(["days", "working days"]),
)
def test_an_explanation_is_as_long_as_the_days_between(name: str, start: date, number: int, unit: str) -> None:
    calendar = WorkingCalendar(name)
    length = Length.model_validate({"number": number, "unit": unit})
    told = explain(length, calendar, start)
    assert len(told) == (length.end(start, calendar) - start).days
    assert max((each.number or 0 for each in told), default=0) == number
