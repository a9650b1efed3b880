"""Reasons: two or three sentences that say what moved the decision, in our words and never the resident's.

Each is a claim that was put to the test: with what it speaks of taken out of the message, the guess is less likely.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from classifier.evidence import PATTERNS
from classifier.features import COMBINED, WEIGHT, evidence_row, names
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
class Claim:
    """A sentence about a message, the codes of the finds it speaks of, and the evidence row if it were not so."""

    sentence: str
    codes: frozenset[str]
    otherwise: Sequence[float]


class Reasoner:
    """Says why; built once for a model."""

    def __init__(self, model: "TrainedModel") -> None:
        self._weights = model.kinds.weights[:, -len(names()) :].T * (WEIGHT / model.temperature)
        self._labels = [Kind(label) for label in model.kinds.labels]

    def reasons(self, reading: Reading, scores: "Scores", guess: Kind, signals: tuple[Signal, ...]) -> tuple[str, ...]:
        """What an officer reads below the suggestion: an urgent signal first, then what moved the guess most."""
        if not reading.text:
            return ("There are no words to go by.",)
        found = [*_urgent(signals)[:1], *(claim.sentence for claim in self.claims(reading, scores, guess))]
        if len(found) < 2:
            found.append(_by_wording(guess))
        return tuple(dict.fromkeys(found))[:MOST]

    def claims(self, reading: Reading, scores: "Scores", guess: Kind) -> list[Claim]:
        """The claims that carry the guess, the weightiest first; what several finds say comes after what one says."""
        single = self._weighed(list(single_claims(reading)), reading, scores, guess)
        said = frozenset[str]().union(*(claim.codes for claim in single))
        together = self._weighed([c for c in _together(reading) if not c.codes & said], reading, scores, guess)
        return _each_thing_once([*single, *together])

    def _weighed(self, claims: Sequence[Claim], reading: Reading, scores: "Scores", guess: Kind) -> list[Claim]:
        """The claims without which the guess would be less likely, the weightiest first.

        Exact for the evidence, because scores are linear in it; the words of a find also count by themselves.
        """
        import numpy as np

        if not claims:
            return []
        place = self._labels.index(guess)
        now = np.log([max(scores.kinds[label], 1e-300) for label in self._labels])
        changes = np.array([claim.otherwise for claim in claims]) - np.array(evidence_row(reading))
        weights = _odds(now[None, :], place)[0] - _odds(now + changes @ self._weights, place)
        ordered = sorted(zip(weights.tolist(), range(len(claims)), strict=True), key=lambda pair: (-pair[0], pair[1]))
        return [claims[number] for weight, number in ordered if weight >= WORTH]


def unsure(scores: "Scores") -> str:
    """Between which two kinds the classifier cannot decide."""
    first, second = sorted(scores.kinds, key=lambda kind: -scores.kinds[kind])[:2]
    return f"Not sure: {KINDS[first].name.lower()} or {KINDS[second].name.lower()}."


def _urgent(signals: tuple[Signal, ...]) -> list[str]:
    return [urgent_sentences()[signal] for signal in signals if signal in NEVER_WAITS]


def _odds(scores: Any, place: int) -> Any:
    """Log-odds of one kind against all others, for each row of scores."""
    import numpy as np

    others = np.delete(scores, place, axis=1)
    return scores[:, place] - np.logaddexp.reduce(others, axis=1)


def single_claims(reading: Reading) -> Iterator[Claim]:
    """What the message says, each find by itself."""
    for code in sorted(reading.codes):
        sentence = _sentence(code, reading)
        if sentence:
            yield Claim(sentence, frozenset({code}), _without(reading, {code}))
    if reading.text.endswith("?"):
        yield Claim(_ASKS, frozenset(), evidence_row(replace(reading, text=reading.text.rstrip("? "))))


def _together(reading: Reading) -> Iterator[Claim]:
    """What several finds say together, and what is not said at all."""
    row = evidence_row(reading)
    for name, (sentence, codes) in _TOGETHER.items():
        if row[names().index(name)]:
            yield Claim(sentence, codes & reading.codes, _without(reading, codes))
    place = names().index("nothing_against")
    if row[place]:
        yield Claim(_NOTHING_AGAINST, frozenset(), [*row[:place], 0.0, *row[place + 1 :]])


def _each_thing_once(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without the later of any two that say nearly the same."""
    same = [claim for claim in claims if claim.codes & _ONE_THING]
    return [claim for claim in claims if claim not in same[1:]]


def _without(reading: Reading, codes: frozenset[str] | set[str]) -> list[float]:
    """The evidence there would be without the finds of those codes."""
    return evidence_row(replace(reading, evidence=tuple(e for e in reading.evidence if e.code not in codes)))


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
