"""A line that goes dead without a word: noticed in time, whatever was being done, and begun anew afterwards."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake import boxes, imap_connection
from intake.boxes import ImapAccount
from intake.mailbox import ImapBox
from tests.servers.dovecot import Dovecot
from tests.servers.proxy import Proxy

pytestmark = pytest.mark.slow

LETTER = b"From: asha@example.org\r\nSubject: Bins\r\n\r\nPlease.\r\n"


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with Dovecot() as running:
        yield running


def box(server: Dovecot, line: Proxy, security: str = "tls") -> ImapBox:
    return ImapBox(
        ImapAccount(
            "complaints",
            "localhost",
            line.port,
            server.user,
            server.password,
            "none" if security == "none" else "tls",
            ca_file=server.ca_file,
            timeout_seconds=2,
        )
    )


@pytest.mark.parametrize("capabilities", ["", "IMAP4rev1"])
def test_a_dead_line_is_noticed_while_waiting(capabilities: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without IDLE; at the usual settings 2 + 1 seconds become 30 + 20."""
    monkeypatch.setattr(imap_connection, "LONGEST_SILENCE", 1)
    with Dovecot(capabilities=capabilities) as server, Proxy(server.tls_port) as line:
        opened = box(server, line)
        assert list(opened.arrivals()) == []
        stop = threading.Timer(0.5, line.fall_silent)
        stop.start()
        began = time.monotonic()
        with pytest.raises(boxes.NoAnswer):
            opened.wait(60)
        assert time.monotonic() - began < 8
        stop.join()
        line.speak()
        server.deliver(LETTER)
        assert [arrival.raw for arrival in opened.arrivals()] == [LETTER]
        opened.close()


def test_a_dead_line_is_noticed_in_the_middle_of_a_letter(server: Dovecot) -> None:
    server.deliver(LETTER + b"Please come.\r\n" * 50_000)
    with Proxy(server.port, lets_through=100_000) as line:
        opened = box(server, line, "none")
        began = time.monotonic()
        with pytest.raises(boxes.NoAnswer):
            list(opened.arrivals())
        assert time.monotonic() - began < 8
        opened.close()


def test_a_dead_line_is_noticed_at_a_question(server: Dovecot) -> None:
    server.deliver(LETTER)
    with Proxy(server.tls_port) as line:
        opened = box(server, line)
        [arrival] = opened.arrivals()
        line.fall_silent()
        began = time.monotonic()
        with pytest.raises(boxes.NoAnswer):
            opened.mark_kept([arrival.handle])
        assert time.monotonic() - began < 8
        opened.close()


def test_a_quiet_spell_before_a_question_is_not_counted_as_its_silence(server: Dovecot) -> None:
    """imaplib2 counts the time limit from the last line that came, so a question after a pause would fail at once."""
    server.deliver(LETTER)
    with Proxy(server.tls_port) as line:
        opened = box(server, line)
        [arrival] = opened.arrivals()
        time.sleep(1.5)
        line.fall_silent()
        answer = threading.Timer(1.0, line.speak)
        answer.start()
        opened.mark_kept([arrival.handle])
        answer.join()
        opened.close()


def test_a_quiet_mailbox_is_waited_for_over_several_rounds(server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap_connection, "LONGEST_SILENCE", 1)
    with Proxy(server.tls_port) as line:
        opened = box(server, line)
        assert list(opened.arrivals()) == []
        postman = threading.Timer(2.5, server.deliver, [LETTER])
        began = time.monotonic()
        postman.start()
        opened.wait(60)
        assert 2 < time.monotonic() - began < 6
        assert [arrival.raw for arrival in opened.arrivals()] == [LETTER]
        postman.join()
        opened.close()


def test_after_waiting_in_vain_no_connection_is_left(server: Dovecot, tmp_path: Path) -> None:
    threads = threading.active_count()
    with Proxy(server.tls_port) as line:
        opened = box(server, line)
        list(opened.arrivals())
        line.fall_silent()
        with pytest.raises(boxes.NoAnswer):
            list(opened.arrivals())
        assert threading.active_count() == threads
        opened.close()
