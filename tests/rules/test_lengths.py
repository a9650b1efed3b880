from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from models.clock import in_words
from models.rules.lengths import Length
from models.rules.procedures import TimeLimit
from models.rules.working_days import WorkingCalendar
from tests.days import day

ENGLAND = WorkingCalendar("england-and-wales")
SCOTLAND = WorkingCalendar("scotland")
LONDON = ZoneInfo("Europe/London")


def limit(within: object, of: str = "received", *, rolls: bool = False) -> TimeLimit:
    return TimeLimit.model_validate({"within": within, "of": of, "rolls": rolls})


@pytest.mark.parametrize(
    ("written", "number", "unit"),
    [
        ("5 working days", 5, "working days"),
        ("1 working day", 1, "working days"),
        ("30 days", 30, "days"),
        ("1 month", 1, "months"),
        ("24 hours", 24, "hours"),
        ("  10   working  days ", 10, "working days"),
        ({"number": 3, "unit": "days"}, 3, "days"),
    ],
)
def test_a_length_of_time_is_read(written: object, number: int, unit: str) -> None:
    assert limit(written).within == Length.model_validate({"number": number, "unit": unit})


@pytest.mark.parametrize("written", ["1 working day", "30 days", "1 month", "6 months", "24 hours", "0 days"])
def test_a_length_of_time_is_written_as_it_is_read(written: str) -> None:
    assert str(limit(written).within) == written


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("a fortnight", "“a fortnight” is no length of time; write it like “5 working days” or “30 days”"),
        ("5 weeks", "“5 weeks” is no length of time"),
        ("-5 days", "“-5 days” is no length of time"),
        ("5", "“5” is no length of time"),
        ("", "“” is no length of time"),
        ("500 days", "less than or equal to 400"),
        (5, "valid dictionary"),
    ],
)
def test_what_is_no_length_of_time_is_refused(written: object, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        limit(written)


def test_lengths_of_different_units_do_not_add() -> None:
    with pytest.raises(ValueError, match="working days and days cannot be added"):
        Length(number=5, unit="working days").plus(Length(number=5, unit="days"))


def test_hours_end_at_an_instant_and_days_on_a_day() -> None:
    with pytest.raises(ValueError, match="hours end at an instant"):
        Length(number=24, unit="hours").end(day("Monday 2 March 2026"), ENGLAND)
    with pytest.raises(ValueError, match="working days end on a day"):
        Length(number=1, unit="working days").ends_at(datetime(2026, 3, 2, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2026, 3, 28, 18, tzinfo=LONDON), datetime(2026, 3, 29, 19, tzinfo=LONDON)),  # clocks go forward
        (datetime(2026, 10, 24, 18, tzinfo=LONDON), datetime(2026, 10, 25, 17, tzinfo=LONDON)),  # clocks go back
        (datetime(2026, 12, 24, 18, tzinfo=LONDON), datetime(2026, 12, 25, 18, tzinfo=LONDON)),
    ],
)
def test_twenty_four_hours_are_twenty_four_hours_on_every_night(start: datetime, end: datetime) -> None:
    assert Length(number=24, unit="hours").ends_at(start.astimezone(UTC)) == end.astimezone(UTC)


@pytest.mark.parametrize(
    ("calendar", "within", "start", "last"),
    [
        (ENGLAND, "30 days", "Friday 3 July 2026", "Monday 3 August 2026"),
        (SCOTLAND, "30 days", "Friday 3 July 2026", "Tuesday 4 August 2026"),  # the 3rd is a bank holiday there
        (ENGLAND, "30 days", "Thursday 4 March 2027", "Monday 5 April 2027"),
        (ENGLAND, "1 month", "Wednesday 25 November 2026", "Tuesday 29 December 2026"),
        (ENGLAND, "30 days", "Monday 6 July 2026", "Wednesday 5 August 2026"),
    ],
)
def test_a_limit_that_rolls_ends_on_a_working_day(
    calendar: WorkingCalendar, within: str, start: str, last: str
) -> None:
    assert in_words(limit(within, rolls=True).end(day(start), calendar)) == last
