"""Remedies promised in an answer, a line each; one that ends with “by” and a date is followed until it is done.

Complaint Handling Code (2024), section 8: a remedy says what will happen and by when, and is followed to completion.
"""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

FURTHEST = timedelta(days=3 * 366)
"""So far ahead a day may be promised: a later year is a slip of the pen. No source sets it."""

_BY = re.compile(
    r"(?P<what>.+?),?\s+by\s+(?:[A-Za-z]+day,?\s+)?(?P<day>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s+[A-Za-z]+\s+\d{4})\.?",
    re.IGNORECASE,
)
_MARK = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s*")


class Remedy(NamedTuple):
    """What was promised and by when; None: at once, such as an apology in the answer itself."""

    what: str
    due: date | None = None


def read_remedies(text: str, *, today: date) -> tuple[Remedy, ...]:
    """The remedies of a text. Raises ValueError with a sentence where a date is none, over, or years ahead."""
    lines = (_MARK.sub("", line.strip()) for line in text.splitlines())
    return tuple(_remedy(line, today) for line in lines if line)


def _remedy(line: str, today: date) -> Remedy:
    found = _BY.fullmatch(line)
    if found is None:
        return Remedy(line)
    due = _day(found["day"])
    if due < today:
        msg = f"“by {found['day']}” is over already."
        raise ValueError(msg)
    if due > today + FURTHEST:
        msg = f"“by {found['day']}” lies years ahead. Look at the year again."
        raise ValueError(msg)
    return Remedy(found["what"], due)


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d %B %Y", "%d %b %Y"):
        try:
            return datetime.strptime(" ".join(text.split()), form).date()  # noqa: DTZ007 -- a date has no zone
        except ValueError:
            continue
    msg = f"“{text}” is no date; write it as 2026-11-30 or 30 November 2026."
    raise ValueError(msg)
