"""The files that came along with a letter: their names made safe, their bytes decoded."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from intake.headers import words
from intake.mime import ENCLOSED_LETTERS, Part

LONGEST_NAME = 120
"""Characters of an attachment's name: every file system takes that many."""

NOTES_IN_REPORTS = frozenset(
    {
        *("text/rfc822-headers", "message/delivery-status", "message/disposition-notification"),
        *("message/global-headers", "message/global-delivery-status", "message/feedback-report"),
    }
)
"""Types of the parts of a report that are read as notes and are no files."""


@dataclass(frozen=True)
class File:
    """One attachment: a safe name, the type it claims, and its bytes. None is opened here, not even a zip."""

    name: str
    declared: str
    content: bytes


def safe_name(text: str) -> str:
    """An attachment's name that is only a name: no folder, no control or direction character, not too long; or ""."""
    last = re.split(r"[/\\]", words(text))[-1]
    plain = "".join("_" if letter in '<>:"|?*' else letter for letter in last if unicodedata.category(letter)[0] != "C")
    stem, dot, ending = plain.strip(" .").rpartition(".")
    ending = ending[:20]
    return (stem[: LONGEST_NAME - len(dot + ending)] + dot + ending).strip(" .")


def files_of(part: Part, *, in_report: bool = False) -> Iterator[File]:
    """Every file of a letter, in the order in which they stand; a letter inside it counts as one file."""
    is_enclosed = part.kind in ENCLOSED_LETTERS
    is_file = part.is_attached and not part.children and part.kind not in NOTES_IN_REPORTS
    if is_file or (is_enclosed and not in_report):
        name = safe_name(part.name) or ("letter.eml" if is_enclosed else "attachment")
        yield File(name, part.kind, part.content()[0])
    if not is_enclosed:
        for child in part.children:
            yield from files_of(child, in_report=part.kind == "multipart/report")
