"""Slash commands and the message shortcut: find a case, take a complaint down, go away."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlmodel import Session, col, select

from bot.answering import Asked, Body
from bot.case_view import case_view
from bot.home import case_sheet
from bot.inert import inert
from bot.modals import View
from bot.skeletons import opens_form, opens_form_when
from bot.slash_forms import away_form, take_down_form
from bot.verb_forms import given_in
from bot.window import Press, TakenDown, Window, act, done_once, who_pressed
from models.absences import AwayAlready, Leave, come_back, go_away
from models.case import Case
from models.clock import london_date
from models.council import officer_by_email
from models.db import reading, writing
from models.finding import find_cases
from models.people import Officer
from models.queries import case_by_reference
from models.rules.errors import GivenWrong, TocsinError
from models.rules.labels import AREAS, KINDS, Kind
from models.rules.references import find_mistyped, find_references

_HOW_CASE = "Type /case and a reference, such as /case T26-00012-K, or /case search and words of the letter."
_CALL_OFF = "To change that, save this form with “I am back” ticked first; then type /away again."
_MOST_FOUND = 10


def _names_a_case(body: Body) -> bool:
    text = str(body.get("text", "")).strip()
    return text.partition(" ")[0].lower() != "search" and bool(find_references(text))


def _is_new(body: Body) -> bool:
    return str(body.get("text", "")).strip().lower() in {"", "new"}


@opens_form_when(_names_a_case)
def case_command(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """/case REFERENCE opens a case; /case search WORDS lists those whose letters have all the words."""
    text = str(body.get("text", "")).strip()
    word, _, rest = text.partition(" ")
    if word.lower() == "search":
        _answer(ack, lambda: _search(window, body["user_id"], rest))
    elif _names_a_case(body):
        _open_case(window, ack, body, client, find_references(text)[0])
    else:
        ack(_how(text))


@opens_form_when(_is_new)
def complaint_command(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """/complaint new opens the form for what somebody says by telephone or at a counter."""
    if not _is_new(body):
        ack("Type /complaint new to take a complaint down.")
        return
    _show(window, ack, client, _pressed("complaint", body["user_id"], body), lambda _s, _o: _new(body["channel_id"]))


@opens_form
def make_case(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The shortcut on a message: its words stand in the form already."""
    channel = body["channel"]["id"]
    words = str(body["message"].get("text", ""))
    press = Press("make_case", 0, body["user"]["id"], channel, str(body["trigger_id"]))
    _show(window, ack, client, press, lambda _s, _o: take_down_form(channel=channel, words=words))


@opens_form
def away_command(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """/away opens the form for who covers from when until when."""

    def make(session: Session, officer: Officer) -> View:
        others = select(Officer).where(col(Officer.is_active).is_(True), Officer.id != officer.id)
        may_cover = [each for each in session.exec(others.order_by(Officer.name)) if _may_cover(each, officer)]
        return away_form(may_cover, channel=body["channel_id"], today=london_date(window.clock.now()))

    _show(window, ack, client, _pressed("away", body["user_id"], body), make)


def take_down(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """A complaint was taken down: it becomes a case as if it had come by the web form."""
    given, press = given_in(body["view"]), _of_form(body)

    def do() -> str:
        with reading(window.engine) as session:
            officer = who_pressed(session, press)
        answers = {name: given.get(name, "") for name in TakenDown._fields if name not in {"by", "once"}}
        once = window.kept.key if window.kept else ""
        return window.take_in(TakenDown(**answers, by=officer.slack_user, once=once))

    Asked(ack, client, press).take("happened", do)


def leave(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The form of going away was sent."""
    given, press = given_in(body["view"]), _of_form(body)
    try:
        with writing(window.engine) as session:
            officer = who_pressed(session, press)
            done = done_once(window, session, lambda: _leave(window, session, officer, given))
    except TocsinError as refused:
        field = refused.field if isinstance(refused, GivenWrong) and refused.field in given else "from"
        ack(response_action="errors", errors={field: str(refused)})
        return
    Asked(ack, client, press).finish(done)


def _leave(window: Window, session: Session, officer: Officer, given: Mapping[str, str]) -> str:
    now = window.clock.now()
    if given.get("back"):
        return come_back(session, officer, now=now)
    cover = officer_by_email(session, given["cover"]) if given.get("cover") else None
    asked = Leave(date.fromisoformat(given["from"]), date.fromisoformat(given["until"]), cover)
    try:
        return go_away(session, officer, asked, by=officer, settings=window.settings, now=now)
    except AwayAlready as already:
        raise GivenWrong(already.field, f"{already} {_CALL_OFF}") from already


def _may_cover(one: Officer, officer: Officer) -> bool:
    return officer.is_corporate_lead or one.may_see(officer.areas)


def _how(text: str) -> str:
    """What to type instead, and whether what was typed is a slip of the pen."""
    mistyped = find_mistyped(text)
    if mistyped is None:
        return _HOW_CASE
    return f"No case has the reference {mistyped}. Its last letter checks the others: look for a slip of the pen."


def _search(window: Window, slack_user: str, words: str) -> str:
    if len(words.strip()) < 3:
        return "Write at least three letters to search for: /case search drain Elm Road"
    with reading(window.engine) as session:
        officer = who_pressed(session, Press("search", 0, slack_user, ""))
        found = find_cases(session, officer, words, at_most=_MOST_FOUND)
        lines = [_found(case) for case in found]
    if not lines:
        return "No case of your services has a letter with all these words."
    return "\n".join([*lines, "Open one with /case and its reference."])


def _found(case: Case) -> str:
    kind = KINDS[Kind(case.kind)].name if case.kind else "Not sure"
    return f"{case.reference}  {kind}, {AREAS[case.main_area].name}, {case.status.value}"


def _open_case(window: Window, ack: Ack, body: Body, client: WebClient, reference: str) -> None:
    press = _pressed("case", body["user_id"], body)

    def make(session: Session, case: Case, _by: Officer) -> View:
        return case_sheet(case_view(session, case, settings=window.settings, now=window.clock.now()))

    def find() -> View:
        with reading(window.engine) as session:
            number = case_by_reference(session, reference).number
        return act(window, replace(press, number=number), make)

    Asked(ack, client, press).show(find)


def _new(channel: str) -> View:
    return take_down_form(channel=channel)


def _answer(ack: Ack, do: Callable[[], str]) -> None:
    try:
        ack(inert(do()))
    except TocsinError as refused:
        ack(inert(str(refused)))


def _show(window: Window, ack: Ack, client: WebClient, press: Press, make: Callable[[Session, Officer], View]) -> None:
    """Open a form that is about no case, for an officer."""

    def made() -> View:
        with reading(window.engine) as session:
            return make(session, who_pressed(session, press))

    Asked(ack, client, press).show(made)


def _pressed(action: str, slack_user: str, body: Body) -> Press:
    return Press(action, 0, slack_user, str(body["channel_id"]), str(body["trigger_id"]))


def _of_form(body: Body) -> Press:
    kept: dict[str, Any] = json.loads(body["view"]["private_metadata"])
    return Press(body["view"]["callback_id"], 0, body["user"]["id"], str(kept.get("channel", "")))


COMMANDS = {"/case": case_command, "/complaint": complaint_command, "/away": away_command}
SHORTCUTS = {"make_case": make_case}
VIEWS = {"take_down": take_down, "go_away": leave}
