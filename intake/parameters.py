"""Content-Type and Content-Disposition: the word that counts, and the parameters behind it, however they are written.

Read are RFC 2045, RFC 2231 (``filename*0*=utf-8''…``) and what mail programs write instead: RFC 2047 words, raw
8-bit bytes, missing quotes, missing semicolons. The standard library puts U+FFFD where a charset lies; this does not.
"""

import re
from urllib.parse import unquote_to_bytes

from intake.charsets import decode
from intake.headers import one_line

LONGEST = 8_000
"""Characters of such a header that are looked at."""

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)|[^";]++|;', re.DOTALL)
_NAME = re.compile(r"\s*([^\s=;\"]+)\s*=\s*", re.DOTALL)
_CONTINUED = re.compile(r"([^*]+)\*?(\d{1,3})?(\*?)")
_UNQUOTED = re.compile(r"\\(.)", re.DOTALL)


def structured(raw: bytes) -> tuple[str, dict[str, str]]:
    """The first word of the header in lower case, and its parameters, names in lower case."""
    if not raw:
        return "", {}
    text = one_line(decode(raw)[0])[:LONGEST]
    if ";" not in text and "=" not in text:
        return text.lower(), {}
    first, *others = _pieces(text)
    word, _, rest = first.strip().partition(" ")
    return word.strip().lower(), _values([rest, *others])  # “text/html charset=utf-8” has lost its semicolon


def _pieces(text: str) -> list[str]:
    pieces: list[list[str]] = [[]]
    for match in _TOKENS.finditer(text):
        if match[0] == ";":
            pieces.append([])
        else:
            pieces[-1].append(match[0])
    return ["".join(piece) for piece in pieces]


def _values(pieces: list[str]) -> dict[str, str]:
    plain: dict[str, str] = {}
    starred: dict[str, dict[int, tuple[str, bool]]] = {}
    for piece in pieces:
        if not (match := _NAME.match(piece)):
            continue
        name, value = match[1].lower(), _without_quotes(piece[match.end() :].strip())
        if "*" not in name:
            plain.setdefault(name, value)
        elif found := _CONTINUED.fullmatch(name):
            is_encoded = bool(found[3]) or found[2] is None
            starred.setdefault(found[1], {}).setdefault(int(found[2] or 0), (value, is_encoded))
    return plain | {name: _united(parts) for name, parts in starred.items()}


def _without_quotes(value: str) -> str:
    if value.startswith('"'):
        value = value[1:].partition('"')[0] if "\\" not in value else value[1:].removesuffix('"')
        return _UNQUOTED.sub(r"\1", value) if re.search(r'\\["\\]', value) else value
    return value.strip("'") if value.startswith("'") else value


def _united(parts: dict[int, tuple[str, bool]]) -> str:
    """The pieces of an RFC 2231 value put together; one character's bytes may be cut across two pieces."""
    first, is_encoded = parts[min(parts)]
    charset, rest = "", first
    if is_encoded and (match := re.match(r"([\w.:-]*)'[^']*'", first)):
        charset, rest = match[1], first[match.end() :]
    pieces = [(rest, is_encoded), *(parts[number] for number in sorted(parts)[1:])]
    said = b"".join(unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace") for text, encoded in pieces)
    return decode(said, charset, utf8_first=not all(encoded and text.isascii() for text, encoded in pieces))[0]
