"""``tocsin stuck`` as people use it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.council import sync_officers
from models.db import open_engine, upgrade, writing
from models.verbs.block import BLOCK
from tests.build import the_settings
from tests.commands.shell import Shell
from tests.duty_desk import Desk, a_desk

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    settings = the_settings(tmp_path)
    engine = open_engine(settings.database.url)
    upgrade(engine)
    with writing(engine) as session:
        sync_officers(session, settings)
    return a_desk(engine, settings, datetime(2026, 10, 12, 9, 0, tzinfo=UTC))


def test_what_is_stuck_is_listed_with_why(shell: Shell, desk: Desk) -> None:
    desk.act(BLOCK, missing="file access", what="Mr Okafor has it")
    listed = shell.run("stuck").out
    assert desk.case.reference in listed
    assert "waits for file access" in listed
    assert "Okafor" not in listed
    [told] = shell.run("stuck", "--json").lines
    assert (told["reference"], told["since"]) == (desk.case.reference, "2026-10-12")
    assert told["days"] == (datetime.now(UTC).date() - desk.now.date()).days
    assert "it waits for file access" in " ".join(each["why"] for each in told["why"])
    assert shell.run("stuck", "--team", "housing").out == "Nothing is stuck.\n"
    assert shell.run("stuck", "--team", "highways", "--json").lines == [told]


def test_a_team_nobody_knows_is_named_with_those_there_are(shell: Shell, desk: Desk) -> None:
    ran = shell.run("stuck", "--team", "Gardens")
    assert (ran.code, ran.is_civil()) == (2, True)
    assert "Highways" in ran.err
