"""Bytes to parts: a letter cut at its boundaries, as deep as any letter needs to be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from intake.encodings import transferred
from intake.headers import split_headers
from intake.parameters import structured
from intake.pkcs7 import signed_content
from intake.rtf import MOST_BYTES
from intake.tnef import Tnef, open_tnef

DEEPEST = 50
"""Parts within parts that are opened; what lies deeper is read as it stands."""

MOST_PARTS = 1_000
"""Parts opened in one letter, so that a letter made of boundaries alone costs little."""

ENCLOSED_LETTERS = frozenset({"message/rfc822", "message/global", "message/news"})
"""Types of a part that is a whole letter of its own."""

_UNKNOWN = "application/octet-stream"
_SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_NOT_LETTERS = frozenset(
    {
        *("text/calendar", "text/css", "text/csv", "text/directory", "text/javascript", "text/rfc822-headers"),
        *("text/rtf", "text/vcard", "text/x-amp-html", "text/x-vcard", "text/xml"),
    }
)
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,98}/[a-z0-9][a-z0-9!#$&^_.+-]{0,98}")
_LOOKS_LIKE_HTML = re.compile(
    rb"\s{0,100}(<\?xml[^>]{0,200}>\s{0,100})?<(!doctype html|html|body|div|p)\b", re.IGNORECASE
)


@dataclass
class Part:
    """One MIME part: its own headers and body, or the parts it is made of. ``source`` holds it from ``start`` on."""

    headers: list[tuple[str, bytes]]
    source: bytes
    start: int
    end: int
    kind: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    disposition: str = ""
    name: str = ""
    children: list["Part"] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        """The bytes after the headers, as they came."""
        return self.source[self.start : self.end]

    @property
    def is_attached(self) -> bool:
        """Whether this is a file that came along, and not words of the letter."""
        is_letter = self.kind.startswith("text/") and self.kind not in _NOT_LETTERS
        return self.disposition == "attachment" or not is_letter

    def first(self, name: str) -> bytes:
        """The first header of that name, undecoded, or nothing."""
        return next((value for key, value in self.headers if key == name), b"")

    def content(self) -> tuple[bytes, bool]:
        """The bytes with their transfer encoding undone, and whether they were whole."""
        return transferred(self.body, self.first("content-transfer-encoding"))

    def leaves(self) -> Iterator["Part"]:
        """The parts that are made of no others, in order; a letter enclosed in this one keeps its own."""
        if not self.children:
            yield self
        for child in self.children:
            if child.kind not in ENCLOSED_LETTERS:
                yield from child.leaves()


@dataclass
class Notes:
    """What was odd on the way through one letter, each code once; how many parts may still be opened.

    ``rich_left`` is how many bytes of rich text may still be unpacked.
    """

    odd: dict[str, None] = field(default_factory=dict)
    parts_left: int = MOST_PARTS
    rich_left: int = MOST_BYTES

    def note(self, code: str, *, unless: bool = False) -> None:
        """Remember what was odd."""
        if not unless:
            self.odd.setdefault(code)


def open_letter(lines: bytes, notes: Notes) -> Part:
    """The letter these bytes (with line feeds only) hold, with the parts inside it."""
    return _open(lines, 0, len(lines), notes)


def plain_leaf(content: bytes, kind: str = "text/plain", name: str = "") -> Part:
    """A part without headers that holds just these bytes."""
    return Part([], content, 0, len(content), kind, {}, "attachment" if name else "", name)


def is_smime(part: Part) -> bool:
    """Whether a part is a letter under S/MIME (RFC 8551, 3.2), and no file somebody signed and attached."""
    name = part.name.lower()
    if part.kind.startswith("multipart/") or part.kind in ENCLOSED_LETTERS:
        return False
    return name == "smime.p7m" or (part.kind in _SMIME and (not name or "smime-type" in part.parameters))


def _open(raw: bytes, start: int, end: int, notes: Notes, *, depth: int = 0, otherwise: str = "text/plain") -> Part:
    if depth and raw.startswith(b"\n", start, end):
        part = _leaf([], raw, start + 1, end, otherwise)
    else:
        found, body, well_formed = split_headers(raw, start, end)
        notes.note("bad_header", unless=well_formed or not (found or depth))
        part = _leaf(found, raw, body, end, otherwise)
    if part.kind.startswith("multipart/") or part.kind in ENCLOSED_LETTERS:
        part.children = _opened_children(part, notes, depth)
        part.kind = part.kind if part.children else "text/plain"  # what cannot be opened is read as it stands
    elif part.kind in _TNEF or part.name.lower() == "winmail.dat":
        part.children = _opened_tnef(part, notes)
    elif is_smime(part):
        part.children = _opened_signed(part, notes, depth)
    return part


def _leaf(found: list[tuple[str, bytes]], raw: bytes, start: int, end: int, otherwise: str) -> Part:
    part = Part(found, raw, start, end)
    declared, part.parameters = structured(part.first("content-type"))
    part.disposition, described = structured(part.first("content-disposition"))
    part.name = described.get("filename") or part.parameters.get("name", "")
    part.kind = _kind(declared, otherwise)
    if not declared and _LOOKS_LIKE_HTML.match(raw, start, min(end, start + 400)):
        part.kind = "text/html"
    return part


def _kind(declared: str, otherwise: str) -> str:
    if found := _TYPE.match(declared):
        return found[0]
    if declared.partition("/")[0].strip() in {"application", "image", "audio", "video"}:
        return _UNKNOWN
    return otherwise if not declared else "text/plain"


def _opened_children(part: Part, notes: Notes, depth: int) -> list[Part]:
    if depth >= DEEPEST:
        notes.note("deep_nesting")
        return []
    if part.kind in ENCLOSED_LETTERS:
        return [_opened_enclosed(part, notes, depth)]
    inside = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
    return [
        _open(part.source, start, end, notes, depth=depth + 1, otherwise=inside) for start, end in _pieces(part, notes)
    ]


def _opened_enclosed(part: Part, notes: Notes, depth: int) -> Part:
    if not part.first("content-transfer-encoding"):
        return _open(part.source, part.start, part.end, notes, depth=depth + 1)
    content, whole = part.content()
    notes.note("bad_encoding", unless=whole)
    return _open(content, 0, len(content), notes, depth=depth + 1)


def _pieces(part: Part, notes: Notes) -> list[tuple[int, int]]:
    """Where the parts of a multipart body begin and end; none if it cannot be cut."""
    boundary = part.parameters.get("boundary", "").encode("utf-8", "replace").rstrip()
    cuts = _cuts(part, boundary, notes.parts_left)
    notes.note("broken_mime", unless=bool(cuts) and cuts[-1][1] is not None)
    cuts = cuts or _cuts(part, _likely_boundary(part), notes.parts_left)
    notes.note("too_many_parts", unless=len(cuts) <= notes.parts_left)
    notes.parts_left = max(0, notes.parts_left - len(cuts))
    ends = [*(cut.start() for cut in cuts[1:]), part.end]
    return [(min(cut.end() + 1, end), end) for cut, end in zip(cuts, ends, strict=False) if not cut[1]]


def _cuts(part: Part, boundary: bytes, most: int) -> list[re.Match[bytes]]:
    delimiter = re.compile(rb"\n--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\n|\Z)")
    before = max(0, part.start - 1)  # the boundary may stand on the body's first line
    return list(islice(delimiter.finditer(part.source, before, part.end), most + 1)) if boundary else []


def _likely_boundary(part: Part) -> bytes:
    likely = re.compile(rb"\n--([^\n]{1,200}?)[ \t]*\n(?=content-)", re.IGNORECASE)
    found = likely.search(part.source, max(0, part.start - 1), part.end)
    return found[1] if found else b""


def _opened_tnef(part: Part, notes: Notes) -> list[Part]:
    """What a winmail.dat holds, as parts of the letter; nothing if it is none after all."""
    content, _ = part.content()
    found = open_tnef(content, rich_left=notes.rich_left)
    notes.rich_left = found.rich_left if found else notes.rich_left
    notes.note("broken_tnef", unless=found is not None and found.is_whole)
    return _tnef_parts(found)[: notes.parts_left] if found else []


def _tnef_parts(found: Tnef) -> list[Part]:
    words = (
        [Part([], found.body, 0, len(found.body), found.body_kind, {"charset": found.charset})] if found.body else []
    )
    files = [
        plain_leaf(file.content, _kind(file.declared, _UNKNOWN), file.name or "attachment") for file in found.files
    ]
    return [*words, *files, *(part for letter in found.enclosed for part in _tnef_parts(letter))]


def _opened_signed(part: Part, notes: Notes, depth: int) -> list[Part]:
    """The letter inside an opaque signature (RFC 8551, 3.5.2); none if it is not signed but encrypted."""
    content, _ = part.content()
    inside = signed_content(content)
    if inside is None or depth >= DEEPEST:
        return []
    lines = inside.replace(b"\r\n", b"\n")
    return [_open(lines, 0, len(lines), notes, depth=depth + 1)]
