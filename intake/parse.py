"""Bytes to an Email: every letter is read as far as it goes, and what was odd is named in ``defects``."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from itertools import islice

from intake import headers
from intake.plaintext import html_to_text, set_aside_quotes
from models.rules.letters import Attachment, Email

DEEPEST = 50
"""Parts within parts that are opened; what lies deeper is read as it stands."""

MOST_PARTS = 1_000
"""Parts opened in one letter, so that a letter made of boundaries alone costs little."""

LONGEST_STRUCTURE = 4_000
"""Characters of a Content-Type or Content-Disposition that are looked at."""

_OURS_TO_KNOW = frozenset(
    {
        *("from", "to", "cc", "subject", "date", "message-id", "received", "return-path", "sender", "reply-to"),
        *("in-reply-to", "references", "mime-version", "delivered-to"),
        *("content-type", "content-transfer-encoding", "content-disposition"),
    }
)
_NOT_LETTERS = frozenset(
    {
        *("text/calendar", "text/css", "text/csv", "text/directory", "text/javascript", "text/rfc822-headers"),
        *("text/rtf", "text/vcard", "text/x-amp-html", "text/x-vcard", "text/xml"),
    }
)
_NOTES_IN_REPORTS = frozenset({"text/rfc822-headers", "message/delivery-status", "message/disposition-notification"})
_ENCLOSED_LETTERS = frozenset({"message/rfc822", "message/global", "message/news"})


@dataclass
class _Part:
    """One MIME part: its own headers and body, or the parts it is made of."""

    headers: list[tuple[str, bytes]]
    body: bytes
    structure: Message
    kind: str = "text/plain"
    children: list["_Part"] = field(default_factory=list)

    def first(self, name: str) -> bytes:
        return next((value for key, value in self.headers if key == name), b"")

    def said(self, ask: Callable[[Message], object]) -> str:
        """What the structure headers answer, or "" where they are too broken for the library."""
        try:
            answer = ask(self.structure)
        except (ValueError, TypeError, LookupError, AttributeError):
            return ""
        return answer if isinstance(answer, str) else ""

    @property
    def is_attached(self) -> bool:
        is_letter = self.kind.startswith("text/") and self.kind not in _NOT_LETTERS
        disposition = self.structure.get("content-disposition", "").partition(";")[0].strip().lower()
        return disposition == "attachment" or not is_letter


@dataclass
class _Reading:
    """What has been found on the way through one letter."""

    odd: dict[str, None] = field(default_factory=dict)
    parts_left: int = MOST_PARTS
    enclosed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, code: str, *, unless: bool = False) -> None:
        if not unless:
            self.odd.setdefault(code)


def parse(raw: bytes) -> Email:
    """The letter these bytes hold. Never raises: what cannot be understood is kept as text and named as a defect.

    The cost grows with the length of the letter, however it is nested: at most about a second for a megabyte.
    """
    lines = headers.with_line_feeds(raw)
    if not lines.strip(b"\0 \t\n"):
        return Email(defects=("empty",), is_readable=False)
    reading = _Reading()
    root = _open(lines, reading)
    if not any(name in _OURS_TO_KNOW for name, _ in root.headers):
        reading.note("no_headers")
        if headers.is_binary(lines):
            return Email(defects=("no_headers", "not_a_message"), is_readable=False)
        root = _leaf([], lines)
    return _email(root, reading)


def _email(root: _Part, reading: _Reading) -> Email:
    decoded = [(name, *headers.decode(value)) for name, value in root.headers]
    reading.note("bad_header", unless=all(believable for _, _, believable in decoded))
    every = [(name, text) for name, text, _ in decoded]
    texts = dict(reversed(every))
    name, sender = _sender(every, texts, reading)
    subject = headers.words(texts.get("subject", ""))
    text, quoted = _letter(root, subject, reading)
    return Email(
        sender=sender,
        sender_name=name,
        subject=subject,
        text=text,
        quoted=quoted,
        message_id=_message_id(texts, reading),
        in_reply_to=_answered(texts),
        to=_recipients(every),
        sent_at=_sent_at(texts, reading),
        headers=tuple((name, headers.words(text)) for name, text in every),
        attachments=tuple(_attachments(root)),
        defects=tuple(reading.odd),
    )


def _sender(every: list[tuple[str, str]], texts: dict[str, str], reading: _Reading) -> tuple[str, str]:
    for found in (headers.addresses(text) for name, text in every if name == "from"):
        if found:
            return found[0]
    reading.note("bad_from" if texts.get("from") else "no_from")
    for other in ("sender", "reply-to", "return-path"):
        if found := headers.addresses(texts.get(other, "")):
            reading.note(f"sender_from_{other.replace('-', '_')}")
            return found[0]
    return headers.words(texts.get("from", ""))[:200], ""


def _recipients(every: list[tuple[str, str]]) -> tuple[str, ...]:
    texts = (text for name, text in every if name in {"to", "cc"})
    return tuple(dict.fromkeys(address for text in texts for _, address in headers.addresses(text)))


def _message_id(texts: dict[str, str], reading: _Reading) -> str:
    found = headers.identifiers(texts.get("message-id", ""))
    reading.note("no_message_id", unless=bool(found))
    return found[0] if found else ""


def _answered(texts: dict[str, str]) -> tuple[str, ...]:
    found = [*headers.identifiers(texts.get("in-reply-to", "")), *headers.identifiers(texts.get("references", ""))]
    return tuple(islice(dict.fromkeys(found), 200))


def _sent_at(texts: dict[str, str], reading: _Reading) -> datetime | None:
    if not (text := texts.get("date", "").strip()):
        reading.note("no_date")
        return None
    moment = headers.instant(text)
    reading.note("bad_date", unless=moment is not None)
    return moment


def _open(raw: bytes, reading: _Reading, *, depth: int = 0, otherwise: str = "text/plain") -> _Part:
    """The part these bytes hold, with the parts inside it."""
    if depth and raw.startswith(b"\n"):
        part = _leaf([], raw[1:], otherwise)
    else:
        found, body, well_formed = headers.split_headers(raw)
        reading.note("bad_header", unless=well_formed or not (found or depth))
        part = _leaf(found, body, otherwise)
    if part.kind.startswith("multipart/") or part.kind in _ENCLOSED_LETTERS:
        part.children = _opened_children(part, reading, depth)
        part.kind = part.kind if part.children else "text/plain"  # what cannot be opened is read as it stands
    return part


def _opened_children(part: _Part, reading: _Reading, depth: int) -> list[_Part]:
    if depth >= DEEPEST:
        reading.note("deep_nesting")
        return []
    if part.kind in _ENCLOSED_LETTERS:
        return [_open(_transferred(part, reading), reading, depth=depth + 1)]
    inside = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
    return [_open(piece, reading, depth=depth + 1, otherwise=inside) for piece in _pieces(part, reading)]


def _leaf(found: list[tuple[str, bytes]], body: bytes, otherwise: str = "text/plain") -> _Part:
    part = _Part(found, body, Message())
    for name in ("Content-Type", "Content-Disposition"):
        if value := part.first(name.lower()):
            part.structure[name] = headers.one_line(headers.decode(value)[0])[:LONGEST_STRUCTURE]
    part.structure.set_default_type(otherwise)
    declared = str(part.structure.get("Content-Type", ""))
    part.kind = part.structure.get_content_type()
    if part.kind == "text/plain" and re.match(r"(application|image|audio|video)\b", declared, re.IGNORECASE):
        part.kind = "application/octet-stream"
    if not declared and re.match(
        rb"\s*(<\?xml[^>]*>\s*)?<(!doctype html|html|body|div|p)\b", body[:200], re.IGNORECASE
    ):
        part.kind = "text/html"
    return part


def _pieces(part: _Part, reading: _Reading) -> list[bytes]:
    """The parts of a multipart body; none if it cannot be cut."""
    body = b"\n" + part.body
    cuts = _cuts(body, part.said(Message.get_boundary).encode("utf-8", "replace"), reading.parts_left)
    reading.note("broken_mime", unless=bool(cuts) and cuts[-1][1] is not None)
    cuts = cuts or _cuts(body, _likely_boundary(body), reading.parts_left)
    reading.note("too_many_parts", unless=len(cuts) <= reading.parts_left)
    reading.parts_left = max(0, reading.parts_left - len(cuts))
    ends = [*(cut.start() for cut in cuts[1:]), len(body)]
    return [body[cut.end() + 1 : end] for cut, end in zip(cuts, ends, strict=False) if not cut[1]]


def _cuts(body: bytes, boundary: bytes, most: int) -> list[re.Match[bytes]]:
    delimiter = re.compile(rb"\n--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\n|\Z)")
    return list(islice(delimiter.finditer(body), most + 1)) if boundary else []


def _likely_boundary(body: bytes) -> bytes:
    found = re.search(rb"\n--([^\n]{1,200}?)[ \t]*\n(?=content-)", body, re.IGNORECASE)
    return found[1] if found else b""


def _transferred(part: _Part, reading: _Reading) -> bytes:
    raw, whole = headers.transferred(part.body, part.first("content-transfer-encoding"))
    reading.note("bad_encoding", unless=whole)
    return raw


def _letter(root: _Part, subject: str, reading: _Reading) -> tuple[str, str]:
    """What the sender wrote, and what was set aside."""
    own = _words_of(root, reading).strip("\n")
    if not own.strip() and not any(text.strip() for text in reading.enclosed):
        attached = (part for part in _leaves(root) if part.kind in {"text/plain", "text/html"})
        own = next((text for part in attached if (text := _leaf_text(part, reading)).strip()), "")
    is_forward = re.match(r"(fwd?|ymlaen)\s*:", subject, re.IGNORECASE) is not None
    written, quoted = set_aside_quotes(own, forwarded=is_forward)
    return _joined([written, *reading.enclosed]), _joined([quoted, *reading.notes])


def _joined(texts: list[str]) -> str:
    return "\n\n".join(text.strip("\n") for text in texts if text.strip())


def _words_of(part: _Part, reading: _Reading) -> str:
    if part.kind in _NOTES_IN_REPORTS:
        reading.notes.append(headers.decode(_transferred(part, reading))[0])
        return ""
    if not part.children:
        return "" if part.is_attached else _leaf_text(part, reading)
    if part.kind == "multipart/alternative":
        return next((text for child in _best_first(part) if (text := _words_of(child, reading)).strip()), "")
    if part.kind in _ENCLOSED_LETTERS:
        reading.enclosed.append(set_aside_quotes(_words_of(part.children[0], reading))[0])
        return ""
    if part.kind == "multipart/report":
        return _report_words(part, reading)
    texts = [_words_of(child, reading) for child in part.children]
    return _joined(list({" ".join(text.split()): text for text in reversed(texts)}.values())[::-1])


def _report_words(part: _Part, reading: _Reading) -> str:
    """A delivery report's own words; the returned letter is ours, not the sender's, and goes with the notes."""
    texts = [_words_of(child, reading) for child in part.children if child.kind not in _ENCLOSED_LETTERS]
    reading.notes += [headers.decode(child.body)[0] for child in part.children if child.kind in _ENCLOSED_LETTERS]
    return _joined(texts)


def _best_first(part: _Part) -> list[_Part]:
    plain = [child for child in part.children if child.kind == "text/plain"]
    return plain + [child for child in reversed(part.children) if child.kind != "text/plain"]


def _leaf_text(part: _Part, reading: _Reading) -> str:
    raw = _transferred(part, reading)
    charset = part.said(Message.get_content_charset)
    if not charset and part.kind == "text/html" and (meta := re.search(rb"charset=[\"']?([\w-]{1,40})", raw[:2048])):
        charset = meta[1].decode("ascii", "replace")
    is_eight_bit = part.first("content-transfer-encoding").lower().startswith((b"8", b"binary"))
    text, believable = headers.decode(raw, charset, utf8_first=is_eight_bit)
    reading.note("bad_charset", unless=believable)
    return headers.clean(html_to_text(text)) if part.kind == "text/html" else text


def _leaves(part: _Part) -> Iterator[_Part]:
    if not part.children:
        yield part
    for child in part.children:
        yield from _leaves(child)


def _attachments(part: _Part, *, in_report: bool = False) -> Iterator[Attachment]:
    is_enclosed = part.kind in _ENCLOSED_LETTERS
    is_file = part.is_attached and not part.children and part.kind not in _NOTES_IN_REPORTS
    if is_file or (is_enclosed and not in_report):
        name = headers.safe_name(part.said(Message.get_filename)) or ("letter.eml" if is_enclosed else "attachment")
        yield Attachment(name, part.kind, len(_transferred(part, _Reading())))
    if not is_enclosed:
        for child in part.children:
            yield from _attachments(child, in_report=part.kind == "multipart/report")
