"""Working days: which days count for a time limit, and the last day of one.

The day something happened does not count; a limit ends at the end of its last
working day. Bank holidays come from the ``holidays`` library, by nation.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import holidays

CALENDARS: dict[str, tuple[str, ...]] = {
    "england-and-wales": ("ENG", "WLS"),
    "scotland": ("SCT",),
    "northern-ireland": ("NIR",),
    "any-uk-nation": ("ENG", "WLS", "SCT", "NIR"),
}
"""Calendar name → the nations whose bank holidays it leaves out (FOI leaves out all four's)."""

NATIONS: dict[str, str] = {
    "england": "england-and-wales",
    "wales": "england-and-wales",
    "scotland": "scotland",
    "northern-ireland": "northern-ireland",
    "any-uk-nation": "any-uk-nation",
    "england-and-wales": "england-and-wales",
}


CLOSED_DAY = "closed day in the settings"
"""Why a day of the council's own does not count."""


@lru_cache(maxsize=256)
def bank_holidays(calendar: str, year: int) -> dict[date, str]:
    """The bank holidays of one calendar in one year, each with its name."""
    days: dict[date, str] = {}
    for nation in CALENDARS[calendar]:
        days.update(holidays.country_holidays("GB", subdiv=nation, years=year))
    return days


@dataclass(frozen=True)
class CountedDay:
    """One day of a limit: its number in the count, or None with the reason it was skipped."""

    day: date
    number: int | None
    reason: str


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days of one nation (or of all), with a council's own additional closed days."""

    name: str = "england-and-wales"
    closed_days: frozenset[date] = field(default=frozenset())

    def not_working_because(self, day: date) -> str | None:
        """Why a day does not count, or None when it does."""
        if day.weekday() >= 5:
            return day.strftime("%A")
        if day in self.closed_days:
            return CLOSED_DAY
        return bank_holidays(self.name, day.year).get(day)

    def is_working_day(self, day: date) -> bool:
        """Whether a day counts."""
        return self.not_working_because(day) is None

    def count(self, start: date, length: int) -> Iterator[CountedDay]:
        """Each day after ``start`` until ``length`` working days are counted."""
        day, number = start, 0
        while number < length:
            day += timedelta(days=1)
            reason = self.not_working_because(day)
            number += reason is None
            yield CountedDay(day, None if reason else number, reason or f"working day {number}")

    def last_day(self, start: date, length: int) -> date:
        """The last day of a limit of ``length`` working days; ``start`` itself does not count."""
        return _last_day(self, start, length)

    def days_before(self, due: date, length: int) -> date:
        """The day that lies ``length`` working days before ``due``."""
        day, left = due, length
        while left > 0:
            day -= timedelta(days=1)
            left -= self.is_working_day(day)
        return day

    def next_working_day(self, day: date) -> date:
        """The first working day after ``day``."""
        return self.last_day(day, 1)


@lru_cache(maxsize=4096)
def _last_day(calendar: WorkingCalendar, start: date, length: int) -> date:
    """Counted once for all the letters of a day."""
    day = start
    for counted in calendar.count(start, length):
        day = counted.day
    return day
