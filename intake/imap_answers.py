"""Reads what an IMAP server answers: its bytes cut into lines and blocks, and letters found in answers to FETCH."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

_LITERAL = re.compile(rb"\{(\d+)\}\r?\n\Z")
_BODY = re.compile(rb"BODY\[\](?:<\d+>)?", re.IGNORECASE)
_SHORT = re.compile(_BODY.pattern + rb' "((?:[^"\\]|\\.)*)"', re.IGNORECASE)
_ARRIVED = re.compile(rb'INTERNALDATE "([^"]{10,40})"', re.IGNORECASE)
_UID = re.compile(rb"[ (]UID (\d+)", re.IGNORECASE)
_SIZE = re.compile(rb"[ (]RFC822\.SIZE (\d+)", re.IGNORECASE)


class Fetched(NamedTuple):
    """What one answer to FETCH tells of one letter; None for what it does not tell."""

    uid: int
    raw: bytes | None
    size: int | None
    arrived_at: datetime | None


class Splitter:
    """Cuts what arrives into lines, and into blocks where “{number}” announces so many bytes (RFC 3501, 4.3)."""

    def __init__(self) -> None:
        self._rest = b""
        self._due = 0
        self._goes_on = False

    def feed(self, data: bytes) -> list[bytes]:
        """The parts that are complete now: lines with their ends, and as much of a block as has come."""
        data = self._rest + data
        parts, start = [], 0
        while start < len(data):
            end = min(start + self._due, len(data)) if self._due else data.find(b"\n", start) + 1
            if end == 0:
                break
            parts.append(data[start:end])
            if self._due:
                self._due -= end - start
            else:
                self._look_for_a_block(parts[-1])
            start = end
        self._rest = data[start:]
        return parts

    def _look_for_a_block(self, line: bytes) -> None:
        found = _LITERAL.search(line) if self._goes_on or line.startswith(b"* ") else None
        self._due, self._goes_on = (int(found[1]), True) if found else (0, False)


def fetched_in(said: Iterable[Any]) -> Iterator[Fetched]:
    """Each letter an answer to FETCH tells of, whatever other lines came with it and in whatever order.

    ``said`` holds lines, and pairs of a line and the block it announced; what belongs to one letter
    begins with its number.
    """
    one: list[Any] = []
    for item in said:
        line = item[0] if isinstance(item, tuple) else item
        if not isinstance(line, bytes):
            continue
        if line[:1].isdigit() and one:
            yield from _letter(one)
            one = []
        one.append(item)
    yield from _letter(one)


def _letter(items: list[Any]) -> Iterator[Fetched]:
    """The letter these lines and blocks tell of. Its date and numbers are never looked for inside it."""
    raw: bytes | None = None
    told = b""
    for item in items:
        line = item[0] if isinstance(item, tuple) else item
        if isinstance(item, tuple) and _BODY.search(line):
            raw = bytes(item[1])
        elif short := _SHORT.search(line):
            raw = re.sub(rb"\\(.)", rb"\1", short[1])
        told += _SHORT.sub(b"", line)
    if uid := _UID.search(told):
        size = _SIZE.search(told)
        yield Fetched(int(uid[1]), raw, int(size[1]) if size else None, _arrived_at(told))


def _arrived_at(told: bytes) -> datetime | None:
    found = _ARRIVED.search(told)
    try:
        return datetime.strptime(found[1].decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z") if found else None
    except (ValueError, UnicodeDecodeError):
        return None


def uid_set(uids: Iterable[int]) -> str:
    """The numbers as IMAP writes a set of them: ``1:3,7`` (RFC 3501, 9)."""
    runs: list[list[int]] = []
    for uid in sorted(set(uids)):
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in runs)
