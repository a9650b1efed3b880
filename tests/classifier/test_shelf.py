"""The shelf: versions side by side, one in use; nothing in use or just before is ever lost."""

import json
import shutil
from pathlib import Path

import pytest

from classifier import artefact, shelf
from classifier.artefact import ArtefactError, Corrections
from classifier.pipeline import TrainedModel
from classifier.shelf import KEPT, ShelfError
from classifier.suggest import load

pytestmark = pytest.mark.xdist_group("small model")


def put(folder: Path, model: TrainedModel, name: str, *, in_use: bool = True) -> str:
    """A version of its own for each name, as one that learnt from other corrections."""
    version = shelf.keep(folder, model, corrections=Corrections(name, 3) if name else artefact.NONE)
    if in_use:
        shelf.promote(folder, version)
    return version


def test_what_is_promoted_is_what_is_loaded(tmp_path: Path, model: TrainedModel) -> None:
    first, second = put(tmp_path, model, ""), put(tmp_path, model, "two")
    assert first != second
    assert shelf.read_current(tmp_path)[1] == second
    assert load(tmp_path).suggest_many([]) == []
    assert shelf.current_folder(tmp_path) == tmp_path / second


def test_what_is_kept_is_not_yet_in_use(tmp_path: Path, model: TrainedModel) -> None:
    first = put(tmp_path, model, "")
    second = put(tmp_path, model, "two", in_use=False)
    assert shelf.current_version(tmp_path) == first
    assert [(each.version, each.is_current) for each in shelf.kept(tmp_path)] == [(first, True), (second, False)]


def test_a_card_says_what_its_model_was_trained_on_and_compared_with(tmp_path: Path, model: TrainedModel) -> None:
    version = shelf.keep(tmp_path, model, corrections=Corrections("x", 3), comparison={"lines": 5})
    card = json.loads((tmp_path / version / "card.json").read_text())
    assert card["trained_on"] == {"starter": model.examples - 3, "corrections": 3}
    assert (card["corrections"], card["comparison"]) == ("x", {"lines": 5})


def test_a_model_from_before_there_were_shelves_is_in_use(small_model: Path, tmp_path: Path) -> None:
    old = Path(shutil.copytree(small_model, tmp_path / "old"))
    version = artefact.check(old)
    assert shelf.read_current(old)[1] == version
    assert not shelf.is_stale(old)
    assert [each.version for each in shelf.kept(old)] == [version]


def test_a_model_from_before_there_were_shelves_can_be_rolled_back_to(
    small_model: Path, tmp_path: Path, model: TrainedModel
) -> None:
    old = Path(shutil.copytree(small_model, tmp_path / "old"))
    version = artefact.check(old)
    put(old, model, "two")
    assert not (old / "model.skops").exists()
    assert shelf.roll_back(old) == version
    assert shelf.read_current(old)[1] == version


def test_the_same_model_trained_again_takes_the_place_of_the_old_one(
    small_model: Path, tmp_path: Path, model: TrainedModel
) -> None:
    old = Path(shutil.copytree(small_model, tmp_path / "old"))
    version = put(old, model, "")
    assert version == shelf.read_current(old)[1]
    assert [each.version for each in shelf.kept(old)] == [version]
    with pytest.raises(ShelfError, match="no version before"):
        shelf.roll_back(old)


def test_rolling_back_goes_one_version_at_a_time(tmp_path: Path, model: TrainedModel) -> None:
    first, second, third = (put(tmp_path, model, name) for name in ("", "two", "three"))
    assert shelf.roll_back(tmp_path) == second
    assert shelf.roll_back(tmp_path) == first
    with pytest.raises(ShelfError, match="no version before"):
        shelf.roll_back(tmp_path)
    shelf.promote(tmp_path, third)
    assert shelf.roll_back(tmp_path) == first


def test_at_most_five_are_kept_and_never_without_the_one_in_use_and_the_one_before(
    tmp_path: Path, model: TrainedModel
) -> None:
    first, second = put(tmp_path, model, ""), put(tmp_path, model, "two")
    for number in range(KEPT + 1):
        put(tmp_path, model, f"challenger {number}", in_use=False)
    versions = [each.version for each in shelf.kept(tmp_path)]
    assert len(versions) == KEPT
    assert {first, second} <= set(versions)
    assert {folder.name for folder in tmp_path.iterdir() if folder.is_dir()} == set(versions)


def test_a_version_nobody_knows_is_refused(tmp_path: Path, model: TrainedModel) -> None:
    version = put(tmp_path, model, "")
    for unknown in ("nonsense", "..", ""):
        with pytest.raises(ShelfError, match="no version") as refused:
            shelf.promote(tmp_path, unknown)
        assert "tocsin model list" in refused.value.hint
    assert shelf.current_version(tmp_path) == version


@pytest.mark.parametrize("change", [{"labels": []}, {"code": "x"}])
def test_a_version_of_another_making_is_listed_and_refused(
    tmp_path: Path, model: TrainedModel, change: dict[str, object]
) -> None:
    first, second = put(tmp_path, model, ""), put(tmp_path, model, "two", in_use=False)
    card = tmp_path / second / "card.json"
    card.write_text(json.dumps(json.loads(card.read_text()) | change))
    assert [bool(each.problem) for each in shelf.kept(tmp_path)] == [False, True]
    with pytest.raises(ArtefactError, match="another"):
        shelf.promote(tmp_path, second)
    assert shelf.current_version(tmp_path) == first


def test_rolling_back_to_a_version_of_another_making_is_refused(tmp_path: Path, model: TrainedModel) -> None:
    first, second = put(tmp_path, model, ""), put(tmp_path, model, "two")
    card = tmp_path / first / "card.json"
    card.write_text(json.dumps(json.loads(card.read_text()) | {"code": "x"}))
    with pytest.raises(ArtefactError, match="another code"):
        shelf.roll_back(tmp_path)
    assert shelf.current_version(tmp_path) == second


def test_a_model_that_learnt_from_corrections_is_not_stale(tmp_path: Path, model: TrainedModel) -> None:
    put(tmp_path, model, "two")
    assert not shelf.is_stale(tmp_path)


@pytest.mark.parametrize("damage", ["", "[]", "{}", '{"current": "a"}'])
def test_an_empty_or_damaged_shelf_says_how_to_train(tmp_path: Path, damage: str) -> None:
    (tmp_path / "current.json").write_text(damage)
    assert shelf.is_stale(tmp_path)
    assert shelf.current_version(tmp_path) == ""
    with pytest.raises(ArtefactError, match="run: tocsin train"):
        load(tmp_path)


def test_promoting_changes_the_mark_that_running_programs_look_at(tmp_path: Path, model: TrainedModel) -> None:
    assert shelf.changed_at(tmp_path) == 0
    put(tmp_path, model, "")
    before = shelf.changed_at(tmp_path)
    put(tmp_path, model, "two", in_use=False)
    assert shelf.changed_at(tmp_path) == before
    put(tmp_path, model, "two")
    assert shelf.changed_at(tmp_path) != before
