"""What a further letter on a case wants, and on which evidence (domain: new issues raised part-way)."""

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What the writer of a further letter is after. ``INFORMATION`` is everything that needs no step of its own."""

    ESCALATION = "escalation"
    CHASER = "chaser"
    NEW_ISSUE = "new_issue"
    THANKS = "thanks"
    WITHDRAWAL = "withdrawal"
    INFORMATION = "information"


@dataclass(frozen=True)
class FollowUp:
    """The sort of a further letter, and why, in words that quote nothing of it."""

    sort: Sort
    reason: str
