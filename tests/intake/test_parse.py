import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.mime import DEEPEST, MOST_PARTS
from intake.parse import parse
from models.rules.letters import Attachment, Email

CORPUS = Path(__file__).parents[1] / "corpus"
HEADERS = b"From: a@b.example\nSubject: s\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nMessage-ID: <1@b.example>\n"


def sample(name: str) -> Email:
    return parse((CORPUS / name).read_bytes())


def typed(content_type: str, body: bytes, *more: bytes) -> Email:
    return parse(HEADERS + b"\n".join([f"Content-Type: {content_type}".encode(), *more]) + b"\n\n" + body)


def test_a_plain_letter_is_read_whole() -> None:
    email = sample("plain_complaint.eml")
    assert (email.sender, email.sender_name) == ("asha.example@mail.example", "Asha Example")
    assert email.subject == "Green bin missed again"
    assert email.to == ("complaints@council.example",)
    assert email.message_id == "<plain-1@mail.example>"
    assert email.sent_at == datetime(2026, 3, 2, 9, 12, tzinfo=UTC)
    assert "nobody rang back. I was charged £50" in email.text
    assert email.defects == ()


def test_a_reply_from_outlook_is_cut_from_the_earlier_letter() -> None:
    email = sample("outlook_reply.eml")
    assert email.text == "I do not accept this answer. Nobody came. It’s still leaking…"
    assert "We have looked into your complaint." in email.quoted
    assert email.in_reply_to == ("<tocsin-7@council.example>", "<tocsin-1@council.example>")


def test_a_letter_of_html_alone_is_read() -> None:
    email = sample("gmail_html_only.eml")
    assert email.subject == "Re: Twll yn y ffordd – Ffordd y Llan"
    assert email.sender_name == "Siân Davies"
    assert email.text == "Mae'r twll yn beryglus.\n\nSee the map please.\n\none\ntwo"
    assert "Diolch" in email.quoted


def test_a_resident_forwarded_by_an_officer_is_heard() -> None:
    assert "my son coughs all night" in sample("forwarded_by_officer.eml").text


def test_a_letter_forwarded_as_an_attachment_is_heard() -> None:
    email = sample("forwarded_as_attachment.eml")
    assert email.text == "See attached.\n\nThe café below plays music until 3."
    assert [attachment.name for attachment in email.attachments] == ["Noise at night.eml"]


def test_a_returned_letter_is_not_taken_for_the_senders_words() -> None:
    email = sample("bounce.eml")
    assert email.text == "I'm sorry to have to inform you that your message could not be delivered."
    assert "TOC-26-0009" in email.quoted
    assert "Status: 5.1.1" in email.quoted
    assert email.attachments == ()


def test_a_charset_that_is_not_what_it_says_is_read_anyway() -> None:
    email = sample("broken_charset.eml")
    assert email.text == "The café’s rubbish costs £20 a week."
    assert (email.subject, email.sender_name) == ("Café noise – again", "José Núñez")
    assert email.defects == ("bad_header", "bad_charset")


def test_words_around_a_photo_are_joined() -> None:
    email = sample("photo_and_words.eml")
    assert email.text == "A fridge by the gate:\n\nand a sofa by the stile."
    assert email.attachments == (Attachment("pâté .jpg", "image/jpeg", 300),)


def test_a_text_without_headers_is_a_letter() -> None:
    email = sample("no_headers.eml")
    assert email.is_readable
    assert email.text.startswith("Hello, my name is Rosa.")
    assert email.defects == ("no_headers", "no_from", "no_message_id", "no_date")


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b"\0\0\0"])
def test_nothing_at_all_is_empty(raw: bytes) -> None:
    assert parse(raw) == Email(defects=("empty",), is_readable=False)


def test_a_picture_is_not_a_letter() -> None:
    assert not parse(b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(5_000)).is_readable


