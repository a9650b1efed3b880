"""``tocsin act`` as people use it: a verb on a case, without Slack."""

import json
import re

import pytest

from models.db import reading
from models.verbs.registry import offered_on
from tests.build import a_case, a_letter, officer, reload
from tests.commands.shell import Shell
from tests.duty_desk import Desk
from tests.house.rooms import ROOT
from tests.people import BEN
from tocsin import COMMANDS

pytestmark = pytest.mark.slow

BY = ("--by", "ben@council.example")


def test_every_command_that_the_readme_lists_is_one() -> None:
    listed = re.findall(r"^\| `tocsin (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(listed) > 20
    assert set(listed) <= COMMANDS.keys()


def test_two_cases_are_linked_once_from_whichever_side(shell: Shell, desk: Desk) -> None:
    raw = a_letter("The lamp is out.", Message_ID="<two@residents.example>")
    other = a_case(desk.engine, settings=desk.settings, now=desk.now, raw=raw)
    one = desk.case.reference
    done = shell.run("act", other.reference, "link", *BY, "--set", f"other={one.lower()}")
    assert f"{other.reference} and {one} are linked." in done.out
    again = shell.run("act", one, "link", *BY, "--set", f"other={other.reference}")
    assert (again.code, again.is_civil()) == (2, True)
    assert "is linked to it already" in again.err


def test_a_verb_that_names_no_other_case_is_done(shell: Shell, desk: Desk) -> None:
    assert "is acknowledged" in shell.run("act", desk.case.reference, "acknowledge", *BY).out
    assert reload(desk.engine, desk.case).status == "acknowledged"


def test_a_case_that_is_none_is_a_sentence(shell: Shell, desk: Desk) -> None:
    refused = shell.run("act", "T26-99999-X", "acknowledge", *BY)
    assert (refused.code, refused.is_civil()) == (1, True)
    refused = shell.run("act", desk.case.reference, "link", *BY, "--set", "other=T26-99999-X")
    assert (refused.code, refused.is_civil()) == (2, True)
    assert "Look at the reference again" in refused.err


def test_a_case_alone_lists_what_it_allows_now_and_no_more(shell: Shell, desk: Desk) -> None:
    listed = shell.run("act", desk.case.reference, *BY).out
    assert "  acknowledge " in listed
    assert "  reopen " not in listed
    settings, ben = desk.settings, officer(desk.engine, BEN)
    with reading(desk.engine) as session:
        groups = offered_on(session, reload(desk.engine, desk.case), settings, by=ben)
    in_slack = [verb.name for verbs in groups.values() for verb in verbs]
    as_json = json.loads(shell.run("act", desk.case.reference, *BY, "--json").out)
    assert [each["verb"] for each in as_json] == in_slack
    assert all(f"  {name} " in listed for name in in_slack)
