"""winmail.dat: its words and files are read as if they stood in the letter. The samples are written here."""

import base64
import random
import struct
import time

import pytest

from intake.parse import read
from intake.rtf import decompressed, rtf_to_text
from intake.tnef import open_tnef

SIGNATURE = b"\x78\x9f\x3e\x22\x01\x00"
RTF = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 Damp \'a32.50\par caf\u233 ?s{\*\hidden no} \b bold\b0\par}"
EMBEDDED = bytes.fromhex("0703020000000000c000000000000046")


def attribute(name: int, data: bytes, *, level: int = 1) -> bytes:
    return struct.pack("<BHHI", level, name, 6, len(data)) + data + struct.pack("<H", sum(data) % 65_536)


def varying(kind: int, name: int, data: bytes) -> bytes:
    return struct.pack("<HHII", kind, name, 1, len(data)) + data + bytes(-len(data) % 4)


def properties(*each: bytes) -> bytes:
    return attribute(0x9003, struct.pack("<I", len(each)) + b"".join(each))


def wide(text: str) -> bytes:
    return f"{text}\0".encode("utf-16-le")


def file(name: str, content: bytes) -> bytes:
    named = struct.pack("<I", 2) + varying(0x1F, 0x3707, wide(name)) + varying(0x1F, 0x370E, wide("application/pdf"))
    return b"".join(
        attribute(number, data, level=2) for number, data in ((0x9002, bytes(14)), (0x800F, content), (0x9005, named))
    )


def packed(rtf: bytes) -> bytes:
    """Rich text in the packed form, with no byte referred back to."""
    runs = b"".join(b"\0" + rtf[at : at + 8] for at in range(0, len(rtf), 8))
    return struct.pack("<II4sI", len(runs) + 12, len(rtf), b"LZFu", 0) + runs


def winmail(*attributes: bytes) -> bytes:
    return SIGNATURE + attribute(0x9007, struct.pack("<II", 1252, 0)) + b"".join(attributes)


def letter(content: bytes, above: str = "") -> bytes:
    head = (
        "From: a@b.example\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
    )
    part = "\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
    return f"{head}{above}{part}".encode() + base64.encodebytes(content) + b"--b--\n"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (varying(0x1F, 0x1000, wide("Tŷ damp")), "Tŷ damp"),
        (varying(0x1E, 0x1000, b"Damp \xa32\0"), "Damp £2"),
        (varying(0x102, 0x1013, b"<p>Damp</p><p>and <b>cold</b></p>"), "Damp\n\nand cold"),
        (varying(0x102, 0x1009, packed(RTF)), "Damp £2.50\ncafés bold"),
    ],
    ids=["unicode", "code page", "html", "rich text"],
)
def test_the_words_are_read(words: bytes, text: str) -> None:
    reading = read(letter(winmail(properties(words))))
    assert reading.email.text == text
    assert reading.email.attachments == ()
    assert "broken_tnef" not in reading.email.defects


def test_the_files_stand_in_the_letter() -> None:
    reading = read(letter(winmail(file("plan.pdf", b"%PDF-1"), file("../x/Tŷ.pdf", b"two")), "See the plan."))
    assert reading.email.text == "See the plan."
    assert [(each.name, each.declared, each.content) for each in reading.files] == [
        ("plan.pdf", "application/pdf", b"%PDF-1"),
        ("Tŷ.pdf", "application/pdf", b"two"),
    ]
    assert [(each.name, each.size) for each in reading.email.attachments] == [("plan.pdf", 6), ("Tŷ.pdf", 3)]


def test_words_said_in_the_letter_as_well_are_not_said_twice() -> None:
    inside = properties(varying(0x1F, 0x1000, wide("Damp  again\r\n")))
    assert read(letter(winmail(inside), "Damp again\n")).email.text == "Damp again"


def test_named_and_several_valued_properties_are_passed_over() -> None:
    named = struct.pack("<HH16sIII", 3, 0x8001, bytes(16), 0, 5, 7)
    called = struct.pack("<HH16sII", 0x0B, 0x8002, bytes(16), 1, 6) + b"a\0b\0\0\0" + bytes(2) + struct.pack("<I", 1)
    several = struct.pack("<HHI", 0x1003, 0x1234, 3) + bytes(12)
    names = struct.pack("<HHI", 0x101E, 0x1235, 2) + b"".join(struct.pack("<I", 3) + b"ab\0\0" for _ in range(2))
    words = varying(0x1F, 0x1000, wide("Damp"))
    assert read(letter(winmail(properties(named, called, several, names, words)))).email.text == "Damp"


