"""What the classifier's tests share: one finder, one reader, the small model and a suggester of it."""

import json
from pathlib import Path

import pytest

from classifier import artefact
from classifier.evidence import EvidenceFinder, evidence_finder
from classifier.pipeline import TrainedModel
from classifier.reading import Reader
from classifier.suggest import Suggester, load


@pytest.fixture(scope="session")
def finder() -> EvidenceFinder:
    return evidence_finder()


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture(scope="session")
def model(small_model: Path) -> TrainedModel:
    return artefact.read(small_model)[0]


@pytest.fixture(scope="session")
def suggester(small_model: Path) -> Suggester:
    return load(small_model)


@pytest.fixture
def corpus_line() -> str:
    fields = {"id": "t-1", "scenario": "t", "channel": "app", "subject": "Bin", "body": "Missed."}
    return json.dumps(fields | {"kind": "service_request", "areas": ["waste_environment"], "signals": []})
