"""What never waits: signs of danger to a child, an adult, a life, a home. They are read before any model is asked.

A plain sign of danger names a signal alone; weaker hints name it when two families of
them meet (a child, and a bruise; tablets, and a note). Tuned to miss little rather than
to be quiet: a false alarm costs an officer a glance.
"""

from functools import cache

from classifier.evidence import PatternFinder
from classifier.patterns.danger import DANGER
from classifier.patterns.hints import HINTED_BY, HINTS
from classifier.reading import Reading
from models.rules.labels import Signal

WIDE = 12
"""Words that may stand between two parts of a sign of danger: more than elsewhere, so as to miss less."""
HINTS_WIDE = 8
"""The same for a hint, which proves less."""
ENOUGH = 2
"""Families of hints that together name a signal outright."""


def urgent_sentences() -> dict[Signal, str]:
    """What the card says for each signal that never waits."""
    return {Signal(pattern.code): pattern.sentence for pattern in DANGER}


def never_waiting(reading: Reading) -> tuple[Signal, ...]:
    """The signals in a message that a person must see at once, in the order of the labels."""
    named = {evidence.code for evidence in _signs().find(reading.tokens)}
    hinted = hints(reading)
    return tuple(signal for signal in Signal if signal in named or _met(signal, hinted.get(signal, frozenset())))


def hints(reading: Reading) -> dict[Signal, frozenset[str]]:
    """The families of hints found in a message, by the signal they bear on."""
    found = {evidence.code for evidence in _weak_signs().find(reading.tokens)}
    return {signal: hinted.families & found for signal, hinted in HINTED_BY.items()}


def _met(signal: Signal, found: frozenset[str]) -> bool:
    """Whether enough families meet, the person in danger among them where the signal is about one."""
    return len(found) >= ENOUGH and HINTED_BY[signal].who in {"", *found}


@cache
def _signs() -> PatternFinder:
    return PatternFinder(DANGER, gap=WIDE)


@cache
def _weak_signs() -> PatternFinder:
    return PatternFinder(HINTS, gap=HINTS_WIDE)
