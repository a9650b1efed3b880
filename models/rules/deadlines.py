"""From dates that happened to dates that are due, each explained day by day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from models.rules.lengths import Length
from models.rules.procedures import ClockStart, FurtherLimit, Stage, TimeLimit
from models.rules.working_days import CountedDay, WorkingCalendar

Happened = Mapping[ClockStart, date]
"""The days on which things happened; what has not happened is not in it."""

ROLLS = "rolls to the next working day"
"""Why a limit ends on a day that was not counted."""


@dataclass(frozen=True)
class Deadlines:
    """The dates due at one stage; None: the procedure sets none, or it was not asked for.

    ``further`` has the stage's other dates by name, as ``panel_by``. ``starts`` is the day each was counted from.
    """

    acknowledge_by: date | None
    respond_by: date | None
    extended_respond_by: date | None = None
    further: Mapping[str, date] = field(default_factory=dict)
    starts: Mapping[str, date] = field(default_factory=dict)


def deadlines(
    stage: Stage,
    calendar: WorkingCalendar,
    *,
    received: date,
    happened: Happened | None = None,
    extended: bool = False,
) -> Deadlines:
    """The dates due at a stage.

    - What counts from an event that has not happened counts from the latest day on which it may.
    - The longest extension is counted in one run with the response limit, so that a
      20-day limit is the same whether it was extended early or late.
    """
    known: dict[ClockStart, date] = {"received": received, "escalation requested": received, **(happened or {})}
    due: dict[str, date] = {}
    starts: dict[str, date] = {}

    def count(name: str, limit: TimeLimit) -> date:
        starts[name] = known.get(limit.of, received)
        due[name] = limit.end(starts[name], calendar)
        return due[name]

    acknowledge_by = count("acknowledge_by", stage.acknowledge) if stage.acknowledge else None
    known.setdefault("acknowledged", acknowledge_by or received)
    further = {each.name: count(each.name, each) for each in _let_know(stage.further, known, calendar)}
    respond_by = count("respond_by", stage.respond) if stage.respond else None
    if stage.respond and stage.respond.name and respond_by:
        further[stage.respond.name] = respond_by
    longest = _longest(stage, starts.get("respond_by"), calendar) if extended else None
    return Deadlines(acknowledge_by, respond_by, longest, further, starts)


def _let_know(
    limits: tuple[FurtherLimit, ...], known: dict[ClockStart, date], calendar: WorkingCalendar
) -> tuple[FurtherLimit, ...]:
    """Fill in the latest day of each event that a limit waits for, in the order the procedure names them."""
    for limit in limits:
        if limit.until is not None and limit.until not in known:
            known[limit.until] = limit.end(known.get(limit.of, known["received"]), calendar)
    return limits


def _longest(stage: Stage, start: date | None, calendar: WorkingCalendar) -> date | None:
    if stage.respond is None or stage.longest_extension is None or start is None:
        return None
    return stage.respond.ended(stage.respond.within.plus(stage.longest_extension), start, calendar)


def limits(stage: Stage, due: Deadlines) -> Iterator[tuple[str, TimeLimit, Length, date]]:
    """Each date that is due, in the order it comes: its name, its limit, how long, and the day it is counted from."""
    if stage.acknowledge:
        yield "acknowledge_by", stage.acknowledge, stage.acknowledge.within, due.starts["acknowledge_by"]
    for each in stage.further:
        yield each.name, each, each.within, due.starts[each.name]
    if stage.respond:
        start = due.starts["respond_by"]
        yield stage.respond.name or "respond_by", stage.respond, stage.respond.within, start
        if due.extended_respond_by and stage.longest_extension:
            longest = stage.respond.within.plus(stage.longest_extension)
            yield "extended_respond_by", stage.respond, longest, start


def explain(length: Length, calendar: WorkingCalendar, start: date, *, rolls: bool = False) -> list[CountedDay]:
    """Every day between the start and the last day, counted or skipped, with the reason.

    With ``rolls``, also the days until the next working day, when the count ended on none.
    """
    days = list(_counted(length, calendar, start))
    last = days[-1].day if days else start
    if rolls and not calendar.is_working_day(last):
        return [*days, *_rolled(last, calendar)]
    return days


def _counted(length: Length, calendar: WorkingCalendar, start: date) -> Iterator[CountedDay]:
    if length.unit == "working days":
        yield from calendar.count(start, length.number)
        return
    days = (length.end(start, calendar) - start).days
    for number in range(1, days + 1):
        yield CountedDay(start + timedelta(days=number), number, f"day {number}")


def _rolled(last: date, calendar: WorkingCalendar) -> Iterator[CountedDay]:
    for each in calendar.count(last, 1):
        yield CountedDay(each.day, None, ROLLS if each.number else each.reason)


def is_overdue(due: date, today: date) -> bool:
    """Whether London's today lies after the last day."""
    return today > due
