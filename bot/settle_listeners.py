"""The Settle… button of a reminder, and its form: whoever owes a duty says that it is done, whoever's case it is of."""

from dataclasses import replace

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlmodel import Session

from bot.answering import Asked, Body
from bot.modals import View
from bot.settle_form import SETTLE_DUTY, duty_in, settle_form
from bot.skeletons import opens_form
from bot.verb_forms import given_in
from bot.verb_listeners import refuse
from bot.window import Check, Press, Window, act
from models.case import Case
from models.clock import london_date
from models.db import reading
from models.duties import get_duty
from models.duty import Duty
from models.handling import is_entitled
from models.people import Officer
from models.rules.errors import TocsinError
from models.verbs.owing import check_may_settle
from models.verbs.promise import done_of
from models.verbs.verb import Act, perform


@opens_form
def settle(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The Settle… button; its value is the duty's number, not the case's."""
    on_duty = Press.from_action(body)
    number, press = on_duty.number, replace(on_duty, number=_case_of(window, on_duty.number))

    def make(session: Session, case: Case, by: Officer) -> View:
        duty = get_duty(session, case, number)
        what = duty.what if is_entitled(case, by) else ""
        return settle_form(case, duty, what=what, today=london_date(window.clock.now()), channel=press.channel)

    Asked(ack, client, press).show(lambda: act(window, press, make, check=_may_settle(window, number)))


def settle_duty(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The form was sent: settle the duty; a refusal stands at its field, and what was typed stays."""
    number, press, given = duty_in(body["view"]), Press.from_form(body), given_in(body["view"])

    def do(session: Session, case: Case, by: Officer) -> str:
        verb = done_of(session.get_one(Duty, number))
        return perform(verb, Act(session, case, by, window.settings, window.clock.now()), given)

    try:
        done = act(window, press, do, check=_may_settle(window, number))
    except TocsinError as refused:
        refuse(ack, body, refused)
        return
    Asked(ack, client, press).finish(done)


ACTIONS = {"settle": settle}
VIEWS = {SETTLE_DUTY: settle_duty}


def _case_of(window: Window, number: int) -> int:
    with reading(window.engine) as session:
        return session.get_one(Duty, number).case_id


def _may_settle(window: Window, number: int) -> Check:
    """In the place of being entitled to the case: whoever owes a duty of it may be of another service."""

    def check(session: Session, case: Case, by: Officer) -> None:
        duty = session.get_one(Duty, number)
        check_may_settle(Act(session, case, by, window.settings, window.clock.now()), duty)

    return check
