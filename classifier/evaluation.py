"""Evaluation: how often the classifier is right on messages that people labelled."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from classifier.calibration import (
    Bin,
    Named,
    Step,
    calibration_error,
    reliability,
    reliability_table,
    trade_off,
    trade_off_table,
)
from classifier.suggest import Message, Suggester
from classifier.tables import Table, share
from models.rules.labels import Kind


class LabelledError(ValueError):
    """A line of labelled messages cannot be used."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path.name}, line {line}: {problem}")


@dataclass(frozen=True)
class Labelled:
    """A message and what a person says it is; None where people did not agree."""

    message: Message
    kind: Kind | None


@dataclass(frozen=True)
class Measure:
    """How often one label was right: of those named (precision), of those there (recall), and how many there are."""

    precision: float
    recall: float
    count: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 when both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True)
class Verdict:
    """What people say one message is, the classifier's guess and its probability, and the kind it names.

    ``kind`` is None where it is not sure; ``bold`` is what it would name were no kind's threshold above 0.
    """

    true: Kind
    guess: Kind
    confidence: float
    kind: Kind | None
    bold: Kind | None


@dataclass(frozen=True)
class Report:
    """How a suggester did on labelled messages.

    - ``complaint``, ``complaint_or_not`` and ``calibration`` go by the best guess on every labelled line.
    - ``answered`` is the share of lines with a kind named, ``right_when_answered`` how often that kind was right.
    - ``missed_complaints`` counts complaints that were named something else, the worst mistake.
    - ``trade_off`` says what other thresholds would give.
    - ``confusion`` counts lines by the true kind and the guess.
    """

    lines: int
    unlabelled: int
    complaint: Measure
    complaint_or_not: float
    answered: float
    right_when_answered: float
    complaint_or_not_when_answered: float
    missed_complaints: int
    calibration: tuple[Bin, ...]
    trade_off: tuple[Step, ...]
    confusion: dict[tuple[Kind, Kind], int]

    @property
    def calibration_error(self) -> float:
        """How far the probabilities of the guesses lie from the truth, 0 to 1."""
        return calibration_error(self.calibration)

    def as_dict(self) -> dict[str, Any]:
        """The figures by name, as JSON can hold them."""
        return {
            "lines": self.lines,
            "unlabelled": self.unlabelled,
            "complaint_precision": round(self.complaint.precision, 3),
            "complaint_recall": round(self.complaint.recall, 3),
            "complaint_f1": round(self.complaint.f1, 3),
            "complaint_or_not": round(self.complaint_or_not, 3),
            "answered": round(self.answered, 3),
            "right_when_answered": round(self.right_when_answered, 3),
            "complaint_or_not_when_answered": round(self.complaint_or_not_when_answered, 3),
            "missed_complaints": self.missed_complaints,
            "calibration_error": round(self.calibration_error, 4),
            "reliability": [_rounded(each) for each in self.calibration],
            "trade_off": [_rounded(each) for each in self.trade_off],
            "confusion": {f"{true}>{guess}": count for (true, guess), count in sorted(self.confusion.items())},
        }

    def figures(self) -> list[tuple[str, str]]:
        """What is told in one line each, with its words."""
        return [
            ("Labelled messages", str(self.lines)),
            ("Without an agreed label, left out", str(self.unlabelled)),
            ("Complaint, by best guess: precision", share(self.complaint.precision)),
            ("Complaint, by best guess: recall", share(self.complaint.recall)),
            ("Complaint, by best guess: F1", share(self.complaint.f1)),
            ("Complaint or not, by best guess", share(self.complaint_or_not)),
            ("With “not sure” allowed: answered", share(self.answered)),
            ("Of those answered, the right kind", share(self.right_when_answered)),
            ("Of those answered, right on complaint or not", share(self.complaint_or_not_when_answered)),
            ("Complaints named something else", str(self.missed_complaints)),
            ("Expected calibration error, ten bins", share(self.calibration_error)),
        ]

    def tables(self) -> list[Table]:
        """The figures, the reliability, the trade-off."""
        return [
            Table("By the settings in force", ("figure", "value"), self.figures()),
            reliability_table(self.calibration),
            trade_off_table(self.trade_off),
        ]

    def as_text(self) -> str:
        """The figures as lines a person reads."""
        counted = sorted(self.confusion.items(), key=lambda item: (item[0][0], -item[1]))
        confused = ["Kind by people → best guess:", *(f"  {true} → {guess}: {n}" for (true, guess), n in counted)]
        return "\n\n".join([*(table.as_text() for table in self.tables()), "\n".join(confused)])