def test_a_letter_inside_is_read_too() -> None:
    inner = winmail(properties(varying(0x1F, 0x1000, wide("Her own words"))), file("a.pdf", b"a"))
    outer = struct.pack("<I", 1) + varying(0x0D, 0x3701, EMBEDDED + inner)
    reading = read(letter(winmail(attribute(0x9002, b"", level=2), attribute(0x9005, outer, level=2)), "Hers:"))
    assert reading.email.text == "Hers:\n\nHer own words"
    assert [each.name for each in reading.files] == ["a.pdf"]


def test_a_file_cut_short_is_read_as_far_as_it_goes() -> None:
    whole = winmail(properties(varying(0x1F, 0x1000, wide("Damp"))), file("plan.pdf", b"%PDF" * 99))
    email = read(letter(whole[:-200])).email
    assert email.text == "Damp"
    assert "broken_tnef" in email.defects
    assert len(email.attachments) == 1


def test_what_is_no_winmail_after_all_is_a_file() -> None:
    reading = read(letter(b"something else", "Hello."))
    assert [(each.name, each.content) for each in reading.files] == [("winmail.dat", b"something else")]
    assert "broken_tnef" in reading.email.defects


def test_packed_text_may_refer_back() -> None:
    start = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}"
    back = struct.pack(">H", 0 << 4 | 4)  # six bytes from the window's first place: {\rtf1
    assert decompressed(struct.pack("<II4sI", 0, 0, b"LZFu", 0) + b"\1" + back) == start[:6]
    assert decompressed(struct.pack("<II4sI", 0, 0, b"MELA", 0) + b"{\\rtf1 x}") == b"{\\rtf1 x}"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (rb"{\rtf1\ansi one\line two\tab three}", "one\ntwo\tthree"),
        (rb"{\rtf1\uc2 \u8211 ??dash \{brace\}}", "–dash {brace}"),
        (rb"{\rtf1\u55357 ?\u56832 ?}", "\U0001f600"),
        (rb"{\rtf1\fromhtml1{\*\htmltag64 <p>}words\htmlrtf\par\htmlrtf0}", "words"),
        (rb"{\rtf1{\pict 00ff}{\info{\title no}}seen}", "seen"),
        (b"no rich text", ""),
    ],
)
def test_rich_text_becomes_words(raw: bytes, text: str) -> None:
    assert rtf_to_text(raw) == text


@pytest.mark.parametrize(
    "content",
    [
        SIGNATURE + attribute(0x9003, struct.pack("<I", 4_000_000_000)),
        SIGNATURE
        + attribute(0x9003, struct.pack("<IHHI", 4_000_000_000, 0x101E, 0x1000, 4_000_000_000) + bytes(700_000)),
        SIGNATURE + attribute(0x9003, b"\xff\xff\xff\xff") * 50_000,
        SIGNATURE + attribute(0x9002, b"", level=2) * 60_000,
        winmail(properties(varying(0x102, 0x1009, packed(b"")[:16] + b"\xff" + b"\x00\x0f" * 350_000))),
        SIGNATURE + b"\xff" * 700_000,
    ],
    ids=["no properties", "no values", "empty", "files", "bomb", "lies"],
)
def test_a_winmail_made_to_hurt_costs_little(content: bytes) -> None:
    began = time.process_time()
    email = read(letter(content)).email
    assert time.process_time() - began < 2
    assert len(email.text) < 1_000_000


def test_no_bytes_at_all_can_stop_the_reading() -> None:
    chance = random.Random(20260304)
    inner = winmail(file("b", b"b"))
    whole = winmail(
        properties(varying(0x1F, 0x1000, wide("Damp")), varying(0x102, 0x1009, packed(RTF))),
        file("a.pdf", b"a"),
        attribute(0x9005, struct.pack("<I", 1) + varying(0x0D, 0x3701, EMBEDDED + inner), level=2),
    )
    for _ in range(1_500):
        raw = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(4, len(raw))
            raw[at : at + chance.randint(0, 4)] = chance.randbytes(chance.randint(0, 4))
        read(letter(bytes(raw)))
        rtf_to_text(decompressed(bytes(raw[-60:])))
    assert open_tnef(b"") is None
