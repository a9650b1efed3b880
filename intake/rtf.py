"""Rich text as Outlook sends it inside winmail.dat: unpacked (MS-OXRTFCP) and made plain."""

import re
import struct

from intake.charsets import decode

MOST_BYTES = 500_000
"""Bytes unpacked of one body: more words than any letter has, and no bomb."""

_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4096
_TOKEN = re.compile(
    r"\\'([0-9a-fA-F]{2})|\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_UNSEEN = frozenset(
    {
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "generator", "listtable"),
        *("listoverridetable", "revtbl", "rsidtbl", "themedata", "xmlnstbl", "fldinst", "bkmkstart", "bkmkend"),
    }
)
_SIGNS = {
    **dict.fromkeys(("par", "line", "row", "sect", "page"), "\n"),
    "tab": "\t",
    "cell": " ",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_ESCAPED = {"\\": "\\", "{": "{", "}": "}", "~": " ", "_": "-", "\n": "\n", "\r": "\n"}


def decompressed(raw: bytes) -> bytes:
    """The rich text packed in these bytes, as far as they go, at most ``MOST_BYTES``."""
    if len(raw) < 16:
        return b""
    _, _, packing, _ = struct.unpack_from("<II4sI", raw)
    if packing == b"MELA":
        return raw[16 : 16 + MOST_BYTES]
    return _unpacked(raw) if packing == b"LZFu" else b""


def _unpacked(raw: bytes) -> bytes:
    window = bytearray(_START.ljust(_WINDOW, b" "))
    write = len(_START)
    out = bytearray()
    at = 16
    while at < len(raw) and len(out) < MOST_BYTES:
        control, at = raw[at], at + 1
        for bit in range(8):
            if not control >> bit & 1:
                piece, at = raw[at : at + 1], at + 1
                window[write : write + len(piece)] = piece
                write = (write + len(piece)) % _WINDOW
                out += piece
                continue
            reference, at = int.from_bytes(raw[at : at + 2], "big"), at + 2
            start = reference >> 4
            if start == write or at > len(raw):
                return bytes(out)
            for step in range((reference & 15) + 2):
                window[write] = window[(start + step) % _WINDOW]
                out.append(window[write])
                write = (write + 1) % _WINDOW
    return bytes(out)


class _Reader:
    """Where the reading of rich text stands: what is seen, and what the groups around it said."""

    def __init__(self, charset: str) -> None:
        self.charset = charset
        self.seen: list[str] = []
        self.held = bytearray()
        self.groups: list[tuple[bool, int]] = []
        self.is_hidden = False
        self.stand_ins = 1
        self.skip = 0

    def say(self, text: str) -> None:
        if self.skip:
            cut = min(self.skip, len(text))
            text, self.skip = text[cut:], self.skip - cut
        if not self.is_hidden and text:
            self.flush()
            self.seen.append(text)

    def hold(self, code: int) -> None:
        if self.skip:
            self.skip -= 1
        elif not self.is_hidden:
            self.held.append(code)

    def flush(self) -> None:
        if self.held:
            self.seen.append(decode(bytes(self.held), self.charset)[0])
            self.held.clear()

    def group(self, brace: str) -> None:
        self.skip = 0
        if brace == "{":
            self.groups.append((self.is_hidden, self.stand_ins))
        elif self.groups:
            self.is_hidden, self.stand_ins = self.groups.pop()

    def control(self, word: str, number: str | None) -> None:
        if word in _UNSEEN:
            self.is_hidden = True
        elif word == "uc":
            self.stand_ins = min(int(number or 1), 8)
        elif word == "u" and number:
            self.say(chr(int(number) % 65_536))
            self.skip = max(0, self.stand_ins)
        elif word in _SIGNS:
            self.say(_SIGNS[word])


def rtf_to_text(raw: bytes) -> str:
    """The words of rich text, a line for each paragraph."""
    if not raw.lstrip().startswith(b"{\\rtf"):
        return ""
    page = re.search(rb"\\ansicpg(\d{1,5})", raw[:2000])
    reader = _Reader(f"cp{page[1].decode()}" if page and page[1] != b"65001" else "cp1252" if not page else "utf-8")
    for match in _TOKEN.finditer(raw.decode("latin-1")):
        code, word, number, sign, brace, text = match.groups()
        if code:
            reader.hold(int(code, 16))
        elif word:
            reader.control(word, number)
        elif brace:
            reader.group(brace)
        elif sign == "*":
            reader.is_hidden = True
        elif sign:
            reader.say(_ESCAPED.get(sign, ""))
        elif text:
            reader.say(text)
    reader.flush()
    paired = "".join(reader.seen).encode("utf-16", "surrogatepass")
    return paired.decode("utf-16", "ignore").strip()
