"""The starter corpus has enough of everything it teaches, and nothing of it twice."""

from collections import Counter, defaultdict
from itertools import combinations

import pytest

from classifier.examples import FROZEN, Example, read_corpus
from classifier.text import clean
from models.rules.labels import AREAS, KINDS, SIGNALS, Area, Kind, Signal
from models.rules.likeness import in_common, prints, runs_of

CORPUS = read_corpus()
ALL = [*CORPUS, *read_corpus(FROZEN)]
OF_A_KIND, OF_AN_AREA, OF_A_SIGNAL = 60, 200, 60
ALIKE = 0.6
"""Share of runs of words in common from which two letters are one written twice."""


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_enough_examples(kind: Kind) -> None:
    found = Counter(example.kind for example in CORPUS)[kind]
    assert found >= OF_A_KIND, f"write {OF_A_KIND - found} more examples of {kind} in classifier/corpus"
    assert KINDS[kind].means


@pytest.mark.parametrize("area", Area)
def test_every_area_has_enough_examples(area: Area) -> None:
    found = sum(area in example.areas for example in CORPUS)
    assert found >= OF_AN_AREA, f"write {OF_AN_AREA - found} more examples of {area} in classifier/corpus"
    assert AREAS[area].means


@pytest.mark.parametrize("signal", Signal)
def test_every_signal_has_enough_examples(signal: Signal) -> None:
    found = sum(signal in example.signals for example in CORPUS)
    assert found >= OF_A_SIGNAL, f"write {OF_A_SIGNAL - found} more examples of {signal} in classifier/corpus"
    assert SIGNALS[signal].means


def test_the_frozen_letters_tell_no_story_of_the_corpus() -> None:
    frozen = read_corpus(FROZEN)
    assert len(frozen) > 400
    assert not {example.scenario for example in frozen} & {example.scenario for example in CORPUS}


def test_no_letter_says_the_same_words_as_another() -> None:
    said = Counter(clean(example.subject, example.body) for example in ALL)
    assert [words for words, times in said.items() if times > 1] == []


def test_no_letter_is_nearly_another() -> None:
    alike = [(one.id, two.id) for one, two in _sharing_a_print() if _likeness(one, two) >= ALIKE]
    assert alike == [], "write them anew, or leave one out"


def _sharing_a_print() -> set[tuple[Example, Example]]:
    of_band: dict[int, list[Example]] = defaultdict(list)
    for example in ALL:
        found = prints(_words(example))
        for band in found.bands if found else ():
            of_band[band].append(example)
    return {pair for sharing in of_band.values() for pair in combinations(sharing, 2)}


def _likeness(one: Example, two: Example) -> float:
    return in_common(runs_of(_words(one)), runs_of(_words(two)))


def _words(example: Example) -> str:
    return f"{example.subject} {example.body}"
