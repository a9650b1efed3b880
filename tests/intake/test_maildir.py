import os
import threading
import time
from pathlib import Path

import pytest

from intake.boxes import FolderMissing, LettersUnreadable
from intake.maildir import MaildirBox


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mail"


@pytest.fixture
def box(folder: Path) -> MaildirBox:
    return MaildirBox("complaints", folder)


def deliver(folder: Path, name: str, raw: bytes = b"Subject: Bins\n\nPlease.\n", *, at: int = 1_000) -> Path:
    fresh = folder / "tmp" / name
    fresh.write_bytes(raw)
    os.utime(fresh, (at, at))
    return fresh.rename(folder / "new" / name)


def test_the_folders_are_made_when_missing(box: MaildirBox, folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {"new", "cur", "tmp", ".Kept"}
    assert list(box.arrivals()) == []


def test_letters_come_oldest_first(box: MaildirBox, folder: Path) -> None:
    deliver(folder, "b", b"second", at=2_000)
    deliver(folder, "a", b"third", at=3_000)
    deliver(folder, "c", b"first", at=1_000)
    assert [arrival.raw for arrival in box.arrivals()] == [b"first", b"second", b"third"]


def test_a_letter_without_a_mark_comes_again(box: MaildirBox, folder: Path) -> None:
    deliver(folder, "a")
    assert list(box.arrivals()) == list(box.arrivals())


def test_a_kept_letter_lies_in_the_kept_folder_only(box: MaildirBox, folder: Path) -> None:
    deliver(folder, "a", b"raw\r\nbytes\xff")
    for arrival in box.arrivals():
        box.mark_kept([arrival.handle])
    assert list(box.arrivals()) == []
    assert [path.read_bytes() for path in (folder / ".Kept" / "cur").iterdir()] == [b"raw\r\nbytes\xff"]


def test_a_letter_already_read_elsewhere_still_comes(box: MaildirBox, folder: Path) -> None:
    deliver(folder, "a").rename(folder / "cur" / "a:2,S")
    assert [arrival.handle for arrival in box.arrivals()] == ["a"]


def test_a_letter_moved_by_a_mail_program_is_still_marked(box: MaildirBox, folder: Path) -> None:
    path = deliver(folder, "a")
    [arrival] = box.arrivals()
    path.rename(folder / "cur" / "a:2,S")
    box.mark_kept([arrival.handle])
    assert list(box.arrivals()) == []
    assert [kept.name for kept in (folder / ".Kept" / "cur").iterdir()] == ["a:2,S"]


def test_a_letter_that_vanishes_is_passed_over(box: MaildirBox, folder: Path) -> None:
    gone = deliver(folder, "a", at=2_000)
    deliver(folder, "b", at=1_000)
    found = []
    for arrival in box.arrivals():
        found.append(arrival.handle)
        gone.unlink(missing_ok=True)
    assert found == ["b"]
    box.mark_kept(["a"])


def test_an_earlier_letter_of_the_same_name_is_not_written_over(box: MaildirBox, folder: Path) -> None:
    for raw in (b"first", b"second"):
        deliver(folder, "a", raw)
        box.mark_kept(["a"])
    assert {path.read_bytes() for path in (folder / ".Kept" / "cur").iterdir()} == {b"first", b"second"}


def test_one_letter_nobody_can_read_keeps_none_back(box: MaildirBox, folder: Path) -> None:
    (folder / "new" / "a").mkdir()
    deliver(folder, "b")
    arrivals = box.arrivals()
    assert next(arrivals).handle == "b"
    with pytest.raises(LettersUnreadable, match="1 not read"):
        next(arrivals)


def test_a_folder_taken_away_is_told(box: MaildirBox, folder: Path) -> None:
    (folder / "new").rename(folder / "old")
    with pytest.raises(FolderMissing, match="No such file"):
        list(box.arrivals())


def test_waiting_ends_soon_after_a_delivery(box: MaildirBox, folder: Path) -> None:
    assert list(box.arrivals()) == []
    began = time.monotonic()
    postman = threading.Timer(0.3, deliver, [folder, "a"])
    postman.start()
    box.wait(60)
    postman.join()
    assert time.monotonic() - began < 5


def test_a_letter_between_looking_and_waiting_is_not_slept_over(box: MaildirBox, folder: Path) -> None:
    assert list(box.arrivals()) == []
    deliver(folder, "a")
    began = time.monotonic()
    box.wait(60)
    assert time.monotonic() - began < 5


def test_waiting_ends_when_nothing_comes(box: MaildirBox) -> None:
    assert list(box.arrivals()) == []
    began = time.monotonic()
    box.wait(0.3)
    assert 0.25 < time.monotonic() - began < 5


def test_a_letter_left_unkept_does_not_end_every_wait(box: MaildirBox, folder: Path) -> None:
    deliver(folder, "a")
    assert len(list(box.arrivals())) == 1
    began = time.monotonic()
    box.wait(0.3)
    assert time.monotonic() - began > 0.25


def test_a_thousand_letters_are_read_exactly_once(box: MaildirBox, folder: Path) -> None:
    for number in range(1_000):
        deliver(folder, f"{number:04}", str(number).encode())
    seen = []
    for arrival in box.arrivals():
        seen.append(arrival.raw)
        box.mark_kept([arrival.handle])
    assert seen == [str(number).encode() for number in range(1_000)]
    assert list(box.arrivals()) == []
