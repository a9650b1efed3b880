"""What a file is by its content, whatever its sender calls it."""

import re

import filetype

OTHER = "application/octet-stream"
"""Bytes that show no type known here."""

_START = 4096
_DECLARED_TEXT = re.compile(r"text/[a-z0-9][a-z0-9.+-]{0,60}")
_BEGINNINGS = (
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-executable"),
    (b"L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
)
_SIGNED_DATA = b"\x06\t*\x86H\x86\xf7\r\x01\x07\x02"
"""The object identifier of signedData (RFC 5652), which a signature's DER begins with."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_OFFICE_STREAMS = (
    ("__nameid_version1.0", "application/vnd.ms-outlook"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
_TEXTS = (
    (r"\{\\rtf", "application/rtf"),
    (r"%pdf-", "application/pdf"),
    (r"#!", "text/x-script"),
    (r"(<\?xml[^>]*>\s*)?(<!--[^>]*>\s*)?(<!doctype svg[^>]*>\s*)?<svg[\s>]", "image/svg+xml"),
    (r"(<\?xml[^>]*>\s*)?(<!--[^>]*>\s*)?<(!doctype html|html|head|body|script)[\s>]", "text/html"),
    (r"begin:vcalendar", "text/calendar"),
    (r"begin:vcard", "text/vcard"),
    (r"-----begin pgp signature-----", "application/pgp-signature"),
    (r"-----begin pgp message-----", "application/pgp-encrypted"),
)
_LETTER = "message/rfc822"
_LETTER_HEADER = re.compile(r"^(from|received|date|message-id|subject|to|return-path|mime-version):", re.MULTILINE)


def type_of(content: bytes, declared: str) -> str:
    """The MIME type these bytes show.

    - Programs come first: a file that begins as one is one, whatever else it could pass for.
    - What is not text is known by its beginning (the package ``filetype``; Office files before 2007 and messages
      of Outlook by the streams inside), or is ``OTHER``: the sender's word is not taken.
    - Text has few marks of its own, so beyond web pages, drawings and the like a declared text type is kept.
    """
    if not content:
        return "text/plain"
    return _type_of_text(content, declared) if _is_text(content) else _type_of_bytes(content)


def _is_text(content: bytes) -> bool:
    start = content[:_START]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" not in start and len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]", start)) * 200 <= len(start)


def _type_of_bytes(content: bytes) -> str:
    if known := next((kind for start, kind in _BEGINNINGS if content.startswith(start)), None):
        return known
    if _SIGNED_DATA in content[:40] and content.startswith(b"0"):
        return "application/pkcs7-signature"
    if content.startswith(_OLD_OFFICE):
        inside = (kind for name, kind in _OLD_OFFICE_STREAMS if name.encode("utf-16-le") in content)
        return next(inside, "application/x-ole-storage")
    if found := filetype.guess_mime(content):
        return str(found)
    return "application/pdf" if b"%PDF-" in content[:1024] else OTHER


def _type_of_text(content: bytes, declared: str) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    words = content[:_START].decode("utf-16" if wide else "latin-1", "ignore").lower()
    start = words.removeprefix("\xef\xbb\xbf").lstrip()
    for pattern, kind in _TEXTS:
        if re.match(pattern, start):
            return kind
    block = start.replace("\r\n", "\n").partition("\n\n")[0]
    plain = declared.lower().strip()
    found = len(set(_LETTER_HEADER.findall(block))) if re.match(r"(from [^\n]*\n)?[a-z][a-z0-9-]*:", block) else 0
    if found > 2 or (found and plain == _LETTER):  # what nobody calls a letter needs more to be one
        return _LETTER
    return plain if _DECLARED_TEXT.fullmatch(plain) else "text/plain"
