"""“tocsin evaluate” on a small corpus: each part as JSON and as text, and the cards it writes."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from classifier import shelf
from classifier.card import CORPUS_CARD, MODEL_CARD, read_part
from classifier.examples import CORPUS, FROZEN, Example, read_corpus
from commands import evaluate as command
from models.settings import Settings
from tests.build import the_settings
from tocsin import main

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("small model")]

Small = dict[Path, list[Example]]
"""A part of the corpus, whole scenarios of it so that there are pairs to tell apart; and of the frozen set."""


@pytest.fixture(scope="module")
def small() -> Small:
    return {CORPUS: read_corpus(CORPUS)[:60], FROZEN: read_corpus(FROZEN)[:20]}


@pytest.fixture
def settings(tmp_path: Path, small_model: Path) -> Settings:
    return the_settings(tmp_path, classifier={"artefact": str(small_model)})


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch, settings: Settings, small: Small, tmp_path: Path) -> dict[str, Path]:
    """Copies of the cards, a small corpus and a smaller frozen set."""
    copies = {"MODEL_CARD": tmp_path / "model-card.md", "CORPUS_CARD": tmp_path / "CARD.md"}
    for name, original in (("MODEL_CARD", MODEL_CARD), ("CORPUS_CARD", CORPUS_CARD)):
        shutil.copy(original, copies[name])
        monkeypatch.setattr(command, name, copies[name])
    monkeypatch.setattr(command, "read_corpus", small.__getitem__)
    monkeypatch.setattr(command, "settings_of", lambda context: settings)
    return copies


@pytest.fixture
def labelled(tmp_path: Path, small: Small) -> Path:
    path = tmp_path / "labelled.jsonl"
    lines = [{"subject": each.subject, "body": each.body, "kind": each.kind} for each in small[FROZEN]]
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, words)], catch_exceptions=False)


def assert_no_letter_is_in(said: str, examples: list[Example]) -> None:
    assert [each.id for each in examples if len(each.body) > 20 and each.body in said] == []


def test_a_file_alone_is_told_as_before_with_its_calibration(cards: dict[str, Path], labelled: Path) -> None:
    told = json.loads(run(labelled, "--json").stdout)
    assert {"complaint_f1", "answered", "missed_complaints", "calibration_error", "trade_off"} <= set(told)
    assert told["trade_off"][0]["answered"] >= told["answered"]


def test_all_parts_are_measured_and_written(
    cards: dict[str, Path], labelled: Path, small: Small, settings: Settings
) -> None:
    done = run(labelled, "--held-out", "--contrast", "--corpus", "--write-card", "--json")
    told = json.loads(done.stdout)
    assert list(told) == ["labelled", "corpus", "held-out", "contrast"]
    assert told["corpus"]["corpus"]["number"]["messages"] == len(small[CORPUS])
    assert told["contrast"]["corpus"]["all"]["pairs"] > 0
    assert told["contrast"]["frozen"] != told["contrast"]["corpus"]
    model_card = cards["MODEL_CARD"].read_text()
    version = shelf.current_version(settings.classifier.artefact)
    assert "`tocsin evaluate --contrast --write-card`" in read_part(cards["MODEL_CARD"], "contrast")
    assert version in read_part(cards["MODEL_CARD"], "labelled")
    assert "Homelessness" in read_part(cards["MODEL_CARD"], "held-out")
    assert read_part(cards["MODEL_CARD"], "curve") == read_part(MODEL_CARD, "curve"), "it was not asked for"
    assert f"| messages | {len(small[CORPUS])} |" in read_part(cards["CORPUS_CARD"], "corpus")
    for said in (done.output, model_card):
        assert_no_letter_is_in(said, [*small[CORPUS], *small[FROZEN]])


def test_what_is_counted_is_told_as_tables(cards: dict[str, Path]) -> None:
    done = run("--corpus")
    assert "Complaint" in done.stdout


def test_nothing_asked_is_told_with_a_hint(cards: dict[str, Path]) -> None:
    done = run()
    assert (done.exit_code, "Hint" in done.stderr) == (2, True)


def test_a_card_that_is_not_there_is_a_sentence(cards: dict[str, Path]) -> None:
    cards["CORPUS_CARD"].unlink()
    done = run("--corpus", "--write-card")
    assert (done.exit_code, "there is no such card" in done.stderr) == (1, True)
