from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.clock import in_words
from models.rules.working_days import CALENDARS, NATIONS, WorkingCalendar, bank_holidays
from tests.days import day

ENGLAND = WorkingCalendar("england-and-wales")
SCOTLAND = WorkingCalendar("scotland")
NORTHERN_IRELAND = WorkingCalendar("northern-ireland")
ANY_NATION = WorkingCalendar("any-uk-nation")

DAYS = st.dates(date(2025, 1, 1), date(2027, 6, 30))
LENGTHS = st.integers(0, 70)
NAMES = st.sampled_from(sorted(CALENDARS))


@pytest.mark.parametrize(
    ("calendar", "start", "length", "last"),
    [
        # Easter 2026: Scotland works on Easter Monday
        (ENGLAND, "Thursday 2 April 2026", 5, "Monday 13 April 2026"),
        (SCOTLAND, "Thursday 2 April 2026", 5, "Friday 10 April 2026"),
        (NORTHERN_IRELAND, "Thursday 2 April 2026", 5, "Monday 13 April 2026"),
        (ANY_NATION, "Thursday 2 April 2026", 5, "Monday 13 April 2026"),
        (ENGLAND, "Thursday 2 April 2026", 3, "Thursday 9 April 2026"),
        # a weekend does not start the count early; 4 May is a bank holiday
        (ENGLAND, "Saturday 2 May 2026", 5, "Monday 11 May 2026"),
        (ENGLAND, "Tuesday 5 May 2026", 5, "Tuesday 12 May 2026"),
        # member enquiries
        (ENGLAND, "Friday 1 May 2026", 1, "Tuesday 5 May 2026"),
        (ENGLAND, "Friday 1 May 2026", 10, "Monday 18 May 2026"),
        # children's stages 1 and 2, and the panel
        (ENGLAND, "Monday 2 March 2026", 10, "Monday 16 March 2026"),
        (ENGLAND, "Monday 2 March 2026", 20, "Monday 30 March 2026"),
        (ENGLAND, "Monday 2 March 2026", 25, "Wednesday 8 April 2026"),
        (ENGLAND, "Monday 2 March 2026", 30, "Wednesday 15 April 2026"),
        (ENGLAND, "Monday 2 March 2026", 65, "Friday 5 June 2026"),
        # freedom of information leaves out St Patrick's Day, which only Northern Ireland keeps
        (ANY_NATION, "Monday 2 March 2026", 20, "Tuesday 31 March 2026"),
        (NORTHERN_IRELAND, "Monday 2 March 2026", 20, "Tuesday 31 March 2026"),
        # Scotland's one-off holiday on 15 June 2026
        (SCOTLAND, "Friday 12 June 2026", 5, "Monday 22 June 2026"),
        (ENGLAND, "Friday 12 June 2026", 5, "Friday 19 June 2026"),
        # the Twelfth of July 2026 is a Sunday, kept on Monday
        (NORTHERN_IRELAND, "Friday 10 July 2026", 1, "Tuesday 14 July 2026"),
        (ENGLAND, "Friday 10 July 2026", 1, "Monday 13 July 2026"),
        # summer bank holidays: Scotland's is the first Monday of August
        (SCOTLAND, "Friday 31 July 2026", 1, "Tuesday 4 August 2026"),
        (ENGLAND, "Friday 31 July 2026", 1, "Monday 3 August 2026"),
        (ENGLAND, "Monday 24 August 2026", 5, "Tuesday 1 September 2026"),
        # St Andrew's Day
        (SCOTLAND, "Friday 27 November 2026", 1, "Tuesday 1 December 2026"),
        # Christmas 2026: Boxing Day is a Saturday, kept on Monday 28
        (ENGLAND, "Monday 21 December 2026", 5, "Wednesday 30 December 2026"),
        (ENGLAND, "Thursday 24 December 2026", 1, "Tuesday 29 December 2026"),
        # New Year 2027: Scotland's 2 January is a Saturday, kept on Monday 4
        (ENGLAND, "Thursday 31 December 2026", 1, "Monday 4 January 2027"),
        (SCOTLAND, "Thursday 31 December 2026", 1, "Tuesday 5 January 2027"),
        # Easter 2027
        (ENGLAND, "Thursday 25 March 2027", 5, "Monday 5 April 2027"),
        (SCOTLAND, "Thursday 25 March 2027", 5, "Friday 2 April 2027"),
        (ENGLAND, "Saturday 20 March 2027", 5, "Tuesday 30 March 2027"),
        # Christmas 2027: both days fall on the weekend, kept on Monday 27 and Tuesday 28; New Year on Monday 3
        (ENGLAND, "Friday 24 December 2027", 1, "Wednesday 29 December 2027"),
        (ENGLAND, "Friday 24 December 2027", 5, "Wednesday 5 January 2028"),
    ],
)
def test_a_limit_in_working_days_ends(calendar: WorkingCalendar, start: str, length: int, last: str) -> None:
    assert in_words(calendar.last_day(day(start), length)) == last


