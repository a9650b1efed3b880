"""One message as the classifier reads it: its cleaned text and the evidence in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from classifier.evidence import Evidence, evidence_finder, tokens
from classifier.history import NOTHING, History
from classifier.text import clean

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MEMBER_ADDRESS = re.compile(
    r"@parliament\.uk$|@(?:[\w-]+\.)*(?:councillors?|members?)\.|^(?:cllr|councillor)[._-]|[._-](?:mp|cllr)@"
)
"""Addresses of members: Parliament's own domain, and the names councils give to members' mailboxes."""

TOLD = frozenset({"told_before", "told_often", "despite_reports", "closed_undone", "times_told"})
"""Evidence that the council has had its chance."""
BLAMED = frozenset(
    {
        "promise_broken",
        "ignored",
        "badly_done",
        "service_failing",
        "staff_conduct",
        "blames_council",
        "council_tax_argument",
        "decision_handled_badly",
        "unhappy_with_answer",
    }
)
"""Evidence that the person is unhappy with what the council did or did not do."""
WROTE_BEFORE = frozenset({"wrote_before_open", "wrote_before_closed"})
"""The council's own record says that it was told; kept apart from ``TOLD``, which is what the message says."""


@dataclass(frozen=True)
class Reading:
    """A cleaned text with its evidence, in the order of the text."""

    text: str
    evidence: tuple[Evidence, ...]

    @cached_property
    def tokens(self) -> "Doc":
        """The text as spaCy's words."""
        return tokens(self.text)

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes found, each once."""
        return frozenset(evidence.code for evidence in self.evidence)

    def number(self, code: str) -> int:
        """The largest number among the finds of that code; 0 when there is none."""
        return max((evidence.number for evidence in self.evidence if evidence.code == code), default=0)

    @property
    def council_had_its_chance(self) -> bool:
        """Whether anything says that the council knew, or blames it: such a message is no plain first report."""
        return bool(self.codes & (TOLD | BLAMED | WROTE_BEFORE) or "wants_complaint" in self.codes)


class Reader:
    """Reads messages: the first of a process takes half a second more, each about half a millisecond."""

    def __init__(self) -> None:
        self._finder = evidence_finder()

    def read(self, subject: str, body: str, sender: str = "", history: History = NOTHING) -> Reading:
        """The message cleaned, and its evidence; never an exception, whatever the text."""
        text = clean(subject, body)
        doc = tokens(text)
        reading = Reading(text, (*_from_sender(sender), *_from_history(history), *self._finder.find(doc)))
        reading.__dict__["tokens"] = doc  # the property's own cache: read once, looked through three times
        return reading


def _from_sender(sender: str) -> Iterable[Evidence]:
    """Evidence that the address itself gives."""
    if _MEMBER_ADDRESS.search(sender.strip().lower()):
        yield Evidence("from_member", 0, 0, "")


def _from_history(history: History) -> Iterable[Evidence]:
    """Evidence that the council's own record gives."""
    return (Evidence(code, 0, 0, "", count) for code, count in history.finds())
