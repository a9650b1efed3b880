"""``tocsin ingest`` and the commands that show what it brought: every message leaves one line, whatever it is."""

import json
import random
from pathlib import Path

import pytest

from models.rules.references import find_references
from tests.build import a_letter
from tests.commands.shell import Shell
from tests.people import ASHA

pytestmark = pytest.mark.slow

KEYS = ["source", "disposition", "rule", "reason", "case", "duplicate", "defects", "subject", "text"]
WORDS = "The pothole outside my gate is back again."


@pytest.fixture
def post(tmp_path: Path) -> Path:
    """A folder of all kinds of letters."""
    post = tmp_path / "post"
    (post / "deep" / "er").mkdir(parents=True)
    (post / "1-good.eml").write_bytes(a_letter(WORDS))
    (post / "2-again.eml").write_bytes(a_letter(WORDS))
    (post / "3-empty.eml").write_bytes(b"")
    (post / "4-garbage.bin").write_bytes(random.Random(1).randbytes(5000))
    (post / "5-no-from.eml").write_bytes(a_letter("Nobody signed this.", From="", Message_ID="<n@x.example>"))
    (post / "6-plain.txt").write_bytes("My bin – again!\n".encode())
    (post / "7-broken-header.eml").write_bytes(
        b"From: \xff\xfe <a@b.example>\nSubject: =?utf-8?b?//////8=?=\n\nHi \xff\n"
    )
    (post / "deep" / "er" / "8-odd.eml").write_bytes(a_letter("Deep.", Message_ID="<deep@x.example>"))
    (post / "deep" / b"9-\xff.eml".decode("utf-8", "surrogateescape")).write_bytes(a_letter("Odd name."))
    return post


def test_every_message_leaves_one_line_of_one_shape(shell: Shell, post: Path) -> None:
    shell.environment["PYTHONIOENCODING"] = "utf-8:strict"
    ran = shell.run_anew("ingest", post, "--json")
    assert ran.code == 0, ran.err
    assert ran.is_civil()
    assert [list(line) for line in ran.lines] == [KEYS] * 9
    by_name = {Path(line["source"]).name[0]: line for line in ran.lines}
    good, again = by_name["1"], by_name["2"]
    assert (good["disposition"], good["duplicate"], good["text"].strip()) == ("case", False, WORDS)
    assert list(find_references(good["case"])) == [good["case"]]
    assert (again["disposition"], again["duplicate"], again["case"]) == ("case", True, good["case"])
    assert (by_name["3"]["disposition"], by_name["3"]["rule"]) == ("held", "is_empty")
    assert by_name["4"]["disposition"] == "held"
    assert (by_name["5"]["disposition"], "no_from" in by_name["5"]["defects"]) == ("case", True)
    assert by_name["8"]["disposition"] == by_name["9"]["disposition"] == "case"
    assert all(line["reason"] for line in ran.lines)
    assert "tocsin train" in ran.err, "without a model the cases wait, and it says so"
    second = shell.run("ingest", post, "--json")
    assert [line["duplicate"] for line in second.lines] == [True] * 9
    assert [line["case"] for line in second.lines] == [line["case"] for line in ran.lines]


def test_of_a_message_of_50_megabytes_only_the_beginning_is_read(shell: Shell, post: Path, tmp_path: Path) -> None:
    large = tmp_path / "large.eml"
    large.write_bytes(a_letter("Look at my photographs.") + b"0123456789abcdef" * 3_200_000)
    ran = shell.run("ingest", large, post / "1-good.eml", "--json")
    assert ran.code == 0
    assert [line["disposition"] for line in ran.lines] == ["case", "case"]
    assert "Look at my photographs." in ran.lines[0]["text"]
    assert len(ran.lines[0]["text"]) < 300_000
    doubts = [json.loads(shell.run("case", line["case"], "--json").out)["case"]["doubts"] for line in ran.lines]
    assert doubts == [["cut_short"], []]
    assert "only its beginning was read" in shell.run("case", ran.lines[0]["case"]).out


def test_what_cannot_be_read_from_disk_is_said_and_the_rest_taken_in(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "post").mkdir()
    (tmp_path / "post" / "gone.eml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "post" / "here.eml").write_bytes(a_letter())
    ran = shell.run("ingest", tmp_path / "post", "--json")
    assert ran.code == 1
    assert [line["disposition"] for line in ran.lines] == ["unreadable", "case"]
    assert list(ran.lines[0]) == KEYS


def test_a_path_that_does_not_exist_is_said_before_anything_is_done(shell: Shell, post: Path) -> None:
    shell.database.unlink()
    ran = shell.run("ingest", post, post / "nowhere")
    assert (ran.code, ran.out) == (2, "")
    assert "no such file" in ran.err
    assert ran.is_civil()
    assert not shell.database.exists()


def test_the_first_command_makes_the_database(shell: Shell, post: Path) -> None:
    shell.database.unlink()
    assert shell.run("ingest", post / "1-good.eml", "--json").lines[0]["disposition"] == "case"
    assert len(shell.run("cases", "--json").lines) == 1


def test_people_read_how_many_became_what(shell: Shell, post: Path) -> None:
    ran = shell.run("ingest", post)
    assert ran.code == 0
    for line in ("opened a case", "put aside for a person", "were here already", "     9  in all"):
        assert line in ran.out
    assert WORDS not in ran.out + ran.err


def test_cases_and_one_case_are_shown_to_people_and_machines(shell: Shell, post: Path) -> None:
    assert "no open cases" in shell.run("cases").out
    shell.run("ingest", post / "1-good.eml", post / "5-no-from.eml")
    listed = shell.run("cases", "--json")
    assert [line["status"] for line in listed.lines] == ["new", "new"]
    reference = listed.lines[0]["reference"]
    assert WORDS not in listed.out
    assert ASHA not in listed.out
    assert reference in shell.run("cases").out
    whole = json.loads(shell.run("case", reference.lower(), "--json").out)
    assert whole["case"] == listed.lines[0] | {"campaign": None, "stands_apart": False, "doubts": []}
    assert [letter["direction"] for letter in whole["letters"]] == ["in", "out"]
    assert whole["history"][0]["event"] == "received"
    people = shell.run("case", reference)
    assert people.code == 0
    assert WORDS in people.out
    assert "from the resident" in people.out
    unknown = shell.run("case", "T26-99999-X")
    assert (unknown.code, unknown.out) == (1, "")
    assert "tocsin cases --all" in unknown.err


def test_the_outbox_lists_nothing_when_nothing_is_stuck(shell: Shell) -> None:
    assert shell.run("outbox", "--retry").out == "Nothing is stuck.\n"
    assert shell.run("intake", "held").out == "Nothing is held.\n"
