"""The trained model: scikit-learn's parts and how a reading becomes probabilities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from classifier.features import matrix, names
from classifier.reading import Reading
from models.rules.labels import Area, Kind, Signal


@dataclass(frozen=True)
class Scores:
    """What the model says of one reading.

    - ``kinds`` are probabilities that add up to 1; ``areas`` and ``signals`` each stand alone, 0 to 1.
    - ``pulls`` are the evidence columns' parts in each kind's score, in the order of ``features.names()``.
    """

    kinds: dict[Kind, float]
    areas: dict[Area, float]
    signals: dict[Signal, float]
    pulls: dict[Kind, tuple[float, ...]]


@dataclass(frozen=True)
class LabelWeights:
    """One yes-or-no model a label, stacked so that a message is scored against all of them at once."""

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

    def chances(self, rows: Any) -> Any:
        """The chance of each label for each row, 0 to 1, each on its own."""
        import numpy as np

        return 1 / (1 + np.exp(-(rows @ self.weights.T + self.offsets)))


@dataclass(frozen=True)
class TrainedModel:
    """The parts that ``training.train`` made and ``artefact`` keeps.

    ``temperature`` divides the scores of the kinds before they become probabilities: it
    is fitted on messages of scenarios the model had not seen, so that 0.8 means right
    about eight times in ten on them.
    """

    word_weights: Any
    letter_weights: Any
    kind: Any
    areas: LabelWeights
    signals: LabelWeights
    temperature: float
    examples: int

    def as_parts(self) -> dict[str, Any]:
        """The model as plain names and scikit-learn parts, for keeping."""
        return {field.name: getattr(self, field.name) for field in fields(self)} | {
            "areas": self.areas.as_parts(),
            "signals": self.signals.as_parts(),
        }

    @classmethod
    def of_parts(cls, parts: Mapping[str, Any]) -> "TrainedModel":
        """The model that ``as_parts`` took apart; KeyError or TypeError when a part is missing or strange."""
        stacked = {name: LabelWeights.of_parts(parts[name]) for name in ("areas", "signals")}
        return cls(**{**parts, **stacked})

    def scores(self, readings: Sequence[Reading]) -> list[Scores]:
        """Probabilities of kinds and areas for each reading, in order."""
        if not readings:
            return []
        rows = matrix(readings, self.word_weights, self.letter_weights)
        kinds = softmax(kind_scores(self.kind, rows) / self.temperature)
        areas = self.areas.chances(rows)
        signals = self.signals.chances(rows)
        pulls = self._pulls(rows)
        return [
            Scores(
                kinds={Kind(label): float(value) for label, value in zip(self.kind.classes_, kind, strict=True)},
                areas={Area(label): float(value) for label, value in zip(self.areas.labels, area, strict=True)},
                signals={Signal(s): float(value) for s, value in zip(self.signals.labels, signal, strict=True)},
                pulls=pull,
            )
            for kind, area, signal, pull in zip(kinds, areas, signals, pulls, strict=True)
        ]

    def _pulls(self, rows: Any) -> list[dict[Kind, tuple[float, ...]]]:
        """Each evidence column's part in each kind's score."""
        width = len(names())
        evidence = rows[:, -width:].toarray() / self.temperature
        weights = _two_sided(self.kind.coef_)[:, -width:]
        labels = [Kind(label) for label in self.kind.classes_]
        return [
            {label: tuple((row * weight).tolist()) for label, weight in zip(labels, weights, strict=True)}
            for row in evidence
        ]


def kind_scores(kind: Any, rows: Any) -> Any:
    """Scores of each row for each kind, one column a kind even when there are but two."""
    return _two_sided((rows @ kind.coef_.T + kind.intercept_).T).T


def _two_sided(scores: Any) -> Any:
    """Scikit-learn keeps one row for two labels; this is one row a label."""
    import numpy as np

    return np.vstack([-scores, scores]) / 2 if scores.shape[0] == 1 else scores


def softmax(scores: Any) -> Any:
    """Scores of each row as probabilities."""
    import numpy as np

    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)
