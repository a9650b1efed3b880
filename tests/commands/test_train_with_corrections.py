"""“tocsin train --with-corrections” from beginning to end, on a small corpus."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from classifier import artefact, challenge, shelf
from classifier.artefact import Corrections
from classifier.examples import Example
from classifier.pipeline import TrainedModel
from commands import train as command
from models import handling
from models.db import writing
from models.queries import get_case
from models.rules.labels import Kind
from models.settings import Settings
from tests.build import a_case, a_letter, an_opinion, officer, the_settings
from tests.people import LENA
from tocsin import main

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("small model"),
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
]

LETTERS = 12


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    return the_settings(tmp_path, database={"url": database_url}, classifier={"artefact": str(tmp_path / "model")})


@pytest.fixture(scope="module")
def model(small_model: Path) -> TrainedModel:
    return artefact.read(small_model)[0]


@pytest.fixture
def corpus(
    monkeypatch: pytest.MonkeyPatch, engine: Engine, settings: Settings, examples: list[Example], model: TrainedModel
) -> list[Example]:
    """A small corpus, a smaller frozen set, and the small model in use."""
    few = examples[::4]
    monkeypatch.setattr(command, "read_corpus", lambda: few)
    monkeypatch.setattr(command, "settings_of", lambda context: settings)
    monkeypatch.setattr(command, "engine_of", lambda settings: engine)
    monkeypatch.setattr(challenge, "frozen_examples", lambda: examples[1::4])
    folder = settings.classifier.artefact
    shelf.promote(folder, shelf.keep(folder, model))
    return few


def decide(engine: Engine, settings: Settings, now: datetime) -> None:
    """Officers find that what was suggested as requests were complaints, and confirm others."""
    by = officer(engine, LENA)
    for number in range(LETTERS):
        raw = a_letter(
            f"The zebra crossing in Elm Road, light {number}, is dark again; I told you {number + 2} times.",
            Message_ID=f"<{number}@residents.example>",
            From=f"p{number}@residents.example",
        )
        case = a_case(engine, settings=settings, now=now, opinion=an_opinion(Kind.SERVICE_REQUEST), raw=raw)
        with writing(engine) as session:
            fresh = get_case(session, case.number)
            if number % 3:
                handling.correct_kind(session, fresh, Kind.COMPLAINT, by=by, settings=settings, now=now)
            handling.acknowledge(session, fresh, by=by, settings=settings, now=now)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["train", "--with-corrections", *words], catch_exceptions=False)


def assert_no_letter_is_in(ran: Result, folder: Path) -> None:
    """A letter goes into the model's numbers and nowhere else."""
    kept = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for word in ("zebra", "Elm Road"):
        assert word not in ran.output
        assert word.encode() not in kept


def test_nothing_decided_is_nothing_to_learn_and_loads_no_model(
    corpus: list[Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(command, "suggester_of")
    ran = run()
    assert ran.exit_code == 0
    assert "kept: " in ran.stdout
    assert "officers have decided no case yet" in ran.stdout


def test_a_challenger_that_is_no_worse_is_promoted_and_can_be_taken_back(
    engine: Engine, settings: Settings, now: datetime, corpus: list[Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(challenge, "IMPORTANT", 1.0)
    monkeypatch.setattr(challenge, "LESSER", 1.0)
    decide(engine, settings, now)
    folder = settings.classifier.artefact
    champion = shelf.current_version(folder)
    ran = run()
    assert ran.exit_code == 0, ran.output
    assert "promoted: " in ran.stdout
    assert "Complaint " in ran.stdout
    assert "== Training" in ran.stderr
    version = shelf.current_version(folder)
    assert version != champion
    first, _ = shelf.kept(folder)
    assert first.card["trained_on"]["starter"] == len(corpus)
    assert first.card["trained_on"]["corrections"] + first.card["comparison"]["own"] == LETTERS
    assert "it has learnt from all that officers decided" in run().stdout
    assert shelf.roll_back(folder) == champion


def test_a_challenger_that_is_worse_is_kept_off_and_stays_on_the_shelf_with_no_letter_in_it(
    engine: Engine, settings: Settings, now: datetime, corpus: list[Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(challenge, "IMPORTANT", -1.0)
    decide(engine, settings, now)
    folder = settings.classifier.artefact
    champion = shelf.current_version(folder)
    ran = run("--json")
    assert ran.exit_code == 0, ran.output
    told = json.loads(ran.stdout)
    assert (told["promoted"], told["champion"]) == (False, champion)
    assert any("complaints found" in why for why in told["kept_because"])
    assert shelf.current_version(folder) == champion
    assert_no_letter_is_in(ran, folder)
    assert {each.version for each in shelf.kept(folder)} == {champion, told["version"]}


def test_plain_training_says_that_it_leaves_out_what_officers_taught(
    settings: Settings, corpus: list[Example], model: TrainedModel
) -> None:
    folder = settings.classifier.artefact
    starter = shelf.current_version(folder)
    taught = shelf.keep(folder, model, corrections=Corrections("x", 3))
    shelf.promote(folder, taught)
    fresh = CliRunner().invoke(main, ["train", "--if-stale"], catch_exceptions=False)
    assert (fresh.exit_code, fresh.output, shelf.current_version(folder)) == (0, "", taught)
    ran = CliRunner().invoke(main, ["train"], catch_exceptions=False)
    assert ran.exit_code == 0
    assert "tocsin train --with-corrections" in ran.stderr
    assert shelf.current_version(folder) == starter
    assert shelf.roll_back(folder) == taught


def test_without_a_frozen_set_nothing_is_trained(
    settings: Settings, corpus: list[Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(challenge, "frozen_examples", list)
    ran = run()
    assert ran.exit_code == 1
    assert "no frozen set" in ran.stderr
    assert len(shelf.kept(settings.classifier.artefact)) == 1
