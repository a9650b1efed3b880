"""A program that runs takes up a model once it is promoted, and keeps its own when that one does not fit."""

import json
import os
from pathlib import Path

import pytest

from classifier import shelf
from classifier.suggest import Message
from jobs.current_model import CurrentModel
from models.rules.labels import Kind
from tests.build import an_opinion, the_settings
from tests.jobs.office import FixedOpinion

FIRST = FixedOpinion(an_opinion(Kind.COMMENT))


class Loads:
    """Stands in for the first loading, and counts."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> FixedOpinion:
        self.times += 1
        return FIRST


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "model"


def current(folder: Path) -> tuple[CurrentModel, Loads]:
    loads = Loads()
    settings = the_settings(folder.parent, classifier={"artefact": str(folder)})
    return CurrentModel(settings, first=loads), loads


def promoted(folder: Path, version: str) -> None:
    folder.mkdir(exist_ok=True)
    before = (folder / "current.json").stat().st_mtime_ns if (folder / "current.json").exists() else 10**18
    (folder / "current.json").write_text(json.dumps({"current": version, "before": []}))
    os.utime(folder / "current.json", ns=(before + 1_000_000, before + 1_000_000))


def test_it_is_loaded_when_first_asked_for_and_then_kept(folder: Path) -> None:
    model, loads = current(folder)
    assert loads.times == 0
    assert [model() for _ in range(3)] == [FIRST] * 3
    assert loads.times == 1


def test_a_promoted_model_that_does_not_fit_leaves_the_old_one_at_work(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    model, _ = current(folder)
    model()
    promoted(folder, "nowhere")
    assert [model(), model()] == [FIRST, FIRST]
    assert [record.message for record in caplog.records] == ["the promoted model does not fit; restart the program"]


@pytest.mark.slow
def test_a_promoted_model_is_taken_up_without_a_restart(folder: Path, trained_model: Path) -> None:
    model, _ = current(folder)
    model()
    trained, _ = shelf.read_current(trained_model)
    version = shelf.keep(folder, trained)
    assert model() is FIRST
    shelf.promote(folder, version)
    taken_up = model()
    assert taken_up.suggest(Message("Bin", "It was missed again.")).version == version
    assert model() is taken_up
