"""The officers' window: what every listener has at hand, and how a press becomes a verb."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from bot.meanwhile import check_nothing_came_between, marked, newest_event_in
from models.case import Case
from models.clock import Clock
from models.council import officer_by_slack
from models.db import writing
from models.handling import check_entitled
from models.keeping_envelopes import Kept, is_settled, settle
from models.people import Officer
from models.queries import get_case
from models.record import note
from models.rules.errors import NotAnOfficer, TocsinError
from models.settings import Settings

log = logging.getLogger("tocsin.bot")


class TakenDown(NamedTuple):
    """What an officer wrote down of what somebody said.

    ``by`` is the officer's Slack user; ``once`` names the form that was sent: the same form is the same message.
    """

    happened: str
    told_details: str
    put_right: str
    name: str
    email: str
    other_contact: str
    by: str
    once: str = ""


def _nowhere(_taken: TakenDown) -> str:
    raise NotImplementedError("this window was joined to no intake")


@dataclass(frozen=True)
class Window:
    """What every listener needs. ``take_in`` makes a case of what was taken down, and says so.

    ``kept`` is the envelope a listener works on: what it does is noted as done in the transaction that does it.
    """

    engine: Engine
    settings: Settings
    clock: Clock
    take_in: Callable[[TakenDown], str] = _nowhere
    kept: Kept | None = None


@dataclass(frozen=True)
class Press:
    """Who pressed what, and where: in a channel, in the modal whose id is ``view``, or in their Home tab.

    ``since``: of a form that was sent, the newest event of its case when it was made.
    """

    action: str
    number: int
    slack_user: str
    channel: str
    trigger_id: str = ""
    view: str = ""
    since: int | None = None

    @classmethod
    def from_form(cls, body: Mapping[str, Any]) -> "Press":
        """The sending of a form as a press, on the case it was opened for."""
        view = body["view"]
        kept = json.loads(view["private_metadata"])
        number, channel = int(kept["case"]), str(kept["channel"])
        since = newest_event_in(view)
        return cls(view["callback_id"], number, body["user"]["id"], channel, view=str(view.get("id", "")), since=since)

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


class DoneBefore(Exception):  # noqa: N818 -- a fact about what was sent, not a mistake
    """What was sent was done already: it was sent twice, or two had it at once."""


Made = TypeVar("Made")
Verb = Callable[[Session, Case, Officer], str]
Check = Callable[[Session, Case, Officer], None]
"""Raises NotEntitled unless they may."""


def may_act_on(_session: Session, case: Case, by: Officer) -> None:
    """What is asked of whoever presses, where nothing else is."""
    check_entitled(case, by)


def act(
    window: Window,
    press: Press,
    do: Callable[[Session, Case, Officer], Made],
    find: Callable[[Session, int], Case] = get_case,
    check: Check = may_act_on,
) -> Made:
    """Do one thing with a case in one transaction; returns what came of it, a sentence or a form.

    ``find`` locks the case and what else is to change; ``check`` says who may, before anything of it is read.
    Raises TocsinError or DoneBefore, and then nothing was done.
    """
    try:
        with writing(window.engine) as session:
            officer = who_pressed(session, press)
            case = find(session, press.number)
            check(session, case, officer)
            made = marked(session, case, done_once(window, session, lambda: do(session, case, officer)))
            # after it: what can no longer be done says so itself, and what was done is taken back
            check_nothing_came_between(session, case, officer, view=press.view, since=press.since)
    except TocsinError as refused:
        _keep_refusal(window, press, refused)
        raise
    log.info("press", extra={"action": press.action, "case_id": press.number, "slack_user": press.slack_user})
    return made


def done_once(window: Window, session: Session, do: Callable[[], Made]) -> Made:
    """Do what an envelope asks, and note in the same transaction that it is done. Raises DoneBefore.

    What is done says so in a sentence; a form that was made may be made again, and nothing is noted.
    """
    kept = window.kept
    if kept is None:
        return do()
    if is_settled(session, kept.key):
        raise DoneBefore
    made = do()
    if isinstance(made, str) and not settle(session, kept, now=window.clock.now()):
        raise DoneBefore
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
            form: dict[str, Any] = {"view": press.view} if press.view else {}
            pressed = {"action": press.action, "slack_user": press.slack_user} | form
            note(session, case, "press_refused", now=now, because=why, **pressed)
