"""Cards: figures are written between marks, and nothing else of the document changes."""

from datetime import date
from pathlib import Path

import pytest

from classifier.card import CardError, Made, read_part, write_part
from classifier.tables import Table

TABLE = Table("Kinds", ("kind", "count"), [("Complaint", "3")])
MARKED = "Above.\n\n<!-- curve: begin, written by tocsin evaluate -->\n\nOld.\n\n<!-- curve: end -->\n\nBelow.\n"


@pytest.fixture
def card(tmp_path: Path) -> Path:
    path = tmp_path / "card.md"
    path.write_text(MARKED)
    return path


def test_figures_take_the_place_of_those_before(card: Path) -> None:
    write_part(card, "curve", [TABLE])
    assert card.read_text() == MARKED.replace(
        "Old.", "**Kinds**\n\n| kind | count |\n| --- | ---: |\n| Complaint | 3 |"
    )


def test_writing_twice_is_writing_once(card: Path) -> None:
    write_part(card, "curve", [TABLE])
    once = card.read_text()
    write_part(card, "curve", [TABLE])
    assert card.read_text() == once


def test_figures_say_when_of_which_model_and_how_they_were_made(card: Path) -> None:
    write_part(card, "curve", [TABLE], Made(date(2026, 11, 2), "abc123", "tocsin evaluate --curve --write-card"))
    first = read_part(card, "curve").splitlines()[0]
    assert first == ("Measured on 2 November 2026 by `tocsin evaluate --curve --write-card`; model version `abc123`.")


def test_a_card_without_the_marks_is_refused_and_left_alone(card: Path) -> None:
    with pytest.raises(CardError, match="ablation"):
        write_part(card, "ablation", [TABLE])
    assert card.read_text() == MARKED


def test_a_missing_card_is_named(tmp_path: Path) -> None:
    with pytest.raises(CardError, match=r"none\.md"):
        read_part(tmp_path / "none.md", "curve")


def test_a_table_stands_in_columns() -> None:
    assert TABLE.as_text().splitlines() == ["Kinds", "  kind       count", "  Complaint      3"]
