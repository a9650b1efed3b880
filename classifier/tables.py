"""Tables: figures in rows, as a terminal shows them and as a document keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Rows under a head, with a title and, where figures need one, a sentence that says how they were counted."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def as_text(self) -> str:
        """The table in columns: the first to the left, the others to the right."""
        widths = [max(len(row[place]) for row in (self.head, *self.rows)) for place in range(len(self.head))]
        lines = [_in_columns(row, widths) for row in (self.head, *self.rows)]
        return "\n".join([self.title, *([self.note] if self.note else []), *(f"  {line}" for line in lines)])

    def as_markdown(self) -> str:
        """The table for a document, its title in bold above it."""
        marks = ["---", *["---:"] * (len(self.head) - 1)]
        lines = [f"| {' | '.join(row)} |" for row in (self.head, marks, *self.rows)]
        return "\n\n".join([f"**{self.title}**", *([self.note] if self.note else []), "\n".join(lines)])


def share(value: float) -> str:
    """A share as three decimals, the way every table shows it."""
    return f"{value:.3f}"


def _in_columns(row: Sequence[str], widths: Sequence[int]) -> str:
    others = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
    return "  ".join([row[0].ljust(widths[0]), *others]).rstrip()
