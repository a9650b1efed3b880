"""``tocsin attachments`` shows what came along, and hands out only what does no harm."""

import json
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from intake.clamd import TEST_VIRUS
from tests.build import a_letter
from tests.commands.shell import Shell
from tests.servers.clamd import Clamd
from tests.servers.smtp import free_port

pytestmark = pytest.mark.slow

PHOTO = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01" + b"\0" * 300
PROGRAM = b"MZ\x90\0\x03\0\0\0" + b"\0" * 300


@pytest.fixture(scope="module")
def scanner() -> Iterator[Clamd]:
    with Clamd() as scanner:
        yield scanner


def a_case_with(shell: Shell, *files: tuple[str, bytes]) -> str:
    """A letter comes in with these files; the reference of its case."""
    letter = EmailMessage()
    letter["From"], letter["Subject"], letter["Message-ID"] = "asha@residents.example", "Elm Road", "<a@b.example>"
    letter.set_content("The pothole is back. See the photographs.")
    for name, content in files:
        letter.add_attachment(content, maintype="image", subtype="jpeg", filename=name)
    path = shell.folder / "letter.eml"
    path.write_bytes(letter.as_bytes())
    ran = shell.run("ingest", path, "--json")
    assert ran.code == 0, ran.err
    return str(ran.lines[0]["case"])


def use(shell: Shell, **settings: object) -> None:
    """These settings from now on."""
    shell.environment |= {f"TOCSIN__INTAKE__{name.upper()}": str(value) for name, value in settings.items()}


def saved_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def events(shell: Shell, case: str) -> list[dict[str, Any]]:
    whole = json.loads(shell.run("case", case, "--json").out)
    return [event for event in whole["history"] if event["event"] == "attachments_saved"]


def test_each_is_listed_as_what_it_is(shell: Shell) -> None:
    case = a_case_with(shell, ("elm.jpg", PHOTO), ("holiday.jpg", PROGRAM))
    listed = shell.run("attachments", case.lower())
    photo, program = listed.out.splitlines()
    assert ("1 " in photo, "JPEG image" in photo, photo.endswith("elm.jpg")) == (True, True, True)
    assert ("Windows program" in program, "not scanned" in program, "308 B" in program) == (True, True, True)
    [first, second] = shell.run("attachments", case, "--json").lines
    assert (first["number"], first["name"], first["state"], first["size"]) == (1, "elm.jpg", "unscanned", len(PHOTO))
    assert second["content_type"] == "application/vnd.microsoft.portable-executable"
    assert events(shell, case) == []


def test_saved_files_get_names_that_do_no_harm_and_touch_nothing_there(shell: Shell, tmp_path: Path) -> None:
    case = a_case_with(shell, ("elm.jpg", PHOTO), ("../elm.jpg", PHOTO + b"2"), ("holiday.jpg.exe", PROGRAM))
    folder = tmp_path / "out"
    folder.mkdir()
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    (folder / "elm.jpg").symlink_to(outside)
    ran = shell.run("attachments", case, "--save", folder)
    assert ran.code == 0, ran.err
    assert outside.read_bytes() == b"mine"
    (folder / "elm.jpg").unlink()
    assert saved_in(folder) == {
        "elm (2).jpg": PHOTO,
        "elm (3).jpg": PHOTO + b"2",
        "holiday.jpg.exe.txt": PROGRAM,
    }
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert "3 of 3 saved" in ran.err
    assert [event["details"] for event in events(shell, case)] == [{"count": 3}]


def test_a_virus_is_never_saved(shell: Shell, scanner: Clamd, tmp_path: Path) -> None:
    use(shell, clamd=scanner.place)
    case = a_case_with(shell, ("elm.jpg", PHOTO), ("virus.jpg", TEST_VIRUS))
    ran = shell.run("attachments", case, "--save", tmp_path / "out", "--although-unscanned")
    assert saved_in(tmp_path / "out") == {"elm.jpg": PHOTO}
    assert "virus.jpg is not saved: it holds a virus" in ran.err
    assert "holds a virus" in ran.out
    assert [event["details"] for event in events(shell, case)] == [{"count": 1}]


