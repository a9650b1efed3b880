"""Reasons: two or three sentences that say what moved the decision, in our words and never the resident's.

Each is a claim that was put to the test: with what it speaks of taken out of the message, the guess is less likely.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from classifier.evidence import PATTERNS
from classifier.features import COMBINED, WEIGHT, names, said_row
from classifier.history import history_sentences
from classifier.overrides import urgent_sentences
from classifier.patterns.areas import AREA_CODES
from classifier.reading import BLAMED, TOLD, Reading
from models.rules.labels import KINDS, NEVER_WAITS, Kind, Signal

if TYPE_CHECKING:
    from classifier.pipeline import Scores, TrainedModel

MOST = 3
WORTH = 0.15
"""The least that a claim's evidence must add to the guess's log-odds to be worth a sentence: a seventh of the odds."""

_OF_PATTERNS = {pattern.code: pattern.sentence for pattern in PATTERNS if pattern.code not in AREA_CODES}
_SENTENCES = _OF_PATTERNS | history_sentences()
_UNDONE = frozenset({"still_not_done", "closed_undone"})
_TOGETHER = {
    "told_and_blamed": ("Says the council knew, and blames it for how it went.", TOLD | BLAMED),
    "told_and_undone": ("Says it was reported and is still not put right.", TOLD | _UNDONE),
    "told_calmly": ("Says it was reported before, without blaming the council.", TOLD),
    "blamed_untold": ("Blames the council, without saying that it was told before.", BLAMED),
}
"""What several finds say together, and the finds that say it."""
_ASKS = "Ends with a question."
_NOTHING_AGAINST = "Found nothing that says the council was told before or did badly."
_SPEAKS_OF_TELLING = frozenset({"told_before", "told_often", "despite_reports", "asks_progress"})
_ONE_THING = frozenset({"told_before", "told_often", "despite_reports", "times_told"})
"""Finds that say nearly the same: the strongest speaks for all."""
_VAGUE = frozenset({"several", "many", "few", "couple"})
_NUMBERS = frozenset({"a", "an", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
_POINTS_IN_TIME = frozenset({"since", "from", "until"})
_UNITS = (("years", 365), ("months", 30), ("weeks", 7), ("days", 1))
_LONGEST_DAYS = 20 * 365
"""A longer time is somebody's age or a bygone year."""


@dataclass(frozen=True)
class Guess:
    """A message as read, what the model says of it, the likeliest kind, and the signals in it."""

    reading: Reading
    scores: "Scores"
    kind: Kind
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A sentence about a message, the codes of the finds it speaks of, and what would be said if it were not so.

    ``otherwise`` is ``features.said_row``; ``of_several``: it says what several finds say together, or none.
    """

    sentence: str
    codes: frozenset[str]
    otherwise: Sequence[float]
    of_several: bool = False


class Reasoner:
    """Says why, of many messages at once; built once for a model."""

    def __init__(self, model: "TrainedModel") -> None:
        said = model.kinds.weights[:, -len(names()) :][:, : -len(AREA_CODES)]
        self._weights = said.T * (WEIGHT / model.temperature)
        self._labels = [Kind(label) for label in model.kinds.labels]

    def reasons(self, guesses: Sequence[Guess]) -> list[tuple[str, ...]]:
        """What an officer reads below each suggestion: an urgent signal first, then what moved the guess most."""
        claims = self.claims(guesses)
        return [_sentences(guess, claimed) for guess, claimed in zip(guesses, claims, strict=True)]

    def claims(self, guesses: Sequence[Guess]) -> list[list[Claim]]:
        """For each the claims that carry the guess, the weightiest first; those of several finds after the others."""
        rows = [said_row(guess.reading) for guess in guesses]
        made = [
            [*single_claims(guess.reading), *_together(guess.reading, row)]
            for guess, row in zip(guesses, rows, strict=True)
        ]
        weights = iter(self._weighed(guesses, rows, made))
        return [_carrying([(next(weights), claim) for claim in claims]) for claims in made]

    def _weighed(
        self, guesses: Sequence[Guess], rows: Sequence[Sequence[float]], made: Sequence[Sequence[Claim]]
    ) -> list[float]:
        """What each claim adds to the log-odds of the guess, one after the other.

        Exact for the evidence, because scores are linear in it; the words of a find also count by themselves.
        """
        import numpy as np

        of = [number for number, claims in enumerate(made) for _ in claims]
        if not of:
            return []
        places = np.array([self._labels.index(guess.kind) for guess in guesses])
        now = np.log([[max(guess.scores.kinds[label], 1e-300) for label in self._labels] for guess in guesses])
        changes = np.array([claim.otherwise for claims in made for claim in claims]) - np.array(rows)[of]
        without = _odds(now[of] + changes @ self._weights, places[of])
        weights: list[float] = (_odds(now, places)[of] - without).tolist()
        return weights


def _sentences(guess: Guess, claims: Sequence[Claim]) -> tuple[str, ...]:
    if not guess.reading.text:
        return ("There are no words to go by.",)
    found = [*_urgent(guess.signals)[:1], *(claim.sentence for claim in claims)]
    if len(found) < 2:
        found.append(_by_wording(guess.kind))
    return tuple(dict.fromkeys(found))[:MOST]


def _carrying(weighed: Sequence[tuple[float, Claim]]) -> list[Claim]:
    """The claims without which the guess would be less likely; of several finds only where none of them says it."""
    ordered = sorted(((-weight, place) for place, (weight, _) in enumerate(weighed) if weight >= WORTH))
    claims = [weighed[place][1] for _, place in ordered]
    single = [claim for claim in claims if not claim.of_several]
    said = frozenset[str]().union(*(claim.codes for claim in single))
    return _each_thing_once([*single, *(c for c in claims if c.of_several and not c.codes & said)])


def unsure(scores: "Scores") -> str:
    """Between which two kinds the classifier cannot decide."""
    first, second = sorted(scores.kinds, key=lambda kind: -scores.kinds[kind])[:2]
    return f"Not sure: {KINDS[first].name.lower()} or {KINDS[second].name.lower()}."


def _urgent(signals: tuple[Signal, ...]) -> list[str]:
    return [urgent_sentences()[signal] for signal in signals if signal in NEVER_WAITS]


def _odds(scores: Any, places: Any) -> Any:
    """Log-odds of the kind at each row's place against all others."""
    import numpy as np

    own = np.arange(len(scores)), places
    others = scores.copy()
    others[own] = -np.inf
    return scores[own] - np.logaddexp.reduce(others, axis=1)


