"""A line to the mail server that breaks before any of a letter was sent is no doubt; after that it is."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from jobs.deliver import deliver_email_one
from jobs.transports.answers import Temporary, Uncertain
from models.db import writing
from models.letters import to_the_contact
from models.outbox import Channel, claim, put
from tests.build import a_letter
from tests.jobs.contact import CONTACT, letters_to, lines_in
from tests.jobs.office import LEAD, Office
from tests.jobs.test_letters_by_smtp import a_parcel, transport

ANSWERS = dict.fromkeys((b"EHLO", b"MAIL", b"RCPT"), b"250 ok\r\n") | {b"DATA": b"354 go on\r\n"}


@contextmanager
def hanging_up_at(command: bytes) -> Iterator[int]:
    """A mail server that hangs up without a word when it hears this."""

    class Caller(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 here\r\n")
            for line in self.rfile:
                if line.upper().startswith(command):
                    return
                self.wfile.write(ANSWERS.get(line[:4].upper(), b""))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Caller) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()


@pytest.mark.parametrize("command", [b"EHLO", b"MAIL", b"RCPT", b"DATA"])
def test_a_line_that_breaks_before_the_letter_is_tried_again(command: bytes) -> None:
    with hanging_up_at(command) as port, pytest.raises(Temporary):
        transport(port).send(a_parcel(), None)


@pytest.mark.parametrize("command", [b"FROM:", b".\r\n"])
def test_a_line_that_breaks_within_the_letter_is_a_doubt(command: bytes) -> None:
    with hanging_up_at(command) as port, pytest.raises(Uncertain):
        transport(port).send(a_parcel(), None)


def interrupted(office: Office, letters: int) -> None:
    """A worker died over each of them."""
    with writing(office.parts.engine) as session:
        for _ in range(letters):
            assert claim(session, channel=Channel.EMAIL, now=office.clock.now(), lease=timedelta(seconds=120))
            session.flush()
    office.clock.pass_time(seconds=121)


def test_a_letter_in_doubt_ends_the_tick(office: Office) -> None:
    for number in range(2):
        office.new_case(a_letter(f"Lamp {number} is out.", Message_ID=f"<{number}@residents.example>"))
    interrupted(office, 2)
    assert not deliver_email_one(office.parts)
    assert office.states(Channel.EMAIL) == ["uncertain", "sending"]


def test_letters_of_no_case_that_are_in_doubt_are_told_once_a_day(told: Office) -> None:
    with writing(told.parts.engine) as session:
        for number in range(2):
            letter = to_the_contact(f"letter {number}", "A subject", "A text.", "a matter", told.parts.settings)
            put(session, letter, now=told.clock.now())
    interrupted(told, 2)
    told.deliver()
    [written] = letters_to(told, CONTACT)
    assert "by email is not tried again" in written
    assert lines_in(told, LEAD).count("is not tried again") == 1
