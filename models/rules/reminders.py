"""When a reminder is due: which step of which clock a day has reached."""

from dataclasses import dataclass
from datetime import date

from models.rules.working_days import WorkingCalendar

MISSED = "missed"
DUE_TODAY = "due today"


@dataclass(frozen=True)
class Clock:
    """A running clock: what is to be done, and its last day."""

    name: str
    due: date


def step_reached(clock: Clock, today: date, calendar: WorkingCalendar, *, coming_up: tuple[int, ...]) -> str | None:
    """The newest step that ``today`` has reached, or None when the date is still far off.

    Only the newest counts: whoever catches up after a pause sends one reminder, not four.
    """
    if today > clock.due:
        return MISSED
    if today == clock.due:
        return DUE_TODAY
    reached = [ahead for ahead in coming_up if today >= calendar.days_before(clock.due, ahead)]
    if not reached:
        return None
    return f"in {min(reached)} working day{'s' if min(reached) > 1 else ''}"
