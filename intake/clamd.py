"""The virus scanner: clamd, asked over its socket with INSTREAM, so that it needs to see none of our files."""

import socket
import struct
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import chain

from models.settings_mail import IntakeSettings

TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD" + b"-ANTIVIRUS-TEST-FILE!$H+H*"
"""EICAR's harmless file, which every scanner takes for a virus; in pieces, so that none takes this file for one."""

_CHUNK = 256 * 1024
_LONGEST_ANSWER = 4096
_REST_SECONDS = 60.0
_resting: dict[str, float] = {}
"""Scanners that let the time run out, and until when (monotonic) they are not asked: mail must not wait for each."""


class Found(StrEnum):
    """What the scanner says of a file."""

    CLEAN = "clean"
    INFECTED = "infected"


class ScannerDown(Exception):  # noqa: N818 -- read aloud as a sentence
    """The virus scanner cannot be reached; ``hint`` says what to look at."""

    def __init__(self, sentence: str, hint: str) -> None:
        super().__init__(sentence)
        self.hint = hint


class ScanRefused(ScannerDown):
    """The virus scanner answers, but would not scan this file; others it may."""


def scan(content: bytes, settings: IntakeSettings) -> Found:
    """Have clamd look at these bytes. Raises ScannerDown, or ScanRefused, within the time the settings give.

    See clamd(8), INSTREAM: chunks, each after its length in four bytes; a length of zero ends the file.
    """
    answer = _ask(b"INSTREAM", _chunks(content), settings)
    if answer.endswith(": OK"):
        return Found.CLEAN
    if answer.endswith(" FOUND"):
        return Found.INFECTED
    if "size limit" in answer:
        hint = "Set StreamMaxLength in clamd.conf to at least intake.largest_attachment_bytes."
        raise ScanRefused("clamd takes no file of this size", hint)
    raise ScanRefused("clamd could not scan a file", "Its own log says why.")


def version(settings: IntakeSettings) -> str:
    """What clamd calls itself, with its signatures' number and date. Raises ScannerDown."""
    return _ask(b"VERSION", (), settings)


def _chunks(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _CHUNK):
        piece = content[start : start + _CHUNK]
        yield struct.pack("!I", len(piece)) + piece
    yield struct.pack("!I", 0)


def _ask(command: bytes, pieces: Iterable[bytes], settings: IntakeSettings) -> str:
    """One command and its answer; a line that breaks before the answer is the scanner's being down."""
    began = time.monotonic()
    ends = began + settings.clamd_timeout_seconds
    hint = "Check intake.clamd, and that clamd runs and listens there."
    if began < _resting.get(settings.clamd, 0.0):
        raise ScannerDown("clamd let the time run out a moment ago", hint)
    try:
        with _line(settings) as line:
            _send(line, chain((b"z" + command + b"\0",), pieces), ends)
            return _answer(line, ends)
    except TimeoutError:
        _resting[settings.clamd] = began + settings.clamd_timeout_seconds + _REST_SECONDS
        waited = f"{settings.clamd_timeout_seconds:g}"
        raise ScannerDown(f"clamd gave no answer within {waited} seconds", hint) from None
    except OSError as failed:
        raise ScannerDown(f"clamd cannot be reached: {failed.strerror or 'the name is unknown'}", hint) from None


@contextmanager
def _line(settings: IntakeSettings) -> Iterator[socket.socket]:
    place, timeout = settings.clamd, settings.clamd_timeout_seconds
    host, _, port = place.rpartition(":")
    if "/" in place:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(timeout)
            line.connect(place)
            yield line
    elif not host or not port.isdecimal():
        raise ScannerDown(f"“{place}” is no place to find clamd", "Write intake.clamd as host:port, or as a path.")
    else:
        with socket.create_connection((host.strip("[]"), int(port)), timeout) as line:
            yield line


def _send(line: socket.socket, pieces: Iterable[bytes], ends: float) -> None:
    """Send it all; where clamd hangs up first, it has said why, and that is read next."""
    try:
        for piece in pieces:
            _wait_until(line, ends)
            line.sendall(piece)
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(line: socket.socket, ends: float) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        _wait_until(line, ends)
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            raise ConnectionResetError(None, "it hung up without an answer")
        answer += piece
    return answer.rstrip(b"\0").decode("utf-8", "replace").strip()


def _wait_until(line: socket.socket, ends: float) -> None:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)