def single_claims(reading: Reading) -> Iterator[Claim]:
    """What the message says, each find by itself."""
    for code in sorted(reading.codes):
        sentence = _sentence(code, reading)
        if sentence:
            yield Claim(sentence, frozenset({code}), _without(reading, {code}))
    if reading.text.endswith("?"):
        yield Claim(_ASKS, frozenset(), said_row(replace(reading, text=reading.text.rstrip("? "))))


def _together(reading: Reading, row: Sequence[float]) -> Iterator[Claim]:
    """What several finds say together, and what is not said at all; ``row`` is what the message says."""
    for name, (sentence, codes) in _TOGETHER.items():
        if row[_place(name)]:
            yield Claim(sentence, codes & reading.codes, _without(reading, codes), of_several=True)
    place = _place("nothing_against")
    if row[place]:
        yield Claim(_NOTHING_AGAINST, frozenset(), [*row[:place], 0.0, *row[place + 1 :]], of_several=True)


@cache
def _place(name: str) -> int:
    return names().index(name)


def _each_thing_once(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without the later of any two that say nearly the same."""
    same = [claim for claim in claims if claim.codes & _ONE_THING]
    return [claim for claim in claims if claim not in same[1:]]


def _without(reading: Reading, codes: frozenset[str] | set[str]) -> list[float]:
    """What would be said without the finds of those codes."""
    return said_row(replace(reading, evidence=tuple(e for e in reading.evidence if e.code not in codes)))


def _sentence(code: str, reading: Reading) -> str:
    """A find's sentence, with counts and lengths of time in figures; "" for what is no reason."""
    if code == "times_told":
        return _how_often(reading)
    if code == "length_of_time":
        return _how_long(reading)
    return _SENTENCES.get(code, "")


def _how_often(reading: Reading) -> str:
    """How often it was told; of what, only where another find says that it was the council's to hear."""
    most = max((e for e in reading.evidence if e.code == "times_told"), key=lambda e: e.number)
    times = "several times" if _VAGUE & set(most.words.split()) else _times(most.number)
    told = bool(_SPEAKS_OF_TELLING & reading.codes)
    return f"Says it was reported {times}." if told else f"Says something was said or done {times}."


def _times(number: int) -> str:
    return "twice" if number == 2 else f"{number} times"


def _how_long(reading: Reading) -> str:
    """The longest time it speaks of, when it gives one in numbers."""
    longest = max((e for e in reading.evidence if e.code == "length_of_time"), key=lambda e: e.number)
    words = longest.words.split()
    gives_a_number = any(word.isdecimal() or word in _NUMBERS for word in words) and not _POINTS_IN_TIME & set(words)
    is_told = gives_a_number and 1 < longest.number <= _LONGEST_DAYS
    return f"Speaks of about {_length(longest.number)}." if is_told else ""


_EXACT = frozenset(
    [
        "a",
        "an",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "fifteen",
        "twenty",
        "fortnight",
    ]
)


def _length(days: int) -> str:
    """Days in the largest unit of which there are two, such as "3 weeks"."""
    unit, size = next(((unit, size) for unit, size in _UNITS if days >= 2 * size), ("days", 1))
    count = max(1, round(days / size))
    return f"{count} {unit if count > 1 else unit.removesuffix('s')}"


def _by_wording(guess: Kind) -> str:
    """Said when hardly any evidence carries the decision: the words as a whole did."""
    return f"The wording as a whole is closest to: {KINDS[guess].name.lower()}."


assert set(COMBINED) == {*_TOGETHER, "nothing_against", "asks_at_end"}  # noqa: S101  every combination has its sentence
