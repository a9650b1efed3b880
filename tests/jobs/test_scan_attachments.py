"""What came while the virus scanner was down is scanned when it is back."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, replace

import pytest
from sqlmodel import col, select

from intake import clamd
from intake.attachments import is_locked_away, rescan, store
from intake.clamd import TEST_VIRUS
from jobs import scan_attachments
from jobs.scan_attachments import scan_unscanned
from models import scanned
from models.case import Case
from models.correspondence import Correspondence, Direction
from models.db import reading, writing
from models.rules.doubts import Doubt
from models.rules.letters import Attachment
from tests.build import came, reload
from tests.jobs.office import Office
from tests.servers.clamd import Clamd
from tests.servers.smtp import free_port

TOO_LARGE_FOR_CLAMD = b"a" * 150_000


@pytest.fixture(scope="module")
def scanner() -> Iterator[Clamd]:
    with Clamd(largest=100_000) as scanner:
        yield scanner


@pytest.fixture
def place(office: Office, scanner: Clamd) -> str:
    """The scanner is down at first."""
    clamd._resting.clear()
    move(office, f"127.0.0.1:{free_port()}")
    return scanner.place


def move(office: Office, clamd_at: str) -> None:
    intake = office.parts.settings.intake.model_copy(update={"clamd": clamd_at})
    office.parts = replace(office.parts, settings=office.parts.settings.model_copy(update={"intake": intake}))


def letter_with(office: Office, case: Case, *contents: bytes) -> int:
    """A letter of a case with files, kept as they are when they come."""
    files = [came(content) for content in contents]
    named = [Attachment(file.name, file.declared, len(file.content)) for file in files]
    kept = [asdict(each) for each in store(files, named, settings=office.parts.settings.intake)]
    now = office.clock.now()
    with writing(office.parts.engine) as session:
        letter = Correspondence(case_id=case.number, direction=Direction.IN, at=now, attachments=kept)
        session.add(letter)
        session.flush()
        return letter.id or 0


def states(office: Office, letter_id: int) -> list[str]:
    with reading(office.parts.engine) as session:
        return [row["state"] for row in session.get_one(Correspondence, letter_id).attachments]


def scan_all(office: Office) -> int:
    """How many rounds it took until there was no more."""
    rounds = 1
    while scan_unscanned(office.parts):
        rounds += 1
        assert rounds < 20
    return rounds


def test_a_clean_file_becomes_clean_and_nobody_is_troubled(office: Office, place: str) -> None:
    case = office.new_case()
    letter = letter_with(office, case, b"words", b"more words")
    before = office.event_names(case), reload(office.parts.engine, case).version
    scan_unscanned(office.parts)
    assert states(office, letter) == ["unscanned", "unscanned"]
    move(office, place)
    assert scan_unscanned(office.parts) is False
    assert states(office, letter) == ["clean", "clean"]
    assert (office.event_names(case), reload(office.parts.engine, case).version) == before


def test_a_virus_is_locked_away_told_and_shown(office: Office, place: str) -> None:
    case = office.new_case()
    office.deliver()
    letter = letter_with(office, case, b"words", TEST_VIRUS)
    move(office, place)
    scan_unscanned(office.parts)
    digest = hashlib.sha256(TEST_VIRUS).hexdigest()
    assert states(office, letter) == ["clean", "infected"]
    assert is_locked_away(digest, office.parts.settings.intake)
    assert reload(office.parts.engine, case).doubts == [Doubt.INFECTED.value]
    found = office.events(case)[-1]
    assert (found.name, found.details) == ("attachment_infected", {"digest": digest[:12]})
    assert office.entries()[-1].payload == {"draw": "case", "case_id": case.number}
    scan_unscanned(office.parts)
    assert office.event_names(case).count("attachment_infected") == 1


def test_a_second_virus_adds_no_second_doubt(office: Office, place: str) -> None:
    case = office.new_case()
    letter_with(office, case, TEST_VIRUS)
    letter_with(office, case, TEST_VIRUS, b"and more " + TEST_VIRUS)
    move(office, place)
    scan_all(office)
    assert reload(office.parts.engine, case).doubts == [Doubt.INFECTED.value]
    assert office.event_names(case).count("attachment_infected") == 3


def test_without_a_scanner_nothing_is_looked_for(office: Office, place: str) -> None:
    letter = letter_with(office, office.new_case(), b"words")
    move(office, "")
    assert scan_unscanned(office.parts) is False
    assert states(office, letter) == ["unscanned"]


def test_a_letter_that_cannot_be_scanned_holds_up_no_other(office: Office, place: str) -> None:
    case = office.new_case()
    gone = letter_with(office, case, b"soon gone")
    digest = hashlib.sha256(b"soon gone").hexdigest()
    (office.parts.settings.intake.attachments / digest[:2] / digest).unlink()
    refused = letter_with(office, case, TOO_LARGE_FOR_CLAMD, b"words")
    later = letter_with(office, case, b"more words")
    move(office, place)
    scan_all(office)
    assert [states(office, each) for each in (gone, refused, later)] == [
        ["unscanned"],
        ["unscanned", "clean"],
        ["clean"],
    ]


def test_a_refused_file_is_asked_about_again_only_after_an_hour(
    office: Office, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = letter_with(office, office.new_case(), TOO_LARGE_FOR_CLAMD)
    move(office, place)
    asked: list[str] = []

    def counted(digest: str, *rest: object) -> str:
        asked.append(digest)
        return rescan(digest, office.parts.settings.intake)

    monkeypatch.setattr(scan_attachments, "rescan", counted)
    scan_all(office)
    scan_all(office)
    office.clock.pass_time(minutes=59)
    scan_all(office)
    assert len(asked) == 1
    office.clock.pass_time(minutes=2)
    scan_all(office)
    assert len(asked) == 2
    assert states(office, letter) == ["unscanned"]


def test_many_letters_are_done_in_several_rounds(office: Office, place: str) -> None:
    case = office.new_case()
    letters = [letter_with(office, case, b"words %d" % n) for n in range(45)]
    move(office, place)
    assert scan_all(office) == 3
    assert {state for each in letters for state in states(office, each)} == {"clean"}


def test_what_is_older_than_a_week_is_left_to_whoever_opens_it(office: Office, place: str) -> None:
    letter = letter_with(office, office.new_case(), b"words")
    move(office, place)
    office.clock.pass_time(days=7, minutes=1)
    scan_all(office)
    assert states(office, letter) == ["unscanned"]


def test_only_the_newest_letters_are_looked_through(
    office: Office, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = office.new_case()
    older, newer = letter_with(office, case, b"words"), letter_with(office, case, b"more words")
    move(office, place)
    monkeypatch.setattr(scanned, "MOST_LETTERS", 1)
    scan_all(office)
    assert (states(office, older), states(office, newer)) == (["unscanned"], ["clean"])


def test_rows_from_before_files_were_stored_are_left_alone(office: Office, place: str) -> None:
    case = office.new_case()
    letter = letter_with(office, case, b"words")
    old = {"name": "a “unscanned” photo.jpg", "type": "image/jpeg", "size": 3}
    with writing(office.parts.engine) as session:
        row = session.exec(select(Correspondence).where(col(Correspondence.id) == letter)).one()
        row.attachments = [old, *row.attachments]
        session.add(row)
    move(office, place)
    scan_all(office)
    with reading(office.parts.engine) as session:
        first, second = session.get_one(Correspondence, letter).attachments
    assert first == old
    assert second["state"] == "clean"
