"""The buttons and forms of a message put aside: read it, do one verb, say what happened."""

import logging
from collections.abc import Callable

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlmodel import Session

from bot import held_cards
from bot.answering import Asked, Body, pressed
from bot.modals import View, value_of
from bot.skeletons import opens_form
from bot.window import Made, Press, Window, done_once, who_pressed
from models import held
from models.correspondence import HeldMessage
from models.db import writing
from models.people import Officer
from models.rules.errors import TocsinError

log = logging.getLogger("tocsin.bot")

Verb = Callable[[Session, HeldMessage, Officer], str]


@opens_form
def look(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Look button: that somebody read it is logged, by number and member id; then it is shown."""

    def make(row: HeldMessage, *, channel: str) -> View:  # noqa: ARG001 -- nothing is sent from this form
        return held_cards.look_modal(row)

    _open(window, ack, body, client, make)


def new_case(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The New case button."""

    def verb(session: Session, row: HeldMessage, by: Officer) -> str:
        return held.release_as_new(session, row, by=by, settings=window.settings, now=window.clock.now())

    pressed(ack, body, client, lambda press: act(window, press, verb))


@opens_form
def join(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Add to a case button: asks which."""
    _open(window, ack, body, client, held_cards.join_modal)


@opens_form
def put_aside(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Put aside button: asks why."""
    _open(window, ack, body, client, held_cards.dismiss_modal)


def join_case(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The case was chosen, or typed: what was typed counts."""
    reference = value_of(body["view"], "reference").strip() or value_of(body["view"], "named")

    def verb(session: Session, row: HeldMessage, by: Officer) -> str:
        return held.release_to(session, row, reference, by=by, settings=window.settings, now=window.clock.now())

    _submitted(window, ack, body, client, "reference", verb)


def dismiss_message(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The reason for putting it aside was given."""
    reason = value_of(body["view"], "reason")

    def verb(session: Session, row: HeldMessage, by: Officer) -> str:
        return held.dismiss(session, row, reason, by=by, settings=window.settings, now=window.clock.now())

    _submitted(window, ack, body, client, "reason", verb)


ACTIONS = {"held_look": look, "held_new": new_case, "held_join": join, "held_dismiss": put_aside}
VIEWS = {"join_case": join_case, "dismiss_message": dismiss_message}


def act(window: Window, press: Press, do: Callable[[Session, HeldMessage, Officer], Made]) -> Made:
    """Do one thing with a held message in one transaction; raises TocsinError, and then nothing was done."""
    seen = {"action": press.action, "message_number": press.number, "slack_user": press.slack_user}
    try:
        with writing(window.engine) as session:
            officer = who_pressed(session, press)
            held.check_may_settle(officer)
            row = held.held_message(session, press.number, now=window.clock.now())
            made = done_once(window, session, lambda: do(session, row, officer))
    except TocsinError as refused:
        log.warning("press refused", extra={**seen, "error": type(refused).__name__})
        raise
    log.info("press", extra=seen)
    return made


def _open(window: Window, ack: Ack, body: Body, client: WebClient, form: Callable[..., View]) -> None:
    press = Press.from_action(body)

    def make(_session: Session, row: HeldMessage, _by: Officer) -> View:
        return form(row, channel=press.channel)

    Asked(ack, client, press).show(lambda: act(window, press, make))


def _submitted(window: Window, ack: Ack, body: Body, client: WebClient, field: str, verb: Verb) -> None:
    number, channel = held_cards.message_of(body["view"])
    press = Press(body["view"]["callback_id"], number, body["user"]["id"], channel)
    Asked(ack, client, press).take(field, lambda: act(window, press, verb))
