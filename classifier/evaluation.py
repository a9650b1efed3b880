"""Evaluation: how often the classifier is right, on labelled messages and across scenarios it has not seen."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from classifier.examples import Example, folds
from classifier.suggest import Message, Suggester
from models.rules.labels import Kind
from models.rules.opinions import Opinion


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

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}, recall {self.recall:.3f}, F1 {self.f1:.3f}"

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 when both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True)
class Report:
    """How a suggester did on labelled messages.

    - ``complaint`` and ``complaint_or_not`` go by the best guess on every labelled line.
    - ``answered`` is the share of lines with a kind named, ``right_when_answered`` how often that kind was right.
    - ``missed_complaints`` counts complaints that were named something else, the worst mistake.
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
    confusion: dict[tuple[Kind, Kind], int]

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
            "confusion": {f"{true}>{guess}": count for (true, guess), count in sorted(self.confusion.items())},
        }

    def as_text(self) -> str:
        """The figures as lines a person reads."""
        rows = [
            f"Labelled messages: {self.lines} ({self.unlabelled} without an agreed label left out)",
            f"Complaint, by best guess: {self.complaint}",
            f"Complaint or not, by best guess: {self.complaint_or_not:.3f}",
            f"With “not sure” allowed: {self.answered:.1%} answered",
            f"Of those answered, the right kind: {self.right_when_answered:.3f}",
            f"Of those answered, right on complaint or not: {self.complaint_or_not_when_answered:.3f}",
            f"Complaints named something else: {self.missed_complaints}",
            "Kind by people → best guess:",
        ]
        counted = sorted(self.confusion.items(), key=lambda item: (item[0][0], -item[1]))
        return "\n".join([*rows, *(f"  {true} → {guess}: {count}" for (true, guess), count in counted)])


@dataclass(frozen=True)
class CrossReport:
    """Precision and recall of each kind, area and signal on scenarios the model had not seen."""

    kinds: dict[str, Measure]
    areas: dict[str, Measure]
    signals: dict[str, Measure]
    main_area: float
    report: Report

    def as_dict(self) -> dict[str, Any]:
        """The figures by name, as JSON can hold them."""
        return {
            "kinds": _rounded(self.kinds),
            "areas": _rounded(self.areas),
            "signals": _rounded(self.signals),
            "main_area": round(self.main_area, 3),
            "report": self.report.as_dict(),
        }

    def as_text(self) -> str:
        """The figures as lines a person reads."""
        rows = [
            f"  {name}: precision {measure.precision:.2f}, recall {measure.recall:.2f} ({measure.count})"
            for name, measure in (*self.kinds.items(), *self.areas.items(), *self.signals.items())
        ]
        return "\n".join([self.report.as_text(), f"Main area right: {self.main_area:.3f}", "By label:", *rows])


def read_labelled(path: Path) -> list[Labelled]:
    """Labelled messages from JSON lines; ``LabelledError`` says which line is wrong.

    A line has ``text`` (its first line is the subject) or ``subject`` and ``body``, and ``label`` or ``kind``,
    where null means that people did not agree.
    """
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    return [_labelled(path, number, line) for number, line in lines if line.strip()]


def evaluate(suggester: Suggester, lines: Sequence[Labelled]) -> Report:
    """How a suggester does on labelled messages; those without a label are counted and left out."""
    known = [(line.message, line.kind) for line in lines if line.kind is not None]
    opinions = suggester.suggest_many([message for message, _ in known])
    return _report([kind for _, kind in known], opinions, unlabelled=len(lines) - len(known))


def cross_validate(examples: Sequence[Example], count: int = 5, *, seed: int = 0) -> CrossReport:
    """Train on some scenarios, judge on the others, until each has been judged once."""
    from classifier.suggest import ModelSuggester
    from classifier.training import train

    fold_of = folds([example.scenario for example in examples], count, seed=seed)
    judged: list[tuple[Example, Opinion]] = []
    for fold in range(count):
        seen = [example for example, its in zip(examples, fold_of, strict=True) if its != fold]
        unseen = [example for example, its in zip(examples, fold_of, strict=True) if its == fold]
        suggester = ModelSuggester(train(seen, seed=seed), version="cross-validation")
        opinions = suggester.suggest_many([Message(e.subject, e.body, e.sender) for e in unseen])
        judged += zip(unseen, opinions, strict=True)
    return _cross_report(judged)


def _cross_report(judged: Sequence[tuple[Example, Opinion]]) -> CrossReport:
    kinds = [({example.kind.value}, {opinion.guess.value}) for example, opinion in judged]
    areas = [({a.value for a in example.areas}, {a.area.value for a in opinion.areas}) for example, opinion in judged]
    signals = [(set(map(str, example.signals)), set(map(str, opinion.signals))) for example, opinion in judged]
    right = sum(example.areas[0] is opinion.areas[0].area for example, opinion in judged)
    return CrossReport(
        kinds=_measures(kinds),
        areas=_measures(areas),
        signals=_measures(signals),
        main_area=_share(right, len(judged)),
        report=_report([example.kind for example, _ in judged], [opinion for _, opinion in judged], unlabelled=0),
    )


def _report(kinds: Sequence[Kind], opinions: Sequence[Opinion], *, unlabelled: int) -> Report:
    pairs = list(zip(kinds, opinions, strict=True))
    answered = [(kind, opinion.kind) for kind, opinion in pairs if opinion.kind is not None]
    guesses = [({kind.value}, {opinion.guess.value}) for kind, opinion in pairs]
    return Report(
        lines=len(pairs),
        unlabelled=unlabelled,
        complaint=_measures(guesses).get(Kind.COMPLAINT, Measure(0.0, 0.0, 0)),
        complaint_or_not=_share(sum(_agree(kind, opinion.guess) for kind, opinion in pairs), len(pairs)),
        answered=_share(len(answered), len(pairs)),
        right_when_answered=_share(sum(kind is named for kind, named in answered), len(answered)),
        complaint_or_not_when_answered=_share(sum(_agree(kind, named) for kind, named in answered), len(answered)),
        missed_complaints=sum(kind is Kind.COMPLAINT and named is not kind for kind, named in answered),
        confusion=dict(Counter((kind, opinion.guess) for kind, opinion in pairs)),
    )


def _measures(pairs: Sequence[tuple[set[str], set[str]]]) -> dict[str, Measure]:
    """Precision and recall of every label that is there or was named; each pair is what is so and what was said."""
    there = Counter(label for so, _ in pairs for label in so)
    named = Counter(label for _, said in pairs for label in said)
    right = Counter(label for so, said in pairs for label in so & said)
    labels = sorted(there | named)
    return {
        label: Measure(_share(right[label], named[label]), _share(right[label], there[label]), there[label])
        for label in labels
    }


def _agree(kind: Kind, named: Kind) -> bool:
    return (kind is Kind.COMPLAINT) == (named is Kind.COMPLAINT)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _rounded(measures: dict[str, Measure]) -> dict[str, dict[str, float]]:
    return {
        name: {"precision": round(m.precision, 3), "recall": round(m.recall, 3), "count": m.count}
        for name, m in measures.items()
    }


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
