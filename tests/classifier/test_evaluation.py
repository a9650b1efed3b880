"""Evaluation: figures counted by hand, and the real messages that stand beside the checkout."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from classifier.evaluation import Labelled, LabelledError, evaluate, read_labelled
from classifier.suggest import Message, Suggester
from models.rules.labels import Area, Kind
from models.rules.opinions import AreaOpinion, Opinion

REAL = Path(__file__).parents[3] / "shared" / "data" / "resident_reports.jsonl"


class Parrot:
    """Says the kind its subject names, and is not sure when the body is "?"."""

    def suggest(self, message: Message) -> Opinion:
        guess = Kind(message.subject)
        kind = None if message.body == "?" else guess
        return Opinion(kind, guess, 1.0, (AreaOpinion(Area.HOUSING, 1.0),), (), ("Heard so.",), "0")

    def suggest_many(self, messages: Sequence[Message]) -> list[Opinion]:
        return [self.suggest(message) for message in messages]


class Bold(Parrot):
    """Names what it guesses, whatever the body."""

    def suggest(self, message: Message) -> Opinion:
        return super().suggest(Message(message.subject, ""))


LINES = [
    Labelled(Message("complaint", ""), Kind.COMPLAINT),
    Labelled(Message("chaser", ""), Kind.COMPLAINT),
    Labelled(Message("complaint", "?"), Kind.CHASER),
    Labelled(Message("chaser", ""), Kind.CHASER),
    Labelled(Message("chaser", ""), None),
]


def test_complaints_are_counted_by_guess() -> None:
    complaint = evaluate(Parrot(), LINES).complaint
    assert (complaint.precision, complaint.recall, complaint.f1, complaint.count) == (0.5, 0.5, 0.5, 2)


def test_not_sure_is_left_out_of_the_answered() -> None:
    report = evaluate(Parrot(), LINES)
    assert (report.answered, round(report.right_when_answered, 2), report.missed_complaints) == (0.75, 0.67, 1)


def test_lines_without_a_label_are_counted_apart() -> None:
    report = evaluate(Parrot(), LINES)
    assert (report.lines, report.unlabelled) == (4, 1)


def test_a_report_is_text_and_json() -> None:
    report = evaluate(Parrot(), LINES)
    assert "Complaint, by best guess: F1                  0.500" in report.as_text()
    assert json.loads(json.dumps(report.as_dict()))["complaint_f1"] == 0.5


def test_no_lines_make_an_empty_report() -> None:
    told = evaluate(Parrot(), []).as_dict()
    assert (told["complaint_f1"], told["calibration_error"]) == (0.0, 0.0)


def test_one_who_is_always_sure_is_off_by_the_share_it_is_wrong() -> None:
    assert evaluate(Parrot(), LINES).calibration_error == 0.5


def test_the_trade_off_counts_what_a_bolder_one_would_name() -> None:
    steps = evaluate(Parrot(), LINES, bold=Bold()).trade_off
    assert {(step.answered, step.right) for step in steps} == {(1.0, 0.5)}


def test_labelled_lines_come_in_either_shape(tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    lines = [{"text": "Hole\nBig.", "label": None}, {"subject": "Hole", "body": "Big.", "kind": "chaser"}]
    path.write_text("\n".join(map(json.dumps, lines)))
    assert read_labelled(path) == [
        Labelled(Message("Hole", "Big."), None),
        Labelled(Message("Hole", "Big."), Kind.CHASER),
    ]


@pytest.mark.parametrize("line", ["{", "[]", '{"text": "x"}', '{"text": "x", "label": "rant"}'])
def test_a_bad_labelled_line_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "bad.jsonl").write_text(line)
    with pytest.raises(LabelledError, match=r"bad\.jsonl, line 1"):
        read_labelled(tmp_path / "bad.jsonl")


@pytest.mark.xdist_group("small model")
@pytest.mark.skipif(not REAL.exists(), reason="the real messages do not stand beside this checkout")
def test_even_a_quarter_of_the_corpus_finds_real_complaints(suggester: Suggester) -> None:
    report = evaluate(suggester, read_labelled(REAL))
    assert report.complaint_or_not > 0.75
