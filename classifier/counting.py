"""Counting: what the corpus and the frozen set hold, by kind, area, signal, channel and length."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from classifier.examples import CHANNELS, Example
from classifier.tables import Table
from models.rules.labels import AREAS, KINDS, SIGNALS, Definition

LENGTHS = ((10, "up to 10 words"), (30, "11 to 30"), (100, "31 to 100"), (300, "101 to 300"), (900, "301 to 900"))
LONGER = "more than 900"

_NAMED: tuple[Mapping[Any, Definition], ...] = (KINDS, AREAS, SIGNALS)
_Marks = Callable[[Example], Iterable[str]]


def count(examples: Sequence[Example]) -> dict[str, dict[str, int]]:
    """How many examples there are of each; an example with two areas or signals counts under both."""
    return {
        "number": _numbers(examples),
        "kind": _counted(examples, KINDS, lambda example: [example.kind]),
        "area": _counted(examples, AREAS, lambda example: example.areas),
        "signal": _counted(examples, SIGNALS, lambda example: example.signals),
        "channel": _counted(examples, sorted(CHANNELS), lambda example: [example.channel]),
        "length": _counted(examples, [*(name for _, name in LENGTHS), LONGER], lambda example: [_length(example)]),
    }


def count_tables(corpus: Sequence[Example], frozen: Sequence[Example]) -> list[Table]:
    """The counts of both, side by side."""
    ours, theirs = count(corpus), count(frozen)
    names = {str(label): definition.name for labels in _NAMED for label, definition in labels.items()}
    return [
        Table(
            "In all" if group == "number" else f"By {group}",
            (group, "corpus", "frozen set"),
            [(names.get(label, label), str(number), str(theirs[group][label])) for label, number in found.items()],
        )
        for group, found in ours.items()
    ]


def _numbers(examples: Sequence[Example]) -> dict[str, int]:
    kinds_of: dict[str, set[str]] = {}
    for example in examples:
        kinds_of.setdefault(example.scenario, set()).add(example.kind)
    return {
        "messages": len(examples),
        "like an ordinary week’s mail": sum(example.is_ordinary for example in examples),
        "scenarios": len(kinds_of),
        "scenarios with messages of different kinds": sum(len(kinds) > 1 for kinds in kinds_of.values()),
    }


def _counted(examples: Sequence[Example], labels: Iterable[str], marks: _Marks) -> dict[str, int]:
    found = Counter(str(mark) for example in examples for mark in marks(example))
    return {str(label): found[str(label)] for label in labels}


def _length(example: Example) -> str:
    words = len(f"{example.subject} {example.body}".split())
    return next((name for most, name in LENGTHS if words <= most), LONGER)
