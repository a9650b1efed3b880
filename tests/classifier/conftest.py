"""What the classifier's tests share: one small corpus, and one model of it for the whole run."""

import json
from pathlib import Path

import pytest

from classifier import artefact
from classifier.evidence import EvidenceFinder
from classifier.examples import CORPUS, Example, read_corpus
from classifier.reading import Reader
from classifier.suggest import Suggester, load
from classifier.training import train

SLICE = 240


@pytest.fixture(scope="session")
def finder() -> EvidenceFinder:
    return EvidenceFinder()


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def examples() -> list[Example]:
    whole = read_corpus()
    return whole[:: max(1, len(whole) // SLICE)]


@pytest.fixture(scope="session")
def artefact_folder(examples: list[Example], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("artefact")
    artefact.save(train(examples), folder, corpus=CORPUS)
    return folder


@pytest.fixture(scope="session")
def suggester(artefact_folder: Path) -> Suggester:
    return load(artefact_folder)


@pytest.fixture
def corpus_line() -> str:
    fields = {"id": "t-1", "scenario": "t", "channel": "app", "subject": "Bin", "body": "Missed."}
    return json.dumps(fields | {"kind": "service_request", "areas": ["waste_environment"], "signals": []})
