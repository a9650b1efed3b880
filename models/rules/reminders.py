"""The ladder of reminders: which step of which clock a day has reached, and on which day the next one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from models.rules.working_days import WorkingCalendar

MISSED = "missed"
DUE_TODAY = "due today"

PAUSED = "paused"
"""The name of the clock of a case that stands still; its day is the one on which it was paused."""

_A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Clock:
    """A running clock: what is to be done (``acknowledge``, ``answer``, ``duty 7``), and its last day."""

    name: str
    due: date


class Rung(StrEnum):
    """Who a step is told: the owner, and after a missed date those above them."""

    OWNER = "owner"
    MANAGER = "manager"
    HEAD_OF_SERVICE = "head of service"
    CORPORATE_LEAD = "corporate lead"


@dataclass(frozen=True)
class Ladder:
    """When people are told of one clock, in working days.

    - ``coming_up``: so many before the date, the owner.
    - ``above``: so many after the first working day past the date, each of those above; 0 is with the owner.
    - ``snoozed_until``: nothing that is only coming up is told before that day.
    """

    coming_up: tuple[int, ...]
    above: tuple[tuple[Rung, int], ...] = ()
    snoozed_until: date | None = None


@dataclass(frozen=True)
class Step:
    """A step of the ladder: what it is called, the day from which it is to be told, and whom."""

    word: str
    on: date
    rung: Rung = Rung.OWNER


def step_above(rung: Rung) -> str:
    """What the step of somebody above the owner is called."""
    return f"{MISSED}, told {rung}"


@lru_cache(maxsize=4096)
def steps(clock: Clock, calendar: WorkingCalendar, ladder: Ladder) -> tuple[Step, ...]:
    """Every step of a clock in order: coming up, due today, missed, and after that those above the owner."""
    coming = (_coming_up(clock, ahead, calendar, ladder) for ahead in sorted(set(ladder.coming_up), reverse=True))
    in_time = (step for step in coming if step.on < clock.due)
    return (*in_time, Step(DUE_TODAY, clock.due), Step(MISSED, _after(clock.due)), *_above(clock, calendar, ladder))


def paused_steps(since: date, today: date, *, snoozed_until: date | None = None) -> tuple[Step, ...]:
    """The last reminder, by today, that a case stands paused, and the next one: the owner hears of it weekly."""
    week = (today - since).days // 7
    weeks = [number for number in (week, week + 1) if number > 0]
    return tuple(
        Step(f"paused since {since}, week {number}", _not_before(since + number * _A_WEEK, snoozed_until))
        for number in weeks
    )


def reached(ladder: Sequence[Step], today: date) -> list[Step]:
    """What is to be told today: the newest step of the owner's, and every step of those above that a day has reached.

    Of the owner's only the newest counts: whoever catches up after a pause is reminded once, not four times.
    """
    there = [step for step in ladder if step.on <= today]
    owners = [step for step in there if step.rung is Rung.OWNER]
    return [*owners[-1:], *(step for step in there if step.rung is not Rung.OWNER)]


def next_steps(ladder: Sequence[Step], today: date) -> list[Step]:
    """The steps of the next day after today on which one is reached; none: the ladder has come to its end."""
    later = [step for step in ladder if step.on > today]
    soonest = min((step.on for step in later), default=None)
    return [step for step in later if step.on == soonest]


def _coming_up(clock: Clock, ahead: int, calendar: WorkingCalendar, ladder: Ladder) -> Step:
    word = f"in {ahead} working day{'s' if ahead > 1 else ''}"
    return Step(word, _not_before(calendar.days_before(clock.due, ahead), ladder.snoozed_until))


def _above(clock: Clock, calendar: WorkingCalendar, ladder: Ladder) -> list[Step]:
    first = calendar.next_working_day(clock.due)
    return [
        Step(step_above(rung), calendar.last_day(first, days) if days else _after(clock.due), rung)
        for rung, days in ladder.above
    ]


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _not_before(day: date, earliest: date | None) -> date:
    return max(day, earliest) if earliest else day
