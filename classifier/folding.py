"""Folding: the corpus read once and dealt into folds by scenario; a message is judged by a model new to its story."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from classifier.calibration import best_temperature, cooled
from classifier.evaluation import Verdict
from classifier.examples import Example, folds
from classifier.suggest import best_guess, decide, named_areas
from models.rules.labels import Area, Kind, Signal
from models.rules.thresholds import DEFAULT, Thresholds

if TYPE_CHECKING:
    from classifier.pipeline import Scores, TrainedModel
    from classifier.reading import Reading

FOLDS = 5
EIGHTHS = 8
READ_AT_ONCE = 200
"""Messages read between two signs of progress."""

Progress = Callable[[], object]
"""Called once for each piece of work that is done."""


@dataclass(frozen=True)
class Way:
    """One way of fitting: on so many eighths of the scenarios, and without some of what a model is given.

    ``without`` holds names that ``training.fit`` knows: words, evidence, lessons, history. Areas and signals are
    fitted ``with_labels`` only; they take longer than the kinds.
    """

    eighths: int = EIGHTHS
    without: frozenset[str] = frozenset()
    with_labels: bool = False


WHOLE = Way(with_labels=True)


@dataclass(frozen=True)
class Judged:
    """A message, and what a model that never saw its story says of it."""

    example: Example
    verdict: Verdict
    chances: dict[Kind, float]
    areas: tuple[Area, ...]
    signals: tuple[Signal, ...]


def read_all(examples: Sequence[Example], progress: Progress) -> "list[Reading]":
    """Every example as the classifier reads it; a sign of progress every ``READ_AT_ONCE``."""
    from classifier.training import read_examples

    readings: list[Reading] = []
    for start in range(0, len(examples), READ_AT_ONCE):
        readings += read_examples(examples[start : start + READ_AT_ONCE])
        progress()
    return readings


class Folds:
    """Examples and their readings, dealt into folds; what was judged one way is kept and not judged again."""

    def __init__(
        self,
        examples: Sequence[Example],
        readings: "Sequence[Reading]",
        *,
        thresholds: Thresholds = DEFAULT,
        seed: int = 0,
    ) -> None:
        self._examples = examples
        self._readings = readings
        self._thresholds = thresholds
        scenarios = [example.scenario for example in examples]
        self._fold_of = folds(scenarios, FOLDS, seed=seed)
        self._eighth_of = folds(scenarios, EIGHTHS, seed=seed + 1)
        self._judged: dict[Way, list[Judged]] = {}

    def fits(self, ways: Iterable[Way]) -> int:
        """How many models must still be fitted to judge these ways: the signs of progress they give."""
        return FOLDS * sum(self._known(way) is None for way in set(ways))

    def judge(self, way: Way = WHOLE, progress: Progress = lambda: None) -> list[Judged]:
        """Every message as judged by the model that was fitted this way on the other folds, fold by fold."""
        known = self._known(way)
        if known is None:
            known = self._judged[way] = self._judge(way, progress)
        return known

    def _known(self, way: Way) -> list[Judged] | None:
        return self._judged.get(way) or self._judged.get(replace(way, with_labels=True))

    def _judge(self, way: Way, progress: Progress) -> list[Judged]:
        unseen = [[place for place, its in enumerate(self._fold_of) if its == fold] for fold in range(FOLDS)]
        scored = []
        for fold, places in enumerate(unseen):
            scored.append(self._fit(fold, way).scores([self._readings[place] for place in places]))
            progress()
        temperatures = self._temperatures(unseen, scored)
        return [
            self._as_judged(place, scores, chances)
            for places, found, temperature in zip(unseen, scored, temperatures, strict=True)
            for place, scores, chances in zip(places, found, cooled([s.kinds for s in found], temperature), strict=True)
        ]

    def _fit(self, fold: int, way: Way) -> "TrainedModel":
        from classifier.training import fit

        seen = [
            place
            for place, (its, eighth) in enumerate(zip(self._fold_of, self._eighth_of, strict=True))
            if its != fold and eighth < way.eighths
        ]
        return fit(
            [self._examples[place] for place in seen],
            [self._readings[place] for place in seen],
            with_labels=way.with_labels,
            without=way.without,
        )

    def _temperatures(self, unseen: Sequence[Sequence[int]], scored: "Sequence[Sequence[Scores]]") -> list[float]:
        """For each fold the temperature that holds on the other folds, whose messages were unseen too."""
        found = []
        for fold in range(FOLDS):
            others = [other for other in range(FOLDS) if other != fold]
            chances = [scores.kinds for other in others for scores in scored[other]]
            found.append(best_temperature(chances, [self._examples[n].kind for other in others for n in unseen[other]]))
        return found

    def _as_judged(self, place: int, scores: "Scores", chances: dict[Kind, float]) -> Judged:
        from classifier.signals import signals_in

        reading, example = self._readings[place], self._examples[place]
        areas = tuple(opinion.area for opinion in named_areas(scores.areas))
        return Judged(
            example=example,
            verdict=_verdict(example.kind, reading.text, chances, self._thresholds),
            chances=chances,
            areas=areas,
            signals=signals_in(reading, areas, scores.signals if reading.text else {}) if areas else (),
        )


def _verdict(true: Kind, text: str, chances: dict[Kind, float], thresholds: Thresholds) -> Verdict:
    guess = best_guess(chances)
    named = decide(chances, thresholds) if text else None
    bold = decide(chances, replace(thresholds, at_least=0.0, by_kind={})) if text else None
    return Verdict(true, guess, chances[guess], named, bold)
