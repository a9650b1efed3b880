"""Watching real mailboxes: numbered anew, cut off, or given the same twice, nothing is lost or doubled."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import func, select

from intake.boxes import Box, MailboxError
from jobs import watch_mailbox
from jobs.watch_mailbox import keep_all, open_box, watch
from models.correspondence import InboundMessage, MailboxCopy
from models.db import reading
from models.settings_mail import IntakeSettings, Mailbox
from tests.build import a_letter
from tests.jobs.office import Office
from tests.servers.dovecot import Dovecot
from tests.servers.program import wait_until

pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with Dovecot() as running:
        yield running


def mailbox(server: Dovecot, name: str = "complaints", **changes: Any) -> Mailbox:
    return Mailbox(**(server.as_settings() | {"name": name, "timeout_seconds": 5} | changes))


def box(server: Dovecot, **changes: Any) -> Box:
    return open_box(mailbox(server, **changes), IntakeSettings())


def counted(engine: Engine) -> tuple[int, int]:
    """How many messages, and how many places they lay in."""
    with reading(engine) as session:
        messages = session.exec(select(func.count()).select_from(InboundMessage)).one()
        return messages, session.exec(select(func.count()).select_from(MailboxCopy)).one()


def same_letter(number: int) -> bytes:
    return a_letter(f"Letter {number}.", Message_ID=f"<{number}@residents.example>").replace(b"\n", b"\r\n")


@pytest.mark.parametrize("when_kept", ["flag", "move"])
def test_what_lies_in_a_mailbox_is_kept_and_marked(office: Office, server: Dovecot, when_kept: str) -> None:
    for number in range(130):
        server.deliver(same_letter(number))
    with closing(box(server, when_kept=when_kept)) as opened:
        assert keep_all(office.parts, opened) == 130
        assert keep_all(office.parts, opened) == 0
        census = opened.census()
    assert counted(office.parts.engine) == (130, 130)
    assert (census.waiting, census.kept) == (0, 130)


def test_a_folder_numbered_anew_doubles_nothing(office: Office, server: Dovecot) -> None:
    for number in range(60):
        server.deliver(same_letter(number))
    with closing(box(server)) as opened:
        arrivals = opened.arrivals()
        early = [next(arrivals).handle for _ in range(10)]
        arrivals.close()  # type: ignore[attr-defined]  # it is a generator
        keep_all(office.parts, opened)
        server.renumber()
        with pytest.raises(MailboxError):
            opened.census()
        opened.mark_kept(early)
        census = opened.census()
        kept_again = keep_all(office.parts, opened)
    assert census.handles is not None
    assert not census.handles & set(early), "the server did number them anew"
    assert kept_again == census.waiting
    messages, places = counted(office.parts.engine)
    assert (messages, places) == (60, 60 + kept_again)


def test_two_mailboxes_that_received_the_same_keep_it_once(office: Office, server: Dovecot) -> None:
    with Dovecot() as other:
        for place in (server, other):
            for number in range(40):
                place.deliver(same_letter(number))
        boxes = [mailbox(server), mailbox(other, name="housing")]
        threads = [
            threading.Thread(target=watch, args=(office.parts, lambda each=each: open_box(each, IntakeSettings())))
            for each in boxes
        ]
        with ExitStack() as afterwards:
            for thread in threads:
                thread.start()
                afterwards.callback(thread.join, 20)
            afterwards.callback(office.parts.stop.set)
            wait_until(lambda: counted(office.parts.engine) == (40, 80), 20, lambda: counted(office.parts.engine))
            for each in boxes:
                with closing(open_box(each, IntakeSettings())) as opened:
                    wait_until(lambda opened=opened: opened.census().kept == 40, 10)
            for place in (server, other):  # ends the waiting for the next letter
                afterwards.callback(place.deliver, same_letter(41))


def test_a_server_restarted_in_the_middle_loses_and_doubles_nothing(
    office: Office, server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_mailbox, "_LONGEST_PAUSE_SECONDS", 0.2)
    monkeypatch.setattr(watch_mailbox, "_LONGEST_WAIT_SECONDS", 0.5)
    for number in range(400):
        server.deliver(same_letter(number))
    open_it = lambda: box(server)  # noqa: E731 -- named for the thread
    thread = threading.Thread(target=watch, args=(office.parts, open_it))
    thread.start()
    try:
        for floor in (1, 150, 300):
            wait_until(lambda floor=floor: counted(office.parts.engine)[0] >= floor, 20)
            server.restart()
        with closing(box(server)) as opened:
            wait_until(lambda: opened.census().waiting == 0, 30, lambda: counted(office.parts.engine))
            assert opened.census().kept == 400
    finally:
        office.parts.stop.set()
        thread.join(20)
    assert counted(office.parts.engine) == (400, 400)
