"""From dates that happened to dates that are due, each explained day by day."""

from dataclasses import dataclass
from datetime import date

from models.rules.procedures import Length, Stage
from models.rules.working_days import CountedDay, WorkingCalendar


@dataclass(frozen=True)
class Deadlines:
    """The dates due at one stage. ``extended_respond_by`` is None unless it was asked for."""

    acknowledge_by: date
    respond_by: date
    extended_respond_by: date | None = None


def deadlines(
    stage: Stage,
    calendar: WorkingCalendar,
    *,
    received: date,
    acknowledged: date | None = None,
    extended: bool = False,
) -> Deadlines:
    """The dates due at a stage.

    - Without ``acknowledged`` the answer counts from the latest day it may be acknowledged.
    - The longest extension is counted in one run with the response limit, so that a
      20-day limit is the same whether it was extended early or late.
    """
    acknowledge_by = stage.acknowledge.within.end(received, calendar)
    start = response_starts(stage, received=received, acknowledged=acknowledged or acknowledge_by)
    longest = stage.respond.within.plus(stage.longest_extension)
    return Deadlines(
        acknowledge_by=acknowledge_by,
        respond_by=stage.respond.within.end(start, calendar),
        extended_respond_by=longest.end(start, calendar) if extended else None,
    )


def response_starts(stage: Stage, *, received: date, acknowledged: date) -> date:
    """The day the response limit is counted from; at stage 2 the request is what was received."""
    return acknowledged if stage.respond.of == "acknowledged" else received


def explain(length: Length, calendar: WorkingCalendar, start: date) -> list[CountedDay]:
    """Every day between the start and the last day, counted or skipped, with the reason."""
    if length.unit == "working days":
        return list(calendar.count(start, length.number))
    days = [date.fromordinal(start.toordinal() + n) for n in range(1, length.number + 1)]
    return [CountedDay(day, n, f"day {n}") for n, day in enumerate(days, 1)]


def is_overdue(due: date, today: date) -> bool:
    """Whether London's today lies after the last day."""
    return today > due
