"""``tocsin intake``: what is held, the ways out of there, and the count, to people and to machines."""

import json
from pathlib import Path

import pytest

from models.rules.references import make_reference
from tests.build import a_letter
from tests.commands.shell import Shell
from tests.people import ASHA

pytestmark = pytest.mark.slow

STRANGER = "bartholomew@residents.example"
WORDS = "My neighbour's hedge is over my wall."


@pytest.fixture
def case(shell: Shell, tmp_path: Path) -> str:
    """A case of Asha's, and beside it one letter of a stranger that names it (message 2) and an empty one (3)."""
    first, second, third = (tmp_path / f"{number}.eml" for number in (1, 2, 3))
    first.write_bytes(a_letter())
    opened = shell.run("ingest", first, "--json").lines[0]
    second.write_bytes(a_letter(WORDS, From=STRANGER, Subject=f"About {opened['case']}", Message_ID="<s@x.example>"))
    third.write_bytes(b"")
    held = shell.run("ingest", second, third, "--json").lines
    assert [line["disposition"] for line in held] == ["held", "held"]
    return str(opened["case"])


def outcomes(shell: Shell, *words: str) -> dict[int, str]:
    return {line["number"]: line["outcome"] for line in shell.run("intake", "held", "--json", *words).lines}


def test_what_is_held_is_listed_without_a_word_of_it(shell: Shell, case: str) -> None:
    assert outcomes(shell) == {2: "", 3: ""}
    (first, _) = shell.run("intake", "held", "--json").lines
    assert (first["rule"], first["named"], first["attachments"]) == ("names_a_strangers_case", [case], 0)
    ran = shell.run("intake", "held")
    assert case in ran.out
    assert "The message is empty." in ran.out
    for private in (STRANGER, WORDS, "About"):
        assert private not in ran.out


def test_show_opens_one_message_whole(shell: Shell, case: str) -> None:
    ran = shell.run("intake", "held", "--show", 2)
    for words in (f"From: {STRANGER}", f"Subject: About {case}", "Held because: It names", WORDS):
        assert words in ran.out
    told = json.loads(shell.run("intake", "held", "--show", 2, "--json").out)
    assert (told["number"], told["from"], told["text"].strip()) == (2, STRANGER, WORDS)
    missing = shell.run("intake", "held", "--show", 99)
    assert (missing.code, missing.out) == (1, "")
    assert "tocsin intake held" in missing.err


def test_show_opens_a_long_message_to_its_end(shell: Shell, case: str, tmp_path: Path) -> None:
    """As far as “largest_message_bytes” lets processing read."""
    long = tmp_path / "long.eml"
    text = "It is about the hedge again.\n" * 40_000 + "That was all."
    long.write_bytes(a_letter(text, From=STRANGER, Subject=f"About {case}", Message_ID="<l@x.example>"))
    assert shell.run("ingest", long, "--json").lines[0]["disposition"] == "held"
    assert "That was all." in shell.run("intake", "held", "--show", 4).out
    begun = shell.run("intake", "held", "--show", 4, INTAKE__LARGEST_MESSAGE_BYTES=10_000).out
    assert "the hedge again." in begun
    assert "That was all." not in begun


def test_a_message_is_released_as_new_and_to_a_case_and_by_whom(shell: Shell, case: str) -> None:
    released = shell.run("intake", "release", 3, "--new")
    assert (released.code, released.out) == (0, "Message 3 becomes a new case, in a moment.\n")
    joined = shell.run("intake", "release", 2, "--case", case.lower(), "--by", "Lena@Council.example", "--json")
    assert json.loads(joined.out) == {"message": 2, "done": f"Message 2 joins {case}, in a moment."}
    assert shell.run("intake", "held").out == "Nothing is held.\n"
    assert outcomes(shell, "--all") == {
        2: f"Put with {case} by Lena Moss.",
        3: "Released as a new case by the command line.",
    }
    told = shell.run("intake", "held", "--all").out
    assert f"Put with {case} by Lena Moss." in told
    assert "Released as a new case by the command line." in told
    again = shell.run("intake", "release", 3, "--new")
    assert again.code == 1
    assert "settled it already. Released as a new case by the command line." in again.err


