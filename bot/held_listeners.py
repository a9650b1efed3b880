"""The buttons and forms of a message put aside: read it, do one verb, acknowledge, say what happened.

As for cases, the acknowledgement to Slack comes after the short transaction.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from sqlmodel import Session

from bot import held_cards
from bot.modals import View, value_of
from bot.window import Press, Window, tell
from models import held
from models.correspondence import HeldMessage
from models.council import officer_by_slack
from models.db import writing
from models.people import Officer
from models.rules.errors import NotAnOfficer, TocsinError

log = logging.getLogger("tocsin.bot")

Body = Mapping[str, Any]
Verb = Callable[[Session, HeldMessage, Officer], str]


def look(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Look button: that somebody read it is logged, by number and member id; then it is shown."""

    def make(row: HeldMessage, *, channel: str) -> View:  # noqa: ARG001 -- nothing is sent from this form
        return held_cards.look_modal(row)

    _open(window, ack, body, client, make)


def new_case(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The New case button."""

    def verb(session: Session, row: HeldMessage, by: Officer) -> str:
        return held.release_as_new(session, row, by=by, settings=window.settings, now=window.clock.now())

    press = Press.from_action(body)
    try:
        said = act(window, press, verb)
    except TocsinError as refused:
        said = str(refused)
    ack()
    tell(client, channel=press.channel, slack_user=press.slack_user, text=said)


def join(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Add to a case button: asks which."""
    _open(window, ack, body, client, held_cards.join_modal)


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


def act(window: Window, press: Press, verb: Verb) -> str:
    """Do one verb on a held message in one transaction; raises TocsinError, and then nothing was done."""
    seen = {"action": press.action, "message_number": press.number, "slack_user": press.slack_user}
    try:
        with writing(window.engine) as session:
            officer = officer_by_slack(session, press.slack_user)
            if officer is None:
                raise NotAnOfficer("Ask the corporate complaints team to add you.")
            held.check_may_settle(officer)
            said = verb(session, held.held_message(session, press.number, now=window.clock.now()), officer)
    except TocsinError as refused:
        log.warning("press refused", extra={**seen, "error": type(refused).__name__})
        raise
    log.info("press", extra=seen)
    return said


def _open(window: Window, ack: Ack, body: Body, client: WebClient, form: Callable[..., View]) -> None:
    press = Press.from_action(body)
    made: list[View] = []

    def verb(_session: Session, row: HeldMessage, _by: Officer) -> str:
        made.append(form(row, channel=press.channel))
        return ""

    try:
        act(window, press, verb)
    except TocsinError as refused:
        ack()
        tell(client, channel=press.channel, slack_user=press.slack_user, text=str(refused))
        return
    ack()
    try:
        client.views_open(trigger_id=press.trigger_id, view=made[0])
    except (SlackClientError, OSError) as failed:
        log.warning("form not opened", extra={"action": press.action, "error": type(failed).__name__})
        said = "Slack did not open it. Please press the button again."
        tell(client, channel=press.channel, slack_user=press.slack_user, text=said)


def _submitted(window: Window, ack: Ack, body: Body, client: WebClient, field: str, verb: Verb) -> None:
    number, channel = held_cards.message_of(body["view"])
    press = Press(body["view"]["callback_id"], number, body["user"]["id"], channel)
    try:
        said = act(window, press, verb)
    except TocsinError as refused:
        ack(response_action="errors", errors={field: str(refused)})
        return
    ack()
    tell(client, channel=channel, slack_user=press.slack_user, text=said)
