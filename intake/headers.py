"""Header lines, charsets and encodings: from any bytes to names, addresses, identifiers and dates."""

import binascii
import codecs
import re
import unicodedata
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice

MOST_ADDRESSES = 20_000
"""Addresses read from one header; a letter to more people than that is cut, not refused."""

LONGEST_NAME = 120
"""Characters of an attachment's name: every file system takes that many."""

LONGEST_IDENTIFIER = 998
"""Characters of a Message-ID: RFC 5322 allows no longer line."""

_TEXT_CODECS = re.compile(r"(utf|iso|cp|ascii|big5|gb|euc|shift|koi8|mac|hz$|johab|tis|ptcp|kz|hp|viscii)")
_WIDER = {
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso2022_jp": "iso2022_jp_ext",
    "big5": "big5hkscs",
}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_HEADER = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_WORD = re.compile(r"=\?([^?\s]*)\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_ADDRESSES = re.compile(r"[\s<>()\[\],;:\"]+")
_ADDRESS_TOKEN = re.compile(r'"[^"]*"|\([^()]*\)|<[^<>]*>|[,;]|[^",;(<]+|.', re.DOTALL)
_IDENTIFIER = re.compile(r"<([^<>\s]{1,996})>")


def _windows_1252_here(error: UnicodeError) -> tuple[str, int]:
    """A codec error handler: the bytes that are not UTF-8 are read as Windows-1252, or at last as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _single_byte(error.object[error.start : error.end]), error.end


def _single_byte(raw: bytes) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


codecs.register_error("tocsin-windows-1252", _windows_1252_here)


def clean(text: str) -> str:
    """The text with line feeds only, and without what no letter needs: NULs, control characters, lone surrogates."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def known_charset(name: str) -> str:
    """The codec to read a declared charset with, or "" if there is none that makes text."""
    plain = name.strip("\"' ").split("*")[0]
    if not re.fullmatch(r"[A-Za-z0-9._:-]{1,40}", plain):
        return ""
    try:
        codec = codecs.lookup(plain).name
    except LookupError:
        return ""
    return codec if _TEXT_CODECS.match(codec) else ""


def decode(raw: bytes, charset: str = "", *, utf8_first: bool = False) -> tuple[str, bool]:
    """The text of these bytes, and whether the declared charset could be believed.

    - The ladder is: declared, UTF-8, then byte by byte Windows-1252 and Latin-1, so no byte is lost.
    - ``utf8_first`` is for senders whose declaration is a habit (an 8bit transfer encoding, say).
    """
    if not charset and raw.isascii():
        return clean(raw.decode("ascii")), True
    declared = known_charset(charset)
    is_known = bool(declared) or not charset
    for codec in _ladder(raw, declared, utf8_first=utf8_first):
        try:
            return clean(raw.decode(codec)), is_known
        except ValueError:
            continue
    try:
        return clean(raw.decode("utf-8")), is_known and not declared
    except UnicodeDecodeError:
        return clean(_mixed(raw)), False


def _ladder(raw: bytes, declared: str, *, utf8_first: bool) -> list[str]:
    ladder = [codec for bom, codec in _BOMS if raw.startswith(bom)]
    is_wide_without_nuls = declared.startswith(("utf-16", "utf-32")) and b"\0" not in raw
    if is_wide_without_nuls or (not raw.isascii() and (utf8_first or declared == "ascii")):
        ladder.append("utf-8")
    if declared == "iso8859-1":
        return [*ladder, "cp1252", "latin-1"]
    return [*ladder, *(codec for codec in (declared, _WIDER.get(declared, "")) if codec)]


def _mixed(raw: bytes) -> str:
    if re.search(rb"[\xc2-\xf4][\x80-\xbf]", raw) is None:
        return _single_byte(raw)
    return raw.decode("utf-8", errors="tocsin-windows-1252")


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


def split_headers(raw: bytes) -> tuple[list[tuple[str, bytes]], bytes, bool]:
    """The header lines (names in lower case, values unfolded), the body, and whether the block was well formed.

    ``raw`` has line feeds only. A stray line between headers is taken as a badly folded one; a stray line
    followed by anything else begins the body.
    """
    headers: list[tuple[str, list[bytes]]] = []
    well_formed = True
    at = len(raw) - len(raw.lstrip(b"\n"))
    at = _after_line(raw, at) if raw.startswith((b"From ", b">From "), at) else at
    while at < len(raw):
        after = _after_line(raw, at)
        line = raw[at:after].rstrip(b"\n")
        if not line:
            return _joined(headers), raw[after:], well_formed
        if match := _HEADER.match(line):
            headers.append((match[1].decode("ascii").lower(), [line[match.end() :].strip()]))
        elif headers and (line[:1] in b" \t" or _HEADER.match(raw, after)):
            well_formed = well_formed and line[:1] in b" \t"
            headers[-1][1].append(line.strip())
        else:
            return _joined(headers), raw[at:], False
        at = after
    return _joined(headers), b"", well_formed


def _after_line(raw: bytes, at: int) -> int:
    return raw.find(b"\n", at) + 1 or len(raw)


def _joined(headers: list[tuple[str, list[bytes]]]) -> list[tuple[str, bytes]]:
    return [(name, b" ".join(part for part in parts if part)) for name, parts in headers]


def words(text: str) -> str:
    """A header's text with its RFC 2047 words decoded, on one line."""
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
    raw = match[3].encode("utf-8", "replace")
    if match[2] in "qQ":
        return binascii.a2b_qp(raw, header=True)
    return base64_bytes(raw)[0]


def one_line(text: str) -> str:
    """The text with every control character and line end made a space, and no space at the ends."""
    if text.isprintable():
        return text.strip()
    return re.sub(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+", " ", _UNWANTED.sub("", text)).strip()


def base64_bytes(raw: bytes) -> tuple[bytes, bool]:
    """What these base64 characters hold, as far as they go, and whether they were whole."""
    try:
        return binascii.a2b_base64(b"".join(raw.split()), strict_mode=True), True
    except binascii.Error:
        return b"".join(_base64_run(run) for run in re.findall(rb"[A-Za-z0-9+/]+", _only_base64(raw))), False


def _only_base64(raw: bytes) -> bytes:
    body, padding, after = raw.partition(b"=")
    lines = [line.strip() for line in after.split(b"\n")[1:]]  # a list's footer may follow in plain words
    more = [line for line in lines if len(line) % 4 == 0 and re.fullmatch(rb"[A-Za-z0-9+/]+={0,2}", line)]
    return re.sub(rb"[^A-Za-z0-9+/]+", b"", body) + padding + b"=".join(more)


def _base64_run(run: bytes) -> bytes:
    whole = run[: len(run) - 1] if len(run) % 4 == 1 else run
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def transferred(body: bytes, declared: bytes) -> tuple[bytes, bool]:
    """A body with its Content-Transfer-Encoding undone as far as it goes, and whether it was whole."""
    encoding = declared.strip(b"\"' ").lower()
    if encoding.startswith(b"base64"):
        return base64_bytes(body)
    if encoding.startswith(b"quoted"):
        return binascii.a2b_qp(body), not re.search(rb"=(?![0-9A-Fa-f]{2}|[ \t]*(?:\n|\Z))", body)
    if encoding in {b"x-uuencode", b"uuencode", b"x-uue", b"uue"}:
        return b"".join(_uu_line(line) for line in body.split(b"\n")), True
    return body, re.fullmatch(rb"|7-?bits?|8-?bits?|binary", encoding) is not None


def _uu_line(line: bytes) -> bytes:
    try:
        return b"" if line.startswith((b"begin ", b"end")) else binascii.a2b_uu(line)
    except binascii.Error:
        return b""


def safe_name(text: str) -> str:
    """An attachment's name that is only a name: no folder, no control or direction character, not too long; or ""."""
    last = re.split(r"[/\\]", words(text))[-1]
    plain = "".join("_" if letter in '<>:"|?*' else letter for letter in last if unicodedata.category(letter)[0] != "C")
    stem, dot, ending = plain.strip(" .").rpartition(".")
    ending = ending[:20]
    return (stem[: LONGEST_NAME - len(dot + ending)] + dot + ending).strip(" .")


def addresses(text: str) -> list[tuple[str, str]]:
    """Each (name, address in lower case) a From or To header's undecoded text holds, groups opened."""
    found = (_mailbox(piece) for piece in _pieces(text))
    return list(islice((mailbox for mailbox in found if mailbox[1]), MOST_ADDRESSES))


def _pieces(text: str) -> list[str]:
    pieces: list[list[str]] = [[]]
    for match in _ADDRESS_TOKEN.finditer(text):
        if match[0] in {",", ";"}:
            pieces.append([])
        else:
            pieces[-1].append(match[0])
    return ["".join(piece) for piece in pieces if piece]


def _mailbox(piece: str) -> tuple[str, str]:
    for text in (piece, words(piece)) if "=?" in piece else (piece,):
        in_brackets = [found for part in re.findall(r"<([^<>]*)>", text) for found in _bare_addresses(part)]
        found = in_brackets or _bare_addresses(re.sub(r"\([^()]*\)", " ", text)) or _bare_addresses(text)
        if found:
            return _display_name(text, found[-1]), found[-1].lower()
    return "", ""


def _bare_addresses(text: str) -> list[str]:
    if "@" not in text:
        return []
    candidates = (word.strip("'.") for word in _BETWEEN_ADDRESSES.split(text))
    return [word for word in candidates if word.count("@") == 1 and 0 < word.index("@") < len(word) - 1 < 320]


def _display_name(text: str, address: str) -> str:
    before = text.partition("<")[0] if "<" in text else ""
    comment = re.search(r"\(([^()]*)\)", text)
    name = before.strip() or (comment[1] if comment else "")
    plain = re.sub(r"\\(.)", r"\1", name.strip().strip("\"'"))
    return "" if plain.lower() == address.lower() else words(plain)[:200]


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
