"""The buttons for what a further letter wants: the next stage, or a case of its own.

As for every press, the acknowledgement to Slack comes after the short transaction.
"""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlmodel import Session

from bot.answering import Asked
from bot.window import Press, Verb, Window, act
from models.case import Case
from models.following import ask_next_stage
from models.people import Officer
from models.splitting import new_case_from_letter

Body = Mapping[str, Any]


def split(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The New case from it button."""

    def verb(session: Session, case: Case, by: Officer) -> str:
        return new_case_from_letter(session, case, by=by, settings=window.settings, now=window.clock.now())

    _pressed(window, ack, body, client, verb)


def next_stage(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Wants stage 2 button: the officer read or heard that the resident asks for it."""

    def verb(session: Session, case: Case, by: Officer) -> str:
        return ask_next_stage(session, case, by=by, settings=window.settings, now=window.clock.now())

    _pressed(window, ack, body, client, verb)


ACTIONS = {"split": split, "next_stage": next_stage}


def _pressed(window: Window, ack: Ack, body: Body, client: WebClient, verb: Verb) -> None:
    press = Press.from_action(body)
    Asked(ack, client, press).answer(lambda: act(window, press, verb))
