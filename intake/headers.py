"""Header lines: cut from a letter's bytes, made readable words, identifiers and dates."""

import binascii
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from intake.charsets import clean, decode, known_charset
from intake.encodings import base64_bytes

LONGEST_IDENTIFIER = 998
"""Characters of a Message-ID: RFC 5322 allows no longer line."""

_HEADER = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_INDENTED = re.compile(
    rb"[ \t]+(from|to|subject|date|received|return-path|message-id|mime-version|content-type):", re.IGNORECASE
)
_WORD = re.compile(r"=\?([^?\s]*+)\?([bBqQ])\?([^?=]*+(?:(?:\?(?!=)|=(?!\?(?!=)))[^?=]*+)*+)(?:\?=|\Z)")
_IDENTIFIER = re.compile(r"<([^<>\s]{1,996})>")


def with_line_feeds(raw: bytes) -> bytes:
    """The same lines, each ended by a line feed alone."""
    lines = raw.replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf")
    return lines if b"\n" in lines else lines.replace(b"\r", b"\n")


def is_binary(raw: bytes) -> bool:
    """Whether these bytes look like a program or a picture and not like lines somebody wrote."""
    start = raw[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return b"\0" in start or len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]", start)) * 20 > len(start)


def split_headers(raw: bytes, start: int = 0, end: int | None = None) -> tuple[list[tuple[str, bytes]], int, bool]:
    """The header lines (names in lower case, values unfolded), where the body begins, and whether they were sound.

    ``raw`` has line feeds only. A stray line between headers is taken as a badly folded one; a stray line
    followed by anything else begins the body.
    """
    end = len(raw) if end is None else end
    headers: list[tuple[str, list[bytes]]] = []
    well_formed = True
    at = _first_header(raw, start, end)
    while at < end:
        after = _after_line(raw, at, end)
        line = raw[at:after].rstrip(b"\n")
        if not headers and _INDENTED.match(line):
            line, well_formed = line.strip(), False
        if not line:
            return _joined(headers), after, well_formed
        if match := _HEADER.match(line):
            headers.append((match[1].decode("ascii").lower(), [line[match.end() :].strip()]))
        elif headers and (line[:1] in b" \t" or _HEADER.match(raw, after, end)):
            well_formed = well_formed and line[:1] in b" \t"
            headers[-1][1].append(line.strip())
        else:
            return _joined(headers), at, False
        at = after
    return _joined(headers), end, well_formed


def _first_header(raw: bytes, at: int, end: int) -> int:
    while at < end and raw[at] == 0x0A:
        at += 1
    return _after_line(raw, at, end) if raw.startswith((b"From ", b">From "), at, end) else at


def _after_line(raw: bytes, at: int, end: int) -> int:
    return raw.find(b"\n", at, end) + 1 or end


def _joined(headers: list[tuple[str, list[bytes]]]) -> list[tuple[str, bytes]]:
    return [(name, parts[0] if len(parts) == 1 else b" ".join(filter(None, parts))) for name, parts in headers]


def words(text: str) -> str:
    """A header's text with its RFC 2047 words decoded, on one line.

    Words that break the rules are read as well: with spaces or “?” inside, cut off at the end, in a charset
    nobody knows, or with one character's bytes divided between two words.
    """
    if "=?" not in text:
        return one_line(text)
    pieces: list[str] = []
    held = ("", b"")
    at = 0
    for match in _WORD.finditer(text):
        between = text[at : match.start()]
        charset = match[1].lower()
        if held[1] and not between.strip() and charset == held[0]:
            held = (charset, held[1] + _word_bytes(match))  # one character may be cut across two words
        else:
            pieces += [decode(held[1], held[0])[0], between if not held[1] or between.strip() else ""]
            held = (charset, _word_bytes(match))
        at = match.end()
    return one_line("".join([*pieces, decode(held[1], held[0])[0], text[at:]]))


def _word_bytes(match: re.Match[str]) -> bytes:
    raw = _as_written(match[3], match[1])
    if match[2] in "qQ":
        return binascii.a2b_qp(raw, header=True)
    return base64_bytes(raw)[0]


def _as_written(text: str, charset: str) -> bytes:
    """The bytes of a word that may hold, against the rules, letters that are not encoded."""
    if not text.isascii() and (codec := known_charset(charset)):
        try:
            return text.encode(codec)
        except UnicodeEncodeError:
            pass
    return text.encode("utf-8", "replace")


def one_line(text: str) -> str:
    """The text with every control character and line end made a space, and no space at the ends."""
    if text.isprintable():
        return text.strip()
    return re.sub(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+", " ", clean(text)).strip()


def identifiers(text: str) -> list[str]:
    """The message identifiers in a Message-ID, In-Reply-To or References header, each in angle brackets."""
    found = [f"<{inner}>" for inner in _IDENTIFIER.findall(text)]
    if found or not (bare := text.split()):
        return found
    return [f"<{bare[0]}>"] if "@" in bare[0] and len(bare[0]) < LONGEST_IDENTIFIER else []


def instant(text: str) -> datetime | None:
    """The moment a Date header names, in UTC, or None if it names none between 1970 and 2100."""
    try:
        moment = parsedate_to_datetime(text[:200])
        aware = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return aware if 1970 <= aware.year <= 2100 else None
