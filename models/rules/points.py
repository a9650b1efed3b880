"""Points of a complaint, as an officer writes them down: numbered lines, each with its decision and finding.

Complaint Handling Code (2024): the answer addresses every point and gives clear reasons for each decision.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_LINE = re.compile(r"(\d{1,2})[.)]\s*(.*)")


class Point(NamedTuple):
    """One point: what is complained of, the stage's decision word, and what was found. "" where not yet decided."""

    what: str
    decision: str = ""
    finding: str = ""


def read_points(text: str, outcomes: Sequence[str]) -> tuple[Point, ...]:
    """The points of “1. What | decision | finding” lines. Raises ValueError with a sentence that names the line."""
    points = tuple(_read(text, outcomes))
    if not points:
        raise ValueError("Write each point on a line of its own, as “1. The bin was missed”.")
    return points


def undecided(points: Sequence[Point]) -> list[int]:
    """The numbers of the points that have no decision yet."""
    return [number for number, point in enumerate(points, 1) if not point.decision]


def _read(text: str, outcomes: Sequence[str]) -> Iterator[Point]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines, 1):
        found = _LINE.fullmatch(line)
        if found is None or int(found[1]) != number:
            msg = f"Line {number}: begin it with “{number}.”; each point is one line, numbered in a row."
            raise ValueError(msg)
        yield _point(number, found[2], outcomes)


def _point(number: int, line: str, outcomes: Sequence[str]) -> Point:
    what, decision, finding = (part.strip() for part in [*line.split("|", 2), "", ""][:3])
    decision = decision.lower()
    if not what:
        msg = f"Line {number}: say what the point is."
        raise ValueError(msg)
    if decision and decision not in outcomes:
        msg = f"Line {number}: “{decision}” is no decision of this stage; it is one of: {', '.join(outcomes)}."
        raise ValueError(msg)
    if bool(decision) != bool(finding):
        msg = (
            f"Line {number}: a decision needs a finding, and a finding a decision: “1. What | upheld | What we found”."
        )
        raise ValueError(msg)
    return Point(what, decision, finding)
