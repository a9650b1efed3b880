"""Cards: the documents that say what the model and its corpus are, with figures that the program itself writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from classifier.examples import CORPUS
from classifier.tables import Table

MODEL_CARD = Path(__file__).parent.parent / "docs" / "model-card.md"
CORPUS_CARD = CORPUS / "CARD.md"


class CardError(ValueError):
    """A card is missing, or the marks between which figures are written."""

    def __init__(self, card: Path, problem: str) -> None:
        super().__init__(f"{card}: {problem}")


@dataclass(frozen=True)
class Made:
    """How figures were made: the day, the version of the model, and what was typed."""

    on: date
    version: str
    command: str

    def __str__(self) -> str:
        day = f"{self.on.day} {self.on:%B %Y}"
        return f"Measured on {day} by `{self.command}`; model version `{self.version}`."


def write_part(card: Path, part: str, tables: Sequence[Table], made: Made | None = None) -> None:
    """Put tables between a part's marks, in place of what stood there; ``CardError`` where there are no marks.

    Without ``made`` the tables stand alone: they say the same on any day.
    """
    said = ([str(made)] if made else []) + [table.as_markdown() for table in tables]
    before, _, after = _around(card, part)
    card.write_text("\n\n".join([before, *said, after]), encoding="utf-8")


def read_part(card: Path, part: str) -> str:
    """What stands between a part's marks; ``CardError`` where there are none."""
    return _around(card, part)[1].strip()


def _around(card: Path, part: str) -> tuple[str, str, str]:
    """The card up to a part's first mark, what lies between, and the rest from its last mark on."""
    begin, end = f"<!-- {part}: begin, written by tocsin evaluate -->", f"<!-- {part}: end -->"
    if not card.exists():
        raise CardError(card, "there is no such card.")
    text = card.read_text(encoding="utf-8")
    before, found, rest = text.partition(begin)
    between, also_found, after = rest.partition(end)
    if not (found and also_found):
        raise CardError(card, f"the marks of “{part}” are missing.")
    return before + begin, between, end + after
