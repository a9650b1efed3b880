"""Suggesting: one message in, one opinion out, which may be "not sure"; it proposes and never decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from classifier.history import NOTHING, History
from models.rules.labels import Area, Kind
from models.rules.opinions import MOST_KINDS, AreaOpinion, KindOpinion, Opinion
from models.rules.thresholds import DEFAULT, Thresholds

if TYPE_CHECKING:
    from classifier.pipeline import Scores, TrainedModel
    from classifier.reading import Reading
    from classifier.reasons import Guess

AREA_AT_LEAST = 0.5
MOST_AREAS = 3


@dataclass(frozen=True)
class Message:
    """What the classifier is shown: what was written, the address it came from ("" when unknown), what came before."""

    subject: str
    body: str
    sender: str = ""
    history: History = NOTHING


class Suggester(Protocol):
    """Anything that has an opinion on a message."""

    def suggest(self, message: Message) -> Opinion:
        """An opinion on one message; never an exception, whatever its text."""
        ...

    def suggest_many(self, messages: Sequence[Message]) -> list[Opinion]:
        """An opinion on each message, in order; quicker than one by one."""
        ...


def load(folder: Path, thresholds: Thresholds = DEFAULT) -> Suggester:
    """The suggester in use on a shelf, or kept in a folder; raises ``artefact.ArtefactError`` saying what to do."""
    from classifier.shelf import read_current

    model, version = read_current(folder)
    return ModelSuggester(model, version=version, thresholds=thresholds)


class ModelSuggester:
    """Suggests by a trained model, with rules before it for what never waits."""

    def __init__(self, model: "TrainedModel", *, version: str, thresholds: Thresholds = DEFAULT) -> None:
        from classifier.reading import Reader
        from classifier.reasons import Reasoner

        self._model = model
        self._version = version
        self._thresholds = thresholds
        self._reader = Reader()
        self._reasoner = Reasoner(model)
        self.suggest(Message("", "warm"))

    def suggest(self, message: Message) -> Opinion:
        """An opinion on one message; an empty one gets "not sure" and a reason."""
        return self.suggest_many([message])[0]

    def suggest_many(self, messages: Sequence[Message]) -> list[Opinion]:
        """An opinion on each message, in order."""
        readings = [self._reader.read(each.subject, each.body, each.sender, each.history) for each in messages]
        guesses = [self._guess(*each) for each in zip(readings, self._model.scores(readings), strict=True)]
        reasons = self._reasoner.reasons(guesses)
        return [self._opinion(guess, why) for guess, why in zip(guesses, reasons, strict=True)]

    def _guess(self, reading: "Reading", scores: "Scores") -> "Guess":
        from classifier.reasons import Guess
        from classifier.signals import signals_in

        areas = tuple(opinion.area for opinion in named_areas(scores.areas))
        signals = signals_in(reading, areas, scores.signals if reading.text else {})
        return Guess(reading, scores, best_guess(scores.kinds), signals)

    def _opinion(self, guess: "Guess", why: tuple[str, ...]) -> Opinion:
        from classifier.reasons import unsure
        from classifier.signals import unsaid

        kinds, is_read = guess.scores.kinds, bool(guess.reading.text)
        kind = decide(kinds, self._thresholds) if is_read else None
        if kind is None and is_read:
            why = (unsure(guess.scores), *why)[:3]
        areas = named_areas(guess.scores.areas)
        likely = likeliest(kinds)
        perhaps = unsaid(guess.reading, guess.signals)
        return Opinion(kind, guess.kind, kinds[guess.kind], areas, guess.signals, why, self._version, likely, perhaps)


def best_guess(chances: Mapping[Kind, float]) -> Kind:
    """The likeliest kind."""
    return max(chances, key=lambda kind: chances[kind])


def likeliest(chances: Mapping[Kind, float]) -> tuple[KindOpinion, ...]:
    """The three kinds a person who is asked chooses from, the likeliest first."""
    ordered = sorted(chances, key=lambda kind: -chances[kind])[:MOST_KINDS]
    return tuple(KindOpinion(kind, round(chances[kind], 4)) for kind in ordered)


def decide(chances: Mapping[Kind, float], thresholds: Thresholds) -> Kind | None:
    """The kind to name, or None for "not sure", by the rule that ``Thresholds`` describes."""
    guess = best_guess(chances)
    hides_complaint = guess is not Kind.COMPLAINT and chances.get(Kind.COMPLAINT, 0.0) > thresholds.complaint_at_most
    is_sure = chances[guess] >= thresholds.by_kind.get(guess, thresholds.at_least)
    return guess if is_sure and not hides_complaint else None


def named_areas(chances: Mapping[Area, float]) -> tuple[AreaOpinion, ...]:
    """The likeliest area, and any other that is likelier than not."""
    ordered = sorted(chances, key=lambda area: -chances[area])
    named = [area for place, area in enumerate(ordered) if place == 0 or chances[area] >= AREA_AT_LEAST]
    return tuple(AreaOpinion(area, round(chances[area], 4)) for area in named[:MOST_AREAS])
