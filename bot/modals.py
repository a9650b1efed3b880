"""Modals: pure functions that make forms, and read them back."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from bot.case_view import CaseView
from models.clock import instant_in_words
from models.correspondence import Correspondence, Direction
from models.rules.attached import in_words
from models.rules.labels import AREAS, KINDS, Area, Definition, Kind

View = dict[str, Any]

_TEXT_LIMIT = 2900
_MOST_BLOCKS = 90
_WE_ADD = "We add the greeting, our decision, what they may do next, and the council’s name."
_MOST_BYTES = 200_000
"""Slack refuses a view of more than 250 kB (view_too_large)."""


def kind_modal(view: CaseView, *, channel: str) -> View:
    """The choice of kinds, each with what it means."""
    return _form("set_kind", view, channel, "Wrong kind", [_choice("kind", "What is it?", Kind, KINDS, view.kind)])


def area_modal(view: CaseView, *, channel: str) -> View:
    """The choice of service areas."""
    current = view.areas[0] if view.areas else None
    question = _choice("area", "Which service is it about?", Area, AREAS, current)
    return _form("set_area", view, channel, "Wrong area", [question])


def answer_modal(view: CaseView, *, channel: str) -> View:
    """The answer at this stage: the outcome and the letter."""
    blocks = [
        _outcomes(view.outcomes),
        text_input("letter", "The answer to the resident, point by point", hint=_WE_ADD + _to_each(view)),
        text_input("letter_on", "If it is longer, go on here", is_optional=True),
        _tick("as_it_is", "The letter check", "Send although something is missing"),
    ]
    return _form("send_answer", view, channel, "Answer", blocks, submit="Send")


def reason_modal(callback_id: str, title: str, view: CaseView, *, channel: str) -> View:
    """A step that needs a reason: closing, opening again."""
    return _form(callback_id, view, channel, title, [text_input("reason", "Why?")])


def read_modal(view: CaseView, letters: Iterable[Correspondence]) -> View:
    """The whole exchange as plain text: nothing in it is a link, a mention or formatting."""
    whole = [block for letter in letters for block in _letter_blocks(letter)]
    blocks = list(what_fits(whole))
    if len(blocks) < len(whole):
        blocks.append(plain(f"There is more than a form holds. {shell_shows(f'tocsin case {view.reference}')}"))
    return {
        "type": "modal",
        "title": label(view.reference),
        "close": label("Close"),
        "blocks": blocks or [plain("Nothing was written.")],
    }


def shell_shows(command: str) -> str:
    """What to do about words that no form in Slack can hold."""
    return f"Ask whoever runs Tocsin for the rest: “{command}” shows all of it."


def said(sentence: str) -> View:
    """What stands where a form was, once it is done or cannot be."""
    return {"type": "modal", "title": label("Tocsin"), "close": label("Close"), "blocks": [plain(sentence)]}


def value_of(view: Mapping[str, Any], name: str) -> str:
    """What was chosen or typed in one field."""
    field = view["state"]["values"].get(name, {}).get(name, {})
    chosen = field.get("selected_option")
    return str(chosen["value"] if chosen else field.get("value") or "")


def is_ticked(view: Mapping[str, Any], name: str) -> bool:
    """Whether a box was ticked; a form from before it had one has it empty."""
    return bool(view["state"]["values"].get(name, {}).get(name, {}).get("selected_options"))


def _to_each(view: CaseView) -> str:
    """What an officer must know who answers for many: nothing in it may be meant for one of them."""
    people = view.campaign.people if view.campaign else 0
    return f" The same answer goes to each of the {people} people who wrote this." if people else ""


def _form(
    callback_id: str, view: CaseView, channel: str, title: str, blocks: list[dict[str, Any]], *, submit: str = "Save"
) -> View:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": json.dumps({"case": view.case_id, "channel": channel}),
        "title": label(title),
        "submit": label(submit),
        "close": label("Cancel"),
        "blocks": [plain(view.reference), *blocks],
    }


def _choice(
    name: str, question: str, values: type[StrEnum], words: Mapping[Any, Definition], current: StrEnum | None
) -> dict[str, Any]:
    options = {value: _option(value, words[value]) for value in values}
    element: dict[str, Any] = {"type": "static_select", "action_id": name, "options": list(options.values())}
    if current is not None:
        element["initial_option"] = options[current]
    return {"type": "input", "block_id": name, "label": label(question), "element": element}


def _outcomes(words: Sequence[str]) -> dict[str, Any]:
    options = [{"text": label(word.capitalize()), "value": word} for word in words]
    element = {"type": "static_select", "action_id": "outcome", "options": options}
    return {"type": "input", "block_id": "outcome", "label": label("Our decision"), "element": element}


def _option(value: StrEnum, words: Definition) -> dict[str, Any]:
    option: dict[str, Any] = {"text": label(words.name), "value": value.value}
    if words.means:
        option["description"] = label(words.means[:72] + ("…" if len(words.means) > 72 else ""))
    return option


def text_input(name: str, question: str, *, hint: str = "", is_optional: bool = False) -> dict[str, Any]:
    """A field for words."""
    element = {"type": "plain_text_input", "action_id": name, "multiline": True, "max_length": 3000}
    block = {"type": "input", "block_id": name, "label": label(question), "element": element, "optional": is_optional}
    return block | ({"hint": label(hint)} if hint else {})


def _tick(name: str, question: str, words: str) -> dict[str, Any]:
    option = {"text": label(words), "value": "yes"}
    element = {"type": "checkboxes", "action_id": name, "options": [option]}
    return {"type": "input", "block_id": name, "label": label(question), "element": element, "optional": True}


def what_fits(blocks: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The first blocks that fit into one view, as long as it is when it travels."""
    size = 0
    for number, block in enumerate(blocks):
        size += len(json.dumps(block))
        if number >= _MOST_BLOCKS or size > _MOST_BYTES:
            return
        yield block


_WAYS = {Direction.IN: "From the resident", Direction.OUT: "From us", Direction.PARTNER: "From a partner"}


def _letter_blocks(letter: Correspondence) -> list[dict[str, Any]]:
    way = _WAYS[Direction(letter.direction)]
    heading = f"{way}, {instant_in_words(letter.at)}\n{letter.subject}".strip()
    names = ", ".join(in_words(each) for each in letter.attachments)
    attached = [plain(f"Attached: {names}")] if names else []
    return [plain(heading), *paragraphs(letter.text), *attached, _DIVIDER]


_DIVIDER = {"type": "divider"}


def paragraphs(text: str) -> list[dict[str, Any]]:
    """All of a text, in as many paragraphs as Slack's limit makes of it."""
    pieces = (text[start : start + _TEXT_LIMIT] for start in range(0, len(text), _TEXT_LIMIT))
    return [plain(piece) for piece in pieces if piece.strip()]


def plain(text: str) -> dict[str, Any]:
    """A paragraph in which nothing is a link, a mention or formatting, cut at Slack's limit."""
    return {"type": "section", "text": label(text[:_TEXT_LIMIT])}


def label(text: str) -> dict[str, Any]:
    """Words as they are."""
    return {"type": "plain_text", "text": text, "emoji": False}