@pytest.mark.parametrize(
    ("header", "sender", "name"),
    [
        ("Asha@Mail.Example", "asha@mail.example", ""),
        ('"Example, Asha" <asha@mail.example>', "asha@mail.example", "Example, Asha"),
        ('"Asha \\"A\\" Example" <asha@mail.example>', "asha@mail.example", 'Asha "A" Example'),
        ("asha@mail.example (Asha Example)", "asha@mail.example", "Asha Example"),
        ("=?utf-8?q?Si=C3=A2n=2C_D?= <s@mail.example>", "s@mail.example", "Siân, D"),
        ("=?utf-8?b?PHNAbWFpbC5leGFtcGxlPg==?=", "s@mail.example", ""),
        ("Pat O'Brien <pat.o'brien@mail.example>", "pat.o'brien@mail.example", "Pat O'Brien"),
        ("'pat@mail.example' <pat@mail.example>", "pat@mail.example", ""),
        ("Family: a@mail.example, b@mail.example;", "a@mail.example", ""),
        ("A <a@mail.example\n", "a@mail.example", "A"),
        ('"asha.example"@mail.example', "asha.example@mail.example", ""),
    ],
)
def test_the_sender_is_found(header: str, sender: str, name: str) -> None:
    email = parse(f"From: {header}\n\nhi".encode())
    assert (email.sender, email.sender_name) == (sender, name)
    assert not {"no_from", "bad_from"} & set(email.defects)


def test_a_letter_without_from_is_laid_to_whoever_else_is_named() -> None:
    email = parse(b"Reply-To: r@mail.example\nReturn-Path: <p@mail.example>\n\nhi")
    assert email.sender == "r@mail.example"
    assert email.defects[:2] == ("no_from", "sender_from_reply_to")


@pytest.mark.parametrize("header", ['"{}"@attacker.example', '<"{}"@attacker.example>', '"{}" (x) @attacker.example'])
def test_an_address_quoted_before_an_at_is_nobodys(header: str) -> None:
    email = parse(f"From: {header.format('asha@mail.example')}\n\nhi".encode())
    assert (email.sender, email.defects[0]) == ("", "bad_from")


def test_a_sender_without_an_address_is_a_defect() -> None:
    email = parse(b"From: nobody at all\nReturn-Path: <>\n\nhi")
    assert (email.sender, email.sender_name, email.defects[0]) == ("", "nobody at all", "bad_from")


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        (b"=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
        (b"=?utf-8?b?Y2Fm?=\n =?iso-8859-1?q?=E9_x?= y", "café x y"),
        (b"=?unknown?q?caf=E9?=", "café"),
        (b"=?utf-8?b?Y2Fm!w6k?=", "café"),
        (b"=?iso-8859-1?q?caf\xe9?=", "café"),
        (b"=?utf-8?q?caf\xe9?=", "café"),
        (b"=?iso-8859-1?q?caf=C3=A9?=", "café"),
        (b"=?utf-8?q?caf=C3=A9", "café"),
        (b"=?utf-8?q?is it a caf=C3=A9??=", "is it a café?"),
        (b"=?utf-8?b?Y2Fmw6k?==?utf-8?b?IHg=?=", "café x"),
        (b"=?utf-8*en?q?caf=C3=A9?=", "café"),
        (b'"=?utf-8?q?caf=C3=A9?="', '"café"'),
        (b"=?windows-1258-x?q?caf=E9?=", "café"),
        (b"=?x-unknown?z?caf?=", "=?x-unknown?z?caf?="),
        (b"caf\0\xc3\xa9", "café"),
        (b"folded\n\tover\r\n lines", "folded over lines"),
        (b"=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x"),
        (b"caf\xe9 \xe2\x82\xac5 \x93q\x94", "café €5 “q”"),
        (b"\xc5\xb7 utf-8 as it is", "ŷ utf-8 as it is"),
    ],
)
def test_a_subject_is_one_readable_line(header: bytes, subject: str) -> None:
    assert parse(b"From: a@b.example\nSubject: " + header + b"\n\nhi").subject == subject


