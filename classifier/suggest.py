"""Suggesting: one message in, one opinion out, which may be "not sure"; it proposes and never decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from models.rules.labels import Area, Kind
from models.rules.opinions import AreaOpinion, Opinion

if TYPE_CHECKING:
    from classifier.pipeline import Scores, TrainedModel
    from classifier.reading import Reading

AREA_AT_LEAST = 0.5
MOST_AREAS = 3


@dataclass(frozen=True)
class Message:
    """What the classifier is shown: what was written, and the address it came from ("" when unknown)."""

    subject: str
    body: str
    sender: str = ""


@dataclass(frozen=True)
class Thresholds:
    """How sure is sure, as probabilities from 0 to 1.

    A complaint filed as a request is the worst mistake: it starts no clock and nobody
    answers it. So "service request" and "chaser" are held to more than the rest:

    - ``at_least``: below this no kind is named; ``by_kind`` sets another figure for a kind.
    - ``despite_evidence``: what a service request needs when the message says that the council
      was told before or blames it.
    - ``complaint_counts``: a complaint's probability counts this many times when the best guess is chosen.
    - ``complaint_at_most``: a request or a chaser is not named while a complaint is likelier than this.
    """

    at_least: float = 0.60
    by_kind: Mapping[Kind, float] = field(default_factory=dict)
    despite_evidence: float = 0.85
    complaint_counts: float = 1.5
    complaint_at_most: float = 0.25


DEFAULT = Thresholds()


class Suggester(Protocol):
    """Anything that has an opinion on a message."""

    def suggest(self, message: Message) -> Opinion:
        """An opinion on one message; never an exception, whatever its text."""
        ...

    def suggest_many(self, messages: Sequence[Message]) -> list[Opinion]:
        """An opinion on each message, in order; quicker than one by one."""
        ...


def load(folder: Path, thresholds: Thresholds = DEFAULT) -> Suggester:
    """The suggester kept in a folder by ``artefact.save``; raises ``artefact.ArtefactError`` saying what to do."""
    from classifier.artefact import read

    model, version = read(folder)
    return ModelSuggester(model, version=version, thresholds=thresholds)


class ModelSuggester:
    """Suggests by a trained model, with rules before it for what never waits."""

    def __init__(self, model: "TrainedModel", *, version: str, thresholds: Thresholds = DEFAULT) -> None:
        from classifier.reading import Reader

        self._model = model
        self._version = version
        self._thresholds = thresholds
        self._reader = Reader()
        self.suggest(Message("", "warm"))

    def suggest(self, message: Message) -> Opinion:
        """An opinion on one message; an empty one gets "not sure" and a reason."""
        return self.suggest_many([message])[0]

    def suggest_many(self, messages: Sequence[Message]) -> list[Opinion]:
        """An opinion on each message, in order."""
        readings = [self._reader.read(message.subject, message.body, message.sender) for message in messages]
        scores = self._model.scores(readings)
        return [self._opinion(reading, score) for reading, score in zip(readings, scores, strict=True)]

    def _opinion(self, reading: "Reading", scores: "Scores") -> Opinion:
        from classifier.reasons import reasons, unsure
        from classifier.signals import signals_in

        areas = _areas(scores.areas)
        signals = signals_in(reading, tuple(opinion.area for opinion in areas), scores.signals if reading.text else {})
        guess = best_guess(scores.kinds, self._thresholds)
        kind = decide(scores.kinds, self._thresholds, has_evidence=reading.council_had_its_chance, text=reading.text)
        why = reasons(reading, scores, guess, signals)
        if kind is None and reading.text:
            why = (unsure(scores), *why)[:3]
        return Opinion(kind, guess, scores.kinds[guess], areas, signals, why, self._version)


def best_guess(chances: Mapping[Kind, float], thresholds: Thresholds) -> Kind:
    """The likeliest kind, a complaint counting more, because missing one costs more than asking twice."""
    counts = {Kind.COMPLAINT: thresholds.complaint_counts}
    return max(chances, key=lambda kind: chances[kind] * counts.get(kind, 1.0))


def decide(chances: Mapping[Kind, float], thresholds: Thresholds, *, has_evidence: bool, text: str) -> Kind | None:
    """The kind to name, or None for "not sure", by the rule that ``Thresholds`` describes."""
    guess = best_guess(chances, thresholds)
    needed = thresholds.by_kind.get(guess, thresholds.at_least)
    if guess is Kind.SERVICE_REQUEST and has_evidence:
        needed = max(needed, thresholds.despite_evidence)
    is_plain = guess in (Kind.SERVICE_REQUEST, Kind.CHASER)
    hides_complaint = is_plain and chances.get(Kind.COMPLAINT, 0.0) > thresholds.complaint_at_most
    return guess if text and chances[guess] >= needed and not hides_complaint else None


def _areas(chances: Mapping[Area, float]) -> tuple[AreaOpinion, ...]:
    """The likeliest area, and any other that is likelier than not."""
    ordered = sorted(chances, key=lambda area: -chances[area])
    named = [area for place, area in enumerate(ordered) if place == 0 or chances[area] >= AREA_AT_LEAST]
    return tuple(AreaOpinion(area, round(chances[area], 4)) for area in named[:MOST_AREAS])
