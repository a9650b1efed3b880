"""The artefact: kept and read back the same, refused when it is of another making."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from classifier import artefact
from classifier.artefact import ArtefactError, is_stale
from classifier.examples import CORPUS, Example
from classifier.reading import Reader
from classifier.training import NotEnoughExamples, train

pytestmark = pytest.mark.xdist_group("small model")


@pytest.fixture
def copied(small_model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_model, tmp_path / "copy"))


def altered(folder: Path, **changes: object) -> Path:
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps(card | changes))
    return folder


def test_training_twice_gives_the_same_model(examples: list[Example], reader: Reader) -> None:
    few = examples[::4]
    readings = [reader.read("Bin", "You missed it again")]
    assert train(few).scores(readings) == train(few).scores(readings)


def test_a_kept_model_scores_as_it_did(copied: Path, examples: list[Example], reader: Reader) -> None:
    model, version = artefact.read(copied)
    again = artefact.save(model, copied / "again")
    readings = [reader.read(e.subject, e.body) for e in examples[:5]]
    assert (artefact.read(copied / "again")[0].scores(readings), again) == (model.scores(readings), version)


def test_an_artefact_is_small(copied: Path) -> None:
    assert sum(path.stat().st_size for path in copied.iterdir()) < 30_000_000


@pytest.mark.parametrize(
    "change", [{"format": 0}, {"labels": []}, {"spacy": "0"}, {"scikit-learn": "0"}, {"code": "x"}]
)
def test_a_mismatch_is_refused_with_a_hint(copied: Path, change: dict[str, object]) -> None:
    with pytest.raises(ArtefactError, match=rf"another {next(iter(change))}.*run: tocsin train"):
        artefact.read(altered(copied, **change))


def test_a_missing_artefact_is_refused_with_a_hint(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match=r"no trained model.*run: tocsin train"):
        artefact.read(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"not a zip"])
def test_a_damaged_model_is_refused(copied: Path, damage: bytes) -> None:
    (copied / "model.skops").write_bytes(damage)
    with pytest.raises(ArtefactError, match="damaged"):
        artefact.read(copied)


def test_a_fresh_artefact_is_not_stale(copied: Path) -> None:
    assert not is_stale(copied)


def test_an_artefact_of_another_corpus_is_stale(copied: Path, tmp_path: Path) -> None:
    corpus = Path(shutil.copytree(CORPUS, tmp_path / "corpus"))
    (corpus / "more.jsonl").write_text("\n")
    assert is_stale(copied, corpus)


def test_no_artefact_is_stale(tmp_path: Path) -> None:
    assert is_stale(tmp_path)


def test_asking_for_staleness_loads_no_heavy_library(copied: Path) -> None:
    code = (
        "import sys; from pathlib import Path; import classifier.suggest; from classifier.artefact import is_stale;"
        f"is_stale(Path({str(copied)!r})); sys.exit(bool({{'spacy', 'sklearn', 'numpy'}} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=CORPUS.parent.parent).returncode == 0


def test_too_few_examples_are_refused(examples: list[Example]) -> None:
    with pytest.raises(NotEnoughExamples, match="too few"):
        train(examples[:1])
