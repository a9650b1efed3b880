"""Whether the council's own mail server found a sender to be who they claim: its Authentication-Results (RFC 8601)."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.rules.letters import Email

MICROSOFT = "protection.outlook.com"
"""The name to set for Microsoft 365, whose header begins with the results and names no server."""

LONGEST_HEADER = 20_000
"""Characters of the header that are read; the longest seen in the wild has under 2,000."""

_BY = re.compile(r"\bby\s+([^\s;()]+)", re.IGNORECASE)
_RESULT = re.compile(r"([A-Za-z][\w-]*)\s*(?:/\s*\d+\s*)?=\s*([A-Za-z]+)(?![\w.@-])")
_HEADER_FROM = re.compile(r"(?<![\w.])header\.from\s*=\s*([^\s\"]+)", re.IGNORECASE)
_PASSES = frozenset({"pass", "bestguesspass"})


class Verdict(StrEnum):
    """What the council's server found. ``none``: it did not look, could not tell, or its word is not there."""

    PASSED = "passed"
    FAILED = "failed"
    NONE = "none"


@dataclass(frozen=True)
class _Statement:
    """One header: who wrote it ("" when it does not say), and each result with the rest of its line."""

    server: str
    results: tuple[tuple[str, str, str], ...]

    def of(self, method: str) -> list[tuple[str, str]]:
        return [(result, rest) for name, result, rest in self.results if name == method]


def verdict(email: Email, *, authserv_id: str) -> Verdict:
    """Whether the From address passed DMARC in the eyes of the server that calls itself ``authserv_id``.

    Anybody can write this header, so one is believed only where our server's own can stand. Every hop adds its
    lines on top, so ours is the topmost that bears its name, and any other below it is not looked at. RFC 8601
    (7.1) wants it above the server's own Received line, as Microsoft 365 and Exim put it; Google, and OpenDMARC
    before 2026, put it below, and both Google and Microsoft add Received lines of their own inside. So:

    - our server's line is the first Received, from the top, that is “by” ``authserv_id`` or a host of that
      domain; where there is none, the topmost Received;
    - what stands above the next Received after it may be ours; everything below came with the message.

    Where a server writes no header at all, one that the sender forged directly below its line could pass for
    it: RFC 8601 (5) has servers remove such headers, and one that does not must not be named in the settings.

    - ``dmarc`` decides. Several results in one header are not a server's doing: the worst of them counts.
    - A pass is for the domain in ``header.from`` (or one below it); if the sender's is another, it says nothing.
    - Microsoft's ``bestguesspass`` (would pass, were a policy published) is a pass: the address was checked.
      Its ``compauth`` weighs habits too, so its pass proves nothing, but its fail counts where DMARC did not pass.
    """
    statement = _of_our_server(email.headers, authserv_id.strip().lower())
    if statement is None:
        return Verdict.NONE
    found = statement.of("dmarc")
    if any(result == "fail" for result, _ in found):
        return Verdict.FAILED
    if found and all(result in _PASSES and _is_about(email.sender, rest) for result, rest in found):
        return Verdict.PASSED
    doubted = any(result == "fail" for result, _ in statement.of("compauth"))
    return Verdict.FAILED if doubted else Verdict.NONE


def is_council_address(address: str, council_domains: Collection[str], officers: Collection[str]) -> bool:
    """Whether an address claims to be the council's: of one of its domains (or one below), or an officer's."""
    plain = address.strip().lower()
    domain = plain.rpartition("@")[2]
    within = any(_is_or_is_under(domain, each.strip().lower().lstrip("@")) for each in council_domains)
    return within or plain in {each.strip().lower() for each in officers}


def _of_our_server(headers: Sequence[tuple[str, str]], server: str) -> _Statement | None:
    if not server:
        return None
    ours = headers[: _end_of_our_hop(headers, server)]
    read = (_read(value) for name, value in ours if name == "authentication-results")
    return next((each for each in read if each and each.server in _names_of(server)), None)


def _names_of(server: str) -> set[str]:
    return {server, ""} if server == MICROSOFT else {server}


def _end_of_our_hop(headers: Sequence[tuple[str, str]], server: str) -> int:
    """How many headers may be our server's; none of a message that no server has received."""
    lines = [place for place, (name, _) in enumerate(headers) if name == "received"]
    named = (n for n, place in enumerate(lines) if (by := _BY.search(headers[place][1])) and _is_host(by[1], server))
    after = lines[next(named, 0) + 1 :]
    return after[0] if after else len(headers) if lines else 0


def _is_host(host: str, server: str) -> bool:
    return _is_or_is_under(host.lower().rstrip("."), server)


def _is_or_is_under(domain: str, other: str) -> bool:
    return bool(other) and (domain == other or domain.endswith(f".{other}"))


def _is_about(sender: str, rest: str) -> bool:
    named = _HEADER_FROM.search(rest)
    domain = sender.rpartition("@")[2].lower()
    return bool(domain) and (named is None or _is_or_is_under(domain, named[1].lower().rstrip(".")))


def _read(value: str) -> _Statement | None:
    """What one header says; None when it is malformed."""
    pieces = _pieces(value) if len(value) <= LONGEST_HEADER else None
    if not pieces:
        return None
    first = pieces[0].split()
    names_itself = bool(first) and "=" not in pieces[0]
    if names_itself and first[1:] not in ([], ["1"]):  # a version other than 1 means what nobody knows yet
        return None
    said = pieces[1:] if names_itself else pieces
    return _Statement(first[0].lower() if names_itself else "", tuple(_results(said)))


def _results(pieces: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for piece in pieces:
        if found := _RESULT.match(piece.strip()):
            yield found[1].lower(), found[2].lower(), piece.strip()[found.end() :]


def _pieces(value: str) -> list[str] | None:
    """The header cut at its semicolons, comments (RFC 5322 3.2.2: they nest) taken out; None if one never ends.

    Quoted words lose what could be taken for a result: a sender chooses them.
    """
    kept: list[str] = []
    depth, in_quotes, is_escaped = 0, False, False
    for letter in value:
        if is_escaped:
            is_escaped = False
        elif letter == "\\" and (depth or in_quotes):
            is_escaped = True
        elif letter == '"' and not depth:
            in_quotes = not in_quotes
        elif letter in "()" and not in_quotes:
            depth += 1 if letter == "(" else -1
            kept.append(" ")
        elif not depth and (not in_quotes or letter.isalnum() or letter in ".-"):
            kept.append(letter)
        if depth < 0:
            return None
    return None if depth or in_quotes else "".join(kept).split(";")
