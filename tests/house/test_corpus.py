"""The starter corpus has enough of everything it teaches."""

from collections import Counter

import pytest

from classifier.examples import read_corpus
from models.rules.labels import AREAS, KINDS, SIGNALS, Area, Kind, Signal

LEAST = 10
CORPUS = read_corpus()


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_ten_examples(kind: Kind) -> None:
    found = Counter(example.kind for example in CORPUS)[kind]
    assert found >= LEAST, f"write {LEAST - found} more examples of {kind} in classifier/corpus"
    assert KINDS[kind].means


@pytest.mark.parametrize("area", Area)
def test_every_area_has_ten_examples(area: Area) -> None:
    found = sum(area in example.areas for example in CORPUS)
    assert found >= LEAST, f"write {LEAST - found} more examples of {area} in classifier/corpus"
    assert AREAS[area].means


@pytest.mark.parametrize("signal", Signal)
def test_every_signal_has_an_example(signal: Signal) -> None:
    assert any(signal in example.signals for example in CORPUS), f"write an example of {signal} in classifier/corpus"
    assert SIGNALS[signal].means
