"""Servers as odd as real ones are: no letter is lost for what they do, and none keeps back the rest."""

import time
from collections.abc import Iterator

import pytest

from intake.boxes import CannotConnect, ConnectionLost, ImapAccount, MailboxError, ServerRefused
from intake.mailbox import ImapBox
from tests.servers.odd_imap import OddImap, Refuse

LETTERS = {uid: f"Subject: letter {uid}\r\n\r\nWords.\r\n".encode() for uid in range(1, 8)}
POISON = 3


@pytest.fixture
def server() -> Iterator[OddImap]:
    with OddImap(dict(LETTERS)) as running:
        yield running


@pytest.fixture
def box(server: OddImap) -> Iterator[ImapBox]:
    opened = ImapBox(ImapAccount("complaints", "127.0.0.1", server.port, "u", "p", "none", timeout_seconds=3))
    yield opened
    opened.close()


def arrived(box: ImapBox) -> tuple[list[bytes], MailboxError | None]:
    """What arrives, and what is said afterwards."""
    found: list[bytes] = []
    try:
        found.extend(arrival.raw for arrival in box.arrivals())
    except MailboxError as error:
        return found, error
    return found, None


def without_poison() -> list[bytes]:
    return [raw for uid, raw in LETTERS.items() if uid != POISON]


def test_answers_in_any_order_with_others_between(server: OddImap, box: ImapBox) -> None:
    def fetch(uids: list[int], items: str) -> bytes:
        lines = [server.line(uid, items) for uid in reversed(uids)]
        noise = b"* 9 EXISTS\r\n* 4 FETCH (FLAGS (\\Seen))\r\n* OK [ALERT] a line {not a block\r\n* 8 EXPUNGE\r\n"
        stranger = b"* 70 FETCH (UID 70 FLAGS () BODY[] {3}\r\nxyz)\r\n"
        return noise + noise.join(lines) + stranger

    server.fetch = fetch
    assert arrived(box) == (list(LETTERS.values()), None)


def test_the_number_may_stand_behind_the_letter(server: OddImap, box: ImapBox) -> None:
    def fetch(uids: list[int], items: str) -> bytes:
        if "BODY" not in items:
            return server.plain_fetch(uids, items)
        return b"".join(
            b"* %d FETCH (BODY[] {%d}\r\n%s UID %d)\r\n" % (uid, len(LETTERS[uid]), LETTERS[uid], uid) for uid in uids
        )

    server.fetch = fetch
    assert arrived(box) == (list(LETTERS.values()), None)


def test_one_letter_the_server_refuses_keeps_back_no_other(server: OddImap, box: ImapBox) -> None:
    def fetch(uids: list[int], items: str) -> bytes:
        if "BODY" in items and POISON in uids:
            raise Refuse
        return server.plain_fetch(uids, items)

    server.fetch = fetch
    found, error = arrived(box)
    assert found == without_poison()
    assert isinstance(error, ServerRefused)
    assert server.logins == 1, "a refusal does not end the connection"


def test_a_refusal_of_many_together_is_none_of_each(server: OddImap, box: ImapBox) -> None:
    def fetch(uids: list[int], items: str) -> bytes:
        if "BODY" in items and len(uids) > 1:
            raise Refuse
        return server.plain_fetch(uids, items)

    server.fetch = fetch
    assert arrived(box) == (list(LETTERS.values()), None)


def test_one_letter_the_server_hangs_up_over_keeps_back_no_other(server: OddImap, box: ImapBox) -> None:
    def fetch(uids: list[int], items: str) -> bytes | None:
        return None if "BODY" in items and POISON in uids else server.plain_fetch(uids, items)

    server.fetch = fetch
    found, error = arrived(box)
    assert found == without_poison()
    assert isinstance(error, ConnectionLost)


def test_a_server_that_always_hangs_up_is_left_alone_soon(server: OddImap, box: ImapBox) -> None:
    def fetch(uids: list[int], items: str) -> bytes | None:
        return None if "BODY" in items else server.plain_fetch(uids, items)

    server.fetch = fetch
    found, error = arrived(box)
    assert found == []
    assert isinstance(error, ConnectionLost)
    assert server.logins <= 5


def test_a_server_that_went_away_is_told_as_that(server: OddImap, box: ImapBox) -> None:
    def fetch(uids: list[int], items: str) -> bytes | None:
        if "BODY" not in items:
            return server.plain_fetch(uids, items)
        server.is_away = True
        return None

    server.fetch = fetch
    found, error = arrived(box)
    assert found == []
    assert isinstance(error, CannotConnect | ConnectionLost)


def test_a_letter_left_out_of_an_answer_is_asked_for_alone(server: OddImap, box: ImapBox) -> None:
    def fetch(uids: list[int], items: str) -> bytes:
        chosen = [uid for uid in uids if uid != POISON] if len(uids) > 1 and "BODY" in items else uids
        return server.plain_fetch(chosen, items)

    server.fetch = fetch
    assert sorted(arrived(box)[0]) == sorted(LETTERS.values())


def test_a_letter_deleted_meanwhile_is_passed_over(server: OddImap, box: ImapBox) -> None:
    def fetch(uids: list[int], items: str) -> bytes:
        said = server.plain_fetch(uids, items)
        server.letters.pop(POISON, None)
        return said

    server.fetch = fetch
    assert arrived(box) == (without_poison(), None)


def test_a_change_told_just_before_idling_begins_is_not_slept_over(server: OddImap, box: ImapBox) -> None:
    list(box.arrivals())
    server.before_idle = b"* 8 EXISTS\r\n"
    began = time.monotonic()
    box.wait(60)
    assert time.monotonic() - began < 3
    server.before_idle = b""
    assert len(list(box.arrivals())) == len(LETTERS)
    assert server.logins == 1
