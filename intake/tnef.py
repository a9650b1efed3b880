"""winmail.dat (Outlook's TNEF, MS-OXTNEF): the body and the files it holds.

Our own small reader: tnefparse's last release is of 2021, its licence is the LGPL, and a file of 21 bytes that claims
twenty million properties keeps it busy for seconds. Here every step moves on through the bytes, and a lie about a
length ends the reading with what was found until then.
"""

import struct
from dataclasses import dataclass, field

from intake.rtf import MOST_BYTES, decompressed, rtf_to_text

DEEPEST = 5
"""Letters within letters that are opened."""

_SIGNATURE = b"\x78\x9f\x3e\x22"
_EMBEDDED_LETTER = bytes.fromhex("0703020000000000c000000000000046")
_BODY, _MAPI, _CODE_PAGE = 0x800C, 0x9003, 0x9007
_NEW_FILE, _FILE_NAME, _FILE_DATA, _FILE_MAPI = 0x9002, 0x8010, 0x800F, 0x9005
_TEXT8, _TEXT16, _BINARY, _OBJECT, _SEVERAL = 0x1E, 0x1F, 0x102, 0x0D, 0x1000
_FIXED = {0: 0, 1: 0, 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_P_BODY, _P_RTF, _P_HTML, _P_CODE_PAGE = 0x1000, 0x1009, 0x1013, 0x3FDE
_P_DATA, _P_SHORT_NAME, _P_LONG_NAME, _P_TYPE, _P_SHOWN = 0x3701, 0x3704, 0x3707, 0x370E, 0x3001


@dataclass
class TnefFile:
    """One file inside: its name, its type as declared, and its bytes."""

    name: str = ""
    declared: str = "application/octet-stream"
    content: bytes = b""


@dataclass
class Tnef:
    """What a winmail.dat holds; ``is_whole`` is False when its bytes ended or lied before the end.

    ``rich_left`` is how much rich text may still be unpacked: many small bodies would be one large bomb.
    """

    body: bytes = b""
    body_kind: str = "text/plain"
    charset: str = "cp1252"
    files: list[TnefFile] = field(default_factory=list)
    enclosed: list["Tnef"] = field(default_factory=list)
    is_whole: bool = True
    rich_left: int = MOST_BYTES


def open_tnef(raw: bytes, depth: int = 0, rich_left: int = MOST_BYTES) -> Tnef | None:
    """What these bytes hold, as far as they go; None if they are no TNEF."""
    if not raw.startswith(_SIGNATURE):
        return None
    found = Tnef(rich_left=rich_left)
    at = 6
    while at + 9 <= len(raw):
        name, size = struct.unpack_from("<xHxxI", raw, at)
        data = raw[at + 9 : at + 9 + size]
        if len(data) < size:
            found.is_whole = False
        _take(found, name, data, depth)
        at += 9 + size + 2
    found.is_whole = found.is_whole and at <= len(raw) and not raw[at:].strip(b"\0\r\n ")
    return found


def _take(found: Tnef, name: int, data: bytes, depth: int) -> None:
    if name == _CODE_PAGE and len(data) >= 4:
        found.charset = _charset(struct.unpack_from("<I", data)[0])
    elif name == _BODY and not found.body.strip(b"\0 \r\n"):
        found.body, found.body_kind = data.rstrip(b"\0"), "text/plain"
    elif name == _MAPI:
        _take_letter(found, _properties(data, found))
    elif name == _NEW_FILE:
        found.files.append(TnefFile())
    elif name in {_FILE_NAME, _FILE_DATA, _FILE_MAPI} and found.files:
        _take_file(found, name, data, depth)


def _charset(code_page: int) -> str:
    return {65001: "utf-8", 20127: "us-ascii", 28591: "iso-8859-1", 20866: "koi8-r"}.get(code_page, f"cp{code_page}")


def _take_letter(found: Tnef, said: dict[int, tuple[int, bytes]]) -> None:
    if _P_CODE_PAGE in said and len(said[_P_CODE_PAGE][1]) >= 4:
        found.charset = _charset(struct.unpack_from("<I", said[_P_CODE_PAGE][1])[0])
    if found.body.strip():
        return
    plain = _text(said, _P_BODY, found)
    html = _text(said, _P_HTML, found)
    rtf = "" if plain.strip() or html.strip() else _rich_text(found, said.get(_P_RTF, (0, b""))[1])
    words = plain if plain.strip() else html if html.strip() else rtf
    if words.strip():
        is_html = words is html
        found.body, found.body_kind, found.charset = words.encode(), "text/html" if is_html else "text/plain", "utf-8"


def _rich_text(found: Tnef, packed: bytes) -> str:
    if found.rich_left <= 0:
        return ""
    rtf = decompressed(packed)
    found.rich_left -= len(rtf)
    return rtf_to_text(rtf)


def _take_file(found: Tnef, name: int, data: bytes, depth: int) -> None:
    file = found.files[-1]
    if name == _FILE_NAME:
        file.name = file.name or _decoded(data, found.charset)
    elif name == _FILE_DATA:
        file.content = data
    else:
        said = _properties(data, found)
        names = (_text(said, each, found) for each in (_P_LONG_NAME, _P_SHORT_NAME))
        file.name = next((each for each in names if each), file.name) or _text(said, _P_SHOWN, found)
        file.declared = _text(said, _P_TYPE, found).lower() or file.declared
        content = said.get(_P_DATA, (0, file.content))[1]
        is_letter = content.startswith(_EMBEDDED_LETTER) and depth < DEEPEST
        enclosed = content[len(_EMBEDDED_LETTER) :]
        inside = open_tnef(enclosed, depth + 1, found.rich_left) if is_letter else None
        if inside is None:
            file.content = content
        else:
            found.rich_left = inside.rich_left
            found.enclosed.append(inside)
            found.files.pop()


def _text(said: dict[int, tuple[int, bytes]], wanted: int, found: Tnef) -> str:
    kind, data = said.get(wanted, (0, b""))
    return _decoded(data, "utf-16-le" if kind == _TEXT16 else found.charset)


def _decoded(data: bytes, charset: str) -> str:
    for each in (charset, "utf-8", "cp1252"):
        try:
            return data.decode(each).rstrip("\0")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1").rstrip("\0")


def _properties(data: bytes, found: Tnef) -> dict[int, tuple[int, bytes]]:
    """Each MAPI property's type and first value, as far as the bytes go."""
    said: dict[int, tuple[int, bytes]] = {}
    try:
        (count,) = struct.unpack_from("<I", data)
        at = 4
        for _ in range(min(count, len(data) // 4)):
            kind, name = struct.unpack_from("<HH", data, at)
            at = _past_long_name(data, at + 4) if name >= 0x8000 else at + 4
            values, at = _values(data, at, kind)
            said.setdefault(name, (kind & ~_SEVERAL, values))
    except (struct.error, ValueError):
        found.is_whole = False
    return said


def _past_long_name(data: bytes, at: int) -> int:
    is_named, length = struct.unpack_from("<II", data, at + 16)
    return at + 24 + (int(length) + -int(length) % 4 if is_named else 0)


def _values(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    """The first value of a property, and where the next property begins."""
    plain = kind & ~_SEVERAL
    is_varying = plain in {_TEXT8, _TEXT16, _BINARY, _OBJECT}
    if not is_varying and plain not in _FIXED:
        raise ValueError("a type nobody knows")
    count = 1
    if is_varying or kind & _SEVERAL:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    if not is_varying:
        size = _FIXED[plain]
        return data[at : at + size], at + count * size
    first = b""
    for number in range(min(count, len(data) // 4)):
        (length,) = struct.unpack_from("<I", data, at)
        first = data[at + 4 : at + 4 + length] if number == 0 else first
        at += 4 + length + -length % 4
    return first, at
