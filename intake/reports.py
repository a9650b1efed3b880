"""What a mail server says of a letter that did not arrive: by RFC 3464, or in the words of qmail, Exim and Exchange."""

import re
from collections.abc import Iterator

from intake.addresses import addresses
from intake.charsets import decode
from intake.headers import identifiers, split_headers, words
from intake.mime import ENCLOSED_LETTERS, Part
from models.rules.letters import Email, Report

_STATUSES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RETURNED_HEADERS = frozenset({"text/rfc822-headers", "message/global-headers"})
_MOST_WORDS = 100_000
_MOST_RECIPIENTS = 1_000
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.-])([45])\d\d[ -](?=\S)")
_DELAYED = re.compile(
    r"delayed|delay\b|will (keep|continue|be) (trying|to try|retried)|not yet been delivered|warning:", re.IGNORECASE
)
_RETURNED_ID = re.compile(r"^[>\s]{0,20}message-id:\s*(<[^<>\s]{1,996}>)", re.IGNORECASE | re.MULTILINE)
_IN_BRACKETS = re.compile(r"^\s{0,20}<([^<>\s@]{1,100}@[^<>\s@]{1,255})>", re.MULTILINE)
_ANYWHERE = re.compile(r"(?<![\w.+-])([\w.+'-]{1,100}@[\w-]{1,100}(?:\.[\w-]{1,100}){1,10})")


def read_report(root: Part, email: Email) -> Report:
    """Which letter did not reach whom, as far as this delivery report tells it.

    ``is_final`` is True for the action “failed” or a status of 5.x, a full mailbox (5.2.2) among them; False for
    a delay. Of several recipients the first for whom it is final is told, otherwise the first.
    """
    returned = _returned_id(root) or _last_id(email)
    blocks = [block for part in root.leaves() if part.kind in _STATUSES for block in _blocks(part)]
    told = [_told(block, returned) for block in blocks if "final-recipient" in block or "original-recipient" in block]
    if told:
        return next((report for report in told if report.is_final), told[0])
    return _from_words(email, returned)


def _blocks(part: Part) -> Iterator[dict[str, str]]:
    """The groups of fields in a delivery status, the one about the letter first (RFC 3464, 2.1)."""
    raw = part.content()[0]
    for piece in re.split(rb"\n(?:[ \t]*\n)+", raw.strip(), maxsplit=_MOST_RECIPIENTS)[:_MOST_RECIPIENTS]:
        found, _, _ = split_headers(piece)
        yield {name: words(decode(value)[0]) for name, value in reversed(found)}


def _told(block: dict[str, str], returned: str) -> Report:
    status = _STATUS.search(block.get("status", "")) or _STATUS.search(block.get("diagnostic-code", "")[:2_000])
    action = block.get("action", "").strip().lower()
    code = status[1] if status else ""
    return Report(
        recipient=_address(block.get("original-recipient", "")) or _address(block.get("final-recipient", "")),
        status=code,
        original_id=returned,
        is_final=action == "failed" or (action != "delayed" and not code.startswith(("2", "4"))),
    )


def _address(text: str) -> str:
    _, _, plain = text.rpartition(";")
    found = addresses(plain)
    return found[0][1] if found else ""


def _returned_id(root: Part) -> str:
    """The Message-ID of the letter that came back with the report."""
    for part in _all(root):
        if part.kind in ENCLOSED_LETTERS and part.children:
            found = identifiers(decode(part.children[0].first("message-id"))[0])
        elif part.kind in _RETURNED_HEADERS:
            fields = dict(reversed(split_headers(part.content()[0])[0]))
            found = identifiers(decode(fields.get("message-id", b""))[0])
        else:
            continue
        if found:
            return found[0]
    return ""


def _all(part: Part) -> Iterator[Part]:
    yield part
    if part.kind not in ENCLOSED_LETTERS:
        for child in part.children:
            yield from _all(child)


def _last_id(email: Email) -> str:
    """The Message-ID in the copy that qmail, Exim and Exchange put below their own words, or else the one answered."""
    found = _RETURNED_ID.search(email.text[:_MOST_WORDS]) or _RETURNED_ID.search(email.quoted[:_MOST_WORDS])
    return found[1] if found else next(iter(email.in_reply_to), "")


def _from_words(email: Email, returned: str) -> Report:
    said = f"{email.text[:_MOST_WORDS]}\n{email.quoted[:_MOST_WORDS]}"
    own = re.split(r"(?i)\n[ >-]{0,40}(?:this is a copy|below this line is|original message)", said, maxsplit=1)[0]
    status = _STATUS.search(own)
    code = status[1] if status else ""
    reply = _REPLY_CODE.search(own)
    is_delay = code.startswith("4") or (not code and (_says_delayed(email, own) or bool(reply and reply[1] == "4")))
    return Report(recipient=_named(email, own), status=code, original_id=returned, is_final=not is_delay)


def _says_delayed(email: Email, own: str) -> bool:
    return bool(_DELAYED.search(email.subject[:200]) or _DELAYED.search(own[:1_000]))


def _named(email: Email, own: str) -> str:
    if listed := addresses(email.header("X-Failed-Recipients")):
        return listed[0][1]
    ours = {*email.to, email.sender}
    for pattern in (_IN_BRACKETS, _ANYWHERE):
        found = (match[1].lower().rstrip(".") for match in pattern.finditer(own))
        if named := next((address for address in found if address not in ours), ""):
            return named
    return ""
