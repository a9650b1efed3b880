"""Watching a mailbox: kept first, then marked; whatever breaks, nothing is lost or doubled and the watch goes on."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, func, select

from intake.boxes import Arrival, Box, ConnectionLost, LettersUnreadable
from intake.maildir import MaildirBox
from intake.receive import Receipt, receive_all
from jobs import watch_mailbox
from jobs.watch_mailbox import NotKept, keep_all, open_box, watch
from models.correspondence import InboundMessage
from models.db import reading, writing
from tests.build import a_letter
from tests.jobs.office import Office
from tests.servers.program import wait_until

WORDS = "My neighbour Bartholomew"


class Watched:
    """A Maildir, and a box on it that breaks where a test says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.opened = 0
        self.before_marking: list[Exception] = []
        self.before_looking: list[Exception] = []
        MaildirBox("complaints", folder)

    def drop(self, raw: bytes, name: str) -> None:
        (self.folder / "new" / name).write_bytes(raw)

    def kept(self) -> int:
        return len(list((self.folder / ".Kept" / "cur").iterdir()))

    def open(self) -> Box:
        self.opened += 1
        return BreakingBox(self)


class BreakingBox(MaildirBox):
    """A Maildir box that raises what it was told to, once each."""

    def __init__(self, watched: Watched) -> None:
        super().__init__("complaints", watched.folder)
        self._watched = watched

    def arrivals(self) -> Iterator[Arrival]:
        if self._watched.before_looking:
            raise self._watched.before_looking.pop()
        yield from super().arrivals()

    def mark_kept(self, handles: Sequence[str]) -> None:
        if self._watched.before_marking:
            raise self._watched.before_marking.pop()
        super().mark_kept(handles)


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watched:
    monkeypatch.setattr(watch_mailbox, "_LONGEST_PAUSE_SECONDS", 0.05)
    monkeypatch.setattr(watch_mailbox, "_LONGEST_WAIT_SECONDS", 0.2)
    return Watched(tmp_path / "box")


@contextmanager
def watching(office: Office, open_it: Callable[[], Box]) -> Iterator[threading.Thread]:
    thread = threading.Thread(target=watch, args=(office.parts, open_it))
    thread.start()
    try:
        yield thread
    finally:
        office.parts.stop.set()
        thread.join(10)
    assert not thread.is_alive(), "the watch does not end when it is told to"


def messages(engine: Engine) -> int:
    with reading(engine) as session:
        return session.exec(select(func.count()).select_from(InboundMessage)).one()


def test_what_lies_in_the_box_is_kept_and_only_then_marked(office: Office, watched: Watched) -> None:
    watched.drop(a_letter(), "1")
    watched.drop(a_letter("Another."), "2")
    assert keep_all(office.parts, open_box(office.parts.settings.mailboxes[0], office.parts.settings.intake)) == 0, (
        "that one is empty"
    )
    assert keep_all(office.parts, watched.open()) == 2
    assert (messages(office.parts.engine), watched.kept()) == (2, 2)
    assert keep_all(office.parts, watched.open()) == 0


def test_a_break_between_keeping_and_marking_doubles_nothing(office: Office, watched: Watched) -> None:
    watched.drop(a_letter(), "1")
    watched.before_marking = [ConnectionLost("complaints")]
    with pytest.raises(NotKept):
        keep_all(office.parts, watched.open())
    assert (messages(office.parts.engine), watched.kept()) == (1, 0)
    keep_all(office.parts, watched.open())
    assert (messages(office.parts.engine), watched.kept()) == (1, 1)


def test_what_could_not_be_kept_is_not_marked(
    office: Office, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, OSError("disk full"))

    watched.drop(a_letter(), "1")
    monkeypatch.setattr(watch_mailbox, "receive_all", fail)
    with pytest.raises(NotKept):
        keep_all(office.parts, watched.open())
    assert (messages(office.parts.engine), watched.kept()) == (0, 0)


def test_a_broken_box_is_opened_again(office: Office, watched: Watched, caplog: pytest.LogCaptureFixture) -> None:
    watched.before_looking = [ConnectionLost("complaints"), ConnectionLost("complaints")]
    with watching(office, watched.open):
        wait_until(lambda: watched.opened == 3, 5, "it was not opened again")
        watched.drop(a_letter(), "1")
        wait_until(lambda: watched.kept() == 1, 5, "the letter was not kept")
    assert messages(office.parts.engine) == 1
    assert [record.levelno for record in caplog.records if record.name == "tocsin.mailbox"] == [logging.WARNING] * 2


