"""``tocsin stuck`` as people use it."""

from datetime import UTC, datetime

import pytest

from models.verbs.block import BLOCK
from tests.commands.shell import Shell
from tests.duty_desk import Desk

pytestmark = pytest.mark.slow


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
