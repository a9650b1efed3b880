"""What is due next on a case: by the clock that runs on it, or by a duty, in days or in hours."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import NamedTuple

from models.case import Case
from models.clock import london_date, london_instant
from models.duty import Duty
from models.duty_list import is_late, is_paused
from models.rules.reminders import Clock


class NextDue(NamedTuple):
    """What is due next, and by which instant, at the latest its day’s end; ``duty`` is None of a case’s own clock."""

    at: datetime
    is_late: bool
    duty: Duty | None = None

    @property
    def day(self) -> date:
        """The last day, in London."""
        return london_date(self.at)


def next_due(case: Case, clock: Clock | None, owed: Iterable[Duty], *, now: datetime) -> NextDue | None:
    """The first of a running clock and open duties; None while none has a date that runs."""
    running = [_of_duty(duty, case, now) for duty in owed if not is_paused(duty, case)]
    if clock is not None:
        running.append(NextDue(_end_of(clock.due), clock.due < london_date(now)))
    return min(running, key=lambda each: each.at, default=None)


def _of_duty(duty: Duty, case: Case, now: datetime) -> NextDue:
    return NextDue(duty.due_at or _end_of(duty.due), is_late(duty, case, now=now), duty)


def _end_of(day: date) -> datetime:
    return london_instant(day, time.max)
