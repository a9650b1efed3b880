"""The one place that asks the time.

``Clock.now`` is aware and in UTC. With an offset file (the demo and the tests
only) the clock runs that many seconds ahead, so that every process of one
pretend council sees the same day.
"""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Clock:
    """Tells the time; ``offset_file`` holds a number of seconds to add, or does not exist."""

    def __init__(self, offset_file: Path | None = None) -> None:
        self._offset_file = offset_file

    @property
    def is_pretend(self) -> bool:
        """Whether this clock may be moved: then the dates that real servers give mean nothing to it."""
        return self._offset_file is not None

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC) + self._offset()

    def move_to(self, instant: datetime) -> None:
        """Make it that instant from now on; only a clock with an offset file can be moved."""
        if self._offset_file is None:
            raise ValueError("this clock has no offset file, so it cannot be moved")
        ahead = (instant - datetime.now(UTC)).total_seconds()
        waiting = self._offset_file.with_suffix(".new")
        waiting.write_text(str(ahead))
        waiting.replace(self._offset_file)

    def _offset(self) -> timedelta:
        if self._offset_file is None:
            return timedelta()
        try:
            return timedelta(seconds=float(self._offset_file.read_text()))
        except FileNotFoundError:
            return timedelta()


def london_date(instant: datetime) -> date:
    """The date on the wall in London at that instant."""
    return instant.astimezone(LONDON).date()


def london_instant(day: date, at: time) -> datetime:
    """The instant a London clock shows that time on that day, in UTC."""
    return datetime.combine(day, at, tzinfo=LONDON).astimezone(UTC)


def in_words(day: date) -> str:
    """A date as people say it: "Monday 13 April 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def instant_in_words(instant: datetime) -> str:
    """An instant as a clock in London shows it: "Monday 13 April 2026, 09:30"."""
    return f"{in_words(london_date(instant))}, {instant.astimezone(LONDON):%H:%M}"