def test_a_database_that_is_away_for_a_while_does_not_end_the_watch(
    office: Office, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubles: list[Exception] = [OperationalError("INSERT", {}, OSError("the server closed the connection"))]

    def sometimes(*args: object, **how: object) -> object:
        if troubles:
            raise troubles.pop()
        return receive_all(*args, **how)  # type: ignore[arg-type]  # passed through as they came

    died: list[object] = []
    monkeypatch.setattr(threading, "excepthook", died.append)
    monkeypatch.setattr(watch_mailbox, "receive_all", sometimes)
    watched.drop(a_letter(), "1")
    with watching(office, watched.open):
        wait_until(lambda: watched.kept() == 1 or died, 5, "the letter was not kept")
    assert died == [], "after this no letter would be read until somebody restarts the program"
    assert messages(office.parts.engine) == 1


def test_one_message_that_cannot_be_kept_keeps_no_other_out(
    office: Office, watched: Watched, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def choosy(session: Session, arrivals: Sequence[Arrival], **how: Any) -> list[Receipt]:
        if any(b"poison" in arrival.raw for arrival in arrivals):
            raise ValueError(WORDS)
        return receive_all(session, arrivals, **how)

    monkeypatch.setattr(watch_mailbox, "receive_all", choosy)
    for name, text in (("1", "One."), ("2", "A poison letter."), ("3", "Three.")):
        watched.drop(a_letter(text), name)
    assert keep_all(office.parts, watched.open()) == 2
    assert (messages(office.parts.engine), watched.kept()) == (2, 2)
    assert "Bartholomew" not in caplog.text


def counting_transactions(monkeypatch: pytest.MonkeyPatch) -> list[Engine]:
    """One more item for each transaction that writes."""
    opened: list[Engine] = []

    def writing_and_counting(engine: Engine) -> AbstractContextManager[Session]:
        opened.append(engine)
        return writing(engine)

    monkeypatch.setattr(watch_mailbox, "writing", writing_and_counting)
    return opened


def test_many_letters_are_kept_in_few_transactions(
    office: Office, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(120):
        watched.drop(a_letter(f"Number {number}."), f"{number:03}")
    opened = counting_transactions(monkeypatch)
    box = watched.open()
    assert keep_all(office.parts, box) == 120
    assert len(opened) == 3
    assert (messages(office.parts.engine), watched.kept()) == (120, 120)


def test_large_letters_do_not_share_a_transaction(
    office: Office, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_mailbox, "_TOGETHER_BYTES", 10_000)
    for number in range(4):
        watched.drop(a_letter(f"Number {number}." + "x" * 6_000), str(number))
    opened = counting_transactions(monkeypatch)
    assert keep_all(office.parts, watched.open()) == 4
    assert len(opened) == 2


def test_what_came_before_the_box_broke_is_kept(office: Office, watched: Watched) -> None:
    watched.drop(a_letter(), "1")
    (watched.folder / "new" / "2").mkdir()
    with pytest.raises(LettersUnreadable):
        keep_all(office.parts, watched.open())
    assert (messages(office.parts.engine), watched.kept()) == (1, 1)


def test_a_database_that_refuses_everything_is_left_alone_soon(
    office: Office, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def refuse(_session: Session, arrivals: Sequence[Arrival], **_: object) -> None:
        tries.append(len(arrivals))
        raise OperationalError("INSERT", {}, OSError("disk full"))

    for number in range(20):
        watched.drop(a_letter(f"Number {number}."), f"{number:02}")
    monkeypatch.setattr(watch_mailbox, "receive_all", refuse)
    with pytest.raises(NotKept):
        keep_all(office.parts, watched.open())
    assert tries == [20, 1, 1, 1], "all together, then three alone"
    assert watched.kept() == 0


def test_a_box_that_cannot_be_opened_yet_is_tried_again(
    office: Office, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubles: list[Exception] = [PermissionError("the disk is not mounted yet")]

    def sometimes() -> Box:
        if troubles:
            raise troubles.pop()
        return watched.open()

    died: list[object] = []
    monkeypatch.setattr(threading, "excepthook", died.append)
    with watching(office, sometimes):
        wait_until(lambda: watched.opened or died, 5, "it was not opened")
    assert died == []
