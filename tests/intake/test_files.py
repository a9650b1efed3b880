"""The files of a letter: names in every spelling, in the order of the attachments, with their bytes."""

import pytest

from intake.files import File
from intake.parameters import structured
from intake.parse import read

HEAD = b"From: a@b.example\nSubject: s\n"


def named(*lines: bytes) -> str:
    reading = read(HEAD + b"\n".join(lines) + b"\n\nabc")
    assert [(each.name, each.size) for each in reading.email.attachments] == [
        (f.name, len(f.content)) for f in reading.files
    ]
    return reading.files[0].name


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b"filename=plan.pdf", "plan.pdf"),
        (b'filename="the; plan.pdf"', "the; plan.pdf"),
        (b"filename=the plan.pdf", "the plan.pdf"),
        (b'filename="p=C3=A2t=C3=A9.pdf"', "p=C3=A2t=C3=A9.pdf"),
        (b"filename*=UTF-8''p%C3%A2t%C3%A9.pdf", "pâté.pdf"),
        (b"filename*=\"UTF-8''p%C3%A2t%C3%A9.pdf\"", "pâté.pdf"),
        (b"filename*=utf-8'en'p%C3%A2t%C3%A9.pdf; filename=pate.pdf", "pâté.pdf"),
        (b"filename=pate.pdf; filename*=iso-8859-1''p%E2t%E9.pdf", "pâté.pdf"),
        (b"filename*=iso-8859-1''p%C3%A2t%C3%A9.pdf", "pâté.pdf"),
        (b"filename*=p%C3%A2t%C3%A9.pdf", "pâté.pdf"),
        (b"filename*=utf-8''p%E2t%E9.pdf", "pâté.pdf"),
        (b"filename*=unknown''p%C3%A2t%C3%A9.pdf", "pâté.pdf"),
        (b"filename*0*=utf-8''p%C3;\n filename*1*=%A2t; filename*2=\"e.pdf\"", "pâte.pdf"),
        (b'filename*1="lan.pdf"; filename*0="p"', "plan.pdf"),
        (b'filename*0="a%20"; filename*1*=%C3%A9.pdf', "a%20é.pdf"),
        (b"filename*0*=utf-8''a%ZZb.pdf", "a%ZZb.pdf"),
        (b'filename="=?utf-8?q?p=C3=A2t=C3=A9.pdf?="', "pâté.pdf"),
        (b"filename==?utf-8?b?cMOidMOpLnBkZg==?=", "pâté.pdf"),
        (b'filename="=?utf-8?q?p=C3=A2?=\n =?utf-8?q?t=C3=A9.pdf?="', "pâté.pdf"),
        ('filename="pâté.pdf"'.encode(), "pâté.pdf"),
        ('filename="pâté.pdf"'.encode("cp1252"), "pâté.pdf"),
        (b'filename="unended.pdf', "unended.pdf"),
        (b'filename="say \\"hi\\".pdf"', "say _hi_.pdf"),
        (b"filename='single.pdf'", "single.pdf"),
        (b"FileName = spaced.pdf", "spaced.pdf"),
        (b'filename=""', "attachment"),
        (b"filename", "attachment"),
    ],
)
def test_a_file_name_is_read_in_every_spelling(disposition: bytes, name: str) -> None:
    assert named(b"Content-Type: application/pdf", b"Content-Disposition: attachment; " + disposition) == name


def test_a_name_may_stand_in_the_type_alone() -> None:
    assert named(b"Content-Type: application/pdf; name*=utf-8''p%C3%A2t%C3%A9.pdf") == "pâté.pdf"


@pytest.mark.parametrize(
    ("raw", "word", "parameters"),
    [
        (b"text/html charset=utf-8", "text/html", {"charset": "utf-8"}),
        (b'TEXT/HTML; Charset="UTF-8"; charset=x', "text/html", {"charset": "UTF-8"}),
        (b"text/plain; ; a", "text/plain", {}),
        (b'multipart/mixed; boundary="a;b=c"', "multipart/mixed", {"boundary": "a;b=c"}),
        (b"multipart/mixed; boundary==_x=", "multipart/mixed", {"boundary": "=_x="}),
        (b"", "", {}),
        (b";", "", {}),
    ],
)
def test_a_type_is_read_however_it_is_written(raw: bytes, word: str, parameters: dict[str, str]) -> None:
    assert structured(raw) == (word, parameters)


@pytest.mark.parametrize(
    ("declared", "kind"),
    [
        (b"Image/JPEG", "image/jpeg"),
        (b"application/pdf<script>", "application/pdf"),
        (b"application", "application/octet-stream"),
        (b"image / jpeg", "application/octet-stream"),
    ],
)
def test_a_files_type_is_a_plain_word(declared: bytes, kind: str) -> None:
    reading = read(HEAD + b"Content-Type: " + declared + b"\nContent-Disposition: attachment; filename=a\n\nabc")
    assert [each.declared for each in reading.files] == [kind]


def test_files_come_in_the_order_of_the_attachments() -> None:
    kinds = [b"image/png; name=1.png", b"message/rfc822", b"text/csv; name=3.csv", b"text/calendar; name=4.ics"]
    parts = b"".join(b"--b\nContent-Type: " + kind + b"\n\nSubject: x\n\nhello\n" for kind in kinds)
    reading = read(HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + parts + b"--b--\n")
    names = ["1.png", "letter.eml", "3.csv", "4.ics"]
    assert [each.name for each in reading.email.attachments] == [each.name for each in reading.files] == names
    assert reading.files[1] == File("letter.eml", "message/rfc822", b"Subject: x\n\nhello")
    assert [each.content_type for each in reading.email.attachments] == [each.declared for each in reading.files]


def test_an_empty_message_has_no_files() -> None:
    assert read(b"").files == ()
    assert read(b"\x89PNG\r\n\x1a\n\0\0").files == ()
