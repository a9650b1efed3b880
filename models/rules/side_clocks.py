"""Clocks that run beside every stage, such as a hazard's: which belong to what sort of danger, and when each ends."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.rules.lengths import Length
from models.rules.procedures import ClockStart, FurtherLimit
from models.rules.working_days import WorkingCalendar


class Hazard(StrEnum):
    """How grave a danger in a home is: Awaab's Law gives an emergency hours, and what is significant working days."""

    EMERGENCY = "emergency"
    SIGNIFICANT = "significant"


def hazard_limits(clocks: Iterable[FurtherLimit], hazard: Hazard) -> tuple[FurtherLimit, ...]:
    """Those of a procedure's clocks that a danger starts: in hours for an emergency, in days for the rest."""
    in_hours = hazard is Hazard.EMERGENCY
    return tuple(each for each in clocks if each.signal is not None and (each.within.unit == "hours") is in_hours)


@dataclass(frozen=True)
class SideClock:
    """When one of them ends: on a day, or at an instant where it is in hours; and the day it is counted from."""

    limit: FurtherLimit
    start: date
    ends: date | datetime


def side_clocks(
    limits: Iterable[FurtherLimit],
    calendar: WorkingCalendar,
    *,
    known_at: datetime,
    known_on: date,
    happened: Mapping[ClockStart, date],
) -> Iterator[SideClock]:
    """When each ends, in their order. Hours count from the instant it was known, days from its date (``known_on``).

    What counts from an event that has not happened counts from the last day on which it may.
    """
    days: dict[ClockStart, date] = {"received": known_on, "hazard known": known_on, **happened}
    for limit in limits:
        start = days.setdefault(limit.of, known_on)
        if limit.within.unit == "hours":
            yield SideClock(limit, start, limit.within.ends_at(known_at))
            continue
        ends = limit.end(start, calendar)
        if limit.until is not None:
            days.setdefault(limit.until, ends)
        yield SideClock(limit, start, ends)


def hours_of(length: Length, start: datetime) -> list[datetime]:
    """The end of each hour of a limit in hours; the last one is its own."""
    hours = (length.ends_at(start) - start) // timedelta(hours=1)
    return [start + timedelta(hours=number) for number in range(1, hours + 1)]
