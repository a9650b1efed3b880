"""The Home tab: pure functions from what it shows to Slack's blocks. Nothing is told by colour alone."""

from datetime import date

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    Option,
    PlainTextObject,
    SectionBlock,
    StaticSelectElement,
)

from bot.cards import as_dicts, button, case_card, inert, markdown
from bot.case_view import CaseView
from bot.home_view import HomeView, Row, Rows, Shown, TeamBoard
from bot.modals import View, label
from models.clock import in_words
from models.rules.labels import AREAS, KINDS

_SHOWN = {Shown.ALL: "All that is owed", Shown.LATE: "Only what is late", Shown.WEEK: "Due within a week"}
_CLOCKS = {"acknowledge": "Acknowledge", "answer": "Answer"}


def home_tab(view: HomeView) -> View:
    """The whole tab."""
    blocks: list[Block] = [
        HeaderBlock(text=PlainTextObject(text=f"{view.name}: {in_words(view.today)}"[:150])),
        ContextBlock(elements=[markdown(_away(view))]),
        _choices(view.shown),
        *_list("My cases", view.mine, view.today, none="You have no case that is owed anything."),
    ]
    for name, rows in view.covered:
        blocks += _list(f"I cover for {name}", rows, view.today, none="Nothing of theirs is owed.")
    blocks += _list("Nobody's yet, of my services", view.unowned, view.today, none="Every case has an owner.")
    blocks += _asked(view)
    blocks += _board(view.board)
    return {"type": "home", "blocks": as_dicts(blocks[:100])}


def case_sheet(view: CaseView) -> View:
    """A case's card as a form that only its opener sees, with the same buttons."""
    return {
        "type": "modal",
        "title": label(view.reference),
        "close": label("Close"),
        "blocks": case_card(view),
    }


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


def _list(title: str, rows: Rows, today: date, *, none: str) -> list[Block]:
    heading = f"*{inert(title)}*" + (f"  ({rows.count})" if rows.count else "")
    if not rows.rows:
        return [DividerBlock(), SectionBlock(text=markdown(f"{heading}\n{none}"))]
    listed: list[Block] = [
        SectionBlock(text=markdown(_row(row, today)), accessory=button("open_case", "Open", row.case_id))
        for row in rows.rows
    ]
    more = rows.count - len(rows.rows)
    rest = [ContextBlock(elements=[markdown(f"and {more} more: “tocsin cases” lists all.")])] if more else []
    return [DividerBlock(), SectionBlock(text=markdown(heading)), *listed, *rest]


def _row(row: Row, today: date) -> str:
    kind = KINDS[row.kind].name if row.kind else "Not sure"
    stage = f", stage {row.stage}" if row.stage > 1 else ""
    return f"*{row.reference}*  {kind}{stage}, {AREAS[row.area].name}\n{_due(row, today)}"


def _due(row: Row, today: date) -> str:
    if row.is_paused:
        return "⏸ Its clock stands still"
    if row.due is None:
        return "Nothing is due by a date"
    what = f"{_CLOCKS[row.clock]} by {in_words(row.due)}"
    if row.due < today:
        return f"⚠ MISSED: {what}"
    return f"Today: {what}" if row.due == today else what


def _asked(view: HomeView) -> list[Block]:
    if not view.asked:
        return []
    lines = [
        f"{reference}: by {in_words(due)}{'  ⚠ late' if due < view.today else ''}" for reference, due in view.asked
    ]
    return [DividerBlock(), SectionBlock(text=markdown("*What I asked of others*\n" + "\n".join(lines)))]


def _board(teams: tuple[TeamBoard, ...]) -> list[Block]:
    if not teams:
        return []
    lines = [f"*{inert(t.team)}*: {t.owed} owed, {t.late} late, {t.unowned} without an owner" for t in teams]
    return [DividerBlock(), SectionBlock(text=markdown("*The whole board*\n" + "\n".join(lines)))]
