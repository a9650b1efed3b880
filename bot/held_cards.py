"""The card and the forms of a message put aside: pure functions. The card says nothing of who wrote, or what."""

import json
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, HeaderBlock, PlainTextObject, SectionBlock

from bot.cards import Blocks, as_dicts, button, markdown
from bot.inert import inert
from bot.modals import View, label, paragraphs, plain, shell_shows, text_input, what_fits
from models.clock import instant_in_words
from models.correspondence import HeldMessage
from models.held import LONGEST_TEXT
from models.held_list import Held
from models.rules.attached import size_in_words


def held_card(held: Held) -> Blocks:
    """The one card of a held message: why it waits, and the ways out; once settled, what became of it."""
    header = HeaderBlock(text=PlainTextObject(text=held_title(held)))
    if held.is_settled:
        return as_dicts([header, SectionBlock(text=markdown(inert(held.outcome)))])
    buttons = [
        button("held_look", "Look", held.number),
        button("held_new", "New case", held.number),
        button("held_join", "Add to a case", held.number),
        button("held_dismiss", "Put aside", held.number),
    ]
    blocks: list[Block] = [
        header,
        SectionBlock(text=markdown(f"*Why*\n{inert(held.reason)}")),
        SectionBlock(fields=[markdown(f"*{name}*\n{inert(value)}") for name, value in _facts(held)]),
        ActionsBlock(block_id=f"held {held.number}", elements=buttons),
    ]
    return as_dicts(blocks)


def held_title(held: Held) -> str:
    """What the card is about, in one line."""
    return f"Message {held.number}: settled" if held.is_settled else f"Message {held.number} waits for a person"


def look_modal(row: HeldMessage) -> View:
    """Who wrote and what, as plain text: nothing in it is a link, a mention or formatting."""
    sender = " ".join(filter(None, (row.sender_name, f"({row.sender})" if row.sender else ""))) or "Nobody is named"
    names = ", ".join(str(each["name"]) for each in row.attachments)
    whole = [f"From: {sender}", f"Subject: {row.subject or '(none)'}", *([f"Attached: {names}"] if names else [])]
    text = paragraphs(row.text) or [plain("It has no words that could be read.")]
    blocks = [*map(plain, whole), *text]
    shown = list(what_fits(blocks))
    if len(shown) < len(blocks) or not row.text or len(row.text) >= LONGEST_TEXT:
        shell = shell_shows(f"tocsin intake held --show {row.inbound_id}")
        shown.append(plain(f"There may be more than a form holds. {shell}"))
    return {"type": "modal", "title": label(f"Message {row.inbound_id}"), "close": label("Close"), "blocks": shown}


def join_modal(row: HeldMessage, *, channel: str) -> View:
    """Which case it belongs to: one that it names, or another by its reference."""
    blocks = [text_input("reference", "The reference of the case", is_optional=bool(row.named))]
    if row.named:
        options = [{"text": label(name), "value": name} for name in row.named]
        select = {"type": "static_select", "action_id": "named", "options": options, "initial_option": options[0]}
        blocks[0] = text_input("reference", "Or another, by its reference", is_optional=True)
        blocks.insert(0, {"type": "input", "block_id": "named", "label": label("It names"), "element": select})
    return _form("join_case", row, channel, "Add to a case", blocks)


def dismiss_modal(row: HeldMessage, *, channel: str) -> View:
    """Why no case comes of it."""
    hint = "It is kept with the message. The message is kept too."
    return _form("dismiss_message", row, channel, "Put aside", [text_input("reason", "Why?", hint=hint)])


def message_of(view: dict[str, Any]) -> tuple[int, str]:
    """Which message a submitted form is about, and the channel it was opened from."""
    kept = json.loads(view["private_metadata"])
    return int(kept["message"]), str(kept["channel"])


def _form(callback_id: str, row: HeldMessage, channel: str, title: str, blocks: list[dict[str, Any]]) -> View:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": json.dumps({"message": row.inbound_id, "channel": channel}),
        "title": label(title),
        "submit": label("Save"),
        "close": label("Cancel"),
        "blocks": [plain(f"Message {row.inbound_id}"), *blocks],
    }


def _facts(held: Held) -> list[tuple[str, str]]:
    return [
        ("Came", instant_in_words(held.received_at)),
        ("Came by", held.source),
        ("Size", size_in_words(held.size)),
        ("Attached", str(held.attachments) if held.attachments else "Nothing"),
        ("Names", ", ".join(held.named[:10]) + (" …" if len(held.named) > 10 else "") or "No case"),
    ]
