"""A letter that passes on another: the resident's words inside an officer's forward, and whose they are.

Two things look alike, and are told apart with care. A *forward* brings somebody else's words to us; a *reply* quotes,
below its own words, what it answers. Mail programs put the same block (From, Sent, To, Subject) above both.
"""

import re
from dataclasses import dataclass

from intake.addresses import addresses
from intake.headers import words
from intake.marks import (
    EARLIER_LETTER,
    FORWARD,
    HEAD,
    LONGEST_MARK,
    NO_MARKS,
    ORIGINAL,
    RULE,
    attribution,
    is_head,
    marks_in,
)
from intake.quotes import parted, parted_or_whole, without_marks
from models.rules.letters import Forwarded

SHORT_NOTE = 300
"""Characters above a forwarded letter that still leave the forwarded words the matter of the message."""

DEEPEST = 5
"""Forwards within forwards that are looked through for whose words they are."""

LONGEST_HEAD = 25
"""Lines a forwarded letter's head may take."""

_PREFIX = re.compile(
    r"\s*(?:[\[(*][^\])*]{1,40}[\])*]\s*){0,3}(?:(?P<forward>fwd?|ymlaen|wg|tr|rv|enc|doorst)"
    r"|(?P<reply>re|ateb|parthed|aw|sv|antw|réf?))\s*(\[\d+\])?\s*:",
    re.IGNORECASE,
)
_SUBJECTS = ("subject", "pwnc", "testun", "betreff", "objet")
_IN_SQUARES = re.compile(r"\[(?:mailto:)?([^\[\]\s@]+@[^\[\]\s@]+)\]")
_GOODBYE = re.compile(
    r"\W*((kind|best|warm|many|with|yours)\b.{0,20}\b)?(regards|thanks|wishes|thank you|sincerely|faithfully|cheers"
    r"|cofion.{0,12}|diolch.{0,12}|yn gywir|yr eiddoch.{0,12})\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Envelope:
    """What the letter itself says that helps to tell a forward from a reply."""

    subject: str = ""
    sender: str = ""
    to: tuple[str, ...] = ()

    def is_called(self, kind: str) -> bool:
        """Whether the subject begins as a ``forward`` (Fw:) or a ``reply`` (Re:) does."""
        found = _PREFIX.match(self.subject[:200])
        return found is not None and found[kind] is not None


@dataclass(frozen=True)
class Split:
    """A text in its two halves, and whose words it passes on."""

    text: str
    quoted: str
    forwarded: Forwarded | None = None


def split_letter(text: str, envelope: Envelope, depth: int = 0) -> Split:
    """What the sender wrote, the letter they pass on included, and what was set aside."""
    lines = text.strip("\n").split("\n")
    marks = marks_in(lines)
    if depth < DEEPEST and marks.first < len(lines) and _passes_on(lines, marks.first, envelope):
        return _split_forward(lines, marks.first, envelope, depth)
    return Split(*parted_or_whole(lines, marks))


def is_short_note(text: str) -> bool:
    """Whether so little stands above a forwarded letter that the letter is the matter; goodbyes do not count."""
    length = 0
    for line in text.split("\n"):
        if _GOODBYE.match(line[:80]):
            break
        length += len(line.strip())
    return length <= SHORT_NOTE


def _passes_on(lines: list[str], start: int, envelope: Envelope) -> bool:
    """Whether the letter that begins at this mark is passed on, not answered."""
    note = "\n".join(lines[:start])
    if envelope.is_called("reply") or not is_short_note(note):
        return False
    if FORWARD.match(lines[start]):
        return True
    has_head = any(is_head(lines, number) for number in range(start, min(start + 6, len(lines))))
    if envelope.is_called("forward"):
        return has_head or attribution(lines, start) > 0
    return has_head and _must_be_passed_on(_head(_unquoted(lines[start:]))[0], note, envelope)


def _must_be_passed_on(head: dict[str, str], note: str, envelope: Envelope) -> bool:
    """Whether, though the subject does not say so, this letter is neither to whom the other came from nor a new one."""
    address = _person(head).address
    if not address or not envelope.to or _plain(address) in {_plain(each) for each in (*envelope.to, envelope.sender)}:
        return False
    return not note.strip() or _bare_subject(_field(head, *_SUBJECTS)) == _bare_subject(envelope.subject)


def _bare_subject(subject: str) -> str:
    return " ".join(_PREFIX.sub("", subject[:300]).lower().split())


def _plain(address: str) -> str:
    return re.sub(r"\+[^@]*@", "@", address.lower())


def _split_forward(lines: list[str], start: int, envelope: Envelope, depth: int) -> Split:
    note, aside = parted(lines[:start], NO_MARKS)
    below = _unquoted(lines[start:])
    head, size = _head(below)
    person = _person(head)
    if not head and (size := attribution(below, 0)):
        below = [*below[:size], *_unquoted(["", *below[size:]])[1:]]
        named = addresses(" ".join(below[:size]).rpartition(",")[2])
        person = Forwarded(*named[0]) if named else person
    inner = split_letter("\n".join(below[size:]), _envelope(head, envelope), depth + 1)
    forwarded = inner.forwarded or (person if person.name or person.address else None)
    if forwarded is not None and forwarded.address and forwarded.address == envelope.sender:
        forwarded = None  # their own earlier letter
    text = [note, without_marks("\n".join(below[:size])), inner.text]
    return Split(joined(text), joined([aside, inner.quoted]), forwarded)


def joined(texts: list[str]) -> str:
    """Texts one below the other; those without words are left out."""
    return "\n\n".join(text.strip("\n") for text in texts if text.strip())


def _unquoted(lines: list[str]) -> list[str]:
    """The lines without the “>” that some programs put before all of a forwarded letter."""
    for _ in range(3):
        below = [line for line in lines[1:] if line.strip()] or lines
        if sum(line.startswith(">") for line in below) * 10 < len(below) * 9:
            break
        lines = [line.removeprefix(">").removeprefix(" ") for line in lines]
    return lines


def _head(lines: list[str]) -> tuple[dict[str, str], int]:
    """The fields of the block at the start of these lines (in lower case), and how many lines it takes."""
    fields: dict[str, str] = {}
    name = ""
    for number, line in enumerate(lines[:LONGEST_HEAD]):
        if match := HEAD.match(line[:LONGEST_MARK]):
            name = match[1].lower()
            fields.setdefault(name, match[2].strip(" *"))
        elif not fields and _is_before_head(line):
            continue
        elif fields and line.strip() and len(fields) < 4 and name in {"to", "at", "i", "cc", "an", "à"}:
            continue  # a long list of people goes on
        else:
            return fields, number
    return fields, min(len(lines), LONGEST_HEAD)


def _is_before_head(line: str) -> bool:
    is_mark = FORWARD.match(line) or ORIGINAL.match(line) or RULE.match(line) or line == EARLIER_LETTER
    return bool(is_mark) or not line.strip("> *-")


def _field(head: dict[str, str], *names: str) -> str:
    return next((head[name] for name in names if name in head), "")


def _person(head: dict[str, str]) -> Forwarded:
    said = _IN_SQUARES.sub(r"<\1>", _field(head, "from", "oddi wrth", "gan", "von", "de"))
    bare = re.sub(r"<mailto:[^<>]*>", "", said)
    bare = bare if "@" in bare else said.replace("mailto:", "")
    found = addresses(bare)
    if found:
        return Forwarded(found[0][0].strip(" *"), found[0][1])
    return Forwarded(words(bare.partition("<")[0]).strip(" *\"'")[:200], "")


def _envelope(head: dict[str, str], outer: Envelope) -> Envelope:
    """The passed-on letter's own envelope, as far as its head tells it."""
    to = _field(head, "to", "at", "i", "an", "à")
    return Envelope(
        subject=_field(head, *_SUBJECTS),
        sender=_person(head).address,
        to=(*(address for _, address in addresses(to)), outer.sender),
    )
