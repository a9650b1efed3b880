"""Attachments are kept under their hash, once, whole, and never where they could do harm."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake import attachments, clamd
from intake.attachments import content_of, is_locked_away, rescan, store
from intake.clamd import TEST_VIRUS, ScannerDown
from intake.files import File
from models.rules.letters import Attachment
from models.settings_mail import IntakeSettings
from tests.build import came
from tests.servers.clamd import Clamd
from tests.servers.smtp import free_port

PHOTO = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01" + b"\0" * 300


@pytest.fixture(scope="module")
def scanner() -> Iterator[Clamd]:
    with Clamd(largest=100_000) as scanner:
        yield scanner


@pytest.fixture
def kept_in(tmp_path: Path) -> IntakeSettings:
    return IntakeSettings(attachments=tmp_path / "here" / "attachments", largest_attachment_bytes=200_000)


def with_scanner(settings: IntakeSettings, place: str) -> IntakeSettings:
    return settings.model_copy(update={"clamd": place})


def keep(settings: IntakeSettings, *files: File) -> tuple[Attachment, ...]:
    declared = tuple(Attachment(file.name, file.declared, len(file.content)) for file in files)
    return store(files, declared, settings=settings)


def hash_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def on_disk(settings: IntakeSettings) -> list[str]:
    folder = settings.attachments
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_file_is_kept_under_its_hash_for_its_owner_alone(kept_in: IntakeSettings) -> None:
    [kept] = keep(kept_in, came(PHOTO))
    digest = hash_of(PHOTO)
    assert kept == Attachment("photo.jpg", "image/jpeg", len(PHOTO), digest=digest, state="unscanned")
    assert on_disk(kept_in) == [f"{digest[:2]}/{digest}"]
    place = kept_in.attachments / digest[:2] / digest
    assert place.read_bytes() == PHOTO == content_of(digest, kept_in)
    assert (mode(place), mode(place.parent), mode(kept_in.attachments)) == (0o600, 0o700, 0o700)


@pytest.mark.parametrize("name", ["../../escaped", "/etc/passwd", "..", "new-x", "a\0b"])
def test_no_name_of_a_senders_reaches_the_disk(kept_in: IntakeSettings, name: str) -> None:
    keep(kept_in, came(PHOTO, name=name))
    assert on_disk(kept_in) == [f"{hash_of(PHOTO)[:2]}/{hash_of(PHOTO)}"]


def test_the_same_content_is_written_once(kept_in: IntakeSettings) -> None:
    [first] = keep(kept_in, came(PHOTO))
    place = kept_in.attachments / first.digest[:2] / first.digest
    before = place.stat().st_ino, place.stat().st_mtime_ns
    again, other = keep(kept_in, came(PHOTO, name="again.jpg"), came(PHOTO, name="other.jpg"))
    assert again.digest == other.digest == first.digest
    assert (place.stat().st_ino, place.stat().st_mtime_ns) == before
    assert len(on_disk(kept_in)) == 1


def test_a_picture_that_is_a_program_is_told(kept_in: IntakeSettings) -> None:
    [kept] = keep(kept_in, came(b"MZ\x90\0\x03\0\0\0" + b"\0" * 300))
    assert kept.content_type == "application/vnd.microsoft.portable-executable"


def test_a_file_that_is_too_large_is_named_and_not_kept(kept_in: IntakeSettings) -> None:
    most = kept_in.largest_attachment_bytes
    fits, too_large = keep(kept_in, came(b"a" * most), came(b"b" * (most + 1), name="film.mp4"))
    assert (fits.state, fits.digest) == ("unscanned", hash_of(b"a" * most))
    assert (too_large.state, too_large.digest, too_large.size) == ("too_large", "", most + 1)
    assert on_disk(kept_in) == [f"{fits.digest[:2]}/{fits.digest}"]


def test_a_disk_that_refuses_leaves_nothing_half_written(
    kept_in: IntakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            keep(kept_in, came(PHOTO))
        kept_in.attachments.joinpath(hash_of(PHOTO)[:2]).mkdir(parents=True, exist_ok=True)
        with pytest.raises(OSError, match="No space"):
            keep(kept_in, came(PHOTO))
    assert on_disk(kept_in) == []
    assert keep(kept_in, came(PHOTO))[0].state == "unscanned"


def test_a_file_and_its_folder_are_safe_on_the_disk_before_it_is_told(
    kept_in: IntakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    really = os.fsync

    def watched(handle: int) -> None:
        synced.append(Path(f"/proc/self/fd/{handle}").readlink())
        really(handle)

    monkeypatch.setattr(os, "fsync", watched)
    [kept] = keep(kept_in, came(PHOTO))
    folder = kept_in.attachments / kept.digest[:2]
    assert [path for path in synced if path.parent == folder and path.name.startswith("new-")]
    assert synced[-1] == folder
    assert kept_in.attachments in synced


def test_a_virus_is_locked_away_and_what_came_with_it_is_not(kept_in: IntakeSettings, scanner: Clamd) -> None:
    settings = with_scanner(kept_in, scanner.place)
    photo, virus, words = keep(settings, came(PHOTO), came(TEST_VIRUS), came(b"The bin."))
    assert [photo.state, virus.state, words.state] == ["clean", "infected", "clean"]
    locked = kept_in.attachments / "quarantine" / hash_of(TEST_VIRUS)
    assert (locked.read_bytes(), mode(locked), mode(locked.parent)) == (TEST_VIRUS, 0o400, 0o700)
    assert not (kept_in.attachments / virus.digest[:2] / virus.digest).exists()
    with pytest.raises(FileNotFoundError):
        content_of(virus.digest, settings)


def test_a_virus_stays_locked_away_while_the_scanner_is_down(kept_in: IntakeSettings, scanner: Clamd) -> None:
    keep(with_scanner(kept_in, scanner.place), came(TEST_VIRUS))
    [again] = keep(with_scanner(kept_in, f"127.0.0.1:{free_port()}"), came(TEST_VIRUS))
    assert again.state == "infected"
    assert on_disk(kept_in) == [f"quarantine/{hash_of(TEST_VIRUS)}"]


def test_a_virus_that_was_kept_unscanned_is_moved_when_it_comes_again(kept_in: IntakeSettings, scanner: Clamd) -> None:
    keep(kept_in, came(TEST_VIRUS))
    [again] = keep(with_scanner(kept_in, scanner.place), came(TEST_VIRUS))
    assert again.state == "infected"
    assert on_disk(kept_in) == [f"quarantine/{hash_of(TEST_VIRUS)}"]


def test_nothing_is_lost_while_the_scanner_is_down(kept_in: IntakeSettings) -> None:
    settings = with_scanner(kept_in, f"127.0.0.1:{free_port()}")
    kept = keep(settings, came(PHOTO), came(b"words"))
    assert [each.state for each in kept] == ["unscanned", "unscanned"]
    assert content_of(kept[0].digest, settings) == PHOTO


def test_a_scanner_that_is_down_is_asked_once_for_a_letter(
    kept_in: IntakeSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def down(content: bytes, _settings: IntakeSettings) -> clamd.Found:
        asked.append(content)
        raise ScannerDown("down", "hint")

    monkeypatch.setattr(attachments, "scan", down)
    keep(with_scanner(kept_in, "x:1"), *(came(bytes([65 + n])) for n in range(20)))
    assert asked == [b"A"]


def test_a_file_the_scanner_refuses_does_not_stop_the_next(kept_in: IntakeSettings, scanner: Clamd) -> None:
    refused, virus = keep(with_scanner(kept_in, scanner.place), came(b"a" * 150_000), came(TEST_VIRUS))
    assert (refused.state, virus.state) == ("unscanned", "infected")


def test_a_file_is_scanned_later(kept_in: IntakeSettings, scanner: Clamd) -> None:
    photo, virus = keep(kept_in, came(PHOTO), came(TEST_VIRUS))
    settings = with_scanner(kept_in, scanner.place)
    assert rescan(photo.digest, settings) == "clean"
    assert not is_locked_away(virus.digest, settings)
    assert rescan(virus.digest, settings) == "infected"
    assert is_locked_away(virus.digest, settings)
    assert on_disk(settings) == sorted([f"{photo.digest[:2]}/{photo.digest}", f"quarantine/{virus.digest}"])
    assert rescan(virus.digest, with_scanner(kept_in, "down:1")) == "infected"


def test_a_file_that_is_gone_has_no_state(kept_in: IntakeSettings, scanner: Clamd) -> None:
    assert rescan(hash_of(PHOTO), with_scanner(kept_in, scanner.place)) == ""


@pytest.mark.parametrize("digest", ["", "../../../etc/passwd", "ab", "A" * 64, "a" * 63 + "\n"])
def test_only_a_hash_names_a_place(kept_in: IntakeSettings, digest: str) -> None:
    with pytest.raises(ValueError, match="64 hexadecimal"):
        content_of(digest, kept_in)
