"""The Home tab: pure functions from what it shows to Slack's blocks. Nothing is told by colour alone."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    Option,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)

from bot.cards import as_dicts, button, case_card, dangers_in_words, markdown
from bot.case_view import CaseView
from bot.home_view import MOST_ROWS, HomeView, Row, Rows, Shown, TeamBoard
from bot.inert import inert
from bot.modals import View, label
from bot.triage_cards import due_in_words, glance, queue
from bot.triage_view import Waiting
from models.clock import in_words
from models.rules.labels import AREAS, KINDS
from models.rules.reminders import Clock
from models.stuck import Stuck

_SHOWN = {
    Shown.ALL: "All that is owed",
    Shown.LATE: "Only what is late",
    Shown.WEEK: "Due within a week",
    Shown.SORT: "To sort",
}
_NONE = {Shown.LATE: "None of these is late.", Shown.WEEK: "None of these is due within a week."}
"""What an empty list says under a filter: it knows only that none was left."""

_MORE = {Shown.LATE: "To find one of them, type /case search and words of its letter."}
_MORE_OF_ALL = "Choose “Only what is late” above, or type /case search and words of the letter."


def home_tab(view: HomeView) -> View:
    """The whole tab."""
    blocks: list[Block] = [
        HeaderBlock(text=PlainTextObject(text=f"{view.name}: {in_words(view.today)}"[:150])),
        ContextBlock(elements=[markdown(_away(view))]),
        _choices(view.shown),
    ]
    blocks += queue(view.sorting) if view.sorting else _lists(view)
    return {"type": "home", "blocks": as_dicts(blocks[:100])}


def case_sheet(view: CaseView) -> View:
    """A case's card as a form that only its opener sees, with the same buttons."""
    return {
        "type": "modal",
        "title": label(view.reference),
        "close": label("Close"),
        "blocks": case_card(view),
    }


def _lists(view: HomeView) -> list[Block]:
    blocks: list[Block] = [
        _glance(view.waiting),
        *_list("My cases", view.mine, view, none="You have no case that is owed anything."),
    ]
    for name, rows in view.covered:
        blocks += _list(f"I cover for {name}", rows, view, none="Nothing of theirs is owed.")
    blocks += _list("Nobody's yet, of my services", view.unowned, view, none="Every case has an owner.")
    blocks += _asked(view)
    blocks += _stuck(view.stuck)
    blocks += _board(view.board)
    return blocks


def _glance(waiting: Waiting) -> Block:
    is_some = waiting.unsure or waiting.held
    return SectionBlock(
        text=markdown(glance(waiting)), accessory=button("sort_here", "Sort them", 0) if is_some else None
    )


def _away(view: HomeView) -> str:
    if not view.away:
        return "You are here. When you go away, type /away: somebody covers for you, and reminders follow them."
    absence = view.away[0]
    when = f"from {in_words(absence.from_day)} " if absence.from_day > view.today else ""
    return f"You are away {when}until {in_words(absence.until_day)}."


def _choices(shown: Shown) -> Block:
    options = {each: Option(value=each.value, label=words) for each, words in _SHOWN.items()}
    choice = StaticSelectElement(
        action_id="home_shown",
        placeholder="Which cases",
        options=list(options.values()),
        initial_option=options[shown],
    )
    return ActionsBlock(block_id="home", elements=[choice, button("home_refresh", "Refresh", 0)])


def _list(title: str, rows: Rows, view: HomeView, *, none: str) -> list[Block]:
    heading = f"*{inert(title)}*" + (f"  ({rows.count})" if rows.count else "")
    if not rows.rows:
        return [DividerBlock(), SectionBlock(text=markdown(f"{heading}\n{_NONE.get(view.shown, none)}"))]
    listed = [_listed(row, view.today) for row in rows.rows]
    more = rows.count - len(rows.rows)
    rest = (
        [ContextBlock(elements=[markdown(f"and {more} more. {_MORE.get(view.shown, _MORE_OF_ALL)}")])] if more else []
    )
    return [DividerBlock(), SectionBlock(text=markdown(heading)), *listed, *rest]


def _listed(row: Row, today: date) -> Block:
    opens = button("open_case", "Open", row.case_id, about=row.reference)
    return SectionBlock(text=markdown(_row(row, today)), accessory=opens)


def _row(row: Row, today: date) -> str:
    kind = KINDS[row.kind].name if row.kind else "Not sure"
    stage = f", stage {row.stage}" if row.stage > 1 else ""
    dangers = dangers_in_words(row.signals)
    headline = f"*{row.reference}*  {kind}{stage}, {AREAS[row.area].name}"
    return "\n".join([headline, *([dangers] if dangers else []), *_due(row, today)])


def _due(row: Row, today: date) -> list[str]:
    """The case's own clock and its duties, what is due first in front."""
    paused = ["⏸ Its clock stands still"] if row.is_paused else []
    running = [due_in_words(Clock(row.clock, row.due), today)] if row.due else []
    both = [*row.owed, *running] if row.duty_first else [*running, *row.owed]
    return [*both, *paused] or [due_in_words(None, today)]


def _asked(view: HomeView) -> list[Block]:
    if not view.asked:
        return []
    lines = [
        f"{reference}: by {in_words(due)}{'  ⚠ late' if due < view.today else ''}" for reference, due in view.asked
    ]
    return [DividerBlock(), SectionBlock(text=markdown("*What I asked of others*\n" + "\n".join(lines)))]


def _stuck(found: Sequence[Stuck]) -> list[Block]:
    """What does not move, for whoever manages it: each with why, the oldest first."""
    if not found:
        return []
    heading = f"*Stuck, and why*  ({len(found)})\nThe oldest first."
    rows: list[Block] = [SectionBlock(text=markdown(_why(each)), accessory=_opens(each)) for each in found[:MOST_ROWS]]
    more = len(found) - MOST_ROWS
    rest = [ContextBlock(elements=[markdown(f"and {more} more: they follow as these move.")])] if more > 0 else []
    return [DividerBlock(), SectionBlock(text=markdown(heading)), *rows, *rest]


def _why(stuck: Stuck) -> str:
    owner = f"  {inert(stuck.owner)}" if stuck.owner else ""
    return f"*{stuck.reference}*  {AREAS[stuck.area].name}{owner}\n{inert(stuck.why)}"


def _opens(stuck: Stuck) -> ButtonElement:
    if stuck.case_id is not None:
        return button("open_case", "Open", stuck.case_id, about=stuck.reference)
    return button("held_open", "Open", stuck.message or 0, about=stuck.reference)


def _board(teams: tuple[TeamBoard, ...]) -> list[Block]:
    if not teams:
        return []
    lines = [f"*{inert(t.team)}*: {t.owed} owed, {t.late} late, {t.unowned} without an owner" for t in teams]
    return [DividerBlock(), SectionBlock(text=markdown("*The whole board*\n" + "\n".join(lines)))]
