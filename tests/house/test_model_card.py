"""The cards say what is so: the corpus's counts are those of its files, and every part has a place in a card."""

import pytest

from classifier.card import CORPUS_CARD, MODEL_CARD, read_part
from classifier.counting import count_tables
from classifier.examples import FROZEN, read_corpus

PARTS_OF_THE_MODEL = ("labelled", "held-out", "contrast", "curve", "ablation")


def test_the_card_of_the_corpus_counts_what_is_there() -> None:
    counted = "\n\n".join(table.as_markdown() for table in count_tables(read_corpus(), read_corpus(FROZEN)))
    assert read_part(CORPUS_CARD, "corpus") == counted, "run: tocsin evaluate --corpus --write-card"


@pytest.mark.parametrize("part", PARTS_OF_THE_MODEL)
def test_the_model_card_has_a_place_for_every_part(part: str) -> None:
    assert read_part(MODEL_CARD, part)
