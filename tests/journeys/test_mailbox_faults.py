"""Faults of the mailbox, on real servers: whatever breaks and whenever, every letter is kept, and kept once."""

import imaplib
import random
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlmodel import col, func, select

from intake import imap_connection
from intake.boxes import Box, MailboxError
from intake.mailbox import ImapBox
from jobs import watch_mailbox
from jobs.parts import Parts
from jobs.process_inbound import process_some
from jobs.watch_mailbox import NotKept, account, keep_all, open_box, watch
from models.case import Case
from models.clock import Clock
from models.correspondence import Disposition, InboundMessage
from models.db import reading
from models.settings import Settings
from models.settings_mail import Mailbox
from tests.jobs.office import HandClock
from tests.servers.dovecot import Dovecot
from tests.servers.intake_program import IntakeProgram
from tests.servers.program import wait_until
from tests.servers.proxy import Proxy

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("mailbox faults")]

LETTERS = 1000
KILLS = 50
WORDS = ("bins", "kerb", "lamp", "road", "letter", "March", "twice", "office", "gate", "drain", "tree", "rent", "bus")


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with Dovecot() as running:
        yield running


def letter(number: int) -> bytes:
    """One of many letters, each of another person and about something else."""
    words = " ".join(random.Random(number).choices(WORDS, k=40))
    head = f"From: resident{number}@residents.example\r\nMessage-ID: <{number}@residents.example>\r\n"
    return f"{head}Date: Mon, 12 Oct 2026 08:58:00 +0100\r\nSubject: Matter {number}\r\n\r\n{words}\r\n".encode()


def mailbox(server: Dovecot, port: int | None = None, **also: Any) -> dict[str, Any]:
    """The server's mailbox as the settings name it."""
    where = {"kind": "imap", "name": "complaints", "host": "localhost", "port": port or server.tls_port}
    return where | {"ca_file": server.ca_file, "user": server.user, "password": server.password} | also


@contextmanager
def logged_in(server: Dovecot) -> Iterator[imaplib.IMAP4]:
    """A mail program's connection, the standard library's."""
    with imaplib.IMAP4("127.0.0.1", server.port, timeout=10) as line:
        line.login(server.user, server.password)
        yield line


def append(server: Dovecot, raws: list[bytes]) -> None:
    """Put letters into the inbox as a mail program does."""
    with logged_in(server) as line:
        for raw in raws:
            line.append("INBOX", "", "", raw)


def kept(engine: Engine) -> int:
    with reading(engine) as session:
        return session.exec(select(func.count()).select_from(InboundMessage)).one()


def raws_kept(engine: Engine) -> list[bytes]:
    with reading(engine) as session:
        return sorted(session.exec(select(InboundMessage.raw).order_by(col(InboundMessage.id))).all())


def no_suggester() -> Any:
    raise AssertionError("nothing here is classified")


def parts_of(settings: Settings, engine: Engine) -> Parts:
    """Later than the killed program's claims last, so that what it had in hand is taken up again."""
    later = HandClock(Clock().now() + timedelta(hours=1))
    return Parts(settings, engine, later, transports={}, suggester=no_suggester)


def cases_after_processing(settings: Settings, engine: Engine) -> int:
    """Process everything that is kept; how many cases there are then."""
    parts = parts_of(settings, engine)
    while process_some(parts):
        pass
    with reading(engine) as session:
        dispositions = session.exec(select(InboundMessage.disposition).distinct()).all()
        assert dispositions == [Disposition.CASE]
        return session.exec(select(func.count()).select_from(Case)).one()


@pytest.mark.timeout(400)
def test_the_server_restarted_in_the_middle_of_a_fetch_loses_and_doubles_nothing(
    server: Dovecot, engine: Engine, database_url: str, tmp_path: Path
) -> None:
    raws = [letter(number) for number in range(1_500)]
    for raw in raws:
        server.deliver(raw)
    cut_at: list[int] = []
    with IntakeProgram(tmp_path, database_url=database_url, mailboxes=[mailbox(server)], anew=False) as program:
        for some in (30, 400):
            # a server that is slow to come back is asked after 2, 4, 8 … at most 60 seconds
            wait_until(lambda some=some: kept(engine) >= some, 130, program.said)
            server.restart()
            cut_at.append(kept(engine))
        wait_until(lambda: kept(engine) == len(raws), 130, program.said)
    assert max(cut_at) < len(raws), "the restart came too late to cut anything"
    assert raws_kept(engine) == sorted(raws)


def renumber(server: Dovecot) -> None:
    """Everything the server remembers of the folder is lost, its marks too; what it writes anew has other numbers."""
    before = validity(server)
    server.renumber()
    assert validity(server) != before


def validity(server: Dovecot) -> int:
    with logged_in(server) as line:
        return int(line.status("INBOX", "(UIDVALIDITY)")[1][0].split()[-1].rstrip(b")"))


def look(parts: Parts, box: Box) -> None:
    """One look at the mailbox, and another when a connection broke meanwhile."""
    try:
        keep_all(parts, box)
    except (MailboxError, NotKept):
        keep_all(parts, box)


@pytest.mark.parametrize("when_kept", ["flag", "move"])
def test_a_folder_renumbered_between_two_looks_loses_and_doubles_nothing(
    server: Dovecot, engine: Engine, settings: Settings, when_kept: str
) -> None:
    raws = [letter(number) for number in range(30)]
    parts = parts_of(settings, engine)
    with closing(ImapBox(account(Mailbox(**mailbox(server, when_kept=when_kept)), settings.intake))) as box:
        for raw in raws[:20]:
            server.deliver(raw)
        look(parts, box)
        assert kept(engine) == 20
        renumber(server)
        for raw in raws[20:]:
            server.deliver(raw)
        look(parts, box)
        assert raws_kept(engine) == sorted(raws)
        assert list(box.arrivals()) == [], "what came again was marked again"


