"""The presses of the triage queue: a guess is right, a correction is undone, the queue or a held message is opened."""

import logging
from collections.abc import Callable
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlmodel import Session

from bot import held_listeners, home_listeners
from bot.answering import Asked, Below, Body, nothing
from bot.home_view import Shown
from bot.modals import View
from bot.out_of_reach import OUT_OF_REACH
from bot.skeletons import opens_form, opens_form_when
from bot.triage_cards import QUEUE, held_sheet, queue_sheet, way_back
from bot.triage_guesses import GUESS_ACTIONS, UNDO_ACTION, guessed, to_be_undone
from bot.triage_view import sorting
from bot.window import Press, Verb, Window, act, who_pressed
from models.case import Case
from models.correspondence import HeldMessage
from models.db import reading
from models.held_list import held
from models.people import Officer
from models.rules.errors import TocsinError
from models.undoing import own_correction, undo_correction
from models.unsure import sort_case

log = logging.getLogger("tocsin.bot")


def guess(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """One of the best guesses is right: the case is filed so, and the answer has the way back."""
    number, kind = guessed(body["actions"][0]["value"])

    def verb(session: Session, case: Case, by: Officer) -> str:
        return sort_case(session, case, kind, by=by, settings=window.settings, now=window.clock.now())

    _answer(window, body, Asked(ack, client, _press(body, number)), *with_undo(verb))


def undo(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Undo button beside a correction: that one is taken back, unless something has come of it."""
    number, correction = to_be_undone(body["actions"][0]["value"])

    def verb(session: Session, case: Case, by: Officer) -> str:
        now = window.clock.now()
        return undo_correction(session, case, by=by, settings=window.settings, now=now, correction=correction)

    _answer(window, body, Asked(ack, client, _press(body, number)), verb)


def with_undo(correct: Verb) -> tuple[Verb, Callable[[], Below]]:
    """A correction, and what then stands below its answer: the way back."""
    back: list[dict[str, Any]] = []

    def corrected(session: Session, case: Case, by: Officer) -> str:
        said = correct(session, case, by)
        correction = own_correction(session, case, by)
        back[:] = way_back(case.number, correction.id or 0) if correction else []
        return said

    return corrected, lambda: back


@opens_form_when(lambda body: "channel" in body)
def sort_here(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Sort them button: in the Home tab the queue stands there; beside a message it opens as a form."""
    press = Press.from_action(body)
    if not press.channel:
        home_listeners.publish(window, client, press.slack_user, Shown.SORT)
        return
    Asked(ack, client, press).show(lambda: _queue_of(window, press, ""))


@opens_form
def held_open(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Open button of a held message: its card as a form that only this officer sees."""
    press = Press.from_action(body)

    def make(session: Session, row: HeldMessage, _by: Officer) -> View:
        return held_sheet(held(session, row.inbound_id))

    Asked(ack, client, press).show(lambda: held_listeners.act(window, press, make))


ACTIONS = {**dict.fromkeys(GUESS_ACTIONS, guess), UNDO_ACTION: undo, "sort_here": sort_here, "held_open": held_open}


def _press(body: Body, number: int) -> Press:
    """The press, whose button says more than the case's number."""
    return Press.from_action({**body, "actions": [{**body["actions"][0], "value": str(number)}]})


def _answer(window: Window, body: Body, asked: Asked, verb: Verb, below: Callable[[], Below] = nothing) -> None:
    """Do it, and say what was done where it was pressed: in the queue, which is drawn anew, or as for any button."""
    view = body.get("view") or {}
    if view.get("type") != "home" and view.get("private_metadata") != QUEUE:
        asked.answer(lambda: act(window, asked.press, verb), below)
        return
    try:
        said = act(window, asked.press, verb)
    except TocsinError as refused:
        said = str(refused)
    if view["type"] == "home":
        home_listeners.publish(window, asked.client, asked.press.slack_user, Shown.SORT, note=said)
        return
    try:
        asked.client.views_update(view_id=asked.press.view, view=_queue_of(window, asked.press, said))
    except OUT_OF_REACH as failed:
        log.warning("queue not drawn", extra={"action": asked.press.action, "error": type(failed).__name__})


def _queue_of(window: Window, press: Press, note: str) -> View:
    with reading(window.engine) as session:
        return queue_sheet(sorting(session, who_pressed(session, press), now=window.clock.now(), note=note))
