"""The form of any verb, made from what the verb asks for: nothing here knows one verb from another."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlmodel import Session

from bot.modals import View, label, plain
from models.case import Case
from models.rules.errors import StepNotAllowed
from models.settings import Settings
from models.verbs.verb import Asked, Verb

CHOSEN = "verb"
_LONGEST = 3000
_LONGEST_OPTION = 75
_MOST_OPTIONS = 100
_FLAG = "yes"
_TYPED = ("",)
"""In the place of choices, of a field that is filled in by hand."""


def choice_of_verbs(case: Case, groups: Mapping[str, Sequence[Verb]], *, channel: str) -> View:
    """What may be done to a case, in groups."""
    options = [
        {"label": label(name), "options": [_option(verb.title, verb.name, verb.does) for verb in verbs]}
        for name, verbs in groups.items()
        if verbs
    ]
    element = {"type": "static_select", "action_id": CHOSEN, "option_groups": options}
    chosen = {"type": "input", "block_id": CHOSEN, "label": label("What do you want to do?"), "element": element}
    return _modal("choose_verb", case, "More", "Next", [chosen], channel=channel)


@dataclass(frozen=True)
class Form:
    """The form of a verb on a case.

    ``choices`` are the words of each field that has some, by the field's name; ``called`` is what people call those of
    them that are codes or addresses.
    """

    verb: Verb
    case: Case
    choices: Mapping[str, Sequence[str]]
    today: date
    called: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def shown(self, name: str, choice: str) -> str:
        """What is shown of a choice: two of the same name are told apart by what stands for them."""
        names = self.called.get(name, {})
        said = names.get(choice, choice)
        is_shared = [names.get(each, each) for each in self.choices[name]].count(said) > 1
        return f"{said} ({choice})" if is_shared else said


def form_on(session: Session, verb: Verb, case: Case, settings: Settings, *, today: date) -> Form:
    """Gather what a verb's form needs. Raises StepNotAllowed when there is nothing to choose from."""
    choices = {asked.name: asked.choices(session, case, settings) for asked in verb.fields if asked.choices}
    for asked in verb.fields:
        if asked.is_required and not choices.get(asked.name, _TYPED):
            raise StepNotAllowed(f"“{asked.label}”: there is nothing to choose from on this case.")
    called = {asked.name: asked.called(session, case, settings) for asked in verb.fields if asked.called}
    return Form(verb, case, choices, today, called)


def form_of(form: Form, *, channel: str) -> View:
    """The form that asks what a verb asks for."""
    fields = [_field(asked, form) for asked in form.verb.fields if form.choices.get(asked.name, _TYPED)]
    blocks = [plain(form.verb.does), *fields]
    # Slack refuses a title of more than 24 characters
    return _modal("do_verb", form.case, form.verb.title[:24], "Do it", blocks, channel=channel, verb=form.verb.name)


def verb_of(view: Mapping[str, Any]) -> str:
    """The name of the verb a form is of."""
    return str(json.loads(view["private_metadata"]).get("verb", ""))


def given_in(view: Mapping[str, Any]) -> dict[str, str]:
    """What was filled in, by field, as text."""
    return {name: _text(next(iter(field.values()), {})) for name, field in view["state"]["values"].items()}


def _text(field: Mapping[str, Any]) -> str:
    chosen = field.get("selected_option")
    if chosen:
        return str(chosen["value"])
    if field.get("selected_options"):
        return _FLAG
    return str(field.get("selected_date") or field.get("value") or "")


def _field(asked: Asked, form: Form) -> dict[str, Any]:
    block = {
        "type": "input",
        "block_id": asked.name,
        "label": label(asked.label),
        "element": _element(asked, form),
        "optional": not asked.is_required or asked.kind == "flag",
    }
    return block | ({"hint": label(asked.hint)} if asked.hint else {})


def _element(asked: Asked, form: Form) -> dict[str, Any]:
    if asked.name in form.choices:
        # the whole word is the value; what Slack shows of it has a limit of its own
        shown = form.choices[asked.name][:_MOST_OPTIONS]
        options = [_option(form.shown(asked.name, choice), choice, "") for choice in shown]
        return {"type": "static_select", "action_id": asked.name, "options": options}
    if asked.kind == "flag":
        return {"type": "checkboxes", "action_id": asked.name, "options": [_option("Yes", _FLAG, "")]}
    if asked.kind == "date":
        first = {"initial_date": form.today.isoformat()} if asked.is_required else {}
        return {"type": "datepicker", "action_id": asked.name, **first}
    is_long = asked.kind == "long text"
    return {"type": "plain_text_input", "action_id": asked.name, "multiline": is_long, "max_length": _LONGEST}


def _option(text: str, value: str, means: str) -> dict[str, Any]:
    described = {"description": label(_cut(means))} if means else {}
    return {"text": label(_cut(text)), "value": value, **described}


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_OPTION else text[: _LONGEST_OPTION - 1] + "…"


def _modal(callback_id: str, case: Case, title: str, submit: str, blocks: list[dict[str, Any]], **kept: str) -> View:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": json.dumps({"case": case.number, **kept}),
        "title": label(title),
        "submit": label(submit),
        "close": label("Cancel"),
        "blocks": [plain(case.reference), *blocks],
    }
