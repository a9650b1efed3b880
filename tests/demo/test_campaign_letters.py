"""The README promises that the library's letters have one card, and that one more makes it four."""

from pathlib import Path

import pytest

from classifier.suggest import Message
from commands.joining import suggester_of
from demo.samples import SAMPLES
from intake.parse import parse
from models.rules.labels import NEVER_WAITS
from tests.build import the_settings
from tests.conftest import ROOT

LETTERS = sorted((ROOT / "demo" / "letters").glob("*-library-campaign-*.eml"))


@pytest.mark.slow
def test_nothing_in_them_must_be_read_for_itself(trained_model: Path, tmp_path: Path) -> None:
    suggester = suggester_of(the_settings(tmp_path, classifier={"artefact": trained_model}))
    read = [parse(path.read_bytes()) for path in LETTERS]
    messages = [Message(email.subject, email.text) for email in read]
    messages += [Message(sample.subject, sample.body) for sample in SAMPLES if "campaign" in sample.label]
    assert len(messages) == 4
    for opinion in suggester.suggest_many(messages):
        assert NEVER_WAITS.isdisjoint(opinion.signals), opinion.signals