@pytest.mark.parametrize(
    ("charset", "raw", "text"),
    [
        ("utf-8", "naïve £5".encode(), "naïve £5"),
        ("utf-8", "naïve £5’s".encode("cp1252"), "naïve £5’s"),
        ("utf-8", "ŷ and ".encode() + b"\xe9\x81", "ŷ and é\x81"),
        ("iso-8859-1", "it’s £5".encode("cp1252"), "it’s £5"),
        ("us-ascii", "Tŷ Gwyn".encode(), "Tŷ Gwyn"),
        ("punycode", b"plain-text", "plain-text"),
        ("gb2312", "镕基".encode("gb18030"), "镕基"),
        ("iso-2022-jp", "日本語".encode("iso2022_jp"), "日本語"),
        ("utf-16", b"plain ascii", "plain ascii"),
        ("iso-8859-1", "Tŷ £5".encode(), "Tŷ £5"),
        ("windows-874", "ไทย".encode("cp874"), "ไทย"),
        ("x-windows-1252", "it’s".encode("cp1252"), "it’s"),
        ("iso-8859-8-i", "שלום".encode("iso-8859-8"), "שלום"),
        ("utf8mb4", "Tŷ".encode(), "Tŷ"),
        ("iso-8859-9", "it’s".encode("cp1252"), "it’s"),
        ("shift_jis", "ﾃｽﾄ 日本".encode("shift_jis"), "ﾃｽﾄ 日本"),
        ("utf-16", "wide".encode("utf-16"), "wide"),
        ("utf-8", b"a\0b\x07c", "abc"),
        ("utf-7", b"+2AA-x", "x"),
    ],
)
def test_the_charset_ladder_ends_in_words(charset: str, raw: bytes, text: str) -> None:
    assert typed(f"text/plain; charset={charset}", raw).text == text


def test_eight_bit_letters_are_tried_as_utf_8_first() -> None:
    email = typed("text/plain; charset=windows-1252", "Tŷ £5".encode(), b"Content-Transfer-Encoding: 8bit")
    assert email.text == "Tŷ £5"


@pytest.mark.parametrize(
    ("encoding", "raw", "text", "defects"),
    [
        (b"quoted-printable", b"caf=C3=A9 =\nhere", "café here", ()),
        (b"quoted-printable", b"5 = five =ZZ", "5 = five =ZZ", ("bad_encoding",)),
        (b"base64", b"Y2Fmw6k=", "café", ()),
        (b"base64", b"Y2Fm\nw6k", "café", ("bad_encoding",)),
        (b"base64", b"Y2F*mw6k=\n\nThis list: https://x.example\n", "café", ("bad_encoding",)),
        (b'"BASE64"', b"Y2Fmw6k=", "café", ()),
        (b"base64", b"The bin was\nmissed once again.", "The bin was\nmissed once again.", ("bad_encoding",)),
        (b"made-up", b"as it is", "as it is", ("bad_encoding",)),
        (b"x-uuencode", b"begin 644 x\n#0V%T\n`\nend\n", "Cat", ()),
    ],
)
def test_an_encoding_is_undone_as_far_as_it_goes(
    encoding: bytes, raw: bytes, text: str, defects: tuple[str, ...]
) -> None:
    email = typed("text/plain; charset=utf-8", raw, b"Content-Transfer-Encoding: " + encoding)
    assert (email.text, email.defects) == (text, defects)