def read_labelled(path: Path) -> list[Labelled]:
    """Labelled messages from JSON lines; ``LabelledError`` says which line is wrong.

    A line has ``text`` (its first line is the subject) or ``subject`` and ``body``, and ``label`` or ``kind``,
    where null means that people did not agree.
    """
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    return [_labelled(path, number, line) for number, line in lines if line.strip()]


def evaluate(suggester: Suggester, lines: Sequence[Labelled], *, bold: Suggester | None = None) -> Report:
    """How a suggester does on labelled messages; those without a label are counted and left out.

    ``bold`` is the same with no threshold: with it the trade-off is right below the suggester's own threshold too.
    """
    known = [(line.message, line.kind) for line in lines if line.kind is not None]
    messages = [message for message, _ in known]
    opinions = suggester.suggest_many(messages)
    bolder = bold.suggest_many(messages) if bold else opinions
    verdicts = [
        Verdict(kind, opinion.guess, opinion.confidence, opinion.kind, other.kind)
        for (_, kind), opinion, other in zip(known, opinions, bolder, strict=True)
    ]
    return report_of(verdicts, unlabelled=len(lines) - len(known))


def report_of(verdicts: Sequence[Verdict], *, unlabelled: int = 0) -> Report:
    """The report on messages that were judged already."""
    answered = [(each.true, each.kind) for each in verdicts if each.kind is not None]
    guesses = measures(({each.true.value}, {each.guess.value}) for each in verdicts)
    return Report(
        lines=len(verdicts),
        unlabelled=unlabelled,
        complaint=guesses.get(Kind.COMPLAINT, Measure(0.0, 0.0, 0)),
        complaint_or_not=_share([_agree(each.true, each.guess) for each in verdicts]),
        answered=_share([each.kind is not None for each in verdicts]),
        right_when_answered=_share([kind is named for kind, named in answered]),
        complaint_or_not_when_answered=_share([_agree(kind, named) for kind, named in answered]),
        missed_complaints=sum(kind is Kind.COMPLAINT and named is not kind for kind, named in answered),
        calibration=reliability([(each.confidence, each.true is each.guess) for each in verdicts]),
        trade_off=trade_off([_named(each) for each in verdicts]),
        confusion=dict(Counter((each.true, each.guess) for each in verdicts)),
    )


def measures(pairs: Iterable[tuple[set[str], set[str]]]) -> dict[str, Measure]:
    """Precision and recall of every label that is there or was named; each pair is what is so and what was said."""
    known = list(pairs)
    there = Counter(label for so, _ in known for label in so)
    named = Counter(label for _, said in known for label in said)
    right = Counter(label for so, said in known for label in so & said)
    return {
        label: Measure(right[label] / (named[label] or 1), right[label] / (there[label] or 1), there[label])
        for label in sorted(there | named)
    }


def _named(verdict: Verdict) -> Named | None:
    if verdict.bold is None:
        return None
    return Named(verdict.confidence, verdict.true is verdict.bold, _agree(verdict.true, verdict.bold))


def _agree(kind: Kind, named: Kind) -> bool:
    return (kind is Kind.COMPLAINT) == (named is Kind.COMPLAINT)


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


def _rounded(figures: Bin | Step) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(figures).items()}


def _labelled(path: Path, number: int, line: str) -> Labelled:
    try:
        fields = json.loads(line)
        title, _, rest = (
            str(fields["text"]).partition("\n") if "text" in fields else (fields["subject"], "", fields["body"])
        )
        label = fields["label"] if "label" in fields else fields["kind"]
        return Labelled(Message(str(title), str(rest)), Kind(label) if label is not None else None)
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise LabelledError(path, number, "needs a text (or a subject and a body) and a known label.") from error
