"""Looks for bytes that ``parse`` raises on, or reads too slowly or with too much memory, led by what code they reach.

Run: .venv/bin/python -m bench.fuzz_parse --seconds 300 [--found var/fuzz]
It starts from the sample letters and the awkward pieces below. Whatever holds the bytes 0, 1 twice is read as a
head, a piece repeated until the letter is long, and a tail: cost that grows too fast shows only in long ones. Most are
made 50 kB long, and a megabyte once one of those is suspect; one in fifty is made a megabyte long at once.
The input that broke something is saved in the folder, and the program ends with code 1.
"""

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path
from subprocess import CalledProcessError
from zlib import crc32

import atheris

with atheris.instrument_imports(include=["intake", "email"]):  # before anything else can import them without
    from intake.parse import parse

from bench.parse_cost import ROOT, cost

LARGEST = 1_000_000
SAMPLE = 50_000
MOST_SECONDS = 2.0
MOST_MEGABYTES = 200.0
MARK = b"\0\1"

PIECES: tuple[bytes, ...] = (
    *(b"From: ", b"To: ", b"Subject: ", b"Date: ", b"References: <", b"Message-ID: <", b"Content-Type: "),
    *(
        b"multipart/mixed; boundary=b\n\n",
        b"multipart/alternative; boundary=b\n\n",
        b"multipart/report; boundary=b\n\n",
    ),
    *(b"multipart/digest; boundary=b\n\n", b"message/rfc822\n\n", b"message/delivery-status\n\n", b"text/html\n\n"),
    *(
        b"application/ms-tnef\n\n",
        b"text/calendar\n\n",
        b"application/pkcs7-mime\n\n",
        b"multipart/signed; boundary=b\n",
    ),
    *(
        b"\n--b\n",
        b"\n--b--\n",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: quoted-printable\n",
    ),
    *(b"Content-Transfer-Encoding: x-uuencode\n", b"begin 644 a\n", b"=?utf-8?q?=C3?=", b"=?utf-8?b?w6k=?=", b"=?x?B?"),
    *(b"charset=utf-7", b"charset=iso-2022-jp", b"charset=hz", b"filename*0*=utf-8''", b"filename*1=", b"name="),
    *(b"<div>", b"</div>", b"<blockquote>", b"<table><tr><td>", b"<!--", b"<br>", b"&#0;", b"<style>"),
    *(
        b"On Monday, Bo wrote:\n",
        b"> ",
        b"-----Original Message-----\n",
        b"-- \n",
        b"________________\n",
        b"From: Bo\n",
    ),
    *(
        b"---------- Forwarded message ----------\n",
        b"Sent: Monday\n",
        b"((((",
        b'"',
        b",",
        b"<",
        b"\r",
        b"\0",
        b"\xff\xfe",
    ),
    *(
        b"\x78\x9f\x3e\x22",
        b"Final-Recipient: rfc822; a@b.example\n",
        b"Status: 5.1.1\n",
        b"Authentication-Results: x;",
    ),
)


class TooMuch(Exception):  # noqa: N818 -- read aloud as a sentence
    """The letter takes too long to read, or too much memory."""


def stretched(raw: bytes, length: int = LARGEST) -> bytes:
    """The letter with what stands between the first two marks repeated until it has that length."""
    head, mark, rest = raw.partition(MARK)
    piece, second, tail = rest.partition(MARK)
    if not (mark and second and piece):
        return raw[:LARGEST]
    return head + piece * max(1, (length - len(head) - len(tail)) // len(piece)) + tail


def seeds() -> list[bytes]:
    """The project's own sample letters, and each awkward piece once and repeated."""
    samples = (path for place in ("demo/letters", "tests/corpus") for path in sorted((ROOT / place).glob("*.eml")))
    letters = [path.read_bytes() for path in samples]
    headers = b"From: a@b.example\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n"
    repeated = [headers + MARK + piece + MARK + b"\n" for piece in PIECES]
    repeated += [headers + b"\n--b\nContent-Type: text/html\n\n" + MARK + piece + MARK for piece in PIECES]
    return [*letters, *repeated]


def try_one(data: bytes) -> None:
    """Read one letter. Raises whatever ``parse`` raises, or TooMuch; slowness is proved without instruments first."""
    is_whole = crc32(data) % 50 == 0
    raw = stretched(data, LARGEST if is_whole else SAMPLE)
    began, most_held = time.process_time(), peak_megabytes()
    parse(raw)
    suspect = MOST_SECONDS * max(0.1, len(raw) / LARGEST)
    if time.process_time() - began > suspect or peak_megabytes() - most_held > MOST_MEGABYTES / 2:
        prove(stretched(data))


def prove(raw: bytes) -> None:
    """Raises TooMuch if the letter costs too much in a process of its own."""
    try:
        seconds, megabytes = cost(raw)
    except CalledProcessError as ended:
        raise TooMuch(f"it ended with {ended.returncode}: {ended.stderr.decode()[-2000:]}") from None
    if seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES:
        raise TooMuch(f"{seconds:.1f} s, {megabytes:.0f} MB")


def peak_megabytes() -> float:
    """The most this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def main() -> None:
    """Fuzz for so many seconds."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=int, default=300)
    asked.add_argument("--found", type=Path, default=ROOT / "var" / "fuzz", help="where a finding is saved")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    given.found.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        begin = Path(folder, "seeds")
        begin.mkdir()
        for number, seed in enumerate(seeds()):
            (begin / f"{number:04}").write_bytes(seed)
        words = Path(folder, "words")
        escaped = ("".join(f"\\x{byte:02x}" for byte in piece) for piece in (*PIECES, MARK))
        words.write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")
        options = [f"-max_total_time={given.seconds}", f"-max_len={LARGEST}", f"-seed={given.seed}", f"-dict={words}"]
        limits = [
            "-timeout=120",
            "-report_slow_units=120",
            "-rss_limit_mb=1500",
            "-len_control=20",
            f"-artifact_prefix={given.found}/",
        ]
        atheris.Setup([sys.argv[0], *options, *limits, "-print_final_stats=1", str(begin)], try_one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