def test_a_message_put_aside_is_listed_with_the_ignored(shell: Shell, case: str) -> None:
    assert shell.run("intake", "held", "--ignored").out == "Nothing is ignored.\n"
    assert shell.run("intake", "dismiss", 3, "--reason", "An empty one.", "--by", "lena@council.example").code == 0
    assert outcomes(shell) == {2: ""}
    (ignored,) = shell.run("intake", "held", "--ignored", "--json").lines
    assert (ignored["number"], ignored["rule"]) == (3, "dismissed")
    assert ignored["reason"] == "Put aside by Lena Moss: An empty one."
    assert ignored["reason"] in shell.run("intake", "held", "--ignored").out


MISTAKES: tuple[tuple[tuple[object, ...], int, str], ...] = (
    (("release", 2), 2, "either --new or --case"),
    (("release", 2, "--new", "--case", "T26-00001-M"), 2, "either --new or --case"),
    (("release", 99, "--new"), 1, "There is no such held message."),
    (("release", 1, "--new"), 1, "There is no such held message."),
    (("release", 2, "--case", "T26-1"), 1, "its last letter is computed"),
    (("release", 2, "--case", make_reference(4711, 2026)), 1, "There is no such case."),
    (("release", 2, "--new", "--by", "nobody@council.example"), 1, "no officer with the address"),
    (("release", 2, "--new", "--by", "ben@council.example"), 1, "corporate complaints team"),
    (("dismiss", 2), 2, "--reason"),
    (("dismiss", 2, "--reason", " "), 1, "only with a reason"),
)


def test_a_mistake_is_said_with_a_hint_and_changes_nothing(shell: Shell, case: str) -> None:
    for words, code, sentence in MISTAKES:
        ran = shell.run("intake", *words)
        assert (ran.code, ran.out) == (code, ""), words
        assert sentence in ran.err, words
        assert ran.is_civil(), words
    assert outcomes(shell) == {2: "", 3: ""}


def test_the_count_comes_out_and_says_what_lies_where(shell: Shell, case: str) -> None:
    (shell.folder / "mail" / "new").mkdir(parents=True)
    (shell.folder / "mail" / "new" / "1").write_bytes(a_letter("A new one."))
    ran = shell.run("intake", "reconcile")
    assert ran.code == 0, ran.out
    assert "In balance: 3 messages arrived, and each is accounted for." in ran.out
    assert "complaints now holds 1 still to come and 0 kept" in ran.out
    assert "held" in ran.out.splitlines()[0]
    told = json.loads(shell.run("intake", "reconcile", "--json").out)
    (source,) = told["sources"]
    assert (source["arrived"], source["cases"], source["held"]) == (3, 1, 2)
    assert (told["is_balanced"], told["missing"]) == (True, [])
    assert ASHA not in ran.out


def test_what_is_marked_as_kept_and_is_nowhere_ends_with_code_1(shell: Shell) -> None:
    kept = shell.folder / "mail" / ".Kept" / "cur"
    kept.mkdir(parents=True)
    (kept / "1:2,S").write_bytes(a_letter())
    ran = shell.run("intake", "reconcile")
    assert ran.code == 1
    assert "Out of balance" in ran.out
    assert "complaints: 1 marked as kept in the mailbox are not known here." in ran.out
    told = json.loads(shell.run("intake", "reconcile", "--json").out)
    assert told["mailboxes"][0]["unknown"] == 1


def test_a_mailbox_that_cannot_be_reached_ends_with_code_1_and_a_sentence(shell: Shell) -> None:
    box = [{"kind": "imap", "name": "complaints", "host": "127.0.0.1", "port": 1, "user": "u"}]
    ran = shell.run("intake", "reconcile", MAILBOXES=json.dumps(box))
    assert ran.code == 1
    assert "The mail server cannot be reached" in ran.out
    assert ran.is_civil()


def test_the_old_command_is_gone(shell: Shell) -> None:
    assert "No such command 'held'" in shell.run("held").err
