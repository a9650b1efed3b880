from enum import StrEnum

import pytest

from models.rules.labels import AREAS, KINDS, NEVER_WAITS, SIGNALS, Area, Definition, Kind, Signal

FAMILIES = [(Kind, KINDS), (Area, AREAS), (Signal, SIGNALS)]


@pytest.mark.parametrize(("labels", "definitions"), FAMILIES)
def test_every_label_has_a_definition(labels: type[StrEnum], definitions: dict[StrEnum, Definition]) -> None:
    missing = [label for label in labels if label not in definitions]
    assert missing == [], "define them in models/rules/labels.py"
    bare = [label for label, words in definitions.items() if not (words.name and words.means.endswith("."))]
    assert bare == [], "a definition has a name and a sentence"


@pytest.mark.parametrize(("labels", "definitions"), FAMILIES)
def test_no_two_labels_share_a_name(labels: type[StrEnum], definitions: dict[StrEnum, Definition]) -> None:
    assert len({words.name for words in definitions.values()}) == len(labels)


def test_every_kind_says_what_it_is_not() -> None:
    assert [kind for kind, words in KINDS.items() if not words.not_this] == []


def test_signals_that_never_wait_are_of_danger() -> None:
    assert {Signal.CHILD_AT_RISK, Signal.ADULT_AT_RISK, Signal.SELF_HARM_RISK, Signal.HAZARD} <= NEVER_WAITS
