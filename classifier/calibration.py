"""Calibration: whether a probability of 0.8 is right eight times in ten, and what asking for more would cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from classifier.pipeline import softmax
from classifier.tables import Table, share
from models.rules.labels import Kind

BINS = 10
THRESHOLDS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9)
"""The thresholds that a trade-off is told for, as probabilities."""

_KINDS = tuple(Kind)
_TINY = 1e-12
_COLDEST, _HOTTEST = -2.0, 2.0
"""Where a temperature's natural logarithm is looked for: about 0.14 to 7.4."""


@dataclass(frozen=True)
class Bin:
    """Guesses whose probability lies between two tenths: how many, how sure on average, and the share that was right.

    An empty bin has 0 for all three.
    """

    lowest: float
    highest: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Named:
    """A kind that is named: its probability, whether it is right, and whether it is right on complaint or not."""

    confidence: float
    right: bool
    right_on_complaint: bool


@dataclass(frozen=True)
class Step:
    """What one threshold for every kind would give: the share of messages answered, and of those the shares right."""

    at_least: float
    answered: float
    right: float
    right_on_complaint: float


def reliability(guesses: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Ten bins of equal width; each guess is its probability (0 to 1) and whether it was right."""
    filled: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in guesses:
        filled[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    return tuple(_bin(place, inside) for place, inside in enumerate(filled))


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error, 0 to 1: how far confidence and right lie apart, each bin by its count.

    After Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", ICML 2017.
    """
    count = sum(each.count for each in bins)
    return sum(each.count * abs(each.right - each.confidence) for each in bins) / count if count else 0.0


def trade_off(named: Sequence[Named | None]) -> tuple[Step, ...]:
    """Each threshold's shares; one item a message.

    None is a message on which no kind is named however low the threshold, because a complaint is too likely.
    """
    return tuple(_step(at_least, named) for at_least in THRESHOLDS)


def best_temperature(chances: Sequence[Mapping[Kind, float]], truth: Sequence[Kind]) -> float:
    """What to divide the logarithms of these probabilities by so that they hold; above 1 when they were too sure.

    1 where there is nothing to go by.
    """
    import numpy as np
    from scipy.optimize import minimize_scalar

    if not truth:
        return 1.0
    scores = _logarithms(chances)
    rows, columns = np.arange(len(truth)), np.array([_KINDS.index(kind) for kind in truth])

    def surprise(logarithm: float) -> float:
        again = softmax(scores / np.exp(logarithm))
        return float(-np.log(again[rows, columns] + _TINY).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(_COLDEST, _HOTTEST), method="bounded").x))


def cooled(chances: Sequence[Mapping[Kind, float]], temperature: float) -> list[dict[Kind, float]]:
    """The probabilities at another temperature, in order; they still add up to 1."""
    rows = softmax(_logarithms(chances) / temperature).tolist()
    return [dict(zip(_KINDS, row, strict=True)) for row in rows]


def reliability_table(bins: Sequence[Bin]) -> Table:
    """The bins that hold anything."""
    return Table(
        "How often a guess of that probability was right",
        ("probability", "messages", "mean probability", "right"),
        [
            (f"{each.lowest:.1f} to {each.highest:.1f}", str(each.count), share(each.confidence), share(each.right))
            for each in bins
            if each.count
        ],
    )


def trade_off_table(steps: Sequence[Step]) -> Table:
    """What each threshold would give."""
    return Table(
        "“Not sure”: what one threshold for every kind would give",
        ("at least", "answered", "the right kind", "right on complaint or not"),
        [
            (f"{step.at_least:.2f}", share(step.answered), share(step.right), share(step.right_on_complaint))
            for step in steps
        ],
        note="Shares right are of those answered. At 0.00 only “complaint_at_most” leaves a message unanswered.",
    )


def _bin(place: int, inside: Sequence[tuple[float, bool]]) -> Bin:
    return Bin(
        lowest=place / BINS,
        highest=(place + 1) / BINS,
        count=len(inside),
        confidence=_mean([confidence for confidence, _ in inside]),
        right=_mean([right for _, right in inside]),
    )


def _step(at_least: float, named: Sequence[Named | None]) -> Step:
    answered = [each for each in named if each and each.confidence >= at_least]
    return Step(
        at_least=at_least,
        answered=len(answered) / len(named) if named else 0.0,
        right=_mean([each.right for each in answered]),
        right_on_complaint=_mean([each.right_on_complaint for each in answered]),
    )


def _logarithms(chances: Sequence[Mapping[Kind, float]]) -> Any:
    import numpy as np

    with np.errstate(divide="ignore"):  # a kind that a model does not know has no chance at any temperature
        return np.log([[each.get(kind, 0.0) for kind in _KINDS] for each in chances])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
