"""Every signal in a message: what never waits first, then what should not be overlooked but can wait its turn."""

from collections.abc import Collection, Mapping
from functools import cache
from math import prod

from classifier.evidence import PatternFinder
from classifier.overrides import hints, never_waiting
from classifier.patterns.signals import OTHER_SIGNALS
from classifier.reading import WROTE_BEFORE, Reading
from models.rules.labels import NEVER_WAITS, Area, Signal

URGENT_AT_LEAST = {
    Signal.CHILD_AT_RISK: 0.44,
    Signal.ADULT_AT_RISK: 0.3,
    Signal.SELF_HARM_RISK: 0.04,
    Signal.HAZARD: 0.11,
    Signal.HOMELESSNESS_RISK: 0.34,
}
"""How likely the model must find what never waits, its hints counted in.

Chosen on scores of models that had not seen the scenario, so that with the rules each is raised on 95 in 100 messages
that have it: a miss may cost a life, and a false alarm a minute. The model card has the price.
"""
HINT = {
    Signal.CHILD_AT_RISK: {"child": 650.0, "secret": 15.0, "violence": 4.5, "held": 3.0, "neglect": 1.0},
    Signal.ADULT_AT_RISK: {
        "held": 50.0,
        "frail": 25.0,
        "violence": 20.0,
        "neglect": 10.0,
        "secret": 2.5,
        "taken_from": 2.0,
    },
    Signal.SELF_HARM_RISK: {"farewell": 75.0, "despair": 60.0, "death": 20.0, "means": 15.0},
    Signal.HAZARD: {
        "burning": 15.0,
        "cold_or_damp": 15.0,
        "traffic": 15.0,
        "structure": 10.0,
        "near_miss": 4.0,
        "hurt": 3.5,
    },
    Signal.HOMELESSNESS_RISK: {"no_place": 100.0, "home_lost": 60.0},
}
"""How many times likelier (in odds) a family of hints makes a signal, by a logistic regression over the same scores."""
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


def unsaid(reading: Reading, signals: Collection[Signal]) -> tuple[Signal, ...]:
    """Those of a message's signals that never wait and that only the model found, by its wording as a whole."""
    if NEVER_WAITS.isdisjoint(signals):
        return ()
    said = never_waiting(reading)
    return tuple(signal for signal in signals if signal in NEVER_WAITS and signal not in said)


def _likely(reading: Reading, chances: Mapping[Signal, float]) -> set[Signal]:
    """The signals the model finds likely enough."""
    hinted = hints(reading) if chances else {}
    return {
        signal
        for signal, chance in chances.items()
        if signal not in BY_WORDS_ALONE
        and raised(chance, signal, hinted.get(signal, ())) >= URGENT_AT_LEAST.get(signal, AT_LEAST)
    }


def raised(chance: float, signal: Signal, hinted: Collection[str] = ()) -> float:
    """A chance of a signal, 0 to 1, with these families of hints counted in."""
    weight = chance * prod(HINT[signal][family] for family in hinted)
    return weight / (weight + 1 - chance)


@cache
def _finder() -> PatternFinder:
    return PatternFinder(OTHER_SIGNALS)
