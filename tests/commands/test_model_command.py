"""“tocsin model” lists what is on the shelf, takes one into use, rolls back; every refusal is a sentence."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from classifier import artefact
from classifier.artefact import Corrections
from classifier.examples import CORPUS
from classifier.shelf import CURRENT_FILE
from tests.commands.shell import Shell

pytestmark = pytest.mark.slow


def lay(folder: Path, version: str, **changes: Any) -> str:
    """A version on the shelf; its model is never opened here."""
    (folder / version).mkdir(parents=True)
    card = artefact._card(CORPUS, Corrections(version, 3)) | {"version": version, "examples": 10}
    trained = {"trained_on": {"starter": 7, "corrections": 3}}
    (folder / version / "card.json").write_text(json.dumps(card | trained | changes))
    (folder / version / "model.skops").write_text("x")
    return version


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Two versions, the second in use after the first; and a challenger that was kept off."""
    folder = tmp_path / "no model"
    for version in ("one", "two"):
        lay(folder, version)
    lay(folder, "three", comparison={"worse": ["complaints found fell from 0.9 to 0.8"]})
    (folder / CURRENT_FILE).write_text(json.dumps({"current": "two", "before": ["one"]}))
    return folder


def test_the_list_says_which_is_in_use_and_what_each_was_trained_on(shell: Shell, shelf: Path) -> None:
    ran = shell.run("model", "list")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("two  in use  7 messages of the corpus, 3 that officers decided\n")
    assert "three" in ran.out
    assert "complaints found fell from 0.9 to 0.8" in ran.out
    lines = shell.run("model", "list", "--json").lines
    assert {line["version"]: line["in_use"] for line in lines} == {"two": True, "one": False, "three": False}


def test_an_empty_shelf_says_how_to_train(shell: Shell) -> None:
    ran = shell.run("model", "list")
    assert (ran.code, ran.out) == (0, "No model is kept. Run: tocsin train\n")


def test_promoting_and_rolling_back(shell: Shell, shelf: Path) -> None:
    ran = shell.run("model", "promote", "three")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "three is in use. Programs that run take it up with the next letter.\n"
    assert shell.run("model", "roll-back", "--json").lines == [{"version": "two", "before": "three"}]
    assert shell.run("model", "roll-back").code == 0
    ran = shell.run("model", "roll-back")
    assert (ran.code, ran.out) == (1, "")
    assert "no version before" in ran.err
    assert ran.is_civil()


@pytest.mark.parametrize("version", ["nonsense", "..", ""])
def test_an_unknown_version_is_a_sentence(shell: Shell, shelf: Path, version: str) -> None:
    ran = shell.run("model", "promote", version)
    assert ran.code == 1
    assert "There is no version" in ran.err
    assert "tocsin model list" in ran.err
    assert ran.is_civil()


def test_a_version_of_another_making_is_a_sentence(shell: Shell, shelf: Path) -> None:
    shutil.rmtree(shelf / "three")
    lay(shelf, "three", code="x")
    ran = shell.run("model", "promote", "three")
    assert ran.code == 1
    assert "made with another code" in ran.err
    assert ran.is_civil()
    assert shell.run("model", "list", "--json").lines[0]["version"] == "two"


def test_the_note_of_a_month_without_cases_is_a_sentence(shell: Shell) -> None:
    ran = shell.run("model", "note", "--month", "2026-10")
    assert (ran.code, ran.out) == (0, "The classifier was not asked about any new case in October 2026.\n")
    [told] = shell.run("model", "note", "--month", "2026-10", "--json").lines
    assert (told["month"], told["total"]["suggestions"]) == ("2026-10", 0)
    assert shell.run("model", "note").code == 0


def test_a_month_that_is_none_is_a_sentence(shell: Shell) -> None:
    ran = shell.run("model", "note", "--month", "October")
    assert ran.code == 2
    assert "2026-10" in ran.err
    assert ran.is_civil()


def test_training_with_corrections_without_a_model_says_what_to_do(shell: Shell) -> None:
    ran = shell.run("train", "--with-corrections")
    assert ran.code == 1
    assert "tocsin train" in ran.err
    assert ran.is_civil()
    assert shell.run("train", "--with-corrections", "--if-stale").code == 2
