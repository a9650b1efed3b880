"""The queue of what is to be sorted: pure functions from what waits to Slack's blocks, in the Home tab or a form."""

from datetime import date

from slack_sdk.models.blocks import ActionsBlock, Block, ContextBlock, DividerBlock, SectionBlock

from bot.cards import Blocks, as_dicts, button, markdown
from bot.held_cards import held_card
from bot.inert import inert
from bot.modals import View, label
from bot.triage_guesses import guess_buttons, guesses_in_words, undo_button
from bot.triage_view import JustSorted, Sorting, ToSort, Waiting
from models.clock import in_words, instant_in_words
from models.held_list import Held
from models.rules.labels import AREAS, KINDS, NEVER_WAITS, SIGNALS, Signal
from models.rules.reminders import Clock

QUEUE = "to sort"
"""What the queue's form keeps unseen, so that a press in it is known."""

_REASONS = 3
_CLOCKS = {"acknowledge": "Acknowledge", "answer": "Answer"}


def glance(waiting: Waiting) -> str:
    """How much waits, in words."""
    if not waiting.unsure and not waiting.held:
        return "*To sort*: nothing waits."
    cases = f"{waiting.unsure} {'case' if waiting.unsure == 1 else 'cases'} that nobody is sure of"
    held = f"{waiting.held} held {'message' if waiting.held == 1 else 'messages'}"
    return "*To sort*: " + ", ".join(each for each, count in ((cases, waiting.unsure), (held, waiting.held)) if count)


def queue(sorting: Sorting) -> list[Block]:
    """Everything that is to be sorted, with the ways to do it."""
    note = [SectionBlock(text=markdown(inert(sorting.note)))] if sorting.note else []
    blocks: list[Block] = [*note, SectionBlock(text=markdown(glance(sorting.waiting)))]
    blocks += map(_done, sorting.done)
    for row in sorting.rows:
        blocks += _row(row, sorting.today)
    blocks += _more(sorting.waiting.unsure - len(sorting.rows), "cases: they follow as these are sorted")
    if sorting.held:
        blocks += [DividerBlock(), SectionBlock(text=markdown(f"*Held messages*  ({sorting.waiting.held})"))]
        blocks += [_held(held) for held in sorting.held]
        blocks += _more(sorting.waiting.held - len(sorting.held), "messages: they follow as these are settled")
    return blocks


def queue_sheet(sorting: Sorting) -> View:
    """The queue as a form that only its opener sees."""
    return {
        "type": "modal",
        "private_metadata": QUEUE,
        "title": label("To sort"),
        "close": label("Close"),
        "blocks": as_dicts(queue(sorting)[:100]),
    }


def held_sheet(held: Held) -> View:
    """A held message's card as a form, with the same buttons."""
    return {
        "type": "modal",
        "title": label(f"Message {held.number}"),
        "close": label("Close"),
        "blocks": held_card(held),
    }


def way_back(case_id: int, correction: int) -> Blocks:
    """What stands below the line that says a case was corrected."""
    return as_dicts([ActionsBlock(block_id="undo", elements=[undo_button(case_id, correction)])])


def _row(row: ToSort, today: date) -> list[Block]:
    signals = [_signal(signal) for signal in sorted(row.signals, key=lambda each: each not in NEVER_WAITS)]
    said = [
        f"*{row.reference}*  {AREAS[row.area].name}",
        *(["  ·  ".join(signals)] if signals else []),
        due_in_words(row.clock, today),
        *(f"• {inert(reason)}" for reason in row.reasons[:_REASONS]),
        f"What is it? The likeliest: {guesses_in_words(row.guesses)}",
    ]
    buttons = [
        *guess_buttons(row.case_id, row.reference, row.guesses),
        button("read", "Read", row.case_id, about=row.reference),
        button("open_case", "Open", row.case_id, about=row.reference),
    ]
    return [DividerBlock(), SectionBlock(text=markdown("\n".join(said))), ActionsBlock(elements=buttons)]


def due_in_words(clock: Clock | None, today: date) -> str:
    """What is to be done next on a case and by when, and whether that day has passed."""
    if clock is None:
        return "Nothing is due by a date"
    what = f"{_CLOCKS[clock.name]} by {in_words(clock.due)}"
    if clock.due < today:
        return f"⚠ MISSED: {what}"
    return f"Today: {what}" if clock.due == today else what


def _signal(signal: Signal) -> str:
    name = SIGNALS[signal].name
    return f"⚠ *{name}*" if signal in NEVER_WAITS else name


def _done(done: JustSorted) -> Block:
    kind = KINDS[done.kind].name.lower() if done.kind else "not sure"
    text = f"✔ You filed *{done.reference}* as: {kind}, {AREAS[done.area].name}"
    return SectionBlock(text=markdown(text), accessory=undo_button(done.case_id, done.correction))


def _held(held: Held) -> Block:
    text = f"*Message {held.number}*  came {instant_in_words(held.received_at)}\n{inert(held.reason)}"
    opens = button("held_open", "Open", held.number, about=f"message {held.number}")
    return SectionBlock(text=markdown(text), accessory=opens)


def _more(count: int, what: str) -> list[Block]:
    return [ContextBlock(elements=[markdown(f"and {count} more {what}.")])] if count > 0 else []
