"""``tocsin letter``: what a resident would read, before anybody sends it."""

import json
from pathlib import Path

import pytest

from tests.build import a_letter
from tests.commands.shell import Shell

pytestmark = pytest.mark.slow


@pytest.fixture
def case(shell: Shell, tmp_path: Path) -> str:
    """The reference of a case of Asha's."""
    (tmp_path / "one.eml").write_bytes(a_letter())
    return str(shell.run("ingest", tmp_path / "one.eml", "--json").lines[0]["case"])


def everything_kept(shell: Shell, case: str) -> str:
    return shell.run("case", case, "--json").out + shell.run("outbox", "--json").out


def test_a_letter_is_shown_and_nothing_is_kept(shell: Shell, case: str) -> None:
    before = everything_kept(shell, case)
    ran = shell.run("letter", "acknowledgement", "--case", case.lower())
    assert ran.code == 0, ran.err
    assert ran.out.startswith(f"Subject: Your message [{case}]\n\nDear Asha Okafor,\n")
    assert everything_kept(shell, case) == before


def test_blanks_are_filled_from_the_command_line(shell: Shell, case: str) -> None:
    blanks = ("--set", "outcome=upheld", "--set", "letter=We were late = sorry.")
    ran = shell.run("letter", "response", "--case", case, *blanks, "--json")
    assert ran.code == 0, ran.err
    shown = json.loads(ran.out)
    assert list(shown) == ["case", "letter", "to", "language", "subject", "text"]
    assert "We were late = sorry." in shown["text"]
    assert "Our decision: upheld." in shown["text"]


def test_a_letter_is_shown_in_the_other_language(shell: Shell, case: str) -> None:
    before = everything_kept(shell, case)
    blanks = ("--set", "reason=Mae angen cofnodion.", "--set", "until=2026-11-09")
    ran = shell.run("letter", "extension", "--case", case, "--language", "cy", *blanks)
    assert ran.code == 0, ran.err
    assert "Annwyl Asha Okafor," in ran.out
    assert "erbyn dydd Llun 9 Tachwedd 2026" in ran.out
    assert everything_kept(shell, case) == before
    assert "Dear Asha" in shell.run("letter", "receipt", "--case", case).out, "English unless told otherwise"


def test_a_blank_left_empty_is_named(shell: Shell, case: str) -> None:
    ran = shell.run("letter", "response", "--case", case, "--set", "outcome=upheld")
    assert (ran.code, ran.out) == (2, "")
    assert "Say also: letter." in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("postcard",), "acknowledgement, "),
        (("receipt", "--set", "colour=blue"), "no blank “colour”"),
        (("response", "--set", "outcome=lost"), "Choose one of: upheld"),
        (("response", "--set", "letter="), "is empty"),
        (("response", "--set", "letter"), "is empty"),
        (("extension", "--set", "until=2026-02-30"), "is no date"),
    ],
)
def test_what_cannot_be_written_is_said(shell: Shell, words: tuple[str, ...], said: str) -> None:
    ran = shell.run("letter", *words, "--case", "T26-00001-M")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.is_civil()


def test_an_unknown_case_is_said_as_elsewhere(shell: Shell) -> None:
    ran = shell.run("letter", "receipt", "--case", "T26-99999-X")
    assert (ran.code, ran.out) == (1, "")
    assert "There is no such case." in ran.err
    assert "tocsin cases --all" in ran.err


def an_own_letter(shell: Shell, text: str) -> str:
    folder = shell.folder / "own" / "en"
    folder.mkdir(parents=True)
    (folder / "receipt.txt").write_text(text)
    return str(shell.folder / "own")


def test_a_councils_own_letter_is_shown_as_it_would_be_sent(shell: Shell, case: str) -> None:
    own = an_own_letter(shell, "Subject: Thank you [{{ reference }}]\nDear {{ name }}, we have it.\n")
    ran = shell.run("letter", "receipt", "--case", case, LETTERS__TEMPLATES=own)
    assert (ran.code, ran.out) == (0, f"Subject: Thank you [{case}]\n\nDear Asha Okafor, we have it.\n")


def test_every_letter_is_checked_and_whose_it_is_is_said(shell: Shell) -> None:
    own = an_own_letter(shell, "Subject: Thank you [{{ reference }}]\nWe have it.\n")
    ran = shell.run("letter", "--check", LETTERS__TEMPLATES=own)
    assert (ran.code, len(ran.out.splitlines())) == (0, 22), ran.err
    assert f"en/receipt.txt           {own}/en/receipt.txt" in ran.out.splitlines()
    assert "cy/receipt.txt           Tocsin’s own" in ran.out.splitlines()


@pytest.mark.parametrize("words", [("letter", "--check"), ("doctor",), ("run", "--only", "web"), ("cases",)])
def test_a_broken_letter_of_the_councils_ends_every_command_at_its_start(shell: Shell, words: tuple[str, ...]) -> None:
    own = an_own_letter(shell, "Subject: [{{ reference }}]\nDear {{ nmae }}\n")
    ran = shell.run(*words, LETTERS__TEMPLATES=own)
    assert (ran.code, ran.out) == (2, "")
    assert f"{own}/en/receipt.txt line 2: nothing is called “nmae” here." in ran.err
    assert ran.is_civil()


def test_a_letter_and_a_case_are_asked_for(shell: Shell) -> None:
    for words in ((), ("receipt",), ("--case", "T26-00001-M")):
        ran = shell.run("letter", *words)
        assert (ran.code, ran.out) == (2, "")
        assert "Say which letter, and for which case." in ran.err
