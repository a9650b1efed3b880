"""What never waits: signs of danger to a child, an adult, a life, a home. They are read before any model is asked.

Tuned to miss nothing rather than to be quiet: a false alarm costs an officer a
glance. Only a plain "no" or "not" before the words takes them back.
"""

from functools import cache

from classifier.evidence import PatternFinder
from classifier.patterns.danger import DANGER
from classifier.reading import Reading
from models.rules.labels import Signal

WIDE = 12
"""Words that may stand between two parts of a sign of danger: more than elsewhere, so as to miss less."""


def urgent_sentences() -> dict[Signal, str]:
    """What the card says for each signal that never waits."""
    return {Signal(pattern.code): pattern.sentence for pattern in DANGER}


def never_waiting(reading: Reading) -> tuple[Signal, ...]:
    """The signals in a message that a person must see at once, in the order of the labels."""
    found = {evidence.code for evidence in _finder().find(reading.tokens)}
    return tuple(signal for signal in Signal if signal in found)


@cache
def _finder() -> PatternFinder:
    return PatternFinder(DANGER, gap=WIDE)
