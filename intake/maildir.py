"""A Maildir folder as a box: letters lie in files, and a kept one is moved to the folder beside it."""

import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from intake.boxes import Arrival, Census, FolderMissing, LettersUnreadable

LOOK_EVERY = 0.2
"""Seconds between two looks at the folder while waiting: two directory reads cost next to nothing."""


class MaildirBox:
    """Letters in ``folder/new`` and ``folder/cur``; a kept one moves to ``folder/.Kept/cur`` in one step.

    The handle is the file's unique name: a mail program may move the file and change its flags meanwhile.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._places = (folder / "new", folder / "cur")
        self._kept = folder / ".Kept" / "cur"
        for place in (folder, folder / ".Kept"):
            for part in ("tmp", "new", "cur"):
                (place / part).mkdir(parents=True, exist_ok=True)
        self._seen: object = None
        self._read: dict[str, Path] = {}

    def arrivals(self) -> Iterator[Arrival]:
        """Each letter not yet moved, oldest first. One that cannot be read is passed over and told of at the end."""
        self._seen = self._state()
        self._read.clear()
        unreadable = 0
        for path in self._oldest_first():
            try:
                raw, delivered = path.read_bytes(), path.stat().st_mtime
            except FileNotFoundError:
                continue  # somebody else took it
            except OSError:
                unreadable += 1
                continue
            self._read[_unique_name(path)] = path
            yield Arrival(_unique_name(path), raw, datetime.fromtimestamp(delivered, UTC))
        if unreadable:
            raise LettersUnreadable(self.name, f"{unreadable} not read")

    def mark_kept(self, handles: Sequence[str]) -> None:
        """Move the letters away; one that is gone already is left at that."""
        astray = set()
        for handle in handles:
            path = self._read.pop(handle, None)
            if path is not None and path.exists():
                self._move(path)
            else:
                astray.add(handle)  # a mail program has moved it since it was read
        for path in self._letters() if astray else ():
            if _unique_name(path) in astray:
                self._move(path)

    def census(self) -> Census:
        """Count the files in both folders."""
        kept = sum(not path.name.startswith(".") for path in self._kept.iterdir())
        return Census(len(self._letters()), kept)

    def wait(self, seconds: float) -> None:
        """Return when the folder has changed since the last look at its letters, or after ``seconds``."""
        until = time.monotonic() + seconds
        pause = threading.Event()
        while self._state() == self._seen and (left := until - time.monotonic()) > 0:
            pause.wait(min(LOOK_EVERY, left))

    def close(self) -> None:
        """Nothing is held open."""

    def _state(self) -> object:
        """Something that differs once a letter has come; the count tells apart two within one tick of the disk."""
        return [_when(place) for place in self._places], len(self._letters())

    def _letters(self) -> list[Path]:
        try:
            return [path for place in self._places for path in place.iterdir() if not path.name.startswith(".")]
        except OSError as error:
            raise FolderMissing(self.name, error.strerror or "") from error

    def _oldest_first(self) -> list[Path]:
        return sorted(self._letters(), key=lambda path: (_when(path), path.name))

    def _move(self, path: Path) -> None:
        target = self._kept / f"{_unique_name(path)}:2,S"
        while target.exists():
            target = target.with_name(f"again-{target.name}")
        try:
            path.rename(target)
        except FileNotFoundError:
            return


def _unique_name(path: Path) -> str:
    return path.name.partition(":")[0]


def _when(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
