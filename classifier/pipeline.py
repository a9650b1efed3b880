"""The trained model: scikit-learn's parts and how a reading becomes probabilities."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, TypeVar

from classifier.features import matrix
from classifier.reading import Reading
from models.rules.labels import Area, Kind, Signal

_Label = TypeVar("_Label")


@dataclass(frozen=True)
class Scores:
    """What the model says of one reading.

    ``kinds`` are probabilities that add up to 1; ``areas`` and ``signals`` each stand alone, 0 to 1.
    """

    kinds: dict[Kind, float]
    areas: dict[Area, float]
    signals: dict[Signal, float]


@dataclass(frozen=True)
class LabelWeights:
    """A row of weights and an offset a label, so that a message is scored against all of them at once."""

    labels: tuple[str, ...]
    weights: Any
    offsets: Any

    def as_parts(self) -> dict[str, Any]:
        """The weights as plain names and arrays, for keeping."""
        return {"labels": list(self.labels), "weights": self.weights, "offsets": self.offsets}

    @classmethod
    def of_parts(cls, parts: Mapping[str, Any]) -> "LabelWeights":
        """The weights that ``as_parts`` took apart."""
        return cls(tuple(parts["labels"]), parts["weights"], parts["offsets"])

    def spread(self, columns: Any, width: int) -> "LabelWeights":
        """The same weights at these columns of a wider matrix; 0 at all others."""
        import numpy as np

        weights = np.zeros((len(self.labels), width), dtype=self.weights.dtype)
        weights[:, columns] = self.weights
        return LabelWeights(self.labels, weights, self.offsets)

    def scores(self, rows: Any) -> Any:
        """The score of each label for each row."""
        return rows @ self._turned + self.offsets

    @cached_property
    def _turned(self) -> Any:
        """The weights as they are multiplied: turned once, not for every message."""
        import numpy as np

        return np.ascontiguousarray(self.weights.T, dtype=float)

    def chances(self, rows: Any) -> Any:
        """The chance of each label for each row, 0 to 1, each on its own."""
        import numpy as np

        return 1 / (1 + np.exp(-self.scores(rows)))


@dataclass(frozen=True)
class TrainedModel:
    """The parts that ``training.train`` made and ``artefact`` keeps.

    ``temperature`` divides the scores of the kinds before they become probabilities: it
    is fitted on messages of scenarios the model had not seen, so that 0.8 means right
    about eight times in ten on them.
    """

    word_weights: Any
    letter_weights: Any
    kinds: LabelWeights
    areas: LabelWeights
    signals: LabelWeights
    temperature: float
    examples: int

    def as_parts(self) -> dict[str, Any]:
        """The model as plain names and scikit-learn parts, for keeping."""
        return {field.name: getattr(self, field.name) for field in fields(self)} | {
            "kinds": self.kinds.as_parts(),
            "areas": self.areas.as_parts(),
            "signals": self.signals.as_parts(),
        }

    @classmethod
    def of_parts(cls, parts: Mapping[str, Any]) -> "TrainedModel":
        """The model that ``as_parts`` took apart; KeyError or TypeError when a part is missing or strange."""
        stacked = {name: LabelWeights.of_parts(parts[name]) for name in ("kinds", "areas", "signals")}
        return cls(**{**parts, **stacked})

    def scores(self, readings: Sequence[Reading]) -> list[Scores]:
        """Probabilities of kinds and areas for each reading, in order."""
        if not readings:
            return []
        rows = matrix(readings, self.word_weights, self.letter_weights)
        kinds = _named(map(Kind, self.kinds.labels), softmax(self.kinds.scores(rows) / self.temperature))
        areas = _named(map(Area, self.areas.labels), self.areas.chances(rows))
        signals = _named(map(Signal, self.signals.labels), self.signals.chances(rows))
        return [Scores(*each) for each in zip(kinds, areas, signals, strict=True)]

    def kind_scores(self, readings: Sequence[Reading]) -> Any:
        """Scores of each reading for each kind, before they become probabilities."""
        return self.kinds.scores(matrix(readings, self.word_weights, self.letter_weights))


def _named(labels: Iterable[_Label], rows: Any) -> Iterator[dict[_Label, float]]:
    """Each row's values by their labels."""
    known = tuple(labels)
    return (dict(zip(known, row, strict=True)) for row in rows.tolist())


def softmax(scores: Any) -> Any:
    """Scores of each row as probabilities."""
    import numpy as np

    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)
