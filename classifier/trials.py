"""Trials: what more messages bring (a learning curve) and what each part of the model brings (an ablation)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from classifier.evaluation import Report, report_of
from classifier.folding import WHOLE, Folds, Judged, Progress, Way
from classifier.tables import Table, share

CURVE = {"1/8": Way(eighths=1), "1/4": Way(eighths=2), "1/2": Way(eighths=4), "1": WHOLE}
"""The parts of the scenarios that are learnt from, each holding the one before."""
ABLATION = {
    "words only": Way(without=frozenset({"evidence", "lessons", "history"})),
    "+ evidence": Way(without=frozenset({"lessons", "history"})),
    "+ lessons": Way(without=frozenset({"history"})),
    "+ history (all)": WHOLE,
}
"""Each row has what the one above has, and one thing more.

Corpus messages come one by one, without a record of earlier cases, so here history shows only that it does no harm.
"""


@dataclass(frozen=True)
class Row:
    """What one way of fitting gives on scenarios it had not seen; all but the errors are shares that should be high."""

    way: str
    complaint_f1: float
    complaint_or_not: float
    right_kind: float
    calibration_error: float
    missed_complaints: int

    def as_dict(self) -> dict[str, Any]:
        """The figures by name, as JSON can hold them."""
        return {name: round(value, 3) if isinstance(value, float) else value for name, value in asdict(self).items()}


def curve(folds: Folds, progress: Progress = lambda: None) -> list[Row]:
    """One row for each part of the scenarios; the messages judged are the same in all."""
    return [_row(part, folds.judge(way, progress)) for part, way in CURVE.items()]


def ablation(folds: Folds, progress: Progress = lambda: None) -> list[Row]:
    """One row for each thing that a model is given beside the words."""
    return [_row(what, folds.judge(way, progress)) for what, way in ABLATION.items()]


def trial_table(title: str, first: str, rows: Sequence[Row]) -> Table:
    """The rows as a table, whose first column has this head."""
    return Table(
        title,
        (first, "complaint F1", "complaint or not", "right kind", "calibration error", "complaints named otherwise"),
        [
            (
                row.way,
                *map(share, (row.complaint_f1, row.complaint_or_not, row.right_kind, row.calibration_error)),
                str(row.missed_complaints),
            )
            for row in rows
        ],
    )


def _row(way: str, judged: Sequence[Judged]) -> Row:
    report = report_of([each.verdict for each in judged])
    return Row(
        way=way,
        complaint_f1=report.complaint.f1,
        complaint_or_not=report.complaint_or_not,
        right_kind=_right(report),
        calibration_error=report.calibration_error,
        missed_complaints=report.missed_complaints,
    )


def _right(report: Report) -> float:
    """The share of messages whose kind is the best guess."""
    right = sum(count for (true, guess), count in report.confusion.items() if true is guess)
    return right / report.lines if report.lines else 0.0
