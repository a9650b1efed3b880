"""The forms behind slash commands and the message shortcut: a complaint taken down, and going away."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.modals import View, label, plain, text_input
from models.people import Officer

_LONGEST = 3000


def take_down_form(*, channel: str, words: str = "") -> View:
    """What somebody says by telephone or at a counter, or what stands in a message."""
    told = text_input("happened", "What happened, in the person's own words")
    told["element"] |= {"initial_value": words[:_LONGEST]} if words else {}
    fields = [
        told,
        text_input("told_details", "Have they told us before? When, how, which reference?", is_optional=True),
        text_input("put_right", "What would put it right?", is_optional=True),
        _line("name", "Their name"),
        _line("email", "Their email address", hint="A receipt with the reference goes to it."),
        _line("other_contact", "Or a telephone number or postal address"),
    ]
    return _form("take_down", "New complaint", "Open a case", fields, channel=channel)


def away_form(officers: Sequence[Officer], *, channel: str, today: date) -> View:
    """From when, until when, and who covers; or that somebody is back."""
    covers = [{"text": label(each.name[:75]), "value": each.email} for each in officers[:100]]
    cover = {"type": "static_select", "action_id": "cover", "options": covers}
    back = {"type": "checkboxes", "action_id": "back", "options": [{"text": label("I am back"), "value": "yes"}]}
    fields = [
        _date("from", "First day away", today),
        _date("until", "Last day away", today),
        *([_input("cover", "Who covers for you?", cover, is_optional=True)] if covers else []),
        _input("back", "Or, if you are back earlier", back, is_optional=True),
    ]
    return _form("go_away", "Away", "Save", fields, channel=channel)


def _form(callback_id: str, title: str, submit: str, fields: list[dict[str, Any]], *, channel: str) -> View:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": json.dumps({"channel": channel}),
        "title": label(title),
        "submit": label(submit),
        "close": label("Cancel"),
        "blocks": [plain("Only people entitled to the case will see what you write here."), *fields]
        if callback_id == "take_down"
        else fields,
    }


def _line(name: str, question: str, hint: str = "") -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": name, "max_length": 200}
    return _input(name, question, element, is_optional=True) | ({"hint": label(hint)} if hint else {})


def _date(name: str, question: str, today: date) -> dict[str, Any]:
    return _input(name, question, {"type": "datepicker", "action_id": name, "initial_date": today.isoformat()})


def _input(name: str, question: str, element: dict[str, Any], *, is_optional: bool = False) -> dict[str, Any]:
    return {"type": "input", "block_id": name, "label": label(question), "element": element, "optional": is_optional}
