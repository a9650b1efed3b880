"""History: what the record says of a message becomes evidence, and never a word of an earlier letter."""

import pytest

from classifier.history import NOTHING, History, history_codes, history_sentences
from classifier.reading import Reader

TEXT = "The wardrobe is behind the substation."


def test_nothing_known_is_no_evidence(reader: Reader) -> None:
    assert reader.read("", TEXT) == reader.read("", TEXT, history=NOTHING)
    assert not reader.read("", TEXT).codes & set(history_codes())


@pytest.mark.parametrize(
    ("history", "code", "number"),
    [
        (History(open=2), "wrote_before_open", 2),
        (History(closed=3), "wrote_before_closed", 3),
        (History(quotes_ours=True), "quotes_our_case", 1),
    ],
)
def test_each_fact_is_one_find(reader: Reader, history: History, code: str, number: int) -> None:
    reading = reader.read("", TEXT, history=history)
    assert reading.codes & set(history_codes()) == {code}
    assert reading.number(code) == number
    assert all(find.words == "" for find in reading.evidence if find.code == code)


@pytest.mark.parametrize("history", [History(open=1), History(closed=1)])
def test_who_wrote_before_gave_the_council_its_chance(reader: Reader, history: History) -> None:
    assert not reader.read("", TEXT).council_had_its_chance
    assert reader.read("", TEXT, history=history).council_had_its_chance


def test_every_code_has_its_sentence() -> None:
    assert list(history_sentences()) == list(history_codes())
    assert all(sentence.endswith(".") for sentence in history_sentences().values())
