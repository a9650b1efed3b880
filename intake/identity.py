"""When two deliveries are one letter: the same bytes, but for what mail servers write on the envelope."""

import hashlib
import re

_TRACE = re.compile(
    rb"(return-path|received|x-received|delivered-to|x-original-to|envelope-to|delivery-date|authentication-results"
    rb"|arc-[!-9;-~]+|received-spf)[ \t]*:",
    re.IGNORECASE,
)
_NAMED = re.compile(rb"^(message-id|date)[ \t]*:", re.IGNORECASE | re.MULTILINE)


def content_key(raw: bytes) -> str:
    """SHA-256 (64 hexadecimal digits) of the letter without its trace headers, whatever its line ends. Never raises."""
    lines = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    headers, blank, body = lines.partition(b"\n\n")
    return hashlib.sha256((_without_trace(headers) + blank + body).rstrip(b"\n")).hexdigest()


def _without_trace(headers: bytes) -> bytes:
    """A letter with neither Message-ID nor Date keeps its trace: next week's may say the same and is another."""
    if _NAMED.search(headers) is None:
        return headers
    kept: list[bytes] = []
    is_trace = False
    for line in headers.split(b"\n"):
        if not line.startswith((b" ", b"\t")):
            is_trace = _TRACE.match(line) is not None
        if not is_trace:
            kept.append(line)
    return b"\n".join(kept)