def test_html_stands_in_for_a_blank_plain_part() -> None:
    parts = b"--b\nContent-Type: text/plain\n\n \n--b\nContent-Type: text/html\n\n<p>words</p>\n--b--\n"
    assert typed("multipart/alternative; boundary=b", parts).text == "words"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/mixed; boundary=b", b"--b\n\nwords\n"),
        ("multipart/mixed", b"--guess\nContent-Type: text/plain\n\nwords\n--guess--\n"),
        ("multipart/mixed; boundary=other", b"--guess\nContent-Type: text/plain\n\nwords\n--guess--\n"),
        ("multipart/mixed; boundary=b", b"words"),
    ],
)
def test_broken_parts_still_give_their_words(content_type: str, body: bytes) -> None:
    email = typed(content_type, body)
    assert "words" in email.text
    assert "broken_mime" in email.defects


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ('"../../etc/passwd"', "passwd"),
        ('"C:\\\\temp\\\\a.doc"', "a.doc"),
        ('"=?utf-8?q?p=C3=A2t=C3=A9.pdf?="', "pâté.pdf"),
        ('"..."', "attachment"),
        ('"a\tb:c.txt"', "a b_c.txt"),
        ('"' + "x" * 500 + '.pdf"', "x" * 116 + ".pdf"),
        ('"abc\u202etxt.exe"', "abctxt.exe"),
    ],
)
def test_an_attachments_name_is_safe(declared: str, name: str) -> None:
    email = typed("application/pdf", b"abc", f"Content-Disposition: attachment; filename={declared}".encode())
    assert email.attachments == (Attachment(name, "application/pdf", 3),)


@pytest.mark.parametrize(
    "date", ["yesterday", "Mon, 99 Mar 2026 10:00:00", "1 Jan 1850 10:00 +0000", "1 Jan 9999 23:59 -1400", "x" * 9_999]
)
def test_an_impossible_date_is_none(date: str) -> None:
    email = parse(f"From: a@b.example\nDate: {date}\n\nhi".encode())
    assert email.sent_at is None
    assert "bad_date" in email.defects


def test_a_line_between_headers_does_not_end_them() -> None:
    email = parse(b"From: a@b.example\nSubject: one\nbadly folded\nTo: c@d.example\n\nwords")
    assert (email.subject, email.to, email.text) == ("one badly folded", ("c@d.example",), "words")
    assert "bad_header" in email.defects


def test_an_indented_first_header_is_a_header() -> None:
    email = parse(b" From: a@b.example\nSubject: s\n\nwords")
    assert (email.sender, email.subject, email.text) == ("a@b.example", "s", "words")
    assert "bad_header" in email.defects


def test_a_date_may_be_encoded() -> None:
    email = parse(b"From: a@b.example\nDate: =?utf-8?q?Mon=2C_2_Mar_2026_10=3A00=3A00_+0000?=\n\nhi")
    assert email.sent_at == datetime(2026, 3, 2, 10, tzinfo=UTC)


def nested(depth: int) -> bytes:
    parts = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(depth))
    return HEADERS + b"".join(parts) + b"\nwords at the bottom\n"


def test_parts_within_parts_are_read_down_to_a_limit() -> None:
    assert parse(nested(DEEPEST - 1)).text == "words at the bottom"
    deep = parse(nested(1_000))
    assert "words at the bottom" in deep.text
    assert "deep_nesting" in deep.defects


def test_more_parts_than_any_letter_needs_are_not_opened() -> None:
    email = typed("multipart/mixed; boundary=b", b"--b\n\nx\n" * (MOST_PARTS + 10) + b"--b--\n")
    assert "too_many_parts" in email.defects


def test_ten_thousand_recipients_are_all_read() -> None:
    people = b", ".join(b"p%d@mail.example" % number for number in range(10_000))
    assert len(parse(b"From: a@b.example\nTo: " + people + b"\n\nhi").to) == 10_000


def test_no_bytes_at_all_can_stop_the_reading() -> None:
    chance = random.Random(20260302)
    letters = [path.read_bytes() for path in sorted(CORPUS.glob("*.eml"))]
    for _ in range(1_500):
        raw = bytearray(chance.choice(letters))
        for _ in range(chance.randint(1, 30)):
            at = chance.randrange(len(raw))
            raw[at : at + chance.randint(0, 4)] = chance.randbytes(chance.randint(0, 4)) or b"\n"
        email = parse(bytes(raw))
        f"{email.text}{email.quoted}{email.subject}{email.sender}{email.sender_name}{email.headers}".encode()
        assert "\n" not in email.subject + email.sender + email.sender_name
        assert "\0" not in email.text + email.quoted