def test_a_closed_day_in_the_settings_does_not_count() -> None:
    closed = WorkingCalendar("england-and-wales", frozenset({day("Tuesday 29 December 2026")}))
    assert in_words(closed.last_day(day("Monday 21 December 2026"), 5)) == "Thursday 31 December 2026"
    assert closed.not_working_because(day("Tuesday 29 December 2026")) == "closed day in the settings"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Saturday 11 April 2026", "Saturday"),
        ("Sunday 12 April 2026", "Sunday"),
        ("Monday 6 April 2026", "Easter Monday"),
        ("Friday 3 April 2026", "Good Friday"),
        ("Tuesday 7 April 2026", None),
    ],
)
def test_a_day_that_does_not_count_says_why(words: str, reason: str | None) -> None:
    assert ENGLAND.not_working_because(day(words)) == reason


def test_every_nation_of_the_settings_has_a_calendar() -> None:
    assert set(NATIONS.values()) == set(CALENDARS)


def test_any_nation_keeps_the_holidays_of_all_four() -> None:
    every = set().union(*(bank_holidays(name, 2026) for name in CALENDARS))
    assert set(bank_holidays("any-uk-nation", 2026)) == every


def test_days_before_a_date_are_working_days() -> None:
    due = day("Tuesday 7 April 2026")
    assert in_words(ENGLAND.days_before(due, 1)) == "Thursday 2 April 2026"
    assert in_words(ENGLAND.days_before(due, 2)) == "Wednesday 1 April 2026"


@given(name=NAMES, start=DAYS, length=LENGTHS, closed=DAYS)
def test_a_further_closed_day_never_brings_a_date_forward(name: str, start: date, length: int, closed: date) -> None:
    before = WorkingCalendar(name).last_day(start, length)
    after = WorkingCalendar(name, frozenset({closed})).last_day(start, length)
    assert after >= before
    if not start < closed <= before:
        assert after == before, "a closed day outside the limit changes nothing"


@given(name=NAMES, start=DAYS, length=st.integers(1, 70))
def test_a_limit_ends_on_a_working_day_after_it_began(name: str, start: date, length: int) -> None:
    calendar = WorkingCalendar(name)
    last = calendar.last_day(start, length)
    assert last > start
    assert calendar.is_working_day(last)


@given(name=NAMES, start=DAYS, length=LENGTHS)
def test_the_count_names_every_day_between(name: str, start: date, length: int) -> None:
    calendar = WorkingCalendar(name)
    counted = list(calendar.count(start, length))
    assert len(counted) == (calendar.last_day(start, length) - start).days
    assert [each.day for each in counted] == [start + timedelta(days=n) for n in range(1, len(counted) + 1)]
    assert [each.number for each in counted if each.number] == list(range(1, length + 1))
    assert all(each.reason for each in counted)


@given(name=NAMES, start=DAYS, length=st.integers(1, 70))
def test_counting_back_undoes_counting_on(name: str, start: date, length: int) -> None:
    calendar = WorkingCalendar(name)
    last = calendar.last_day(start, length)
    assert calendar.last_day(calendar.days_before(last, length), length) == last