def test_a_folder_renumbered_in_the_middle_of_a_look_loses_and_doubles_nothing(
    server: Dovecot, engine: Engine, settings: Settings
) -> None:
    raws = [letter(number) for number in range(20)]
    for raw in raws:
        server.deliver(raw)
    parts = parts_of(settings, engine)
    with closing(RenumberedOnce(server, ImapBox(account(Mailbox(**mailbox(server)), settings.intake)), after=7)) as box:
        look(parts, box)
        look(parts, box)
        assert box.is_done
        assert raws_kept(engine) == sorted(raws)
        assert list(box.arrivals()) == []


class RenumberedOnce:
    """A box whose folder is renumbered once, after so many letters of a look."""

    def __init__(self, server: Dovecot, box: ImapBox, *, after: int) -> None:
        self.name, self.wait, self.close = box.name, box.wait, box.close
        self.is_done = False
        self._server, self._box, self._after = server, box, after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._box, name)

    def arrivals(self) -> Iterator[Any]:
        for number, arrival in enumerate(self._box.arrivals()):
            yield arrival
            if number == self._after and not self.is_done:
                self.is_done = True
                renumber(self._server)


@pytest.mark.timeout(400)
def test_killed_at_fifty_moments_while_a_thousand_letters_arrive_each_is_kept_once(
    server: Dovecot, engine: Engine, settings: Settings, database_url: str, tmp_path: Path
) -> None:
    chance = random.Random(20261012)
    raws = [letter(number) for number in range(LETTERS)]
    where: dict[str, Any] = {"database_url": database_url, "mailboxes": [mailbox(server)]}
    program = IntakeProgram(tmp_path, **where, anew=False)
    at_work = 0
    for came in range(0, LETTERS, LETTERS // KILLS):
        some = raws[came : came + LETTERS // KILLS]
        pauses = [chance.uniform(0, 0.02) for _ in some]
        arriving = threading.Thread(target=arrive_one_by_one, args=(server, some, pauses))
        with program:
            if chance.random() < 0.9:  # the others are killed at some moment of the program's start
                wait_until(program.is_running, 30, program.said)
            arriving.start()
            if chance.random() < 0.5:
                wait_until(lambda came=came: kept(engine) > came, 30, program.said)
            time.sleep(chance.uniform(0, 0.1))
            program.kill()
            at_work += came < kept(engine) and arriving.is_alive()
        arriving.join()
    with IntakeProgram(tmp_path, **where) as program:
        wait_until(lambda: kept(engine) >= LETTERS, 60, program.said)
        wait_until(lambda: not unmarked(server), 20, program.said)
    assert at_work >= KILLS // 5, "most kills came when nothing was being done"
    assert raws_kept(engine) == sorted(raws)
    assert cases_after_processing(settings, engine) == LETTERS


def arrive_one_by_one(server: Dovecot, raws: list[bytes], pauses: list[float]) -> None:
    """A handful of letters comes in within some tenths of a second, some by APPEND, some straight into the folder."""
    with logged_in(server) as line:
        for raw, pause in zip(raws, pauses, strict=True):
            if pause < 0.01:
                line.append("INBOX", "", "", raw)
            else:
                server.deliver(raw)
            time.sleep(pause)


def unmarked(server: Dovecot) -> int:
    """How many letters in the inbox bear no mark."""
    with logged_in(server) as line:
        line.select(readonly=True)
        return len(line.uid("SEARCH", "UNKEYWORD", "TocsinKept")[1][0].split())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_connection_that_goes_dead_is_noticed_in_time_and_another_is_made(
    server: Dovecot,
    engine: Engine,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """With a second or two where the program has 20 and 30."""
    monkeypatch.setattr(imap_connection, "LONGEST_SILENCE", 1)
    monkeypatch.setattr(watch_mailbox, "_LONGEST_PAUSE_SECONDS", 0.5)
    parts = parts_of(settings, engine)
    with Proxy(server.tls_port) as line:
        place = Mailbox(**mailbox(server, port=line.port, timeout_seconds=2))
        with watched(parts, place):
            server.deliver(letter(1))
            wait_until(lambda: kept(engine) == 1 and not unmarked(server), 20)
            line.fall_silent()
            server.deliver(letter(2))
            wait_until(lambda: "mailbox not read" in caplog.text, 8, "a dead line was not noticed in time")
            line.speak()
            wait_until(lambda: kept(engine) == 2, 20)
            parts.stop.set()
            server.deliver(letter(3))  # ends the waiting for the next one
    assert raws_kept(engine)[:2] == [letter(1), letter(2)]


def test_whatever_is_set_a_dead_line_is_noticed_within_a_minute() -> None:
    most = Mailbox(kind="imap", host="mail.example", user="complaints", timeout_seconds=40)
    assert imap_connection.LONGEST_SILENCE + most.timeout_seconds <= 60
    with pytest.raises(ValidationError):
        Mailbox(**most.model_dump() | {"timeout_seconds": 41})


@contextmanager
def watched(parts: Parts, place: Mailbox) -> Iterator[None]:
    """Watch a mailbox as the program does, until whoever watches is told to stop."""
    thread = threading.Thread(target=watch, args=(parts, partial(open_box, place, parts.settings.intake)))
    thread.start()
    try:
        yield
    finally:
        parts.stop.set()
        thread.join(20)
    assert not thread.is_alive()
