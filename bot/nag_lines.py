"""What a reminder says: pure functions from what is due to Slack's words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.cards import Blocks
from bot.inert import inert
from models.clock import in_words
from models.duty import DutyKind
from models.rules.reminders import PAUSED

_MOST_LINES = 40
_LONGEST = 2_900
"""Characters in one section; Slack takes 3,000."""

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
    """

    reference: str
    clock: str
    due: date
    today: date
    left: int
    duty: DutyKind | None = None
    owner: str | None = None


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
    lines = [nag_sentence(view) for view in nearest]
    if len(lines) == 1:
        return lines[0], [_section(inert(lines[0]))]
    title = f"{len(lines)} reminders"
    shown = [f"• {inert(line)}" for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        shown.append(f"and {len(lines) - _MOST_LINES} more: tocsin cases")
    return f"{title}. First: {lines[0]}", [_section(f"*{title}*"), *map(_section, _packed(shown))]


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


def _packed(lines: Sequence[str]) -> Iterator[str]:
    """Lines joined into as few sections as Slack's limit allows."""
    section: list[str] = []
    for line in lines:
        if section and sum(len(each) + 1 for each in [*section, line]) > _LONGEST:
            yield "\n".join(section)
            section = []
        section.append(line)
    yield "\n".join(section)


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}
