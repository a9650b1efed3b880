"""Content-Transfer-Encodings undone as far as they go: base64, quoted-printable, uuencode."""

import binascii
import re


def transferred(body: bytes, declared: bytes) -> tuple[bytes, bool]:
    """A body with its Content-Transfer-Encoding undone as far as it goes, and whether it was whole."""
    encoding = declared.strip(b"\"' ").lower()
    if encoding.startswith(b"base64"):
        return (body, False) if _is_in_words(body[:2_000]) else base64_bytes(body)
    if encoding.startswith(b"quoted"):
        return binascii.a2b_qp(body), not re.search(rb"=(?![0-9A-Fa-f]{2}|[ \t]*+(?:\n|\Z))", body)
    if encoding in {b"x-uuencode", b"uuencode", b"x-uue", b"uue"}:
        return b"".join(_uu_line(line) for line in body.split(b"\n")), True
    return body, re.fullmatch(rb"|7-?bits?|8-?bits?|binary", encoding.partition(b";")[0].strip()) is not None


def _is_in_words(start: bytes) -> bool:
    """Whether lines that should be base64 are plain words: three or more on most lines."""
    lines = [line for line in start.split(b"\n") if line.strip()]
    return sum(line.strip().count(b" ") >= 2 for line in lines) * 5 > len(lines) * 4


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


def _uu_line(line: bytes) -> bytes:
    if not line or line.startswith((b"begin ", b"end")):
        return b""  # of an empty line binascii would make 32 zeros
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        return b""
