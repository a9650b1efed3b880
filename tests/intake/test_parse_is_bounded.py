"""A megabyte made to hurt costs under two seconds of the processor and under 200 MB, each in a process of its own."""

import base64
import random
import struct
from subprocess import CalledProcessError

import pytest

from bench.parse_cost import cost

pytestmark = pytest.mark.slow

MEGABYTE = 1_000_000
MOST_SECONDS = 2.0
MOST_MEGABYTES = 200.0

FROM = b"From: asha@residents.example\nSubject: Bins\n"
MIXED = FROM + b"Content-Type: multipart/mixed; boundary=b\n\n"
HTML = FROM + b"Content-Type: text/html\n\n"
JUNK = random.Random(3).randbytes(MEGABYTE)


def full_of(piece: bytes, *, after: bytes = FROM + b"\n", before: bytes = b"\n") -> bytes:
    """A letter of a megabyte: a head, one piece again and again, a tail."""
    return after + piece * ((MEGABYTE - len(after) - len(before)) // len(piece)) + before


def one_inside_the_other(depth: int, kind: bytes) -> bytes:
    """Multiparts within multiparts, each with a boundary of its own, closed in order."""
    heads = b"".join(b'Content-Type: %b; boundary="%d"\n\n--%d\n' % (kind, n, n) for n in range(depth))
    return FROM + heads + b"\nNothing has happened.\n" + b"".join(b"\n--%d--\n" % n for n in reversed(range(depth)))


def letters_in_letters() -> bytes:
    head = b"From: bo@residents.example\nContent-Type: message/rfc822\n\n"
    return full_of(head, after=b"", before=FROM + b"\nThe innermost words.\n")


def many_attachments() -> bytes:
    return full_of(b"\n--b\nContent-Disposition: attachment; filename=a.txt\n\nx", after=MIXED, before=b"\n--b--\n")


def many_headers() -> bytes:
    return FROM + b"".join(b"X-H%d: a\n" % number for number in range(100_000)) + b"\nNothing has happened.\n"


def encoded(raw: bytes, encoding: bytes, kind: bytes = b"text/plain") -> bytes:
    return FROM + b"Content-Type: %b\nContent-Transfer-Encoding: %b\n\n" % (kind, encoding) + raw


SIGNATURE = b"\x78\x9f\x3e\x22\0\0"
LETTER_INSIDE = bytes.fromhex("0703020000000000c000000000000046")


def winmail(attributes: bytes) -> bytes:
    """A letter that is one winmail.dat (TNEF)."""
    return encoded(SIGNATURE + attributes, b"binary", b"application/ms-tnef")


def tnef(name: int, content: bytes) -> bytes:
    """One attribute of it."""
    return struct.pack("<BHHI", 1, name, 6, len(content)) + content + b"\0\0"


def properties(content: bytes, count: int = 1) -> bytes:
    return struct.pack("<I", count) + content


def binary(name: int, content: bytes) -> bytes:
    """One property, its content filled up to four bytes."""
    return struct.pack("<HHII", 0x102, name, 1, len(content)) + content + b"\0" * (-len(content) % 4)


def packed_braces() -> bytes:
    """Rich text of half a megabyte of hidden braces in 60 kB: each reference says the byte before it 17 times."""
    at = 207 + 16
    begin = b"\0{\\rtf1{\\\0pict {{{"
    references = []
    for _ in range(3_700):
        references.append(b"\xff" + b"".join(struct.pack(">H", (at + n * 17 - 1) % 4096 << 4 | 15) for n in range(8)))
        at += 8 * 17
    packed = begin + b"".join(references)
    return struct.pack("<II4sI", len(packed), 0, b"LZFu", 0) + packed


HARD: dict[str, bytes] = {
    "nothing but the boundary": full_of(b"\n--b", after=MIXED),
    "the boundary closed again and again": full_of(b"\n--b--", after=MIXED),
    "beginnings of a boundary": full_of(b"\n-", after=MIXED),
    "spaces behind the boundary": MIXED + b"\n--b" + b" \t" * 490_000 + b"x\n",
    "a boundary of a megabyte": FROM + b"Content-Type: multipart/mixed; boundary=" + b"b" * 980_000 + b"\n\n--b\n",
    "a multipart that names no boundary": full_of(b"\n--x\n", after=FROM + b"Content-Type: multipart/mixed\n\n"),
    "50,000 attachments": many_attachments(),
    "parts within parts, all closed": one_inside_the_other(14_000, b"multipart/mixed"),
    "alternatives within alternatives": one_inside_the_other(14_000, b"multipart/alternative"),
    "reports within reports": one_inside_the_other(14_000, b"multipart/report"),
    "letters within letters": letters_in_letters(),
    "a digest of letters": full_of(
        b"\n--b\n\nFrom: bo@b.example\n\nx", after=FROM + b"Content-Type: multipart/digest; boundary=b\n\n"
    ),
    "encoded letters in a letter": encoded(base64.encodebytes(FROM * 15_000), b"base64", b"message/rfc822"),
    "100,000 headers": many_headers(),
    "one header folded 200,000 times": full_of(b"\n x", after=b"From: a@b.example\nSubject: x", before=b"\n\n"),
    "encoded words in the subject": full_of(b"=?utf-8?q?=C3=A9?= ", after=b"Subject: ", before=b"\n\nx"),
    "encoded words that never end": full_of(b"=?utf-8?q?", after=b"Subject: ", before=b"\n\nx"),
    "encoded words of an unknown charset": full_of(b"=?x-what?b?w6k=?=", after=b"Subject: ", before=b"\n\nx"),
    "brackets in From": full_of(b"(((", after=b"From: ", before=b"\n\nx"),
    "brackets closed in From": b"From: " + b"(" * 490_000 + b")" * 490_000 + b" a@b.example\n\nx",
    "quotation marks in From": full_of(b'"', after=b"From: ", before=b"\n\nx"),
    "angles in From": full_of(b"<", after=b"From: ", before=b"\n\nx"),
    "at signs in From": full_of(b"a@", after=b"From: ", before=b"\n\nx"),
    "commas in To": full_of(b",", after=FROM + b"To: ", before=b"\n\nx"),
    "addresses in To": full_of(b"a@b.example,", after=FROM + b"To: ", before=b"\n\nx"),
    "groups in To": full_of(b"g:a@b.example;", after=FROM + b"To: ", before=b"\n\nx"),
    "angles in References": full_of(b"<", after=FROM + b"References: ", before=b"\n\nx"),
    "identifiers in References": full_of(b"<a@b> ", after=FROM + b"References: ", before=b"\n\nx"),
    "a date of digits": full_of(b"1", after=FROM + b"Date: ", before=b"\n\nx"),
    "parameters of the content": full_of(b"; a=b", after=FROM + b"Content-Type: text/plain", before=b"\n\nx"),
    "a file name in pieces": full_of(
        b";filename*1*=a", after=FROM + b"Content-Disposition: attachment", before=b"\n\nx"
    ),
    "divisions within divisions": full_of(b"<div>", after=HTML),
    "divisions, all closed": HTML + b"<div>" * 90_000 + b"x" + b"</div>" * 90_000,
    "quotations within quotations": full_of(b"<blockquote>a", after=HTML),
    "tables within tables": full_of(b"<table><tr><td>", after=HTML),
    "tags never closed": full_of(b"<a ", after=HTML),
    "comments never closed": full_of(b"<!--", after=HTML),
    "attributes": HTML + b"<p " + b"a=b " * 240_000 + b">x",
    "entities": full_of(b"&amp", after=HTML),
    "one line": full_of(b"x"),
    "one line of spaces": full_of(b" "),
    "empty lines": full_of(b"\n", before=b"x"),
    "carriage returns": full_of(b"\r"),
    "quote marks on one line": full_of(b"> "),
    "ever deeper quotes": full_of(b"".join(b">" * depth + b" a\n" for depth in range(1, 400))),
    "a quote to every line": full_of(b"> a\n"),
    "what looks like the head of a quote": full_of(b"On Monday, Bo wrote:\n"),
    "what nearly looks like the head of a quote": full_of(b"On Monday, at 10, Bo of Elm Road "),
    "heads of quotes over many lines": full_of(b"On Monday\n"),
    "marks of an original message": full_of(b"-----Original Message-----\n"),
    "marks of a forwarded message": full_of(b"---------- Forwarded message ----------\nFrom: Bo\n"),
    "heads of forwarded letters": full_of(b"From: Bo\nSent: Monday\nTo: us\nSubject: Bins\n\n"),
    "marks of a signature": full_of(b"-- \n"),
    "underscores": full_of(b"_"),
    "flowed lines": full_of(b"a \n", after=FROM + b"Content-Type: text/plain; format=flowed; delsp=yes\n\n"),
    "flowed quotes": full_of(b">> a \n", after=FROM + b"Content-Type: text/plain; format=flowed\n\n"),
    "small pages of HTML": full_of(b"\n--b\nContent-Type: text/html\n\n<p>a", after=MIXED),
    "results of checks": full_of(b" dkim=pass (", after=b"Authentication-Results: mx;", before=b"\n" + FROM + b"\nx"),
    "references": full_of(b"T26-00001-M "),
    "junk": FROM + b"\n" + JUNK,
    "junk said to be base64": encoded(JUNK, b"base64"),
    "base64 of junk": encoded(base64.encodebytes(JUNK[:740_000]), b"base64", b"application/octet-stream"),
    "base64 in lines of one letter": encoded(b"Q\n" * 490_000, b"base64"),
    "quoted-printable of equals signs": encoded(b"=" * 980_000, b"quoted-printable"),
    "uuencode of junk": encoded(b"begin 644 a\n" + JUNK, b"x-uuencode"),
    "utf-7": encoded(b"+AGE-" * 190_000, b"7bit", b"text/plain; charset=utf-7"),
    "shifts of iso-2022-jp": encoded(b"\x1b$B\x1b(B" * 160_000, b"7bit", b"text/plain; charset=iso-2022-jp"),
    "tildes of hz": encoded(b"~{~}" * 240_000, b"7bit", b"text/plain; charset=hz"),
    "numbers of punycode": encoded(b"9" * 980_000, b"7bit", b"text/plain; charset=punycode"),
    "labels of idna": encoded(b"a." * 490_000, b"7bit", b"text/plain; charset=idna"),
    "a calendar": full_of(b"BEGIN:VEVENT\nATTENDEE:x\n", after=FROM + b"Content-Type: text/calendar\n\n"),
    "a delivery report of many": full_of(
        b"Final-Recipient: rfc822; a@b.example\nStatus: 5.1.1\nAction: failed\n\n",
        after=FROM + b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n",
        before=b"\n--b--\n",
    ),
    "a winmail.dat of attributes": winmail(tnef(0x8007, b"") * 90_000),
    "a winmail.dat of properties": winmail(tnef(0x9003, properties(binary(0x3001, b"") * 80_000, 80_000))),
    "a winmail.dat of letters after files": winmail(
        (tnef(0x9002, b"") + tnef(0x8010, b"a")) * 21_000
        + (tnef(0x9002, b"") + tnef(0x9005, properties(binary(0x3701, LETTER_INSIDE + SIGNATURE)))) * 8_000
    ),
    "a winmail.dat of packed rich text": winmail(tnef(0x9003, properties(binary(0x1009, packed_braces()))) * 15),
    "many files called winmail.dat": full_of(
        b"\n--b\nContent-Type: application/ms-tnef\n\n" + SIGNATURE + tnef(0x800C, b""), after=MIXED
    ),
    "a signature in a million pieces": FROM
    + b"Content-Type: application/pkcs7-mime; smime-type=signed-data\nContent-Transfer-Encoding: binary\n\n"
    + bytes.fromhex("308006092a864886f70d010702a0803080020101310030 8006092a864886f70d010701a0802480")
    + b"\x04\x01a" * 320_000,
}


@pytest.mark.parametrize("raw", HARD.values(), ids=HARD)
def test_a_megabyte_made_to_hurt_is_read_in_two_seconds_and_200_megabytes(raw: bytes) -> None:
    assert len(raw) <= 1.4 * MEGABYTE
    try:
        seconds, megabytes = cost(raw)
    except CalledProcessError as failed:
        pytest.fail(f"the reading was ended: {failed.stderr.decode()[-300:]}")
    assert seconds < MOST_SECONDS
    assert megabytes < MOST_MEGABYTES
