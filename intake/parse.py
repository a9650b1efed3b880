"""Bytes to an Email: every letter is read as far as it goes, and what was odd is named in ``defects``."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from intake import headers
from intake.addresses import addresses
from intake.automatic import is_bounce
from intake.body import body_of
from intake.charsets import decode
from intake.files import File, files_of
from intake.forwards import Envelope
from intake.mime import Notes, Part, open_letter, plain_leaf
from intake.reports import read_report
from models.rules.letters import Attachment, Email

MOST_ANSWERED = 200
"""Message-IDs of earlier letters that are read from one letter."""

_OURS_TO_KNOW = frozenset(
    {
        *("from", "to", "cc", "subject", "date", "message-id", "received", "return-path", "sender", "reply-to"),
        *("in-reply-to", "references", "mime-version", "delivered-to"),
        *("content-type", "content-transfer-encoding", "content-disposition"),
    }
)


@dataclass(frozen=True)
class Reading:
    """A letter, and the files that came along: one for each of ``email.attachments``, in the same order."""

    email: Email
    files: tuple[File, ...] = ()


def parse(raw: bytes) -> Email:
    """The letter these bytes hold, without its files. See ``read``."""
    return read(raw).email


def read(raw: bytes) -> Reading:
    """The letter these bytes hold. Never raises: what cannot be understood is kept as text and named as a defect.

    The cost grows with the length of the letter, however it is nested: at most about a second for a megabyte.
    """
    lines = headers.with_line_feeds(raw)
    if not lines.strip(b"\0 \t\n"):
        return Reading(Email(defects=("empty",), is_readable=False))
    notes = Notes()
    root = open_letter(lines, notes)
    if not any(name in _OURS_TO_KNOW for name, _ in root.headers):
        notes.note("no_headers")
        if headers.is_binary(lines):
            return Reading(Email(defects=("no_headers", "not_a_message"), is_readable=False))
        root = plain_leaf(lines)
    files = tuple(files_of(root))
    attachments = tuple(Attachment(file.name, file.declared, len(file.content)) for file in files)
    email = replace(_email(root, notes), attachments=attachments)
    return Reading(replace(email, report=read_report(root, email)) if is_bounce(email) else email, files)


def _email(root: Part, notes: Notes) -> Email:
    decoded = [(name, *decode(value)) for name, value in root.headers]
    notes.note("bad_header", unless=all(believable for _, _, believable in decoded))
    every = [(name, text) for name, text, _ in decoded]
    texts = dict(reversed(every))
    name, sender = _sender(every, texts, notes)
    subject = headers.words(texts.get("subject", ""))
    to = _addressed(every, "to", "cc")
    body = body_of(root, Envelope(subject, sender, to), notes)
    return Email(
        sender=sender,
        sender_name=name,
        subject=subject,
        text=body.text,
        quoted=body.quoted,
        message_id=_message_id(texts, notes),
        in_reply_to=_answered(texts),
        to=to,
        reply_to=_addressed(every, "reply-to"),
        sent_at=_sent_at(texts, notes),
        headers=tuple((name, headers.words(text)) for name, text in every),
        defects=tuple(notes.odd),
        forwarded=body.forwarded,
        seal=body.seal,
    )


def _sender(every: list[tuple[str, str]], texts: dict[str, str], notes: Notes) -> tuple[str, str]:
    for found in (addresses(text) for name, text in every if name == "from"):
        if found:
            return found[0]
    notes.note("bad_from" if texts.get("from") else "no_from")
    for other in ("sender", "reply-to", "return-path"):
        if found := addresses(texts.get(other, "")):
            notes.note(f"sender_from_{other.replace('-', '_')}")
            return found[0]
    return headers.words(texts.get("from", ""))[:200], ""


def _addressed(every: list[tuple[str, str]], *names: str) -> tuple[str, ...]:
    texts = (text for name, text in every if name in names)
    return tuple(dict.fromkeys(address for text in texts for _, address in addresses(text)))


def _message_id(texts: dict[str, str], notes: Notes) -> str:
    found = headers.identifiers(texts.get("message-id", ""))
    notes.note("no_message_id", unless=bool(found))
    return found[0] if found else ""


def _answered(texts: dict[str, str]) -> tuple[str, ...]:
    found = [*headers.identifiers(texts.get("in-reply-to", "")), *headers.identifiers(texts.get("references", ""))]
    return tuple(islice(dict.fromkeys(found), MOST_ANSWERED))


def _sent_at(texts: dict[str, str], notes: Notes) -> datetime | None:
    if not (text := texts.get("date", "").strip()):
        notes.note("no_date")
        return None
    moment = headers.instant(headers.words(text[:1_000]))
    notes.note("bad_date", unless=moment is not None)
    return moment
