"""Wrong settings are told all at once; a text on standard input or a thousand lines are classified."""

import json
from pathlib import Path

import pytest

from tests.build import a_letter
from tests.commands.shell import Shell

pytestmark = pytest.mark.slow

COMPLAINT = "I reported the missed bin three times. Nobody came and nobody answered. I want to make a formal complaint."
KEYS = ["id", "kind", "guess", "confidence", "areas", "signals", "reasons"]


def test_wrong_settings_are_told_all_at_once_without_a_traceback(shell: Shell) -> None:
    for words in (["cases"], ["run"], ["doctor"]):
        ran = shell.run(*words, WEB__PORT="many", SMTP__SECURITY="hope", COUNCL="x", JOBS__TICK_SECONDS="-1")
        assert (ran.code, ran.out) == (2, "")
        assert ran.is_civil()
        for place in ("web.port", "smtp.security", "councl", "jobs.tick_seconds"):
            assert place in ran.err
        assert ran.err.count("Hint:") == 4


def test_a_missing_settings_file_is_named(shell: Shell, tmp_path: Path) -> None:
    ran = shell.run("--config", tmp_path / "nowhere.yaml", "cases")
    assert ran.code == 2
    assert "nowhere.yaml" in ran.err
    assert ran.is_civil()


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/none", "sqlite:////proc/none/tocsin.db", "nonsense"])
def test_a_database_that_cannot_be_opened_is_a_sentence(shell: Shell, url: str) -> None:
    ran = shell.run("cases", DATABASE__URL=url)
    assert ran.code in {1, 2}
    assert ran.is_civil(), ran.err
    assert "database" in ran.err.lower()


def test_an_unknown_command_is_a_sentence(shell: Shell) -> None:
    ran = shell.run("nonsense")
    assert ran.code == 2
    assert "No such command" in ran.err
    assert "deadlines" in shell.run("--help").out


def test_a_letter_on_standard_input_is_classified(shell: Shell, trained_model: Path) -> None:
    ran = shell.run("classify", stdin=a_letter(COMPLAINT, Subject="Bins"), CLASSIFIER__ARTEFACT=trained_model)
    assert (ran.code, ran.err) == (0, ""), ran.err
    [answer] = ran.lines
    assert list(answer) == KEYS
    assert (answer["guess"], answer["areas"][0]["area"]) == ("complaint", "waste_environment")
    assert answer["reasons"]


@pytest.mark.parametrize("given", [COMPLAINT.encode(), b"\xff\xfe\x00 \x80"])
def test_any_bytes_on_standard_input_are_classified(shell: Shell, trained_model: Path, given: bytes) -> None:
    ran = shell.run("classify", stdin=given, CLASSIFIER__ARTEFACT=trained_model)
    assert (ran.code, ran.err) == (0, ""), ran.err
    assert [list(line) for line in ran.lines] == [KEYS]


def test_a_thousand_lines_are_classified_in_one_process(shell: Shell, trained_model: Path, tmp_path: Path) -> None:
    given, taken = tmp_path / "given.jsonl", tmp_path / "taken.jsonl"
    lines = [{"id": number, "subject": f"Bin {number}", "body": COMPLAINT} for number in range(998)]
    odd = [{"id": "\ud800", "body": "\ud800 bin"}, {"id": None, "body": None, "subject": 5}]
    given.write_text("\n\n".join(map(json.dumps, [*lines, *odd])) + "\n", encoding="utf-8")
    ran = shell.run("classify", "--jsonl", given, "--out", taken, CLASSIFIER__ARTEFACT=trained_model)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    answers = [json.loads(line) for line in taken.read_text(encoding="utf-8").splitlines()]
    assert len(answers) == 1000
    assert [answer["id"] for answer in answers[:998]] == list(range(998))
    assert {answer["guess"] for answer in answers[:998]} == {"complaint"}


@pytest.mark.parametrize("line", [b"[1, 2]", b'{"body": "caf\xe9"}'])
def test_a_line_that_is_no_json_is_named_by_its_number(
    shell: Shell, trained_model: Path, tmp_path: Path, line: bytes
) -> None:
    given = tmp_path / "given.jsonl"
    given.write_bytes(b'{"body": "My bin."}\n' + line + b"\n")
    ran = shell.run("classify", "--jsonl", given, CLASSIFIER__ARTEFACT=trained_model)
    assert ran.is_civil(), ran.err
    assert ran.code == 2
    assert "line 2" in ran.err


def test_without_a_model_classify_says_what_to_do(shell: Shell) -> None:
    ran = shell.run("classify", stdin=b"x")
    assert ran.code == 1
    assert "tocsin train" in ran.err
    assert ran.is_civil()