def test_a_virus_found_out_elsewhere_is_not_saved_from_an_older_case(
    shell: Shell, scanner: Clamd, tmp_path: Path
) -> None:
    case = a_case_with(shell, ("virus.jpg", TEST_VIRUS))
    again = shell.folder / "again.eml"
    letter = EmailMessage()
    letter["From"], letter["Subject"], letter["Message-ID"] = "eve@elsewhere.example", "Hello", "<c@d.example>"
    letter.set_content("Look at this.")
    letter.add_attachment(TEST_VIRUS, maintype="image", subtype="png", filename="other.png")
    again.write_bytes(letter.as_bytes())
    use(shell, clamd=scanner.place)
    shell.run("ingest", again)
    ran = shell.run("attachments", case, "--save", tmp_path / "out")
    assert saved_in(tmp_path / "out") == {}
    assert "it holds a virus" in ran.err
    assert events(shell, case) == []


def test_what_the_scanner_has_not_seen_is_saved_only_when_asked_for(shell: Shell, tmp_path: Path) -> None:
    use(shell, clamd=f"127.0.0.1:{free_port()}")
    case = a_case_with(shell, ("elm.jpg", PHOTO))
    ran = shell.run("attachments", case, "--save", tmp_path / "out")
    assert saved_in(tmp_path / "out") == {}
    assert "--although-unscanned" in ran.err
    shell.run("attachments", case, "--save", tmp_path / "out", "--although-unscanned")
    assert saved_in(tmp_path / "out") == {"elm.jpg": PHOTO}


def test_what_was_not_kept_is_said(shell: Shell, tmp_path: Path) -> None:
    use(shell, largest_attachment_bytes=1000)
    case = a_case_with(shell, ("film.jpg", PHOTO * 10), ("gone.jpg", PHOTO))
    for path in (shell.folder / "attachments").rglob("*"):
        if path.is_file():
            path.unlink()
    ran = shell.run("attachments", case, "--save", tmp_path / "out")
    assert ran.code == 0
    assert "film.jpg is not saved: it is too large" in ran.err
    assert "gone.jpg is not saved: its file is gone" in ran.err
    assert "0 of 2 saved" in ran.err


def test_long_names_in_any_script_can_be_saved(shell: Shell, tmp_path: Path) -> None:
    case = a_case_with(shell, ("照" * 110 + ".jpg", PHOTO), ("照" * 110 + ".jpg", PHOTO))
    ran = shell.run("attachments", case, "--save", tmp_path / "out")
    assert "2 of 2 saved" in ran.err
    assert [name.endswith((".jpg", " (2).jpg")) for name in saved_in(tmp_path / "out")] == [True, True]


def test_mistakes_are_answered_with_a_sentence(shell: Shell, tmp_path: Path) -> None:
    unknown = shell.run("attachments", "T26-99999-X")
    assert (unknown.code, unknown.is_civil(), "Hint:" in unknown.err) == (1, True, True)
    case = a_case_with(shell, ("elm.jpg", PHOTO))
    (tmp_path / "a file").write_bytes(b"")
    ran = shell.run("attachments", case, "--save", tmp_path / "a file" / "out")
    assert (ran.code, ran.is_civil(), "cannot be written to" in ran.err) == (1, True, True)
    assert events(shell, case) == []


def test_a_case_without_any_says_so(shell: Shell) -> None:
    path = shell.folder / "letter.eml"
    path.write_bytes(a_letter())
    case = shell.run("ingest", path, "--json").lines[0]["case"]
    assert "Nothing is attached" in shell.run("attachments", case).out
    assert shell.run("attachments", case, "--json").out == ""


def test_the_doctor_tries_the_scanner_and_the_folder(shell: Shell, scanner: Clamd) -> None:
    def found(**settings: object) -> dict[str, dict[str, Any]]:
        use(shell, **settings)
        return {line["name"]: line for line in shell.run("doctor", "--json").lines}

    without = found()["scanner"]
    assert (without["is_well"], "unscanned" in without["sentence"]) == (True, True)
    well = found(clamd=scanner.place)
    assert well["scanner"]["is_well"]
    assert well["scanner"]["sentence"].startswith("ClamAV")
    assert well["files"]["is_well"]
    (shell.folder / "attachments").mkdir(mode=0o755)
    ill = found(largest_attachment_bytes=30_000_000)
    assert (ill["scanner"]["is_well"], "StreamMaxLength" in ill["scanner"]["hint"]) == (False, True)
    assert (ill["files"]["is_well"], "chmod 700" in ill["files"]["hint"]) == (False, True)
    down = found(clamd=f"127.0.0.1:{free_port()}")["scanner"]
    assert (down["is_well"], "cannot be reached" in down["sentence"]) == (False, True)
