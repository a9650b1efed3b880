"""A file is what its content shows. The samples are the beginnings of such files, made by hand."""

import io
import time
import zipfile

import pytest

from intake.file_types import OTHER, type_of

_OOXML = "application/vnd.openxmlformats-officedocument."
_PROGRAM = "application/vnd.microsoft.portable-executable"


def a_zip(*names: str, kind: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind:
            archive.writestr(zipfile.ZipInfo("mimetype"), kind)
        for name in names:
            archive.writestr(name, "<x/>" * 100)
    return made.getvalue()


def old_office(*streams: str) -> bytes:
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + names + b"\0" * 512


def a_film(brand: bytes) -> bytes:
    return b"\0\0\0\x20ftyp" + brand + b"\0\0\0\0" + brand + b"mif1isom" + b"\0" * 300


EXE = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8" + b"\0" * 300

SAMPLES = {
    "jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01" + b"\0" * 300, "image/jpeg"),
    "jpg of a phone": (b"\xff\xd8\xff\xe1\0\x10Exif\0\0MM\0*" + b"\0" * 300, "image/jpeg"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 300, "image/png"),
    "heic": (a_film(b"heic"), "image/heic"),
    "gif": (b"GIF89a" + b"\0" * 100, "image/gif"),
    "bmp": (b"BM\x36\x03\0\0\0\0\0\0\x36\0\0\0(\0\0\0" + b"\0" * 100, "image/bmp"),
    "mp4": (a_film(b"isom"), "video/mp4"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" + b"x" * 300, "application/pdf"),
    "pdf with zeros": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0\0\1 0 obj\n" + b"\0" * 300, "application/pdf"),
    "pdf after a blank line": (b"\r\n%PDF-1.4\n1 0 obj\n" + b"x" * 300, "application/pdf"),
    "docx": (a_zip("[Content_Types].xml", "word/document.xml"), f"{_OOXML}wordprocessingml.document"),
    "docx in another order": (a_zip("word/document.xml", "[Content_Types].xml"), f"{_OOXML}wordprocessingml.document"),
    "xlsx": (a_zip("[Content_Types].xml", "xl/workbook.xml"), f"{_OOXML}spreadsheetml.sheet"),
    "pptx": (a_zip("[Content_Types].xml", "ppt/presentation.xml"), f"{_OOXML}presentationml.presentation"),
    "odt": (
        a_zip("content.xml", kind="application/vnd.oasis.opendocument.text"),
        "application/vnd.oasis.opendocument.text",
    ),
    "zip": (a_zip("a.txt", "b.jpg"), "application/zip"),
    "zip that names a docx": (a_zip("letters/word/document.xml.txt", "b.docx"), "application/zip"),
    "doc": (old_office("1Table", "WordDocument"), "application/msword"),
    "xls": (old_office("Workbook"), "application/vnd.ms-excel"),
    "msg": (old_office("__nameid_version1.0", "__properties_version1.0"), "application/vnd.ms-outlook"),
    "msg about a doc": (old_office("__nameid_version1.0", "WordDocument"), "application/vnd.ms-outlook"),
    "some other old office file": (old_office("Contents"), "application/x-ole-storage"),
    "eml": (b"Received: from a by b; date\r\nFrom: a@b.example\r\nSubject: hello\r\n\r\nHello\r\n", "message/rfc822"),
    "eml of a program": (b"X-Mailer: it\nFrom: a@b.example\nTo: c@d.example\nSubject: s\n\nHello\n", "message/rfc822"),
    "html": (b"<!DOCTYPE html>\n<html><body>hello</body></html>", "text/html"),
    "html with a mark before it": (b"\xef\xbb\xbf\n <html><script>alert(1)</script></html>", "text/html"),
    "html in two bytes a letter": ("<html><body>x".encode("utf-16"), "text/html"),
    "xhtml": (b'<?xml version="1.0"?>\n<html xmlns="x">', "text/html"),
    "svg": (b'<?xml version="1.0"?>\n<!-- made -->\n<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
    "rtf": (b"{\\rtf1\\ansi hello}", "application/rtf"),
    "txt": (b"Hello, the bin was missed again.\nYours", "text/plain"),
    "txt that begins like a picture": (b"BMW parked on the pavement again", "text/plain"),
    "txt that begins like a program": (b"MZ is how my neighbour signs", "text/plain"),
    "txt in Welsh": ("Ysgrifennaf â chŵyn am £5".encode(), "text/plain"),
    "txt with a list": (b"From: my house\nit is far\n\nTo: the bus stop", "text/plain"),
    "ics": (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "text/calendar"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "text/x-script"),
    "exe": (EXE, _PROGRAM),
    "exe that is a pdf too": (EXE + b"%PDF-1.7", _PROGRAM),
    "elf": (b"\x7fELF\x02\x01\x01" + b"\0" * 300, "application/x-executable"),
    "shortcut": (b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0" + b"\0" * 100, "application/x-ms-shortcut"),
    "winmail.dat": (b"\x78\x9f\x3e\x22" + b"\0" * 100, "application/ms-tnef"),
    "a signature": (b"0\x80\x06\t*\x86H\x86\xf7\r\x01\x07\x02\xa0\x800" + b"\0" * 90, "application/pkcs7-signature"),
    "a signature in letters": (b"-----BEGIN PGP SIGNATURE-----\nabc", "application/pgp-signature"),
    "little noise": (b"\x03\x17" + b"\xe1~ab" * 15, OTHER),
    "noise": (bytes(range(1, 200)) * 5, OTHER),
    "nothing": (b"", "text/plain"),
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("declared", ["image/jpeg", "application/octet-stream"])
def test_a_file_is_what_it_shows(name: str, declared: str) -> None:
    content, kind = SAMPLES[name]
    assert type_of(content, declared) == kind


def test_a_picture_that_is_a_program_shows_as_a_program() -> None:
    assert type_of(EXE, "image/jpeg") == _PROGRAM


@pytest.mark.parametrize(
    ("declared", "kind"),
    [
        ("text/csv", "text/csv"),
        (" Text/CSV ", "text/csv"),
        ("text/html", "text/html"),
        ("application/json", "text/plain"),
        ("text/a b", "text/plain"),
        ("text/<script>", "text/plain"),
        ("", "text/plain"),
    ],
)
def test_plain_words_are_the_text_they_are_declared_to_be(declared: str, kind: str) -> None:
    assert type_of(b"date,street\n2026-10-10,Elm Road\n", declared) == kind


def test_what_is_said_to_be_a_letter_needs_fewer_signs_of_one() -> None:
    assert type_of(b"Subject: hello\n\nHello\n", "message/rfc822") == "message/rfc822"
    assert type_of(b"Subject: hello\n\nHello\n", "text/plain") == "text/plain"
    assert type_of(b"no letter at all", "message/rfc822") == "text/plain"


def test_bytes_are_never_text_by_declaration() -> None:
    assert type_of(bytes(range(256)) * 4, "text/plain") == OTHER


@pytest.mark.parametrize(
    "start", [b"<?xml ", b"<!--", b"From: ", b"<", b"a:\n" * 1_000, b" \n" * 2_000, b"PK\3\4", b"\0"]
)
def test_no_content_takes_long(start: bytes) -> None:
    began = time.monotonic()
    type_of(start + b"<!-- x" * 3_000_000, "text/plain")
    assert time.monotonic() - began < 1
