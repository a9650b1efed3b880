"""Letters of every size: small ones together, large ones in pieces, of one that is too large only the beginning."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from intake import mailbox
from intake.boxes import ImapAccount
from intake.imap_connection import ImapConnection
from intake.mailbox import ImapBox
from tests.servers.dovecot import Dovecot

pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with Dovecot() as running:
        yield running


def box(server: Dovecot, **changes: Any) -> ImapBox:
    account = ImapAccount(
        "complaints", "localhost", server.tls_port, server.user, server.password, "tls", ca_file=server.ca_file
    )
    return ImapBox(replace(account, **changes))


def letter(number: int, size: int = 0) -> bytes:
    head = f"From: asha@example.org\r\nSubject: Bins {number}\r\n\r\n".encode()
    lines = b"".join(b"%07d\r\n" % line for line in range(max(0, size - len(head)) // 9))
    return head + lines + b"." * (size - len(head) - len(lines)) if size else head


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every question for letters, as it was put."""
    questions: list[str] = []
    real = ImapConnection.ask

    def listening(self: ImapConnection, *words: str) -> list[Any]:
        if words[0] == "FETCH":
            questions.append(" ".join(words[1:]))
        return real(self, *words)

    monkeypatch.setattr(ImapConnection, "ask", listening)
    return questions


def test_many_small_letters_are_asked_for_together(server: Dovecot, asked: list[str]) -> None:
    for number in range(120):
        server.deliver(letter(number))
    opened = box(server)
    assert [arrival.raw for arrival in opened.arrivals()] == [letter(number) for number in range(120)]
    opened.close()
    assert asked == [
        "1:120 (UID RFC822.SIZE INTERNALDATE)",
        "1:50 (UID BODY.PEEK[])",
        "51:100 (UID BODY.PEEK[])",
        "101:120 (UID BODY.PEEK[])",
    ]


@pytest.mark.parametrize("size", [9_999, 10_000, 10_001, 20_000, 35_000])
def test_a_large_letter_comes_whole_piece_by_piece(
    server: Dovecot, asked: list[str], monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(mailbox, "PIECE_BYTES", 10_000)
    server.deliver(letter(1, size))
    server.deliver(letter(2))
    opened = box(server)
    first, second = opened.arrivals()
    opened.close()
    assert first.raw == letter(1, size)
    assert (first.size, first.is_partial) == (0, False)
    assert second.raw == letter(2)
    pieces = [question for question in asked if question.startswith("1 (UID BODY.PEEK[]<")]
    assert len(pieces) == (0 if size <= 10_000 else size // 10_000 + 1)


def test_what_is_asked_for_together_is_limited_in_bytes(
    server: Dovecot, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "TOGETHER_BYTES", 25_000)
    for number in range(6):
        server.deliver(letter(number, 10_000))
    opened = box(server)
    assert [arrival.raw for arrival in opened.arrivals()] == [letter(number, 10_000) for number in range(6)]
    opened.close()
    assert asked[1:] == [f"{a}:{b} (UID BODY.PEEK[])" for a, b in pairwise(range(1, 7)) if a % 2]


def test_of_a_letter_too_large_only_the_beginning_is_fetched(server: Dovecot, asked: list[str]) -> None:
    server.deliver(letter(1, 3_000_000))
    opened = box(server, largest_bytes=2_000_000)
    [arrival] = opened.arrivals()
    opened.close()
    assert arrival.raw == letter(1, 3_000_000)[:256_000]
    assert (arrival.size, arrival.is_partial) == (3_000_000, True)
    assert arrival.arrived_at is not None
    assert asked[1:] == ["1 (UID BODY.PEEK[]<0.256000>)"]


def test_a_limit_smaller_than_a_piece_is_kept_to_among_small_letters(server: Dovecot, asked: list[str]) -> None:
    for number, size in enumerate((500, 300_000, 500, 500), start=1):
        server.deliver(letter(number, size))
    opened = box(server, largest_bytes=200_000)
    arrivals = list(opened.arrivals())
    opened.close()
    assert [len(arrival.raw) for arrival in arrivals] == [500, 256_000, 500, 500]
    assert [(arrival.size, arrival.is_partial) for arrival in arrivals][:2] == [(0, False), (300_000, True)]
    assert "2 (UID BODY.PEEK[]<0.256000>)" in asked
    assert "3:4 (UID BODY.PEEK[])" in asked


def test_a_letter_of_sixty_megabytes_is_not_read_into_memory(server: Dovecot) -> None:
    server.deliver(letter(1) + b"0123456789\r\n" * 5_000_000)
    server.deliver(letter(2))
    opened = box(server)
    first, second = opened.arrivals()
    opened.close()
    assert (len(first.raw), first.size, first.is_partial) == (256_000, 60_000_000 + len(letter(1)), True)
    assert second.raw == letter(2)


def test_letters_of_odd_bytes_come_as_they_are(server: Dovecot) -> None:
    raws = [
        letter(1) + b"* 2 FETCH (UID 9 BODY[] {3}\r\nabc)\r\n",
        letter(2) + b"A1 OK done\r\n{5}\r\n",
        b"\r\n",
        letter(3) + b"no end of line",
        letter(4) + b"x" * 70_000 + b"\r\n",
        letter(5) + b"\xff\x80{12}\r\n" * 3,
    ]
    for raw in raws:
        server.deliver(raw)
    opened = box(server)
    assert [arrival.raw for arrival in opened.arrivals()] == raws
    opened.close()


def test_the_census_counts_what_waits_and_what_is_kept(server: Dovecot) -> None:
    for number in range(5):
        server.deliver(letter(number))
    opened = box(server)
    handles = [arrival.handle for arrival in opened.arrivals()]
    opened.mark_kept([handles[0], handles[2], handles[3]])
    census = opened.census()
    assert (census.waiting, census.kept, census.handles) == (2, 3, frozenset(handles))
    assert census.marked == {handles[0], handles[2], handles[3]}
    opened.close()


def test_the_census_of_a_mailbox_that_moves_counts_both_folders(server: Dovecot) -> None:
    for number in range(5):
        server.deliver(letter(number))
    opened = box(server, when_kept="move", kept_folder="Cadw tŷ")
    handles = [arrival.handle for arrival in opened.arrivals()]
    opened.mark_kept(handles[:2])
    census = opened.census()
    assert (census.waiting, census.kept, census.handles) == (3, 2, None)
    opened.close()


def test_marking_nothing_asks_nothing(server: Dovecot) -> None:
    opened = box(server)
    opened.mark_kept([])
    opened.close()
