"""What a reminder says: pure functions from what is due to Slack's words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock

from bot.cards import Blocks, as_dicts, button, markdown
from bot.inert import inert
from models.clock import in_words
from models.duty import DutyKind
from models.rules.reminders import PAUSED

_MOST_LINES = 40
_MOST_BLOCKS = 48
"""Blocks of all lines together: with the title above and the count below, Slack's 50."""

_ACTS = {"acknowledge": "acknowledged", "answer": "answered"}
DUTIES_IN_WORDS = {
    DutyKind.REMEDY: "a remedy",
    DutyKind.ACTION: "an agreed action",
    DutyKind.UPDATE: "an update that was promised",
    DutyKind.REQUEST: "the answer to a request of ours",
    DutyKind.BLOCKER: "something that stands in the way",
    DutyKind.MILESTONE: "a step of the procedure",
    DutyKind.HAZARD: "a step of the hazard's limits",
    DutyKind.INVESTIGATION: "the report of an investigation",
    DutyKind.ENQUIRY: "the answer to an Ombudsman's enquiry",
    DutyKind.RECOMMENDATION: "an Ombudsman's recommendation",
}


@dataclass(frozen=True)
class NagView:
    """What is due on a case.

    - ``clock`` is ``acknowledge``, ``answer``, ``paused``, or of a duty, whose ``duty`` is its kind.
    - ``today`` is the day it was given; ``left`` the working days from then to ``due``.
    - ``owner``: who has it, for whoever stands above them; None in the owner's own reminder.
    - ``opens`` is the case's number, ``settles`` the duty's; None where whoever is told may not, or it cannot be.
    """

    reference: str
    clock: str
    due: date
    today: date
    left: int
    duty: DutyKind | None = None
    owner: str | None = None
    opens: int | None = None
    settles: int | None = None


def nag_sentence(view: NagView) -> str:
    """A reminder in one sentence."""
    if view.clock == PAUSED:
        week = (view.today - view.due).days // 7
        return (
            f"{view.reference} stands paused since {in_words(view.due)} (week {week}). "
            "Take it up again when the reason is over."
        )
    said = _missed(view) if view.today > view.due else _coming(view)
    return f"{said} Its owner: {view.owner}." if view.owner is not None else said


def nag_message(views: Sequence[NagView]) -> tuple[str, Blocks]:
    """One reminder as a sentence, several as a list, the nearest first: the text, and its blocks."""
    nearest = sorted(views, key=lambda view: (view.due, view.reference))
    first = nag_sentence(nearest[0])
    if len(nearest) == 1:
        return first, as_dicts(_told(nearest[0], first))
    title = f"{len(nearest)} reminders"
    lines = [_told(view, f"• {nag_sentence(view)}") for view in nearest[:_MOST_LINES]]
    shown = list(_that_fit(lines))
    blocks = [SectionBlock(text=markdown(f"*{title}*")), *(block for line in shown for block in line)]
    if len(nearest) > len(shown):
        blocks.append(SectionBlock(text=markdown(f"and {len(nearest) - len(shown)} more: tocsin cases")))
    return f"{title}. First: {first}", as_dicts(blocks)


def _told(view: NagView, line: str) -> list[Block]:
    """A line with its button beside it, or with both below it: Slack puts one beside a line."""
    buttons, text = _buttons(view), markdown(inert(line))
    if len(buttons) == 1:
        return [SectionBlock(text=text, accessory=buttons[0])]
    return [SectionBlock(text=text), *([ActionsBlock(elements=buttons)] if buttons else [])]


def _buttons(view: NagView) -> list[ButtonElement]:
    opens = button("open_case", "Open", view.opens, about=view.reference) if view.opens else None
    which = f"{view.reference}, duty {view.settles}"
    settles = button("settle", "Settle…", view.settles, about=which) if view.settles else None
    return [each for each in (opens, settles) if each is not None]


def _that_fit(lines: Sequence[list[Block]]) -> Iterator[list[Block]]:
    """The first lines that fit into one message with their buttons."""
    used = 0
    for line in lines:
        used += len(line)
        if used > _MOST_BLOCKS:
            return
        yield line


def _missed(view: NagView) -> str:
    by = f"by {in_words(view.due)}. Please see to it now."
    if view.duty is not None:
        return f"⚠ {view.reference}: {DUTIES_IN_WORDS[view.duty]} was due {by}"
    return f"⚠ {view.reference} should have been {_ACTS[view.clock]} {by}"


def _coming(view: NagView) -> str:
    when = f"today, {in_words(view.due)}" if view.today == view.due else f"by {in_words(view.due)}{_to_go(view.left)}"
    if view.duty is not None:
        return f"{view.reference}: {DUTIES_IN_WORDS[view.duty]} is due {when}."
    return f"{view.reference} must be {_ACTS[view.clock]} {when}."


def _to_go(left: int) -> str:
    return f" (in {left} working day{'s' if left > 1 else ''})" if left > 0 else ""
