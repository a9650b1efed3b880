"""What the sender wrote now: earlier letters and signatures set aside, and never thrown away.

Every word of a text is in one of the two halves that come back. Forwarded letters are the matter of intake/forwards.py.

Our own reader: mail-parser-reply 1.36 was tried on the 35 replies of talon and email_reply_parser. On 24 both agree; on
one it finds a name that we leave; on the ten others it loses what stands below a list with dashes, or takes quoted
lines for the answer. It knows no Welsh, and 20 kB of “On a b a b …” keep it busy for more than eight seconds.
"""

import re

from intake.marks import EARLIER_LETTER, LONGEST_MARK, Marks

LONGEST_SIGNATURE = 20
"""Lines after a signature mark; with more than that the mark was a line in the letter."""

_SENT_FROM = re.compile(
    r"\s*(sent|get|anfonwyd|envoyé) (from|via|o.?m|de|o) ((my|mon|fy) (\w+ ){0,2})?"
    r"(iphone|ipad|android|blackberry|samsung|galaxy|huawei|mobile|phone|smartphone|windows|mail for|outlook|yahoo"
    r"|gmail|proton|ffôn|ffon)\b[^.!?<>]{0,60}\.?\s*(<[^<>]*>)?\s*$|\s*get outlook for \w+.{0,60}$",
    re.IGNORECASE,
)


def parted_or_whole(lines: list[str], marks: Marks) -> tuple[str, str]:
    """What the sender wrote, and what was set aside: earlier letters and signatures.

    - Words written between quoted lines stay.
    - What stands below a forwarding mark stays, as its words are why it was sent.
    - If nothing would be left, the text stays whole and nothing is set aside.
    """
    written, aside = parted(lines, marks)
    return (written, aside) if written else (without_marks("\n".join(lines)).strip(), "")


def parted(lines: list[str], marks: Marks) -> tuple[str, str]:
    """The two halves, though the first may be empty."""
    kept, aside = _without_quotes(lines[: marks.cut], marks)
    kept, signature = _without_signature(kept)
    aside += [*signature, *lines[marks.cut :]]
    return without_marks("\n".join(kept)).strip(), without_marks("\n".join(aside)).strip()


def without_marks(text: str) -> str:
    """The text without the marks of our own that stand for markup."""
    return text.replace(f"{EARLIER_LETTER}\n", "").replace(EARLIER_LETTER, "") if EARLIER_LETTER in text else text


def _without_quotes(lines: list[str], marks: Marks) -> tuple[list[str], list[str]]:
    kept: list[str] = []
    aside: list[str] = []
    skip_to = 0
    for number, line in enumerate(lines):
        if number >= skip_to:
            skip_to = number + marks.attributions.get(number, 0)
        is_mark = number < skip_to or line.lstrip().startswith(">") or bool(_SENT_FROM.match(line[: LONGEST_MARK + 1]))
        (aside if is_mark else kept).append(line)
    return kept, aside


def _without_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    start = max(0, len(lines) - LONGEST_SIGNATURE - 1)
    marks = [number for number in range(start, len(lines)) if lines[number] in {"-- ", "--"}]
    return (lines[: marks[0]], lines[marks[0] :]) if marks else (lines, [])
