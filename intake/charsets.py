"""Bytes to text, whatever charset they claim: declared, UTF-8, Windows-1252, Latin-1, so that no byte is lost."""

import codecs
import re

_TEXT_CODECS = re.compile(r"(utf|iso|cp|ascii|big5|gb|euc|shift|koi8|mac|hz$|johab|tis|ptcp|kz|hp|viscii)")
_WIDER = {
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "iso2022_jp": "iso2022_jp_ext",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
_OTHER_NAMES = {
    "ansi": "cp1252",
    "utf8mb4": "utf-8",
    "unicode": "utf-8",
    "sjis": "cp932",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "unicode-1-1-utf-7": "utf-7",
}
_HABITS = frozenset({"ascii", "iso8859-1", "cp1252"})  # nobody writes “Â£”: what reads as UTF-8 is UTF-8
_WIDE = ("big5", "cp9", "euc", "gb", "hz", "iso2022", "johab", "shift", "utf-16", "utf-32")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HIGH_RUN = re.compile(rb"[\x80-\xff]{1,64}")
_LOOKS_LIKE_UTF8 = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_CONTROLS = re.compile("[\x80-\x9f]")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _windows_1252_here(error: UnicodeError) -> tuple[str, int]:
    """A codec error handler: the bytes that are not UTF-8 are read as Windows-1252, or at last as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    run = _HIGH_RUN.match(error.object, error.start)
    looks_valid = _LOOKS_LIKE_UTF8.search(error.object, error.start + 1, run.end()) if run else None
    end = looks_valid.start() if looks_valid else run.end() if run else error.end
    return _single_bytes(error.object[error.start : end]), end


def _single_bytes(raw: bytes) -> str:
    return "".join(_single_byte(raw[at : at + 1]) for at in range(len(raw)))


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
    plain = name.strip("\"' ").split("*")[0].lower()
    if not re.fullmatch(r"[a-z0-9._:-]{1,40}", plain):
        return ""
    plain = plain.removeprefix("x-").removeprefix("charset=")
    for known in (plain, _OTHER_NAMES.get(plain, ""), re.sub(r"^(windows|cp|ibm|dos|ms)[-_]?", "cp", plain)):
        try:
            codec = codecs.lookup(known).name
        except LookupError:
            continue
        return codec if _TEXT_CODECS.match(codec) else ""
    return ""


def decode(raw: bytes, charset: str = "", *, utf8_first: bool = False) -> tuple[str, bool]:
    """The text of these bytes, and whether the declared charset could be believed.

    - The ladder is: declared, UTF-8, then byte by byte Windows-1252 and Latin-1, so no byte is lost.
    - Bytes declared as ASCII, Latin-1 or Windows-1252 that read as UTF-8 are UTF-8: programs declare them by habit.
    - ``utf8_first`` says the same of every charset, for bytes that came as they are, without a transfer encoding.
      East Asian charsets are believed all the same, as their bytes can look like UTF-8.
    """
    if not charset and raw.isascii():
        return clean(raw.decode("ascii")), True
    declared = known_charset(charset) if charset else ""
    is_known = bool(declared) or not charset
    for codec in _ladder(raw, declared, utf8_first=utf8_first):
        try:
            text = raw.decode(codec)
        except ValueError:
            continue
        return clean(_without_controls(text) if codec.startswith("iso8859") else text), is_known
    try:
        return clean(raw.decode("utf-8")), is_known and not declared
    except UnicodeDecodeError:
        return clean(_mixed(raw)), False


def _without_controls(text: str) -> str:
    """The text with Windows-1252's letters for the control characters that stand in their places in ISO 8859."""
    return _CONTROLS.sub(lambda found: _single_byte(found[0].encode("latin-1")), text)


def _ladder(raw: bytes, declared: str, *, utf8_first: bool) -> list[str]:
    ladder = [codec for bom, codec in _BOMS if raw.startswith(bom)]
    is_wide_without_nuls = declared.startswith(("utf-16", "utf-32")) and b"\0" not in raw
    is_habit = declared in _HABITS or (utf8_first and not declared.startswith(_WIDE))
    if is_wide_without_nuls or (is_habit and not raw.isascii()):
        ladder.append("utf-8")
    if declared == "iso8859-1":
        return [*ladder, "cp1252", "latin-1"]
    return [*ladder, *(codec for codec in (declared, _WIDER.get(declared, "")) if codec)]


def _mixed(raw: bytes) -> str:
    if _LOOKS_LIKE_UTF8.search(raw) is None:
        return _single_byte(raw)
    return raw.decode("utf-8", errors="tocsin-windows-1252")
