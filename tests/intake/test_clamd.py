"""The virus scanner, as it is: a real clamd; and a silent one."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from intake import clamd
from intake.clamd import TEST_VIRUS, Found, ScannerDown, ScanRefused, scan, version
from models.settings_mail import IntakeSettings
from tests.servers.clamd import Clamd
from tests.servers.smtp import free_port

MOST = 1_000_000


@pytest.fixture(scope="module")
def scanner() -> Iterator[Clamd]:
    with Clamd(largest=MOST) as scanner:
        yield scanner


@pytest.fixture(autouse=True)
def rested() -> None:
    clamd._resting.clear()


def at(place: str, seconds: float = 10) -> IntakeSettings:
    return IntakeSettings(clamd=place, clamd_timeout_seconds=seconds)


@contextmanager
def one_who_answers(answer: bytes | None) -> Iterator[str]:
    """A scanner that says one thing to whatever it is sent and hangs up; None: says nothing, and does not."""
    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            line, _ = listening.accept()
            with line:
                if answer is None:
                    done.wait(20)
                    return
                line.sendall(answer)
                line.shutdown(socket.SHUT_WR)
                while line.recv(65536):
                    pass

        server = threading.Thread(target=serve)
        server.start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        done.set()
        server.join(10)


def test_a_virus_is_found_and_a_letter_is_not_one(scanner: Clamd) -> None:
    for place in (scanner.place, scanner.path, f"localhost:{scanner.port}"):
        assert scan(TEST_VIRUS, at(place)) is Found.INFECTED
        assert scan(b"The bin was missed again.", at(place)) is Found.CLEAN


def test_a_virus_deep_in_a_file_of_many_chunks_is_found(scanner: Clamd) -> None:
    assert scan(b"a\n" * 400_000 + TEST_VIRUS, at(scanner.place)) is Found.INFECTED
    assert scan(b"a\n" * 400_000, at(scanner.place)) is Found.CLEAN


def test_an_empty_file_is_clean(scanner: Clamd) -> None:
    assert scan(b"", at(scanner.place)) is Found.CLEAN


def test_a_file_too_large_for_clamd_is_refused_with_what_to_change(scanner: Clamd) -> None:
    with pytest.raises(ScanRefused, match="size") as refused:
        scan(b"a" * (3 * MOST), at(scanner.place))
    assert "StreamMaxLength" in refused.value.hint


def test_it_says_who_it_is(scanner: Clamd) -> None:
    assert version(at(scanner.place)).startswith("ClamAV")


@pytest.mark.parametrize("place", ["127.0.0.1:{port}", "/nowhere/clamd.sock", "nobody.invalid:3310"])
def test_a_scanner_that_does_not_run_is_down(place: str) -> None:
    with pytest.raises(ScannerDown, match="cannot be reached") as down:
        scan(b"words", at(place.format(port=free_port())))
    assert not isinstance(down.value, ScanRefused)
    assert "intake.clamd" in down.value.hint


@pytest.mark.parametrize("place", ["clamd", "host:", ":3310", "host:port"])
def test_what_is_no_place_is_said_to_be_none(place: str) -> None:
    with pytest.raises(ScannerDown, match="no place") as down:
        scan(b"words", at(place))
    assert "host:port" in down.value.hint


def test_a_silent_scanner_is_down_in_time_and_then_left_alone() -> None:
    """A mailbox full of photographs must not wait for it once for each."""
    with one_who_answers(None) as place:
        began = time.monotonic()
        with pytest.raises(ScannerDown, match=r"no answer within 0\.3 seconds"):
            scan(b"words" * 1_000_000, at(place, 0.3))
        assert time.monotonic() - began < 3
        with pytest.raises(ScannerDown, match="a moment ago"):
            scan(b"words", at(place, 30))


@pytest.mark.parametrize("answer", [b"", b"stream: O"])
def test_a_scanner_that_hangs_up_without_an_answer_is_down(answer: bytes) -> None:
    with one_who_answers(answer) as place, pytest.raises(ScannerDown):
        scan(b"words", at(place))


@pytest.mark.parametrize("answer", [b"stream: Can't allocate memory ERROR\0", b"UNKNOWN COMMAND\0", b"OK\0"])
def test_no_answer_but_a_clear_one_makes_a_file_clean(answer: bytes) -> None:
    with one_who_answers(answer) as place, pytest.raises(ScanRefused):
        scan(b"words", at(place))


def test_a_scanner_that_hangs_up_early_is_still_heard() -> None:
    with one_who_answers(b"stream: Test.Virus FOUND\0") as place:
        assert scan(b"a" * 5_000_000, at(place)) is Found.INFECTED
