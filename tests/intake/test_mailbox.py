import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest

from intake import boxes
from intake.mailbox import ImapAccount, ImapBox
from tests.servers.dovecot import Certificate, Dovecot
from tests.servers.program import wait_until

pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[Dovecot]:
    with Dovecot() as running:
        yield running


def account(server: Dovecot, **changes: Any) -> ImapAccount:
    plain = ImapAccount(
        name="complaints",
        host="localhost",
        port=server.tls_port,
        user=server.user,
        password=server.password,
        security="tls",
        ca_file=server.ca_file,
        timeout_seconds=10,
    )
    return replace(plain, **changes)


@pytest.fixture
def box(server: Dovecot) -> Iterator[ImapBox]:
    opened = ImapBox(account(server))
    yield opened
    opened.close()


def letter(words: str) -> bytes:
    return f"From: asha@example.org\r\nSubject: Bins\r\n\r\n{words}\r\n".encode()


def keep_all(box: ImapBox) -> list[bytes]:
    kept = []
    for arrival in box.arrivals():
        kept.append(arrival.raw)
        box.mark_kept([arrival.handle])
    return kept


def test_a_letter_arrives_byte_for_byte(server: Dovecot, box: ImapBox) -> None:
    raw = b"From: asha@example.org\r\nSubject: \xff\xfe\r\n\r\nna\xefve \x80 {3}\r\n* 1 FETCH (FLAGS ())\r\n"
    server.deliver(raw)
    assert [arrival.raw for arrival in box.arrivals()] == [raw]


def test_a_letter_without_a_mark_comes_again(server: Dovecot, box: ImapBox) -> None:
    server.deliver(letter("one"))
    first, second = list(box.arrivals()), list(box.arrivals())
    assert first == second
    assert len(first) == 1


def test_reading_a_letter_leaves_it_unread_for_people(server: Dovecot, box: ImapBox) -> None:
    server.deliver(letter("one"))
    server.deliver(letter("two"))
    assert len(keep_all(box)) == 2
    box.close()
    seen = [path.name for path in (server.here / "mail" / "cur").iterdir() if "S" in path.name.partition(":")[2]]
    assert seen == []


def test_a_flagged_letter_stays_and_does_not_come_again(server: Dovecot, box: ImapBox) -> None:
    server.deliver(letter("one"))
    assert keep_all(box) == [letter("one")]
    assert list(box.arrivals()) == []
    assert server.messages() == [letter("one")]


def test_the_mark_outlasts_the_connection(server: Dovecot, box: ImapBox) -> None:
    server.deliver(letter("one"))
    keep_all(box)
    box.close()
    assert list(box.arrivals()) == []


@pytest.mark.parametrize("capabilities", ["", "IMAP4rev1 IDLE UIDPLUS", "IMAP4rev1"])
def test_a_moved_letter_lies_in_the_other_folder_only(capabilities: str) -> None:
    with Dovecot(capabilities=capabilities) as server:
        box = ImapBox(account(server, when_kept="move", kept_folder="Tocsin kept"))
        server.deliver(letter("one"))
        assert keep_all(box) == [letter("one")]
        assert list(box.arrivals()) == []
        assert server.messages("Tocsin kept") == [letter("one")]
        box.close()
        leaves_a_deleted_copy = capabilities == "IMAP4rev1"
        assert len(server.messages()) == (1 if leaves_a_deleted_copy else 0)


def test_a_folder_may_have_a_welsh_name(server: Dovecot) -> None:
    box = ImapBox(account(server, when_kept="move", kept_folder='Tŷ & "cadw"'))
    server.deliver(letter("one"))
    assert keep_all(box) == [letter("one")]
    assert list(box.arrivals()) == []
    box.close()


@pytest.mark.parametrize("when_kept", ["flag", "move"])
def test_two_hundred_letters_are_read_exactly_once(server: Dovecot, when_kept: str) -> None:
    for number in range(200):
        server.deliver(letter(f"number {number}"))
    box = ImapBox(account(server, when_kept=when_kept))
    assert keep_all(box) == [letter(f"number {number}") for number in range(200)]
    assert list(box.arrivals()) == []
    box.close()


def test_a_letter_from_a_rebuilt_folder_is_not_marked(server: Dovecot, box: ImapBox) -> None:
    server.deliver(letter("one"))
    [arrival] = box.arrivals()
    box.mark_kept(["1:" + arrival.handle.partition(":")[2]])
    assert [again.handle for again in box.arrivals()] == [arrival.handle]


