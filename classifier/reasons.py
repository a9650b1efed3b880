"""Reasons: two or three sentences that say what moved the decision, in our words and never the resident's."""

from classifier.evidence import PATTERNS
from classifier.features import AMOUNTS, COMBINED, names
from classifier.overrides import urgent_sentences
from classifier.patterns.areas import AREA_CODES
from classifier.pipeline import Scores
from classifier.reading import Reading
from models.rules.labels import KINDS, NEVER_WAITS, Kind, Signal

MOST = 3
PULL = 0.15
"""The least pull towards a kind, over its nearest rival, that is worth a sentence."""

_SENTENCES = {pattern.code: pattern.sentence for pattern in PATTERNS if pattern.code not in AREA_CODES} | {
    "times_told": "Says the council was told at least twice.",
    "told_and_blamed": "Says the council knew, and blames it for how it went.",
    "told_and_undone": "Says it was reported and is still not put right.",
    "told_calmly": "Says it was reported before, without blaming the council.",
    "blamed_untold": "Blames the council, without saying that it was told before.",
    "nothing_against": "Nothing says the council was told before or did badly.",
    "asks_at_end": "Ends with a question.",
}
_UNITS = (("years", 365), ("months", 30), ("weeks", 7), ("days", 1))


def reasons(reading: Reading, scores: Scores, guess: Kind, signals: tuple[Signal, ...]) -> tuple[str, ...]:
    """What an officer reads below the suggestion: an urgent signal first, then what pulled hardest to the guess."""
    if not reading.text:
        return ("There are no words to go by.",)
    found = [*_urgent(signals)[:1], *_moving(reading, scores, guess)]
    if len(found) < 2:
        found.append(_by_wording(reading, guess))
    return tuple(dict.fromkeys(found))[:MOST]


def unsure(scores: Scores) -> str:
    """Between which two kinds the classifier cannot decide."""
    first, second = sorted(scores.kinds, key=lambda kind: -scores.kinds[kind])[:2]
    return f"Not sure: {KINDS[first].name.lower()} or {KINDS[second].name.lower()}."


def _urgent(signals: tuple[Signal, ...]) -> list[str]:
    return [urgent_sentences()[signal] for signal in signals if signal in NEVER_WAITS]


def _moving(reading: Reading, scores: Scores, guess: Kind) -> list[str]:
    """Sentences for the evidence that pulled to the guess and away from its nearest rival, the strongest first."""
    rival = max((kind for kind in scores.kinds if kind is not guess), key=lambda kind: scores.kinds[kind])
    pulls = zip(names(), scores.pulls[guess], scores.pulls[rival], strict=True)
    strongest = sorted(((mine - theirs, name) for name, mine, theirs in pulls if mine - theirs >= PULL), reverse=True)
    return [
        _sentence(name, reading)
        for pull, name in strongest
        if name in _SENTENCES or name in {"times_amount", "days_amount"}
    ]


def _sentence(name: str, reading: Reading) -> str:
    """One name's sentence; counts and lengths of time are given in figures."""
    times, days = reading.number("times_told"), reading.number("length_of_time")
    if name in {"times_told", "times_amount"}:
        return f"Says the council was told {times} times." if times > 1 else _SENTENCES["times_told"]
    return f"Says it has gone on for about {_length(days)}." if name == "days_amount" else _SENTENCES[name]


def _length(days: int) -> str:
    """Days in the largest unit of which there are two, such as "3 weeks"."""
    unit, size = next(((unit, size) for unit, size in _UNITS if days >= 2 * size), ("days", 1))
    return f"{max(1, round(days / size))} {unit}"


def _by_wording(reading: Reading, guess: Kind) -> str:
    """Said when no evidence carries the decision: the words as a whole did."""
    if guess is Kind.SERVICE_REQUEST and not reading.council_had_its_chance:
        return "Worded like a first report."
    return f"The wording as a whole is closest to: {KINDS[guess].name.lower()}."


assert not set(COMBINED) - set(_SENTENCES) - set(AMOUNTS)  # noqa: S101  every combination has its sentence
