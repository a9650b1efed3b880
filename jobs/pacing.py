"""How fast Slack is written to: about one message a second in a channel, and not before it says so.

Slack's limits: chat.postMessage takes about one message a second in each channel, other methods so many a minute in
the whole workspace; past them it answers 429 with Retry-After. What must wait is put off, and passed over when the next
entry is claimed; other channels go on. Kept in this process alone: where several deliver, Slack's own answer holds
each of them back.
"""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from jobs.transports.answers import Drawn

POST, REDRAW = "chat.postMessage", "chat.update"

MOST_LANES = 5_000
"""So many lanes wait at most; with more the tick ends, and the others are looked at when these are through."""

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass
class Pace:
    """From when on each channel, and redrawing, is free again; and which lanes wait for that."""

    _free: dict[str, datetime] = field(default_factory=dict)
    _waiting: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def free_at(self, drawn: Drawn) -> datetime:
        """The instant from which on a message may go."""
        with self._lock:
            return self._free_at(_ways(drawn))

    def wait(self, lane: str, drawn: Drawn) -> bool:
        """This lane waits for its message's channel. False: too many wait already."""
        with self._lock:
            self._waiting[lane] = _ways(drawn)
            return len(self._waiting) < MOST_LANES

    def waiting(self, now: datetime) -> list[str]:
        """The lanes that are still to be passed over."""
        with self._lock:
            self._waiting = {lane: ways for lane, ways in self._waiting.items() if self._free_at(ways) > now}
            return list(self._waiting)

    def sent(self, drawn: Drawn, *, a_second: float, now: datetime) -> None:
        """A message went, or was tried, in its channel. ``a_second``: how many may go there; 0 for no limit."""
        if a_second:
            self._hold(drawn.target, now + timedelta(seconds=1 / a_second))

    def limited(self, method: str, drawn: Drawn, *, until: datetime) -> None:
        """Slack asked to wait with that method: of posts in this channel, of redrawing anywhere."""
        self._hold(REDRAW if method == REDRAW else drawn.target, until)

    def _hold(self, way: str, until: datetime) -> None:
        with self._lock:
            self._free[way] = max(until, self._free.get(way, _LONG_AGO))

    def _free_at(self, ways: tuple[str, ...]) -> datetime:
        return max(self._free.get(way, _LONG_AGO) for way in ways)


def _ways(drawn: Drawn) -> tuple[str, ...]:
    return (drawn.target, REDRAW) if drawn.stands_at else (drawn.target,)
