"""No button is dead and no listener waits for a button that nobody draws."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from typing import Any

import pytest
import yaml

from bot import held_cards, listeners, modals
from bot.cards import alert_card, case_card, moved_card
from bot.case_view import AlertView, CaseView
from bot.home import home_tab
from bot.home_view import HomeView, Row, Rows, Shown
from bot.manifest import SCOPES
from bot.nag_lines import NagView, nag_message
from bot.settle_form import settle_form
from bot.slash_forms import away_form, take_down_form
from bot.triage_view import JustSorted, Sorting, ToSort, Waiting
from bot.verb_forms import Form, choice_of_verbs, form_of
from models.case import Case
from models.correspondence import HeldMessage
from models.duty import Duty, DutyKind
from models.held_list import Held
from models.rules.labels import Area, Kind, Signal
from models.rules.steps import CaseStatus
from models.unsure import Guess
from models.verbs.registry import GROUPS, VERBS
from tests.house.rooms import ROOT

VIEW = CaseView(
    case_id=7,
    reference="T26-00007-A",
    status=CaseStatus.NEW,
    kind=Kind.COMPLAINT,
    guess=Kind.COMPLAINT,
    confidence=0.9,
    kind_by_person=False,
    reasons=("Says it was reported before.",),
    areas=tuple(Area),
    signals=tuple(Signal),
    owner=None,
    acknowledge_by=date(2026, 10, 19),
    respond_by=date(2026, 11, 2),
    letters_since=3,
    letter_problem=True,
    today=date(2026, 10, 12),
    next_stage="stage 2",
    may_split=True,
    outcomes=("upheld", "not upheld"),
    guesses=(Guess(Kind.COMPLAINT, 0.5), Guess(Kind.SERVICE_REQUEST, 0.3), Guess(Kind.CHASER, 0.1)),
)
HOME = HomeView("Ben", VIEW.today, Shown.ALL, Rows((Row(7, "T26-00007-A", None, Area.HOUSING, 1),), 1))
QUEUE = Sorting(
    Waiting(1, 1),
    VIEW.today,
    (ToSort(7, "T26-00007-A", Area.HOUSING, VIEW.guesses, ("Says when.",), (Signal.HAZARD,), None),),
    done=(JustSorted(8, "T26-00008-B", None, Area.HOUSING, 4711),),
)
ALERT = AlertView(7, "T26-00007-A", Area.HOUSING, None, "Hazard: a danger.", None)
HELD = Held(7, datetime(2026, 10, 12, tzinfo=UTC), "complaints", 4711, "is_empty", "The message is empty.")
NAG = NagView("T26-00007-A", "duty 9", VIEW.today, VIEW.today, 0, DutyKind.REMEDY, opens=7, settles=9)
DUTY = Duty(id=9, key="k", case_id=7, kind=DutyKind.REMEDY, what="Pay.", due=VIEW.today, made_at=HELD.received_at)
HELD_ROW = HeldMessage(inbound_id=7, at=HELD.received_at, named=["T26-00007-A"])


def every_view() -> Iterator[CaseView]:
    for status, owner, due, kind in product(CaseStatus, (None, "Ben"), (None, date(2026, 10, 9)), (None, *Kind)):
        yield replace(VIEW, status=status, owner=owner, respond_by=due, kind=kind)


def every_card() -> Iterator[list[dict[str, Any]]]:
    for view in every_view():
        yield case_card(view)
    yield moved_card(VIEW, team="Housing")
    yield alert_card(ALERT)
    yield alert_card(replace(ALERT, taken_by="Lena", owner="Ben"))
    yield home_tab(HOME)["blocks"]
    yield home_tab(replace(HOME, waiting=QUEUE.waiting))["blocks"]
    yield home_tab(replace(HOME, shown=Shown.SORT, sorting=replace(QUEUE, held=(HELD,))))["blocks"]
    yield nag_message([NAG])[1]
    yield held_cards.held_card(HELD)
    yield held_cards.held_card(replace(HELD, is_settled=True, outcome="Put aside by Lena."))


def every_form() -> list[dict[str, Any]]:
    opened: list[dict[str, Any]] = []
    for view in every_view():
        opened += [form(view, channel="C1") for form in (modals.kind_modal, modals.area_modal, modals.answer_modal)]
    for callback_id, title in reasons():
        opened.append(modals.reason_modal(callback_id, title, VIEW, channel="C1"))
    opened += [form(HELD_ROW, channel="C1") for form in (held_cards.join_modal, held_cards.dismiss_modal)]
    case = Case(
        id=7,
        reference="T26-00007-A",
        complainant_id=1,
        received_on=VIEW.today,
        logged_at=HELD.received_at,
        acknowledge_by=VIEW.today,
    )
    opened.append(choice_of_verbs(case, GROUPS, channel="C1"))
    for verb in VERBS:
        words = {asked.name: ("one", "another") for asked in verb.fields if asked.choices}
        opened.append(form_of(Form(verb, case, words, VIEW.today), channel="C1"))
    opened.append(settle_form(case, DUTY, what=DUTY.what, today=VIEW.today, channel="C1"))
    opened += [take_down_form(channel="C1"), away_form([], channel="C1", today=VIEW.today)]
    return opened


def reasons() -> list[tuple[str, str]]:
    """The forms that ask for a reason, read from the listeners' own code."""
    import ast
    import inspect

    calls = [node for node in ast.walk(ast.parse(inspect.getsource(listeners))) if isinstance(node, ast.Call)]
    found = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "_reason"]
    return [(ast.literal_eval(call.args[0]), ast.literal_eval(call.args[1])) for call in found]