def test_waiting_ends_within_three_seconds_of_a_delivery(server: Dovecot, box: ImapBox) -> None:
    assert list(box.arrivals()) == []
    began = time.monotonic()
    postman = threading.Timer(1.0, server.deliver, [letter("late")])
    postman.start()
    box.wait(60)
    postman.join()
    assert time.monotonic() - began < 4
    assert [arrival.raw for arrival in box.arrivals()] == [letter("late")]


def test_waiting_ends_when_nothing_comes(server: Dovecot, box: ImapBox) -> None:
    assert list(box.arrivals()) == []
    began = time.monotonic()
    box.wait(1.2)
    box.wait(0.1)
    assert 1 < time.monotonic() - began < 6
    assert list(box.arrivals()) == []


def test_a_letter_between_looking_and_waiting_is_not_slept_over(server: Dovecot, box: ImapBox) -> None:
    list(box.arrivals())
    server.deliver(letter("between"))
    began = time.monotonic()
    box.wait(60)
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize(
    ("certificate", "words"),
    [("wrong-host", "mismatch"), ("self-signed", "self-signed"), ("expired", "expired")],
)
def test_a_bad_certificate_is_refused(security: str, certificate: Certificate, words: str) -> None:
    with Dovecot(certificate) as server:
        port = server.tls_port if security == "tls" else server.port
        box = ImapBox(account(server, security=security, port=port))
        with pytest.raises(boxes.CertificateRefused, match=words) as refusal:
            box.login_check()
        assert "so no password was sent" in str(refusal.value)
        wait_until(lambda: "no auth attempts" in server.log(), 5, server.log)


def test_an_unknown_authority_is_refused(server: Dovecot) -> None:
    with pytest.raises(boxes.CertificateRefused, match="issuer"):
        ImapBox(account(server, ca_file=None)).login_check()


def test_a_wrong_password_is_said_in_a_sentence(server: Dovecot) -> None:
    with pytest.raises(boxes.WrongPassword) as refusal:
        ImapBox(account(server, password="s3cret-guess")).login_check()
    assert str(refusal.value).startswith(
        "Mailbox “complaints”: The mail server refused the user name or the password. The answer was: "
    )
    assert "s3cret-guess" not in repr(refusal.value) + str(refusal.value)


def test_a_password_may_hold_letters_beyond_ascii() -> None:
    server = Dovecot()
    server.password = "pŵd-{5}-£"
    with server:
        ImapBox(account(server)).login_check()


def test_starttls_is_never_left_out() -> None:
    with Dovecot("none") as server:
        box = ImapBox(account(server, security="starttls", port=server.port))
        with pytest.raises(boxes.NoSecureConnection):
            box.login_check()
        wait_until(lambda: "no auth attempts" in server.log(), 5, server.log)


def test_tls_against_a_plain_port_is_no_secure_connection(server: Dovecot) -> None:
    with pytest.raises(boxes.NoSecureConnection):
        ImapBox(account(server, port=server.port)).login_check()


def test_a_missing_folder_is_named_as_such(server: Dovecot) -> None:
    with pytest.raises(boxes.FolderMissing):
        ImapBox(account(server, folder="Nowhere")).login_check()


def test_nobody_listening_is_said_plainly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    nobody = ImapAccount("complaints", "localhost", port, "u", "p", "tls", timeout_seconds=5)
    with pytest.raises(boxes.CannotConnect, match="refused"):
        ImapBox(nobody).login_check()


@pytest.mark.parametrize("security", ["tls", "none"])
def test_a_silent_server_is_given_up_in_time(security: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        silent = ImapAccount(
            "complaints", "127.0.0.1", listener.getsockname()[1], "u", "p", cast("Any", security), timeout_seconds=1
        )
        began = time.monotonic()
        with pytest.raises((boxes.NoAnswer, boxes.CannotConnect)):
            ImapBox(silent).login_check()
        assert time.monotonic() - began < 8


def test_the_box_recovers_when_the_server_comes_back(server: Dovecot, box: ImapBox) -> None:
    server.deliver(letter("one"))
    assert len(list(box.arrivals())) == 1
    server.restart()
    with pytest.raises(boxes.MailboxError):
        list(box.arrivals())
    assert len(list(box.arrivals())) == 1


def test_a_restart_while_waiting_is_a_lost_connection(server: Dovecot, box: ImapBox) -> None:
    list(box.arrivals())
    stop = threading.Timer(0.5, server.restart)
    stop.start()
    with pytest.raises(boxes.MailboxError):
        box.wait(60)
    stop.join()


def test_checking_the_login_leaves_nothing_open(server: Dovecot, box: ImapBox) -> None:
    before = threading.active_count()
    box.login_check()
    assert threading.active_count() == before


def test_an_account_does_not_show_its_password(server: Dovecot) -> None:
    assert server.password not in repr(account(server))
