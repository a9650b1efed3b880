"""Folding, and what is told of it: a small corpus, judged by models that did not see its stories."""

import json

import pytest

from classifier import training
from classifier.examples import Example
from classifier.folding import FOLDS, READ_AT_ONCE, WHOLE, Folds, Judged, Way, read_all
from classifier.held_out import held_out
from classifier.trials import ABLATION, CURVE, ablation, curve, trial_table
from models.rules.labels import NEVER_WAITS, Area, Kind


class Seen:
    """Which scenarios each fit was given, beside the fit itself."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.scenarios: list[set[str]] = []
        really = training.fit

        def fit(examples: list[Example], *args: object, **options: object) -> object:
            self.scenarios.append({example.scenario for example in examples})
            return really(examples, *args, **options)  # type: ignore[arg-type]  # passed on as it came

        monkeypatch.setattr(training, "fit", fit)


pytestmark = pytest.mark.xdist_group("folding")


@pytest.fixture(scope="module")
def a_few(examples: list[Example]) -> list[Example]:
    return examples[::4]


@pytest.fixture(scope="module")
def folds(a_few: list[Example]) -> Folds:
    return Folds(a_few, read_all(a_few, lambda: None))


@pytest.fixture(scope="module")
def judged(folds: Folds) -> list[Judged]:
    return folds.judge(WHOLE)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    return Seen(monkeypatch)


def test_every_message_is_judged_once(a_few: list[Example], judged: list[Judged]) -> None:
    assert sorted(each.example.id for each in judged) == sorted(example.id for example in a_few)


def test_chances_are_chances(judged: list[Judged]) -> None:
    assert all(sum(each.chances.values()) == pytest.approx(1.0) for each in judged)
    assert all(each.verdict.confidence == each.chances[each.verdict.guess] for each in judged)


def test_no_model_judges_a_story_that_it_was_taught(a_few: list[Example], seen: Seen) -> None:
    done: list[None] = []
    Folds(a_few, read_all(a_few, lambda: None)).judge(Way(), lambda: done.append(None))
    every = {example.scenario for example in a_few}
    unseen = [every - taught for taught in seen.scenarios]
    assert sum(map(len, unseen)) == len(every)
    assert set.union(*unseen) == every
    assert len(unseen) == len(done) == FOLDS, "progress is told of each fit"


def test_an_eighth_lies_within_a_quarter(a_few: list[Example], seen: Seen) -> None:
    folds = Folds(a_few, read_all(a_few, lambda: None))
    folds.judge(Way(eighths=2))
    folds.judge(Way(eighths=4))
    quarters, halves = seen.scenarios[:FOLDS], seen.scenarios[FOLDS:]
    assert all(quarter < half for quarter, half in zip(quarters, halves, strict=True))


def test_what_was_judged_is_not_judged_again(folds: Folds, judged: list[Judged], seen: Seen) -> None:
    assert folds.judge(WHOLE) is judged
    assert folds.judge(Way()) is judged, "with labels is as good as without"
    assert (folds.fits([WHOLE, Way()]), folds.fits([WHOLE, Way(eighths=1)]), seen.scenarios) == (0, FOLDS, [])


def test_progress_is_told_of_reading(examples: list[Example]) -> None:
    done: list[None] = []
    read_all(examples, lambda: done.append(None))
    assert len(done) == -(-len(examples) // READ_AT_ONCE) == 2


def test_the_report_has_every_kind_area_and_danger(a_few: list[Example], judged: list[Judged]) -> None:
    report = held_out(judged)
    assert {example.kind for example in a_few} <= set(map(Kind, report.kinds))
    assert {area for example in a_few for area in example.areas} <= set(map(Area, report.areas))
    assert set(report.never_waits) == NEVER_WAITS
    assert not NEVER_WAITS & set(report.signals)
    assert report.report.lines == len(a_few)


def test_the_report_is_json_and_tables(judged: list[Judged]) -> None:
    report = held_out(judged)
    told = json.loads(json.dumps(report.as_dict()))
    assert 0 <= told["report"]["calibration_error"] <= 1
    assert [len({len(row) for row in (table.head, *table.rows)}) for table in report.tables()] == [1] * 7


def test_no_word_of_a_message_is_in_the_report(judged: list[Judged]) -> None:
    said = json.dumps(held_out(judged).as_dict())
    letters = [each.example for each in judged if len(each.example.body) > 20]
    assert [example.id for example in letters if example.body in said] == []


@pytest.mark.slow
def test_trials_have_a_row_for_each_way_and_end_with_the_whole(folds: Folds, judged: list[Judged]) -> None:
    bent, taken_apart = curve(folds), ablation(folds)
    assert [row.way for row in bent] == list(CURVE)
    assert [row.way for row in taken_apart] == list(ABLATION)
    assert bent[-1].as_dict() | {"way": ""} == taken_apart[-1].as_dict() | {"way": ""}
    assert bent[-1].complaint_f1 == held_out(judged).report.complaint.f1
    assert len(trial_table("Curve", "part", bent).rows) == len(CURVE)
