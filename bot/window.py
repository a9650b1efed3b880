"""The officers' window: what every listener has at hand, and how a press becomes a verb."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from models.case import Case
from models.clock import Clock
from models.council import officer_by_slack
from models.db import writing
from models.handling import check_entitled
from models.people import Officer
from models.queries import get_case
from models.record import note
from models.rules.errors import NotAnOfficer, TocsinError
from models.settings import Settings

log = logging.getLogger("tocsin.bot")


class TakenDown(NamedTuple):
    """What an officer wrote down of what somebody said; ``by`` is the officer's Slack user."""

    happened: str
    told_details: str
    put_right: str
    name: str
    email: str
    other_contact: str
    by: str


def _nowhere(_taken: TakenDown) -> str:
    raise NotImplementedError("this window was joined to no intake")


@dataclass(frozen=True)
class Window:
    """What every listener needs. ``take_in`` makes a case of what was taken down, and says so."""

    engine: Engine
    settings: Settings
    clock: Clock
    take_in: Callable[[TakenDown], str] = _nowhere


@dataclass(frozen=True)
class Press:
    """Who pressed what, and where: in a channel, in the modal whose id is ``view``, or in their Home tab."""

    action: str
    number: int
    slack_user: str
    channel: str
    trigger_id: str = ""
    view: str = ""

    @classmethod
    def from_action(cls, body: Mapping[str, Any]) -> "Press":
        """Read a block_actions payload."""
        pressed = body["actions"][0]
        return cls(
            action=pressed["action_id"],
            number=int(pressed["value"]),
            slack_user=body["user"]["id"],
            channel=body.get("channel", {}).get("id", ""),
            trigger_id=body.get("trigger_id", ""),
            view=_modal_of(body),
        )


def _modal_of(body: Mapping[str, Any]) -> str:
    view = body.get("view") or {}
    return str(view.get("id", "")) if view.get("type") == "modal" else ""


Made = TypeVar("Made")
Verb = Callable[[Session, Case, Officer], str]


def act(window: Window, press: Press, do: Callable[[Session, Case, Officer], Made]) -> Made:
    """Do one thing with a case in one transaction; returns what came of it, a sentence or a form.

    Raises TocsinError, and then nothing was done.
    """
    try:
        with writing(window.engine) as session:
            officer = who_pressed(session, press)
            case = get_case(session, press.number)
            check_entitled(case, officer)
            made = do(session, case, officer)
    except TocsinError as refused:
        _keep_refusal(window, press, refused)
        raise
    log.info("press", extra={"action": press.action, "case_id": press.number, "slack_user": press.slack_user})
    return made


def who_pressed(session: Session, press: Press) -> Officer:
    """The officer who pressed. Raises NotAnOfficer."""
    officer = officer_by_slack(session, press.slack_user)
    if officer is None:
        raise NotAnOfficer("Ask the corporate complaints team to add you.")
    return officer


def _keep_refusal(window: Window, press: Press, refused: TocsinError) -> None:
    log.warning(
        "press refused",
        extra={
            "action": press.action,
            "case_id": press.number,
            "slack_user": press.slack_user,
            "error": type(refused).__name__,
        },
    )
    with writing(window.engine) as session:
        case = session.get(Case, press.number)
        if case is not None:
            why = type(refused).__name__
            now = window.clock.now()
            note(session, case, "press_refused", now=now, action=press.action, slack_user=press.slack_user, because=why)
