"""The artefact: a trained model kept in a folder by skops, with a card that says what it is made of.

skops loads numbers and scikit-learn's own classes and refuses anything else, so
opening an artefact runs no code from it, which a pickle would.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classifier.examples import CORPUS, corpus_hash
from models.rules.labels import Area, Kind, Signal

if TYPE_CHECKING:
    from classifier.pipeline import TrainedModel

FORMAT = 2
"""Counts up when the files in the folder change their meaning."""
MODEL_FILE = "model.skops"
CARD_FILE = "card.json"
HINT = "run: tocsin train"

_READ_BY = (
    *("text", "forms", "phrases", "numbers", "evidence", "reading", "features", "lessons", "fitting", "pipeline"),
    "training",
    *(
        "patterns/areas",
        "patterns/history",
        "patterns/blame",
        "patterns/grievance",
        "patterns/kinds",
        "patterns/routes",
    ),
)
"""Modules whose text decides what a column means or how a model is fitted."""


class ArtefactError(Exception):
    """The trained model cannot be used."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem} ({HINT})")
        self.problem = problem


@dataclass(frozen=True)
class Corrections:
    """The council's own decided letters that a model learnt from beside the corpus: their hash, and how many."""

    hash: str = ""
    count: int = 0


NONE = Corrections()


def save(
    model: "TrainedModel",
    folder: Path,
    *,
    corpus: Path = CORPUS,
    corrections: Corrections = NONE,
    comparison: Mapping[str, Any] | None = None,
) -> str:
    """Keep a model and its card in a folder (made if missing), and return the model's version.

    The card says what it was trained on and, where it was compared with another, the figures.
    """
    import skops.io

    folder.mkdir(parents=True, exist_ok=True)
    card = _card(corpus, corrections) | {"examples": model.examples, "temperature": model.temperature}
    card["trained_on"] = {"starter": model.examples - corrections.count, "corrections": corrections.count}
    if comparison is not None:
        card["comparison"] = dict(comparison)
    skops.io.dump(model.as_parts(), folder / MODEL_FILE)
    (folder / CARD_FILE).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return str(card["version"])


def read(folder: Path) -> tuple["TrainedModel", str]:
    """The model kept in a folder, and its version; ``ArtefactError`` when missing, damaged or of another making."""
    version = check(folder)
    return _read_model(folder / MODEL_FILE), version


def check(folder: Path) -> str:
    """The version kept in a folder, by its card alone; ``ArtefactError`` when missing or of another making. Cheap."""
    card = read_card(folder)
    _refuse_mismatch(card)
    return str(card["version"])


def version_of(corrections: Corrections = NONE, *, corpus: Path = CORPUS) -> str:
    """The version that a model trained now on this corpus and these corrections has."""
    return str(_card(corpus, corrections)["version"])


def is_stale(folder: Path, corpus: Path = CORPUS) -> bool:
    """Whether training is due: no artefact, another corpus, other code or other libraries. Cheap: loads no library.

    One that learnt from corrections too is as fresh as its corpus and code.
    """
    try:
        kept = read_card(folder)
    except ArtefactError:
        return True
    wanted = {"corpus": corpus_hash(corpus), **_made_of()}
    return not (folder / MODEL_FILE).exists() or any(kept.get(name) != value for name, value in wanted.items())


def _card(corpus: Path, corrections: Corrections) -> dict[str, Any]:
    """What an artefact made now from this corpus says of itself; no date, so that it can be made again."""
    made_of = _made_of()
    corpus_is = corpus_hash(corpus)
    told = [corpus_is, made_of, *([corrections.hash] if corrections.hash else [])]
    version = sha256(json.dumps(told).encode()).hexdigest()[:12]
    learnt = {"corrections": corrections.hash} if corrections.hash else {}
    return {"version": version, "corpus": corpus_is, **learnt, **made_of}


@cache
def _made_of() -> dict[str, Any]:
    """What must be the same when a model is used as when it was made.

    Looked up once: a program that runs is of the code it was started with, whatever lies on the disk since.
    """
    return {
        "format": FORMAT,
        "code": _code_hash(),
        "labels": [label.value for labels in (Kind, Area, Signal) for label in labels],
        "scikit-learn": installed("scikit-learn"),
        "spacy": installed("spacy"),
    }


def _code_hash() -> str:
    here = Path(__file__).parent
    return sha256(b"\0".join((here / f"{name}.py").read_bytes() for name in _READ_BY)).hexdigest()


def read_card(folder: Path) -> dict[str, Any]:
    """What an artefact says of itself; ``ArtefactError`` when there is none or it cannot be read."""
    path = folder / CARD_FILE
    if not path.exists():
        raise ArtefactError(f"There is no trained model in {folder}.")
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise ArtefactError(f"{path} cannot be read.") from error
    if not isinstance(card, dict):
        raise ArtefactError(f"{path} is not a card.")
    return card


def _refuse_mismatch(card: dict[str, Any]) -> None:
    different = [name for name, value in _made_of().items() if card.get(name) != value]
    if different:
        raise ArtefactError(f"The trained model was made with another {' and another '.join(different)}.")


def _read_model(path: Path) -> "TrainedModel":
    import zipfile

    import skops.io
    from skops.io.exceptions import UntrustedTypesFoundException

    from classifier.pipeline import TrainedModel

    try:
        return TrainedModel.of_parts(skops.io.load(path, trusted=[]))
    except (OSError, zipfile.BadZipFile, UntrustedTypesFoundException, KeyError, TypeError, ValueError) as error:
        raise ArtefactError(f"{path} is damaged or is no model of ours.") from error