def action_ids(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if (part.get("type") in {"button", "static_select"} and "text" in part) or part.get("placeholder"):
            yield part["action_id"]
        for inner in part.values():
            yield from action_ids(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from action_ids(inner)


def test_every_button_has_a_listener_and_every_listener_a_button() -> None:
    drawn = {each for card in every_card() for each in action_ids(card)}
    assert drawn == set(listeners.ACTIONS), "match bot/cards.py with bot.listeners.ACTIONS"


def test_every_form_has_a_listener_and_every_listener_a_form() -> None:
    assert {form["callback_id"] for form in every_form()} == set(listeners.VIEWS)


@pytest.mark.parametrize("status", CaseStatus)
def test_every_card_has_a_way_on(status: CaseStatus) -> None:
    assert list(action_ids(case_card(replace(VIEW, status=status))))


def test_no_action_id_stands_twice_on_a_card() -> None:
    for card in every_card():
        found = list(action_ids(card))
        assert len(found) == len(set(found))


def test_forms_keep_slacks_limits() -> None:
    for form in every_form():
        assert len(form["title"]["text"]) <= 24
        assert len(form["private_metadata"]) <= 3000
        for block in form["blocks"]:
            for option in block.get("element", {}).get("options", []):
                assert len(option["text"]["text"]) <= 75
                assert len(option.get("description", {}).get("text", "")) <= 75


def test_every_listener_says_what_it_is_for() -> None:
    kinds = (listeners.ACTIONS, listeners.VIEWS, listeners.EVENTS, listeners.COMMANDS, listeners.SHORTCUTS)
    every = [listener for kind in kinds for listener in kind.values()]
    assert [each.__name__ for each in every if not each.__doc__] == []


def test_the_manifest_asks_for_exactly_the_scopes_we_explain() -> None:
    manifest = yaml.safe_load((ROOT / "docs/slack-manifest.yaml").read_text(encoding="utf-8"))
    assert manifest["oauth_config"]["scopes"]["bot"] == list(SCOPES)
    assert all(SCOPES.values()), "say what each scope is for"
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert manifest["settings"]["event_subscriptions"]["bot_events"] == list(listeners.EVENTS)
    assert [each["command"] for each in manifest["features"]["slash_commands"]] == list(listeners.COMMANDS)
    assert [each["callback_id"] for each in manifest["features"]["shortcuts"]] == list(listeners.SHORTCUTS)
