"""The words of a letter's parts: what the sender wrote, what they pass on, and what is set aside."""

import re
from dataclasses import dataclass, field

from intake.addresses import addresses
from intake.charsets import clean, decode
from intake.files import NOTES_IN_REPORTS
from intake.flowed import unflowed
from intake.forwards import Envelope, is_short_note, joined, split_letter
from intake.headers import words
from intake.invitations import invitation_lines
from intake.mime import ENCLOSED_LETTERS, Notes, Part
from intake.plaintext import html_to_text
from intake.seals import is_armoured, seal_of, without_armour
from models.rules.letters import Forwarded

_META_CHARSET = re.compile(rb"charset=[\"']?([\w-]{1,40})")
_CALENDARS = frozenset({"text/calendar", "application/ics"})


@dataclass(frozen=True)
class Body:
    """A letter in two halves, whose words it passes on, and its seal."""

    text: str
    quoted: str
    forwarded: Forwarded | None = None
    seal: str = ""


@dataclass
class _Gathering:
    notes: Notes
    enclosed: list[Part] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)


def body_of(root: Part, envelope: Envelope, notes: Notes) -> Body:
    """The letter's words. Nothing is dropped: every word is in ``text`` or in ``quoted``."""
    found = _Gathering(notes)
    own = _words_of(root, found).strip("\n")
    invited = _invitations(root, notes)
    letters = [body_of(part, envelope_of(part), notes) for part in found.enclosed]
    if not own.strip() and not any(letter.text.strip() for letter in letters):
        own = invited or _first_attached(root, notes) or (found.aside.pop(0) if found.aside else "")
        invited = ""
    own, armour = without_armour(own)
    split = split_letter(own, envelope)
    seal = "encrypted" if is_armoured(split.text) else seal_of(root) or ("signed" if armour else "")
    return Body(
        text=joined([split.text, *(letter.text for letter in letters)]),
        quoted=joined([split.quoted, *(letter.quoted for letter in letters), *found.aside, armour, invited]),
        forwarded=split.forwarded or _attached_forward(split.text, found.enclosed, letters, envelope),
        seal=seal,
    )


def envelope_of(part: Part) -> Envelope:
    """What the headers of a letter say of it, as far as forwards are concerned."""
    sender = addresses(decode(part.first("from"))[0])
    to = addresses(decode(part.first("to"))[0])
    return Envelope(
        subject=words(decode(part.first("subject"))[0]),
        sender=sender[0][1] if sender else "",
        to=tuple(address for _, address in to),
    )


def _attached_forward(note: str, enclosed: list[Part], letters: list[Body], envelope: Envelope) -> Forwarded | None:
    """Whose letter came attached, if little was written above it and nobody is answered."""
    if not enclosed or envelope.is_called("reply") or not is_short_note(note):
        return None
    if letters[0].forwarded:
        return letters[0].forwarded
    found = addresses(decode(enclosed[0].first("from"))[0])
    return Forwarded(*found[0]) if found and found[0][1] != envelope.sender else None


def _words_of(part: Part, found: _Gathering) -> str:
    if part.kind in NOTES_IN_REPORTS:
        found.aside.append(decode(_content(part, found.notes))[0])
        return ""
    if not part.children:
        return "" if part.is_attached else leaf_text(part, found.notes)
    if part.kind == "multipart/alternative":
        return next((text for child in _best_first(part) if (text := _words_of(child, found)).strip()), "")
    if part.kind in ENCLOSED_LETTERS:
        found.enclosed.append(part.children[0])
        return ""
    if part.kind == "multipart/report":
        return _report_words(part, found)
    texts = [_words_of(child, found) for child in part.children]
    return joined(list({" ".join(text.split()): text for text in reversed(texts)}.values())[::-1])


def _report_words(part: Part, found: _Gathering) -> str:
    """A delivery report's own words; the returned letter is ours, not the sender's, and goes with the notes."""
    texts = [_words_of(child, found) for child in part.children if child.kind not in ENCLOSED_LETTERS]
    for child in part.children:
        if child.kind in ENCLOSED_LETTERS:
            letter = child.children[0]
            head = "\n".join(f"{name}: {words(decode(value)[0])}" for name, value in letter.headers)
            found.aside.append(f"{head}\n\n{_words_of(letter, _Gathering(found.notes))}")
    return joined(texts)


def _best_first(part: Part) -> list[Part]:
    plain = [child for child in part.children if child.kind == "text/plain"]
    return plain + [child for child in reversed(part.children) if child.kind != "text/plain"]


def _content(part: Part, notes: Notes) -> bytes:
    raw, whole = part.content()
    notes.note("bad_encoding", unless=whole)
    return raw


def leaf_text(part: Part, notes: Notes) -> str:
    """The words of one part: its charset believed as far as it can be, HTML made plain, soft line ends joined."""
    raw = _content(part, notes)
    charset = part.parameters.get("charset", "")
    if not charset and part.kind == "text/html" and (meta := _META_CHARSET.search(raw[:2048])):
        charset = meta[1].decode("ascii", "replace")
    is_encoded = part.first("content-transfer-encoding").lower().lstrip(b"\"' ").startswith((b"base64", b"quoted"))
    text, believable = decode(raw, charset, utf8_first=not is_encoded)
    notes.note("bad_charset", unless=believable)
    if part.kind == "text/html":
        return clean(html_to_text(text))
    if part.parameters.get("format", "").lower() == "flowed":
        return unflowed(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
    return text


def _invitations(root: Part, notes: Notes) -> str:
    calendars = [leaf for leaf in root.leaves() if leaf.kind in _CALENDARS]
    notes.note("invitation", unless=not calendars)
    return joined([invitation_lines(leaf_text(leaf, notes)) for leaf in calendars[:5]])


def _first_attached(root: Part, notes: Notes) -> str:
    """The words of the first attached text, for a letter that has no others."""
    attached = (part for part in root.leaves() if part.kind in {"text/plain", "text/html"})
    return next((text for part in attached if (text := leaf_text(part, notes)).strip()), "")
