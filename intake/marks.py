"""The marks by which mail programs part a letter from the earlier ones below it, in English, Welsh and others."""

import re
import sys
from dataclasses import dataclass

LONGEST_MARK = 300
"""Characters of a line that can be a mark; anything longer is somebody's words."""

EARLIER_LETTER = "\ufdd0"
"""A line of this alone stands where the markup says, without words, that an earlier letter begins."""

FORWARD = re.compile(
    r"[>\s*]*(-{2,}\s*(forwarded message|forwarded by|neges wedi.i hanfon ymlaen|neges a anfonwyd ymlaen)|"
    r"(begin forwarded message|dechrau.r neges a anfonwyd ymlaen|dechrau neges a anfonwyd ymlaen)\s*:)",
    re.IGNORECASE,
)
"""A line that says that what follows is passed on."""

ORIGINAL = re.compile(
    r"[>\s*]*-{2,}\s*"
    r"(original (message|appointment)|neges wreiddiol|ursprüngliche nachricht|message d.origine)\s*-{2,}",
    re.IGNORECASE,
)
RULE = re.compile(r"[>\s]*_{10,}\s*$")
_SENDER = "from|oddi wrth|gan|von|de"
_OTHERS = "sent|date|to|subject|cc|anfonwyd|dyddiad|at|i|pwnc|testun|gesendet|datum|an|betreff|envoyé|à|objet"
FROM = re.compile(rf"[>\s*]*({_SENDER})\s*:[\s*]*\S", re.IGNORECASE)
HEAD = re.compile(
    rf"[>\s*]*({_SENDER}|{_OTHERS}|bcc|reply-to|importance)\s*:\**[ \t\xa0]*(.*)",
    re.IGNORECASE,
)
"""A line of the block that Outlook and others put above an earlier letter: its field, and what it says."""

_OTHER_HEADS = re.compile(rf"[>\s*]*({_OTHERS})\s*:", re.IGNORECASE)
_ONLY_OF_LETTERS = frozenset(
    {"sent", "subject", "anfonwyd", "pwnc", "testun", "gesendet", "betreff", "envoyé", "objet"}
)  # a diary of noise has From, To and Date as well
_FOOTER = re.compile(r"confidential|disclaimer|intended recipient|mailing list|unsubscribe|virus", re.IGNORECASE)
_MAY_BE_MARK = re.compile(
    r"[>\s*-]*(?:from|oddi|gan|von|de|on|ar|le|am|el|op|il|mon|tue|wed|thu|fri|sat|sun|original|neges|ursp|message"
    rf"|forwarded|begin|dechrau|\d{{1,4}}[-/.]|_{{10}}|{EARLIER_LETTER})",
    re.IGNORECASE,
)
_ATTRIBUTION_START = re.compile(
    r"[>\s-]*(?:(on|ar|le|am|el|op|il)\b|\d{1,4}[-/.]\d{1,2}[-/.]|(?:mon|tue|wed|thu|fri|sat|sun)\w{0,6},)",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"\b(wrote|a écrit|(ysgrifennodd|schrieb|escribió|schreef|ha scritto)\b[^:]{0,200})\s*:\s*$", re.IGNORECASE
)
_WHEN_OR_WHO = re.compile(r"[\d@]")
_DATED = re.compile(r"<[^<> @]+@[^<> ]+>\s*:?\s*$")


@dataclass(frozen=True)
class Marks:
    """Where the marks in a text stand, by line number; the number of lines means nowhere.

    ``first`` is the first mark of any kind, ``cut`` the line from which all is an earlier letter (a forwarding mark
    above it keeps all below), ``attributions`` how many lines each “On … wrote:” takes.
    """

    first: int
    cut: int
    attributions: dict[int, int]


NO_MARKS = Marks(sys.maxsize, sys.maxsize, {})


def marks_in(lines: list[str]) -> Marks:
    """All marks, found in one pass."""
    first = cut = len(lines)
    attributions: dict[int, int] = {}
    keeps_all = False
    for number, line in enumerate(lines):
        if len(line) > LONGEST_MARK or not (_MAY_BE_MARK.match(line) or line.rstrip().endswith(":")):
            continue
        if size := attribution(lines, number):
            attributions[number] = size
        is_forward = FORWARD.match(line) is not None
        begins = not is_forward and (
            _begins_letter(lines, number) or (size > 0 and not _quotes_follow(lines, number + size))
        )
        if is_forward or begins or size:
            first = min(first, number)
        keeps_all = keeps_all or is_forward
        if begins and not keeps_all:
            cut = number
            break
    return Marks(first, cut, attributions)


def _begins_letter(lines: list[str], number: int) -> bool:
    """Whether an earlier letter starts at this line and takes all that follows."""
    line = lines[number]
    if line == EARLIER_LETTER or ORIGINAL.match(line) or is_head(lines, number):
        return True
    if not RULE.match(line):
        return False
    below = [number + step for step in range(1, 4) if number + step < len(lines)]
    return any(is_head(lines, other) for other in below) or _is_footer(lines, number)


def is_head(lines: list[str], number: int) -> bool:
    """Whether an Outlook-like block (From, Sent, To, Subject) starts here."""
    if not FROM.match(lines[number]):
        return False
    below = [line for line in lines[number + 1 : number + 9] if len(line) <= LONGEST_MARK]
    others = {match[1].lower() for line in below if (match := _OTHER_HEADS.match(line))}
    return len(others) >= 2 and (not _ONLY_OF_LETTERS.isdisjoint(others) or "@" in lines[number])


def _is_footer(lines: list[str], number: int) -> bool:
    return bool(_FOOTER.search(" ".join(line[:LONGEST_MARK] for line in lines[number + 1 : number + 4])))


def attribution(lines: list[str], number: int) -> int:
    """How many lines the "On … wrote:" that starts here takes: 0 if none does, at most 3."""
    if not (start := _ATTRIBUTION_START.match(lines[number])):
        return 1 if _is_foreign_attribution(lines, number) else 0
    wanted = _WROTE if start[1] else _DATED  # “2026-03-02 10:00 Ben <ben@…>:” has no verb
    for size in (1, 2, 3):
        taken = lines[number : number + size]
        if not taken[-1].endswith((":", ">", ": ", "> ")):
            continue
        end = " ".join(line[-LONGEST_MARK:].strip("> ") if size > 1 else line for line in taken[-2:])
        if wanted.search(end) and any(_WHEN_OR_WHO.search(line[:LONGEST_MARK]) for line in taken):
            return size
    return 0


def _is_foreign_attribution(lines: list[str], number: int) -> bool:
    """Whether this line ends in a colon, holds a number and an address, and quoted lines follow, in any language."""
    line = lines[number].rstrip()
    if not line.endswith(":") or "@" not in line or line.startswith(">"):
        return False
    return re.search(r"\d", line) is not None and _quotes_follow(lines, number + 1)


def _quotes_follow(lines: list[str], number: int) -> bool:
    return next((line.startswith(">") for line in lines[number : number + 4] if line.strip()), False)
