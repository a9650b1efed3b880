"""Letters made to hurt: a megabyte costs at most two seconds and 200 MB, however it is built."""

import base64
import random
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from bench.parse_cost import kilobytes
from intake.mime import MOST_PARTS
from intake.parse import Reading, parse, read

MEGABYTE = 1_000_000
HEADERS = b"From: a@b.example\nSubject: s\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nMessage-ID: <1@b.example>\n"
HTML = HEADERS + b"Content-Type: text/html; charset=utf-8\n\n"
MIXED = HEADERS + b"Content-Type: multipart/mixed; boundary=b\n\n"
FORWARD = HEADERS.replace(b"Subject: s", b"Subject: Fw: s") + b"\n"


def much(piece: bytes) -> bytes:
    return (piece * (MEGABYTE // len(piece) + 1))[:MEGABYTE]


HURTING = {
    "word starts": b"Subject: " + much(b"=?"),
    "half words": b"Subject: " + much(b"=?utf-8?q?"),
    "words": b"Subject: " + much(b"=?utf-8?q?a?= "),
    "question marks": b"Subject: =?a?q?" + much(b"?x="),
    "brackets": HEADERS + b"To: " + much(b"<") + b"\n\nhi",
    "comments": HEADERS + b"To: " + much(b"(") + b"\n\nhi",
    "quotes": HEADERS + b'To: "' + much(b'\\"') + b"\n\nhi",
    "recipients": HEADERS + b"To: " + much(b"a@b.example,") + b"\n\nhi",
    "references": HEADERS + b"References: " + much(b"<a@b> ") + b"\n\nhi",
    "headers": HEADERS + much(b"X-A: b\n") + b"\nhi",
    "folds": HEADERS + b"X:" + much(b"\n a") + b"\n\nhi",
    "parameters": HEADERS + b"Content-Type: text/plain" + much(b";a*0*=b") + b"\n\nhi",
    "boundaries": MIXED + much(b"--b\n"),
    "nested parts": HEADERS
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1_000)),
    "nested alike": HEADERS + much(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n"),
    "nested letters": HEADERS + much(b"Content-Type: message/rfc822\n\n"),
    "many letters": MIXED
    + much(b"--b\nContent-Type: message/rfc822\n\nFrom: a@b.c\n\nFrom: x@y.z\nSent: 1\nSubject: 2\n"),
    "broken names": MIXED + much(b'--b\nContent-Disposition: attachment; filename="' + b'"' * 900 + b"\n\nx\n"),
    "nested tags": HTML + much(b"<div>"),
    "tags": HTML + (b"<p>" + b"w " * 30) * 14_900,
    "nested quotes": HTML + b"<div class=gmail_attr>" * 14_900 + b"x",
    "many quotes": HTML + much(b"<blockquote type=cite>"),
    "tables": HTML + much(b"<table><tr><td>"),
    "angles": HTML + much(b"<"),
    "open comments": HTML + much(b"<!--"),
    "open attributes": HTML + much(b'<a b="'),
    "entities": HTML + much(b"&#x"),
    "attributions": HEADERS + b"\n" + much(b"On 1@:\n"),
    "long attributions": HEADERS + b"\n" + much(b"On " + b"1 wrote " * 36 + b":\n"),
    "heads": HEADERS + b"\n" + much(b"From: a@\nTo:\nTo:\n"),
    "rules": HEADERS + b"\n" + much(b"__________\n"),
    "dashes": HEADERS + b"\n" + much(b"-" * 299 + b"\n"),
    "chevrons": HEADERS + b"\n" + much(b">" * 299 + b"\n"),
    "forwards": FORWARD + much(b"---- Forwarded message ---\nFrom: a@b.c\nSubject: Fw: y\n\n"),
    "goodbyes": FORWARD + much(b"kind many best " * 5 + b"\n"),
    "armour": HEADERS + b"\n" + much(b"-----BEGIN PGP SIGNED MESSAGE-----\n"),
    "flowed": HEADERS + b"Content-Type: text/plain; format=flowed\n\n" + much(b">" * 500 + b" \n"),
    "invitations": HEADERS + b"Content-Type: text/calendar\n\nBEGIN:VEVENT\n" + much(b'A;"'),
    "report": HEADERS + b"X-Failed-Recipients: \n\n" + much(b"a.a.a@a.a-a."),
    "statuses": HEADERS
    + b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
    + much(b"Final-Recipient: rfc822;a@b.c\n\n"),
    "no utf-8": HEADERS + b"Content-Type: text/plain; charset=utf-8\n\n\xc3\xa9" + much(b"\xff"),
    "base64": HEADERS + b"Content-Transfer-Encoding: base64\n\n" + much(b"Q="),
    "quoted-printable": HEADERS + b"Content-Transfer-Encoding: quoted-printable\n\n" + much(b"=" + b" " * 300),
    "chance": HEADERS + b"\n" + random.Random(1).randbytes(MEGABYTE),
}


def peak_while(read_it: Callable[[], object]) -> float:
    """How many megabytes the process grew at most meanwhile; Linux forgets the earlier peak when asked."""
    before = kilobytes("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    read_it()
    return (kilobytes("VmHWM") - before) / 1_000


@pytest.mark.parametrize("name", HURTING)
def test_a_megabyte_made_to_hurt_costs_two_seconds_and_200_megabytes_at_most(name: str) -> None:
    raw = HURTING[name][: MEGABYTE + 1_000]
    began = time.process_time()
    grown = peak_while(lambda: parse(raw))
    assert time.process_time() - began < 2
    assert grown < 200


def test_a_large_letter_is_not_copied_for_each_letter_around_it() -> None:
    nested = HEADERS + b"Content-Type: message/rfc822\n\n" * 49 + b"\n" + much(b"words and words\n") * 4
    assert peak_while(lambda: parse(nested)) < 150  # 49 copies would be 196


def test_sixty_megabytes_are_read() -> None:
    photo = base64.encodebytes(bytes(45 * MEGABYTE))
    part = b"--b\nContent-Type: image/jpeg; name=a.jpg\nContent-Transfer-Encoding: base64\n\n"
    raw = MIXED + b"--b\n\nA fridge by the gate.\n" + part + photo + b"--b--\n"
    assert len(raw) > 60 * MEGABYTE
    found: list[Reading] = []
    assert peak_while(lambda: found.append(read(raw))) < 400
    assert found[0].email.text == "A fridge by the gate."
    assert found[0].email.attachments[0].size == 45 * MEGABYTE


def test_more_parts_than_any_letter_needs_are_not_opened() -> None:
    reading = read(MIXED + b"--b\nContent-Type: image/png\n\nx\n" * (MOST_PARTS + 10) + b"--b--\n")
    assert "too_many_parts" in reading.email.defects
    assert len(reading.files) <= MOST_PARTS + 1


def test_a_zip_bomb_is_carried_and_never_opened() -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(200 * MEGABYTE))
    head = b"Content-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n"
    raw = HEADERS + head + base64.encodebytes(bomb.getvalue())
    found: list[Reading] = []
    assert peak_while(lambda: found.append(read(raw))) < 20
    assert found[0].files[0].content == bomb.getvalue()


def test_the_cost_of_a_small_letter_is_small() -> None:
    raw = HEADERS + b"Content-Type: text/plain; charset=utf-8\n\nThe green bin was missed again.\n\nAsha\n"
    began = time.process_time()
    for _ in range(300):
        parse(raw)
    assert time.process_time() - began < 300 / 1_000  # 3,000 a second, and a margin for a busy machine
