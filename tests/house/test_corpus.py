"""The starter corpus has enough of everything it teaches."""

from collections import Counter

import pytest

from classifier.examples import read_corpus
from models.rules.labels import AREAS, KINDS, SIGNALS, Area, Kind, Signal
from tests.house.rooms import ROOT

LEAST = 10
CORPUS = read_corpus()
CONTRAST = ROOT / "classifier" / "contrast"


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


def test_the_contrast_sets_tell_no_story_of_the_corpus() -> None:
    """What measures the model may share no scenario with what taught it."""
    contrast = read_corpus(CONTRAST)
    assert len(contrast) > 1_500
    assert {example.scenario for example in contrast} & {example.scenario for example in CORPUS} == set()
    assert {example.body for example in contrast} & {example.body for example in CORPUS} == set()
