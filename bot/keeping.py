"""Keeps envelopes: whoever comes first writes for all who wait, so that a burst costs a few waits for the disk."""

import threading
from collections import deque
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.window import Window
from models.db import writing
from models.keeping_envelopes import Kept, keep

_LET_PASS_SECONDS = 1.0


@dataclass(eq=False)
class _Waiting:
    kept: Kept
    is_new: bool | None = None


class Keeper:
    """Writes down what several threads bring at the same time in one transaction."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._waiting: deque[_Waiting] = deque()
        self._writing = threading.Lock()
        self._nobody_waits = threading.Event()
        self._nobody_waits.set()

    def keep(self, kept: Kept) -> bool:
        """Returns once it is kept. False: it came before. When keeping all together fails, each is tried alone."""
        mine = _Waiting(kept)
        self._nobody_waits.clear()
        self._waiting.append(mine)
        with self._writing:
            try:
                if mine.is_new is None:
                    self._write(mine)
            finally:
                if not self._waiting:
                    self._nobody_waits.set()
        return bool(mine.is_new)

    def let_pass(self) -> None:
        """Wait until nobody waits to be kept, or for a second: what must be acknowledged goes before what is done."""
        self._nobody_waits.wait(_LET_PASS_SECONDS)

    def _write(self, mine: _Waiting) -> None:
        others = [each for each in self._take() if each is not mine]
        try:
            self._insert([mine, *others])
        except SQLAlchemyError:
            if not others:
                raise
            self._insert([mine])  # the others come for themselves

    def _insert(self, together: list[_Waiting]) -> None:
        now, lease = self._window.clock.now(), timedelta(seconds=self._window.settings.jobs.lease_seconds)
        with writing(self._window.engine) as session:
            new = [keep(session, each.kept, now=now, lease=lease) for each in together]
        for each, is_new in zip(together, new, strict=True):
            each.is_new = is_new

    def _take(self) -> list[_Waiting]:
        return [self._waiting.popleft() for _ in range(len(self._waiting))]
