"""The shelf: trained models side by side, one folder a version, and a small file that says which one is in use.

A version is put on the shelf whole before it can be taken into use, and the file that names it is replaced in one
step, so a program that reads at any moment finds one model or the other.
"""

import json
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from classifier import artefact
from classifier.artefact import CARD_FILE, MODEL_FILE, NONE, ArtefactError, Corrections

if TYPE_CHECKING:
    from classifier.pipeline import TrainedModel

CURRENT_FILE = "current.json"
KEPT = 5
"""Versions on the shelf; the one in use and the one before are always among them."""


class ShelfError(Exception):
    """The shelf cannot do what was asked."""

    def __init__(self, sentence: str, hint: str) -> None:
        super().__init__(sentence)
        self.hint = hint


@dataclass(frozen=True)
class Kept:
    """A version on the shelf and its card; ``problem`` says why this program cannot use it."""

    version: str
    is_current: bool
    card: Mapping[str, Any]
    problem: str = ""


def current_folder(shelf: Path) -> Path:
    """The folder of the model in use.

    Before there were shelves the model lay in the shelf's own folder; it counts until the next one is taken into use.
    """
    version, _ = _in_use(shelf)
    return shelf / version if version else shelf


def read_current(shelf: Path) -> "tuple[TrainedModel, str]":
    """The model in use and its version; ``ArtefactError`` when there is none or it does not fit this program."""
    return artefact.read(current_folder(shelf))


def current_version(shelf: Path) -> str:
    """The version in use, or "" when there is none."""
    try:
        return str(artefact.read_card(current_folder(shelf))["version"])
    except ArtefactError:
        return ""


def is_stale(shelf: Path) -> bool:
    """Whether the model in use, if any, was made of another corpus, code or library. Cheap."""
    return artefact.is_stale(current_folder(shelf))


def changed_at(shelf: Path) -> int:
    """A number that is another one once another version was taken into use."""
    try:
        return (shelf / CURRENT_FILE).stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def keep(
    shelf: Path,
    model: "TrainedModel",
    *,
    corrections: Corrections = NONE,
    comparison: Mapping[str, Any] | None = None,
) -> str:
    """Put a model on the shelf, not yet in use, and return its version; the oldest go when there are too many."""
    shelf.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=shelf, prefix=".new-") as made:
        version = artefact.save(model, Path(made), corrections=corrections, comparison=comparison)
        (shelf / version).mkdir(exist_ok=True)
        for name in (MODEL_FILE, CARD_FILE):  # the card last: without it there is no version
            (Path(made) / name).replace(shelf / version / name)
    _tidy(shelf)
    return version


def promote(shelf: Path, version: str) -> None:
    """Take a version into use; raises ``ShelfError`` when it is unknown and ``ArtefactError`` when it does not fit."""
    if version not in {each.version for each in kept(shelf)}:
        raise ShelfError(f"There is no version {version} on the shelf.", "“tocsin model list” shows all that are kept.")
    _shelve_the_old_way(shelf)
    artefact.check(shelf / version)
    now, before = _in_use(shelf)
    earlier = [each for each in (now, *before) if each and each != version]
    _use(shelf, version, list(dict.fromkeys(earlier)))


def roll_back(shelf: Path) -> str:
    """Take the version before back into use, and return it; raises ``ShelfError`` or ``ArtefactError``."""
    _, before = _in_use(shelf)
    there = [version for version in before if (shelf / version / CARD_FILE).exists()]
    if not there:
        raise ShelfError("There is no version before this one.", "“tocsin model list” shows all that are kept.")
    artefact.check(shelf / there[0])
    _use(shelf, there[0], there[1:])
    return there[0]


def kept(shelf: Path) -> list[Kept]:
    """Every version on the shelf, the one in use first, then the newest."""
    current = current_folder(shelf)
    folders = [current, *(folder for folder in _folders(shelf) if folder != current)]
    return [_as_kept(folder, is_current=folder == current) for folder in folders if (folder / CARD_FILE).exists()]


def _as_kept(folder: Path, *, is_current: bool) -> Kept:
    problem = ""
    try:
        artefact.check(folder)
    except ArtefactError as refused:
        problem = refused.problem
    try:
        card = artefact.read_card(folder)
    except ArtefactError:
        card = {}
    return Kept(str(card.get("version", folder.name)), is_current, card, problem)


def _folders(shelf: Path) -> list[Path]:
    """The folders of whole versions, the newest first."""
    cards = [card for card in shelf.glob(f"*/{CARD_FILE}") if not card.parent.name.startswith(".")]
    return [card.parent for card in sorted(cards, key=lambda card: (-card.stat().st_mtime_ns, card.parent.name))]


def _in_use(shelf: Path) -> tuple[str, list[str]]:
    """The version in use ("" when none is named) and those in use before it, the last first."""
    try:
        told = json.loads((shelf / CURRENT_FILE).read_text(encoding="utf-8"))
        return str(told["current"]), [str(version) for version in told["before"]]
    except (OSError, ValueError, KeyError, TypeError):
        return "", []


def _use(shelf: Path, version: str, before: list[str]) -> None:
    waiting = shelf / f"{CURRENT_FILE}.new"
    waiting.write_text(json.dumps({"current": version, "before": before[: KEPT - 1]}) + "\n", encoding="utf-8")
    waiting.replace(shelf / CURRENT_FILE)
    for name in (MODEL_FILE, CARD_FILE):  # what lay there before there were shelves has its folder by now
        (shelf / name).unlink(missing_ok=True)
    _tidy(shelf)


def _shelve_the_old_way(shelf: Path) -> None:
    """Give a model that lies in the shelf's own folder one of its own, and name it as the one in use."""
    version = current_version(shelf)
    if not version or current_folder(shelf) != shelf or not (shelf / MODEL_FILE).exists():
        return
    (shelf / version).mkdir(exist_ok=True)
    for name in (MODEL_FILE, CARD_FILE):
        if not (shelf / version / name).exists():
            shutil.copy2(shelf / name, shelf / version / name)
    _use(shelf, version, [])


def _tidy(shelf: Path) -> None:
    """Remove the oldest versions that are too many."""
    now, before = _in_use(shelf)
    held = {now, *before[:1]}
    others = [folder for folder in _folders(shelf) if folder.name not in held]
    for folder in others[max(KEPT - len(held - {""}), 0) :]:
        with suppress(FileNotFoundError):  # another program tidies too
            (folder / CARD_FILE).unlink()
            shutil.rmtree(folder)
