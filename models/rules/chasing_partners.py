"""On which days a partner who was asked something is reminded: before the day, on it, and after it until they answer.

Councils say that partners' deadlines cannot be enforced; asking again in good time is what is left.
"""

from collections.abc import Iterator
from datetime import date
from itertools import count

from models.rules.working_days import WorkingCalendar

BEFORE = 2
"""Working days before the day for the first reminder."""
EVERY = 5
"""Working days between two reminders after the day."""


def last_chase(due: date, today: date, calendar: WorkingCalendar) -> date | None:
    """The newest day to remind on that today has reached, or None: whoever catches up reminds once."""
    newest = None
    for day in _days(due, calendar):
        if day > today:
            return newest
        newest = day
    raise AssertionError("the days have no end")


def next_chase(due: date, today: date, calendar: WorkingCalendar) -> date:
    """The next day to remind on after today."""
    return next(day for day in _days(due, calendar) if day > today)


def _days(due: date, calendar: WorkingCalendar) -> Iterator[date]:
    yield calendar.days_before(due, BEFORE)
    yield due
    for number in count(1):
        yield calendar.last_day(due, number * EVERY)
