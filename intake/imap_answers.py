"""Reads what an IMAP server answers to FETCH: the letter, and when it reached the server."""

import re
from datetime import datetime
from typing import Any, NamedTuple

_SHORT = re.compile(rb'BODY\[\] "((?:[^"\\]|\\.)*)"')
_ARRIVED = re.compile(rb'INTERNALDATE "([^"]{10,40})"', re.IGNORECASE)


class Letter(NamedTuple):
    """A letter's bytes and the instant the server took it in, when it says so."""

    raw: bytes
    arrived_at: datetime | None


def letter_in(said: list[Any]) -> Letter | None:
    """The letter in a FETCH answer, whatever other lines came with it; None if it is gone."""
    raw = _body(said)
    return None if raw is None else Letter(raw, _arrived_at(said))


def _body(said: list[Any]) -> bytes | None:
    for item in said:
        if isinstance(item, tuple) and b"BODY[]" in item[0].upper():
            return bytes(item[1])
        if isinstance(item, bytes) and (short := _SHORT.search(item)):
            return re.sub(rb"\\(.)", rb"\1", short[1])
    return None


def _arrived_at(said: list[Any]) -> datetime | None:
    """The date of the line around the letter; never looked for inside it."""
    for item in said:
        line = item[0] if isinstance(item, tuple) else item
        if isinstance(line, bytes) and (found := _ARRIVED.search(_SHORT.sub(b"", line))):
            try:
                return datetime.strptime(found[1].decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z")
            except (ValueError, UnicodeDecodeError):
                return None
    return None
