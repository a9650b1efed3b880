"""The clocks of a danger in a home, as ``tocsin deadlines --hazard`` says them: hours for an emergency, else days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from commands.joining import say_and_stop
from models.clock import LONDON, in_words, instant_in_words, london_date
from models.rules.deadlines import Happened, explain
from models.rules.side_clocks import Hazard, SideClock, hazard_limits, hours_of, side_clocks
from models.rules.working_days import CountedDay, WorkingCalendar
from models.settings import Settings


@dataclass(frozen=True)
class Danger:
    """How grave it is, when the council knew of it, and the day it was investigated, if it was."""

    hazard: Hazard
    known_at: datetime
    investigated: date | None = None


def clocks_of(settings: Settings, procedure: str, calendar: WorkingCalendar, danger: Danger) -> tuple[SideClock, ...]:
    """The clocks that such a danger starts; ends the program where the procedure has none, or days cannot be."""
    limits = hazard_limits(settings.procedures[procedure].clocks, danger.hazard)
    if not limits:
        having = [name for name, each in settings.procedures.items() if hazard_limits(each.clocks, danger.hazard)]
        hint = f"These have: {', '.join(having)}." if having else "No procedure of the settings has one."
        say_and_stop(f"{procedure} has no clock for a hazard that is {danger.hazard}.", hint=hint, code=2)
    known_on = london_date(danger.known_at)
    if danger.investigated and danger.investigated < known_on:
        known = f"the hazard was known ({in_words(known_on)})"
        found = f"--hazard-investigated ({in_words(danger.investigated)})"
        say_and_stop(f"{found} cannot come before {known}.", hint="Look at the two dates.", code=2)
    happened: Happened = {"hazard investigated": danger.investigated} if danger.investigated else {}
    try:
        return tuple(side_clocks(limits, calendar, known_at=danger.known_at, known_on=known_on, happened=happened))
    except (OverflowError, ValueError):
        say_and_stop("The calendar ends before the date this is due.", hint="Look at the dates.", code=2)


def in_london(ends: date | datetime) -> date | str:
    """A day as it is; an instant by London's clock, with how far that is ahead of UTC."""
    return ends.astimezone(LONDON).isoformat(timespec="minutes") if isinstance(ends, datetime) else ends


def hazard_dates(clocks: Iterable[SideClock]) -> Iterator[str]:
    """When each clock ends, and what is owed by then."""
    for each in clocks:
        ends = instant_in_words(each.ends) if isinstance(each.ends, datetime) else in_words(each.ends)
        yield f"  {_name(each):24} {ends}: {each.limit.what}"


def hours_and_days(clocks: Iterable[SideClock], calendar: WorkingCalendar, danger: Danger) -> Iterator[str]:
    """Each hour or day of each clock that counts, or does not, and why."""
    for each in clocks:
        yield from _hours(each, danger) if isinstance(each.ends, datetime) else _counted(each, calendar, danger)


def day_lines(days: Iterable[CountedDay]) -> Iterator[str]:
    """Each day with its number, or a dash and why it does not count."""
    for day in days:
        mark = f"{day.number:>3}" if day.number else "  –"
        yield f"  {mark}  {in_words(day.day):28} {day.reason if day.number is None else ''}".rstrip()


def _hours(clock: SideClock, danger: Danger) -> Iterator[str]:
    yield (
        f"\n{_name(clock)}: {clock.limit.within} from {clock.limit.of}: {instant_in_words(danger.known_at)}; "
        "every hour counts, at night and on free days too"
    )
    for number, instant in enumerate(hours_of(clock.limit.within, danger.known_at), 1):
        # with the name of the time: in one night of October an hour is shown twice
        yield f"  {number:>3}  {instant_in_words(instant)} {instant.astimezone(LONDON):%Z}"


def _counted(clock: SideClock, calendar: WorkingCalendar, danger: Danger) -> Iterator[str]:
    limit = clock.limit
    is_known = limit.of != "hazard investigated" or danger.investigated is not None
    since = limit.of if is_known else f"{limit.of}, at the latest"
    yield f"\n{_name(clock)}: {limit.within} from {since}: {in_words(clock.start)}, which does not count"
    yield from day_lines(explain(limit.within, calendar, clock.start, rolls=limit.rolls))


def _name(clock: SideClock) -> str:
    return clock.limit.name.replace("_", " ")
