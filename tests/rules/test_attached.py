"""Attachments in officers' words, and names that only open."""

import pytest

from models.rules.attached import in_words, name_that_only_opens, size_in_words, state_in_words, type_in_words

PHOTO = {"name": "photo.jpg", "content_type": "image/jpeg", "size": 240_000, "digest": "ab", "state": "clean"}


def test_an_attachment_reads_as_a_line() -> None:
    assert in_words(PHOTO) == "photo.jpg (JPEG image, 240 kB, clean)"


def test_a_picture_that_is_a_program_reads_as_one() -> None:
    program = PHOTO | {"content_type": "application/vnd.microsoft.portable-executable", "state": "infected"}
    assert in_words(program) == "photo.jpg (Windows program, 240 kB, holds a virus, locked away)"


def test_rows_from_before_files_were_stored_read_as_well() -> None:
    assert in_words({"name": "plan.pdf", "type": "application/pdf", "size": 12}) == "plan.pdf (PDF document, 12 B)"


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (999, "999 B"), (1_000, "1 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"), (25_000_000, "25.0 MB")],
)
def test_sizes_are_short(size: int, words: str) -> None:
    assert size_in_words(size) == words


@pytest.mark.parametrize(
    ("content_type", "words"),
    [
        ("image/webp", "image"),
        ("video/mp4", "video"),
        ("audio/mpeg", "sound"),
        ("text/x-odd", "text"),
        ("application/x-7z-compressed", "application/x-7z-compressed"),
        ("", "unknown type"),
    ],
)
def test_types_without_a_name_of_their_own_have_a_familys(content_type: str, words: str) -> None:
    assert type_in_words(content_type) == words


@pytest.mark.parametrize("state", ["clean", "infected", "unscanned", "too_large"])
def test_every_state_has_its_words(state: str) -> None:
    assert state_in_words(state)
    assert state_in_words("") == ""


@pytest.mark.parametrize(
    ("name", "content_type", "saved"),
    [
        ("photo.jpg", "image/jpeg", "photo.jpg"),
        ("photo.jpg", "application/vnd.microsoft.portable-executable", "photo.jpg.txt"),
        ("invoice.pdf.EXE", "application/octet-stream", "invoice.pdf.EXE.txt"),
        ("run.ps1", "text/plain", "run.ps1.txt"),
        ("page", "text/html", "page.txt"),
        ("exe", "text/plain", "exe.txt"),
        ("notes", "text/plain", "notes"),
    ],
)
def test_what_a_double_click_would_run_opens_as_text(name: str, content_type: str, saved: str) -> None:
    assert name_that_only_opens(name, content_type) == saved
