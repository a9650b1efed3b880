"""Learning from the council's own letters: what officers decided, as examples, and a fifth of them set aside.

Whoever trains never sees the part set aside; it stays the same for ever, so that each model is examined on letters
that neither it nor any model before it learnt from. Letters of one campaign are never parted.
"""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from hashlib import sha256

from classifier.artefact import Corrections
from classifier.examples import Example
from models.rules.decisions import DecidedLetter

MOST = 1_000
"""Letters that were corrected, and as many confirmed: together a third of the corpus, so that training stays short."""
ONE_IN = 5
"""One campaign, or letter of its own, in this many is set aside."""
_BY_FORM = "web form"


@dataclass(frozen=True)
class OwnLetters:
    """The council's own decided letters: those to learn from, and those to be examined on."""

    taught: tuple[Example, ...]
    aside: tuple[Example, ...]

    @property
    def corrections(self) -> Corrections:
        """What is taught, as an artefact's card tells it."""
        return Corrections(_hash(self.taught) if self.taught else "", len(self.taught))


def own_letters(letters: Sequence[DecidedLetter]) -> OwnLetters:
    """Decided letters as examples, those without a word left out, a fifth set aside by a hash of their campaign."""
    examples = [_example(letter) for letter in letters if (letter.subject + letter.text).strip()]
    return OwnLetters(
        taught=tuple(each for each in examples if not _is_aside(each)),
        aside=tuple(each for each in examples if _is_aside(each)),
    )


def _example(letter: DecidedLetter) -> Example:
    return Example(
        id=f"case-{letter.reference}",
        scenario=f"case-{letter.campaign}",
        channel="web" if letter.source == _BY_FORM else "email",
        subject=letter.subject,
        body=letter.text,
        kind=letter.kind,
        areas=letter.areas,
        signals=letter.signals,
        sender=letter.sender,
        is_ordinary=True,
    )


def _is_aside(example: Example) -> bool:
    return int(sha256(example.scenario.encode()).hexdigest(), 16) % ONE_IN == 0


def _hash(examples: Sequence[Example]) -> str:
    told = sorted(json.dumps(astuple(example)) for example in examples)
    return sha256("\n".join(told).encode()).hexdigest()
