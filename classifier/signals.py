"""Every signal in a message: what never waits first, then what should not be overlooked but can wait its turn."""

from collections.abc import Mapping
from functools import cache

from classifier.evidence import PatternFinder
from classifier.overrides import hints, never_waiting
from classifier.patterns.signals import OTHER_SIGNALS
from classifier.reading import WROTE_BEFORE, Reading
from models.rules.labels import NEVER_WAITS, Area, Signal

URGENT_AT_LEAST = {
    Signal.CHILD_AT_RISK: 0.085,
    Signal.ADULT_AT_RISK: 0.07,
    Signal.SELF_HARM_RISK: 0.03,
    Signal.HAZARD: 0.11,
    Signal.HOMELESSNESS_RISK: 0.032,
}
"""How likely the model must find what never waits, its hints counted in.

Chosen on half the scenarios, from models that had not seen them, so that of ordinary messages
without the signal about 8 in 100 raise it (twice as many a hazard, which every other street report names).
"""
HINT = 3.3
"""How many times likelier (in odds) one family of hints makes a signal; found the same way."""
AT_LEAST = 0.5
"""How likely the model must find any other signal."""
BY_WORDS_ALONE = frozenset({Signal.OMBUDSMAN_MENTIONED, Signal.MP_OR_COUNCILLOR, Signal.MEDIA_THREAT})
"""Signals that are a name in the text: where it is not there, no chance puts it there."""

_FROM_EVIDENCE = {
    Signal.REPEAT_CONTACT: WROTE_BEFORE
    | {"told_before", "told_often", "despite_reports", "times_told", "asks_progress"},
    Signal.STAFF_CONDUCT: {"staff_conduct"},
    Signal.MP_OR_COUNCILLOR: {"from_member"},
}


def signals_in(
    reading: Reading, areas: tuple[Area, ...], chances: Mapping[Signal, float] | None = None
) -> tuple[Signal, ...]:
    """Every signal in a message, those that never wait first; ``areas`` are the services it concerns.

    ``chances`` are the model's; they add to what the rules find and never take away.
    """
    found = {evidence.code for evidence in _finder().find(reading.tokens)}
    found |= {signal for signal, codes in _FROM_EVIDENCE.items() if codes & reading.codes}
    if len(areas) > 1:
        found.add(Signal.MULTI_SERVICE)
    found |= set(never_waiting(reading)) | _likely(reading, chances or {})
    return tuple(sorted((signal for signal in Signal if signal in found), key=lambda signal: signal not in NEVER_WAITS))


def _likely(reading: Reading, chances: Mapping[Signal, float]) -> set[Signal]:
    """The signals the model finds likely enough."""
    hinted = hints(reading) if chances else {}
    return {
        signal
        for signal, chance in chances.items()
        if signal not in BY_WORDS_ALONE
        and raised(chance, len(hinted.get(signal, ()))) >= URGENT_AT_LEAST.get(signal, AT_LEAST)
    }


def raised(chance: float, hinted: int) -> float:
    """A chance, 0 to 1, with that many families of hints counted in."""
    weight = chance * HINT**hinted
    return weight / (weight + 1 - chance)


@cache
def _finder() -> PatternFinder:
    return PatternFinder(OTHER_SIGNALS)
