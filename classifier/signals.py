"""The other signals: what should not be overlooked in a message but can wait its turn."""

from collections.abc import Mapping
from functools import cache

from classifier.evidence import PatternFinder
from classifier.overrides import never_waiting
from classifier.patterns.signals import OTHER_SIGNALS
from classifier.reading import Reading
from models.rules.labels import NEVER_WAITS, Area, Signal

URGENT_AT_LEAST = {Signal.HAZARD: 0.35}
URGENT_OTHERWISE = 0.15
"""What never waits is named on less; a hazard on a little more, since every other street report names a danger."""
AT_LEAST = 0.5

_FROM_EVIDENCE = {
    Signal.REPEAT_CONTACT: {"told_before", "told_often", "despite_reports", "times_told", "asks_progress"},
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
    found |= {signal for signal, chance in (chances or {}).items() if chance >= _needed(signal)}
    found |= set(never_waiting(reading))
    return tuple(sorted((signal for signal in Signal if signal in found), key=lambda signal: signal not in NEVER_WAITS))


def _needed(signal: Signal) -> float:
    """How likely the model must find a signal; what never waits is named on less."""
    return URGENT_AT_LEAST.get(signal, URGENT_OTHERWISE) if signal in NEVER_WAITS else AT_LEAST


@cache
def _finder() -> PatternFinder:
    return PatternFinder(OTHER_SIGNALS)
