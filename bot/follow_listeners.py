"""The buttons for what a further letter wants: the next stage, or a case of its own."""

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlmodel import Session

from bot.answering import Body, pressed
from bot.window import Window, act
from models.case import Case
from models.following import ask_next_stage
from models.people import Officer
from models.splitting import new_case_from_letter


def split(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The New case from it button."""

    def verb(session: Session, case: Case, by: Officer) -> str:
        return new_case_from_letter(session, case, by=by, settings=window.settings, now=window.clock.now())

    pressed(ack, body, client, lambda press: act(window, press, verb))


def next_stage(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Wants stage 2 button: the officer read or heard that the resident asks for it."""

    def verb(session: Session, case: Case, by: Officer) -> str:
        return ask_next_stage(session, case, by=by, settings=window.settings, now=window.clock.now())

    pressed(ack, body, client, lambda press: act(window, press, verb))


ACTIONS = {"split": split, "next_stage": next_stage}
