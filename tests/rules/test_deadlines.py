from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.clock import in_words
from models.rules.deadlines import ROLLS, deadlines, explain, is_overdue, limits
from models.rules.lengths import Length
from models.rules.procedures import ClockStart, Procedure, Stage
from models.rules.working_days import CALENDARS, WorkingCalendar
from models.settings import Settings
from tests.days import day

ENGLAND = WorkingCalendar("england-and-wales")
DAYS = st.dates(date(2025, 1, 1), date(2027, 6, 30))


@pytest.fixture
def corporate(settings: Settings) -> Procedure:
    return settings.procedures["corporate"]


def said(due: date | None) -> str | None:
    return in_words(due) if due else None


def test_no_extension_is_reckoned_unasked(corporate: Procedure) -> None:
    assert deadlines(corporate.stage(1), ENGLAND, received=day("Thursday 2 April 2026")).extended_respond_by is None


def test_what_has_not_happened_counts_from_its_last_day(corporate: Procedure) -> None:
    due = deadlines(corporate.stage(1), ENGLAND, received=day("Thursday 2 April 2026"))
    assert (said(due.starts["respond_by"]), said(due.respond_by)) == ("Monday 13 April 2026", "Monday 27 April 2026")


def panel(settings: Settings, **happened: str) -> list[str | None]:
    events: dict[ClockStart, date] = {}
    if "met" in happened:
        events["panel met"] = day(happened["met"])
    if "reported" in happened:
        events["panel reported"] = day(happened["reported"])
    stage = settings.procedures["children"].stage(3)
    due = deadlines(stage, ENGLAND, received=day("Monday 2 March 2026"), happened=events)
    assert due.respond_by == due.further["council_response_by"]
    return [said(due.further[name]) for name in ("panel_by", "panel_report_by", "council_response_by")]


def test_the_panels_dates_follow_each_other(settings: Settings) -> None:
    by, report, answer = "Wednesday 15 April 2026", "Wednesday 22 April 2026", "Thursday 14 May 2026"
    assert panel(settings) == [by, report, answer]
    met = {"met": "Wednesday 1 April 2026"}
    assert panel(settings, **met) == [by, "Friday 10 April 2026", "Friday 1 May 2026"]
    assert panel(settings, **met, reported="Tuesday 7 April 2026") == [
        by,
        "Friday 10 April 2026",
        "Tuesday 28 April 2026",
    ]


def test_a_stage_may_count_from_the_record_that_was_agreed(settings: Settings) -> None:
    told = settings.procedures["children"].stage(2).model_dump()
    told["respond"] |= {"of": "record agreed"}
    stage, asked = Stage.model_validate(told), day("Monday 2 March 2026")
    agreed = deadlines(stage, ENGLAND, received=asked, happened={"record agreed": day("Monday 9 March 2026")})
    assert said(agreed.respond_by) == "Wednesday 15 April 2026"
    assert said(deadlines(stage, ENGLAND, received=asked).respond_by) == "Wednesday 8 April 2026"


