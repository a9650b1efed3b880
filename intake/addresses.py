"""Names and addresses in a From, To or Cc header, however it is written."""

import re
from itertools import islice

from intake.headers import words

MOST_ADDRESSES = 20_000
"""Addresses read from one header; a letter to more people than that is cut, not refused."""

_BETWEEN_ADDRESSES = re.compile(r"[\s<>()\[\],;:\"]+")
_QUOTED_LOCAL_PART = re.compile(r'"([^"]*)"(?=\s*(?:\([^()]*\)\s*)*@)')
_NEEDS_NO_QUOTES = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+")
_ADDRESS_TOKEN = re.compile(r'"[^"]*"|\([^()]*\)|<[^<>]*>|[,;]|[^",;(<]+|.', re.DOTALL)


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
    candidates = (word.strip("'.") for word in _BETWEEN_ADDRESSES.split(_QUOTED_LOCAL_PART.sub(_unquoted, text)))
    return [word for word in candidates if word.count("@") == 1 and 0 < word.index("@") < len(word) - 1 < 320]


def _unquoted(local_part: re.Match[str]) -> str:
    """What stands in quotes before an @, when it needs none; an address in there is not the sender's."""
    return local_part[1] if _NEEDS_NO_QUOTES.fullmatch(local_part[1]) else ""


def _display_name(text: str, address: str) -> str:
    before = text.partition("<")[0] if "<" in text else ""
    comment = re.search(r"\(([^()]*)\)", text)
    name = before.strip() or (comment[1] if comment else "")
    plain = re.sub(r"\\(.)", r"\1", name.strip().strip("\"'"))
    return "" if plain.lower() == address.lower() else words(plain)[:200]
