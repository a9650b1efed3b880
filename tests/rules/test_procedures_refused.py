"""A wrong procedure file is refused: the place, a sentence, and what to do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from models.problems import Problem
from models.reading_settings import SettingsWrong, read_settings
from models.reading_yaml import read_yaml
from tests.build import ROOT

Tree = dict[str, Any]


@pytest.fixture
def tree() -> Tree:
    return dict(read_yaml((ROOT / "config.yaml").read_text(encoding="utf-8")))


@pytest.fixture
def refused(tmp_path: Path, tree: Tree) -> Callable[[], Problem]:
    def reading() -> Problem:
        path = tmp_path / "config.yaml"
        path.write_text(yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")
        with pytest.raises(SettingsWrong) as wrong:
            read_settings(path, {})
        (problem,) = wrong.value.problems
        assert problem.sentence.endswith(".")
        assert problem.hint
        return problem

    return reading


def limit(within: str, of: str = "acknowledged") -> dict[str, str]:
    return {"within": within, "of": of}


def override(**values: Any) -> dict[str, Any]:
    return {"stage": 1, "respond": limit("20 working days")} | values


def stage(procedure: str, number: int = 1, **changes: Any) -> Callable[[Tree], None]:
    return lambda tree: tree["procedures"][procedure]["stages"][number - 1].update(changes)


def procedure(name: str, **changes: Any) -> Callable[[Tree], None]:
    return lambda tree: tree["procedures"][name].update(changes)


PLANNING = override(services=["planning_building"])
STAGE = "procedures.corporate.stages.0"
OVERRIDE = "procedures.corporate.overrides.0"

WRONG = {
    "a unit that cannot be added": (
        stage("corporate", longest_extension="10 days"),
        (STAGE, "working days and days cannot be added."),
    ),
    "nothing owed": (
        stage("corporate", acknowledge=None, respond=None, longest_extension=None),
        (STAGE, "stage 1 has neither “acknowledge” nor “respond”: then nothing would ever be due."),
    ),
    "an extension of nothing": (
        stage("corporate", respond=None),
        (STAGE, "stage 1 has an extension and no “respond” that it could extend."),
    ),
    "hours at a stage": (
        stage("corporate", acknowledge=limit("24 hours", "received")),
        (STAGE, "stage 1: “acknowledge” is in hours and must be in days; hours belong under “clocks”."),
    ),
    "hours to ask": (
        stage("corporate", ask_within="24 hours"),
        (STAGE, "stage 1: “ask_within” is in hours and must be in days; hours belong under “clocks”."),
    ),
    "an acknowledgement that waits for itself": (
        stage("corporate", acknowledge=limit("5 working days")),
        (STAGE, "stage 1: the acknowledgement cannot be counted from itself."),
    ),
    "an event that nothing leads to": (
        stage("corporate", respond=limit("10 working days", "panel met")),
        (STAGE, "stage 1: “respond” counts from “panel met”, and no date before it has “until: panel met”."),
    ),
    "a word that is there twice": (
        stage("corporate", outcomes=["upheld", "not upheld", "upheld"]),
        (STAGE, "stage 1, outcomes: “upheld” is there twice."),
    ),
    "the name of another date": (
        stage("corporate", respond=limit("10 working days") | {"name": "acknowledge_by"}),
        (STAGE, "stage 1: “acknowledge_by” is the name of another date already."),
    ),
    "a name with a space": (
        stage("corporate", respond=limit("10 working days") | {"name": "answer by"}),
        (STAGE, "stage 1: “answer by” must be a name in small letters, digits and underscores: panel_by."),
    ),
    "a limit under a name that is not known": (
        stage("corporate", acknowlege=limit("5 working days")),
        (f"{STAGE}.acknowlege", "there is no such setting."),
    ),
    "a letter that is not known": (
        stage("corporate", letters=["apology"]),
        (f"{STAGE}.letters.0", "input should be 'receipt', 'acknowledgement'"),
    ),
    "two stages of one name": (
        stage("corporate", 2, name="stage 1"),
        ("procedures.corporate", "stages: “stage 1” is there twice."),
    ),
    "independent of itself": (
        stage("corporate", 2, independent_of=[2]),
        ("procedures.corporate", "stage 2 cannot be independent of stage 2, which is not before it."),
    ),
    "independent of nobody": (
        stage("corporate", 2, independent_of=[7]),
        ("procedures.corporate", "this procedure has stages 1 to 2; there is no stage 7."),
    ),
    "a beginning that is not there": (
        procedure("foi", may_begin_at=[2]),
        ("procedures.foi", "this procedure has stage 1 alone; there is no stage 2."),
    ),
    "an override of a stage that is not there": (
        procedure("corporate", overrides=[override(stage=3)]),
        ("procedures.corporate", "this procedure has stages 1 to 2; there is no stage 3."),
    ),
    "an override of no service": (
        procedure("corporate", overrides=[override(services=["plannning"])]),
        (f"{OVERRIDE}.services.0", "input should be 'adult_social_care'"),
    ),
    "an override that changes nothing": (
        procedure("corporate", overrides=[override(respond=None)]),
        (OVERRIDE, "it changes nothing: give acknowledge, respond or longest_extension."),
    ),
    "an override of another unit": (
        procedure("corporate", overrides=[override(stage=2, respond=limit("30 days"))]),
        ("procedures.corporate", "override 1 does not fit its stage: days and working days cannot be added."),
    ),
    "an override that ends before it begins": (
        procedure("corporate", overrides=[override(received_from="2026-04-01", received_until="2026-03-31")]),
        (OVERRIDE, "it holds on no day: it ends on 2026-03-31, before it begins on 2026-04-01."),
    ),
    "two overrides of one service": (
        procedure("corporate", overrides=[PLANNING, PLANNING | {"received_from": "2026-04-01"}]),
        (
            "procedures.corporate",
            "overrides 1 and 2 both speak of stage 1 for planning_building on the same days.",
        ),
    ),
    "two overrides of all services": (
        procedure("corporate", overrides=[override(), override()]),
        ("procedures.corporate", "overrides 1 and 2 both speak of stage 1 for all services on the same days."),
    ),
    "two clocks of one name": (
        lambda tree: tree["procedures"]["housing"]["clocks"].append(tree["procedures"]["housing"]["clocks"][0]),
        ("procedures.housing", "clocks, dates: “hazard_emergency_by” is there twice."),
    ),
    "a clock before what it waits for": (
        lambda tree: tree["procedures"]["housing"]["clocks"].reverse(),
        (
            "procedures.housing",
            "clocks: “hazard_safe_by” counts from “hazard investigated”, and no date before it has “until",
        ),
    ),
    "a calendar that is not known": (
        procedure("corporate", calendar="france"),
        ("procedures.corporate.calendar", "input should be 'england-and-wales'"),
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_it_is_refused(refused: Callable[[], Problem], tree: Tree, what: str) -> None:
    change, (place, sentence) = WRONG[what]
    change(tree)
    problem = refused()
    assert problem.place == place
    assert problem.sentence.startswith(sentence)


def test_a_misspelt_key_is_told_the_nearest(refused: Callable[[], Problem], tree: Tree) -> None:
    stage("corporate", acknowlege=limit("5 working days"))(tree)
    assert refused().hint == "Did you mean “acknowledge”?"


def test_overrides_that_follow_each_other_are_taken(tmp_path: Path, tree: Tree) -> None:
    before = PLANNING | {"received_until": "2026-03-31"}
    after = PLANNING | {"received_from": "2026-04-01"}
    tree["procedures"]["corporate"]["overrides"] = [before, after, override(), override(stage=2)]
    path = tmp_path / "config.yaml"
    path.write_text(yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")
    assert len(read_settings(path, {}).procedures["corporate"].overrides) == 4


def test_a_councils_own_file_needs_only_the_corporate_procedure(tmp_path: Path, tree: Tree) -> None:
    tree["procedures"] = {"corporate": tree["procedures"]["corporate"]}
    path = tmp_path / "config.yaml"
    path.write_text(yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True), encoding="utf-8")
    assert list(read_settings(path, {}).procedures) == ["corporate"]