@pytest.mark.parametrize(
    ("received", "respond_by", "extended"),
    [
        ("Thursday 29 February 2024", "Tuesday 2 April 2024", "Wednesday 29 May 2024"),  # Good Friday, Easter Monday
        ("Wednesday 31 January 2024", "Thursday 29 February 2024", "Tuesday 30 April 2024"),
        ("Saturday 31 January 2026", "Monday 2 March 2026", "Thursday 30 April 2026"),  # 28 February is a Saturday
        ("Thursday 30 November 2023", "Tuesday 2 January 2024", "Thursday 29 February 2024"),  # the 30th is a Saturday
        ("Monday 31 August 2026", "Wednesday 30 September 2026", "Monday 30 November 2026"),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_months_last(
    settings: Settings, received: str, respond_by: str, extended: str
) -> None:
    due = deadlines(settings.procedures["sar"].stage(1), ENGLAND, received=day(received), extended=True)
    assert (said(due.respond_by), said(due.extended_respond_by)) == (respond_by, extended)


@pytest.mark.parametrize(
    ("length", "start", "last"),
    [
        ("1 working day", "Wednesday 28 February 2024", "Thursday 29 February 2024"),
        ("5 working days", "Thursday 29 February 2024", "Thursday 7 March 2024"),
        ("30 days", "Wednesday 31 January 2024", "Friday 1 March 2024"),
        ("12 months", "Thursday 29 February 2024", "Friday 28 February 2025"),
        ("48 months", "Thursday 29 February 2024", "Tuesday 29 February 2028"),
    ],
)
def test_the_29th_of_february_is_a_day_like_others(length: str, start: str, last: str) -> None:
    number, _, unit = length.partition(" ")
    long = Length.model_validate({"number": int(number), "unit": unit.removesuffix("s") + "s"})
    assert in_words(long.end(day(start), ENGLAND)) == last


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


def test_an_explanation_says_how_a_limit_rolls_on() -> None:
    told = explain(Length(number=30, unit="days"), ENGLAND, day("Thursday 4 March 2027"), rolls=True)
    assert [(in_words(each.day), each.number, each.reason) for each in told[29:]] == [
        ("Saturday 3 April 2027", 30, "day 30"),
        ("Sunday 4 April 2027", None, "Sunday"),
        ("Monday 5 April 2027", None, ROLLS),
    ]


def test_a_limit_that_does_not_roll_may_end_on_a_sunday() -> None:
    thirty = Length(number=30, unit="days")
    assert in_words(thirty.end(day("Friday 3 July 2026"), ENGLAND)) == "Sunday 2 August 2026"
    assert len(explain(thirty, ENGLAND, day("Friday 3 July 2026"))) == 30


def test_an_extension_is_explained_in_one_run(corporate: Procedure) -> None:
    due = deadlines(corporate.stage(1), ENGLAND, received=day("Thursday 2 April 2026"), extended=True)
    told = {name: (str(length), said(start)) for name, _, length, start in limits(corporate.stage(1), due)}
    assert told == {
        "acknowledge_by": ("5 working days", "Thursday 2 April 2026"),
        "respond_by": ("10 working days", "Monday 13 April 2026"),
        "extended_respond_by": ("20 working days", "Monday 13 April 2026"),
    }


def a_stage(respond: int, extension: int, unit: str, *, rolls: bool = False) -> Stage:
    return Stage.model_validate(
        {
            "name": "stage 1",
            "acknowledge": {"within": "5 working days", "of": "received"},
            "respond": {"within": f"{respond} {unit}", "of": "acknowledged", "rolls": rolls},
            "longest_extension": f"{extension} {unit}",
        }
    )


NAMES = st.sampled_from(sorted(CALENDARS))
UNITS = st.sampled_from(["days", "working days", "months"])


@given(name=NAMES, received=DAYS, respond=st.integers(0, 40), extension=st.integers(0, 40), unit=UNITS, rolls=...)
def test_an_extension_never_ends_earlier(
    name: str, received: date, respond: int, extension: int, unit: str, rolls: bool
) -> None:
    stage = a_stage(respond, extension, unit, rolls=rolls)
    due = deadlines(stage, WorkingCalendar(name), received=received, extended=True)
    assert due.extended_respond_by is not None
    assert due.respond_by is not None
    assert due.acknowledge_by is not None
    assert due.extended_respond_by >= due.respond_by >= due.acknowledge_by > received


@given(name=NAMES, start=DAYS, number=st.integers(0, 40), unit=UNITS, rolls=...)
def test_an_explanation_is_as_long_as_the_days_between(
    name: str, start: date, number: int, unit: str, rolls: bool
) -> None:
    calendar = WorkingCalendar(name)
    length = Length.model_validate({"number": number, "unit": unit})
    stage = a_stage(number, 0, unit, rolls=rolls)
    assert stage.respond
    told = explain(length, calendar, start, rolls=rolls)
    assert len(told) == (stage.respond.end(start, calendar) - start).days
    assert [(each.day - start).days for each in told] == list(range(1, len(told) + 1))
    assert all(each.reason for each in told)
    if unit != "months":
        assert max((each.number or 0 for each in told), default=0) == number
