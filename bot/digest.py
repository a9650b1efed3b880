"""An officer's morning as a message: a pure function. The lines hold references, services and dates, and no names."""

from collections.abc import Iterator, Sequence

from slack_sdk.models.blocks import Block, ContextBlock, DividerBlock, HeaderBlock, PlainTextObject, SectionBlock

from bot.cards import Blocks, as_dicts, button, markdown
from bot.inert import inert
from bot.nag_lines import DUTIES_IN_WORDS
from models.clock import in_words
from models.digest import Digest, Due, Dues
from models.rules.labels import AREAS
from models.stuck import Stuck

_MOST = 8
"""Rows of one list; seven lists of as many stay within the 50 blocks of a message."""

_MOST_NAMED = 10


def digest_message(digest: Digest) -> tuple[str, Blocks]:
    """The text that stands where blocks cannot, and the blocks."""
    title = f"Your day, {in_words(digest.day)}"
    blocks: list[Block] = [
        HeaderBlock(text=PlainTextObject(text=title)),
        *_dues(digest.own),
        *_covered(digest),
        *_to_sort(digest),
        *_stuck(digest.stuck),
        ContextBlock(elements=[markdown("All of it stands in your Home tab, as it is at that moment.")]),
    ]
    return f"{title}: {in_figures(digest)}.", as_dicts(blocks[:50])


def in_figures(digest: Digest) -> str:
    """How much of each sort there is, in words."""
    return ", ".join(_figures(digest))


def _figures(digest: Digest) -> Iterator[str]:
    counted = (
        (len(digest.own.missed), "missed"),
        (len(digest.own.today), "due today"),
        (len(digest.own.coming), "due within a week"),
        (sum(len(d.missed) + len(d.today) + len(d.coming) for _, d in digest.covered), "due of those you cover"),
        (len(digest.unsure), "to sort"),
        (digest.held, "held"),
        (len(digest.stuck), "stuck"),
    )
    return (f"{count} {what}" for count, what in counted if count)


def _dues(dues: Dues) -> list[Block]:
    return [
        *_list("⚠ Missed", dues.missed),
        *_list("Due today", dues.today),
        *_lines("Due within a week", [_line(due) for due in dues.coming]),
    ]


def _list(title: str, dues: Sequence[Due]) -> list[Block]:
    """Each with a button that opens it: these want doing now."""
    if not dues:
        return []
    rows = [
        SectionBlock(text=markdown(_line(due)), accessory=button("open_case", "Open", due.case_id, about=due.reference))
        for due in dues[:_MOST]
    ]
    return [DividerBlock(), SectionBlock(text=markdown(f"*{title}*  ({len(dues)})")), *rows, *_more(len(dues))]


def _lines(title: str, lines: Sequence[str]) -> list[Block]:
    if not lines:
        return []
    shown = "\n".join(f"• {line}" for line in lines[:_MOST])
    return [
        DividerBlock(),
        SectionBlock(text=markdown(f"*{inert(title)}*  ({len(lines)})\n{shown}")),
        *_more(len(lines)),
    ]


def _more(count: int) -> list[Block]:
    return [ContextBlock(elements=[markdown(f"and {count - _MOST} more")])] if count > _MOST else []


def _covered(digest: Digest) -> list[Block]:
    blocks: list[Block] = []
    for name, dues in digest.covered[:3]:
        late = [f"⚠ MISSED: {_line(due)}" for due in dues.missed]
        blocks += _lines(f"You cover for {name}", [*late, *map(_line, (*dues.today, *dues.coming))])
    return blocks


def _to_sort(digest: Digest) -> list[Block]:
    said = []
    if digest.unsure:
        named = ", ".join(digest.unsure[:_MOST_NAMED]) + (" and more" if len(digest.unsure) > _MOST_NAMED else "")
        cases = "case" if len(digest.unsure) == 1 else "cases"
        said.append(f"{len(digest.unsure)} {cases} that nobody is sure of: {named}")
    if digest.held:
        said.append(f"{digest.held} held {'message waits' if digest.held == 1 else 'messages wait'} for a person")
    if not said:
        return []
    text = "*To sort*\n" + "\n".join(f"• {each}" for each in said)
    return [DividerBlock(), SectionBlock(text=markdown(text), accessory=button("sort_here", "Sort them", 0))]


def _stuck(found: Sequence[Stuck]) -> list[Block]:
    return _lines("Stuck, the oldest first", [f"{each.reference}: {inert(each.why)}" for each in found])


def _line(due: Due) -> str:
    what = DUTIES_IN_WORDS[due.duty] if due.duty else due.clock
    return f"*{due.reference}*: {what} by {in_words(due.due)} ({AREAS[due.area].name})"
