"""Every button and form: read it, do one verb, say what happened.

What was pressed is kept and acknowledged before a listener is asked (bot/receiving.py); what a form asks is done
first, and its refusal is the acknowledgement.
"""

from collections.abc import Callable

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlmodel import Session

from bot import (
    follow_listeners,
    held_listeners,
    home_listeners,
    modals,
    settle_listeners,
    slash_listeners,
    triage_listeners,
    verb_listeners,
)
from bot.answering import Asked, Below, Body, nothing, pressed
from bot.case_view import case_view
from bot.skeletons import opens_form
from bot.window import Press, Verb, Window, act
from models import handling
from models.case import Case
from models.db import reading
from models.people import Officer
from models.queries import letters
from models.reminders import Alert
from models.rules.errors import AnswerLacks
from models.rules.labels import Area, Kind
from models.stages import check_looks_afresh

Listener = Callable[[Window, Ack, Body, WebClient], None]
Maker = Callable[[Session, Case, Officer], modals.View]


def acknowledge(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Acknowledge button."""

    def verb(session: Session, case: Case, by: Officer) -> str:
        return handling.acknowledge(session, case, by=by, settings=window.settings, now=window.clock.now())

    pressed(ack, body, client, lambda press: act(window, press, verb))


def take(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Take it button."""

    def verb(session: Session, case: Case, by: Officer) -> str:
        return handling.take(session, case, by=by, now=window.clock.now())

    pressed(ack, body, client, lambda press: act(window, press, verb))


def have_it(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The I have it button of an alert; its value is the alert's number, not the case's."""
    on_alert = Press.from_action(body)

    def verb(session: Session, case: Case, by: Officer) -> str:
        alert = session.get_one(Alert, on_alert.number, with_for_update=True)
        return handling.take_alert(session, alert, case, by=by, now=window.clock.now())

    with reading(window.engine) as session:
        case_id = session.get_one(Alert, on_alert.number).case_id
    on_case = Press(on_alert.action, case_id, on_alert.slack_user, on_alert.channel)
    Asked(ack, client, on_case).answer(lambda: act(window, on_case, verb))


@opens_form
def read(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Read button: the reading is recorded, then the text is shown."""

    def make(session: Session, case: Case, by: Officer) -> modals.View:
        handling.note_reading(session, case, by=by, now=window.clock.now())
        view = case_view(session, case, settings=window.settings, now=window.clock.now())
        return modals.read_modal(view, letters(session, case))

    _open(window, ack, body, client, make)


@opens_form
def wrong_kind(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Wrong kind button: opens the choice of kinds."""
    _open_form(window, ack, body, client, modals.kind_modal)


@opens_form
def wrong_area(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Wrong area button: opens the choice of services."""
    _open_form(window, ack, body, client, modals.area_modal)


@opens_form
def answer(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Answer button: opens the answer form, unless somebody else must write this one."""
    channel = Press.from_action(body).channel

    def make(session: Session, case: Case, by: Officer) -> modals.View:
        check_looks_afresh(session, case, by)
        view = case_view(session, case, settings=window.settings, now=window.clock.now())
        return modals.answer_modal(view, channel=channel)

    _open(window, ack, body, client, make)


@opens_form
def close(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Close button: asks for the reason."""
    _open_form(window, ack, body, client, _reason("close_case", "Close"))


@opens_form
def reopen(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Open again button: asks for the reason."""
    _open_form(window, ack, body, client, _reason("reopen_case", "Open again"))


def set_kind(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The kind was chosen."""
    kind = Kind(modals.value_of(body["view"], "kind"))

    def verb(session: Session, case: Case, by: Officer) -> str:
        return handling.correct_kind(session, case, kind, by=by, settings=window.settings, now=window.clock.now())

    _submitted(window, ack, body, client, "kind", *triage_listeners.with_undo(verb))


def set_area(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The service was chosen."""
    area = Area(modals.value_of(body["view"], "area"))

    def verb(session: Session, case: Case, by: Officer) -> str:
        return handling.correct_area(session, case, area, by=by, settings=window.settings, now=window.clock.now())

    _submitted(window, ack, body, client, "area", *triage_listeners.with_undo(verb))


def send_answer(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The answer was written; what its letter lacks is said once, and the box sends it all the same."""
    outcome = modals.value_of(body["view"], "outcome")
    as_it_is = modals.is_ticked(body["view"], "as_it_is")
    pages = (modals.value_of(body["view"], "letter"), modals.value_of(body["view"], "letter_on"))
    written = handling.Answer(outcome, "\n".join(page for page in pages if page.strip()), as_it_is)

    def verb(session: Session, case: Case, by: Officer) -> str:
        missing = () if as_it_is else handling.missing_from(session, case, written, settings=window.settings)
        if missing:
            raise AnswerLacks(*(finding.sentence for finding in missing), "Add it, or tick the box below.")
        return handling.respond(session, case, written, by=by, settings=window.settings, now=window.clock.now())

    _submitted(window, ack, body, client, "letter", verb)


def close_case(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The reason for closing was given."""
    reason = modals.value_of(body["view"], "reason")

    def verb(session: Session, case: Case, by: Officer) -> str:
        return handling.close(session, case, reason=reason, by=by, now=window.clock.now())

    _submitted(window, ack, body, client, "reason", verb)


def reopen_case(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The reason for opening again was given."""
    reason = modals.value_of(body["view"], "reason")

    def verb(session: Session, case: Case, by: Officer) -> str:
        return handling.reopen(session, case, reason=reason, by=by, now=window.clock.now())

    _submitted(window, ack, body, client, "reason", verb)


ACTIONS: dict[str, Listener] = {
    "acknowledge": acknowledge,
    "take": take,
    "wrong_kind": wrong_kind,
    "wrong_area": wrong_area,
    "read": read,
    "answer": answer,
    "close": close,
    "reopen": reopen,
    "have_it": have_it,
    **follow_listeners.ACTIONS,
    **held_listeners.ACTIONS,
    **settle_listeners.ACTIONS,
    **verb_listeners.ACTIONS,
    **home_listeners.ACTIONS,
    **triage_listeners.ACTIONS,
}

VIEWS: dict[str, Listener] = {
    "set_kind": set_kind,
    "set_area": set_area,
    "send_answer": send_answer,
    "close_case": close_case,
    "reopen_case": reopen_case,
    **held_listeners.VIEWS,
    **settle_listeners.VIEWS,
    **verb_listeners.VIEWS,
    **slash_listeners.VIEWS,
}


EVENTS: dict[str, Listener] = dict(home_listeners.EVENTS)
COMMANDS: dict[str, Listener] = dict(slash_listeners.COMMANDS)
SHORTCUTS: dict[str, Listener] = dict(slash_listeners.SHORTCUTS)


def _reason(callback_id: str, title: str) -> Callable[..., modals.View]:
    return lambda view, *, channel: modals.reason_modal(callback_id, title, view, channel=channel)


def _open_form(window: Window, ack: Ack, body: Body, client: WebClient, form: Callable[..., modals.View]) -> None:
    channel = Press.from_action(body).channel

    def make(session: Session, case: Case, _by: Officer) -> modals.View:
        return form(case_view(session, case, settings=window.settings, now=window.clock.now()), channel=channel)

    _open(window, ack, body, client, make)


def _open(window: Window, ack: Ack, body: Body, client: WebClient, make: Maker) -> None:
    press = Press.from_action(body)
    Asked(ack, client, press).show(lambda: act(window, press, make))


def _submitted(  # noqa: PLR0913, PLR0917 -- what every listener is given, and what this form is about
    window: Window,
    ack: Ack,
    body: Body,
    client: WebClient,
    field: str,
    verb: Verb,
    below: Callable[[], Below] = nothing,
) -> None:
    press = Press.from_form(body)
    if not modals.value_of(body["view"], field).strip():
        ack(response_action="errors", errors={field: "Write something here."})
        return
    Asked(ack, client, press).take(field, lambda: act(window, press, verb), below)
