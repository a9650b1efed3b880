"""History: what the council's own record says of a message, which no text can. It holds numbers, and no words."""

from collections.abc import Iterable
from dataclasses import dataclass

_SENTENCES = {
    "wrote_before_open": "The same person has an open case on this matter.",
    "wrote_before_closed": "The same person had a case on this matter that was answered or closed.",
    "quotes_our_case": "Quotes a case reference of the council's.",
}


@dataclass(frozen=True)
class History:
    """What came before a message.

    - ``open``, ``closed``: how many earlier cases of the same sender on the same matter are open, and how many were
      answered or closed.
    - ``quotes_ours``: it names a case by the council's own reference.
    """

    open: int = 0
    closed: int = 0
    quotes_ours: bool = False

    def finds(self) -> Iterable[tuple[str, int]]:
        """The codes that apply, each with how many cases it counts."""
        counts = (self.open, self.closed, int(self.quotes_ours))
        return [(code, count) for code, count in zip(_SENTENCES, counts, strict=True) if count]


NOTHING = History()
"""Nothing is known: a text by itself, as in the corpus and on the command line."""


def history_codes() -> tuple[str, ...]:
    """The evidence codes that a history may give, in the order the model knows them."""
    return tuple(_SENTENCES)


def history_sentences() -> dict[str, str]:
    """What an officer reads for each code."""
    return dict(_SENTENCES)
