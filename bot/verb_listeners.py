"""The More button, the choice of verbs, and the form of the one that was chosen."""

from slack_bolt import Ack
from slack_sdk import WebClient
from sqlmodel import Session

from bot.answering import Asked, Body
from bot.modals import View, said, value_of
from bot.skeletons import opens_form
from bot.verb_forms import CHOSEN, choice_of_verbs, form_of, form_on, given_in, verb_of
from bot.window import Press, Window, act
from models.case import Case
from models.clock import london_date
from models.people import Officer
from models.rules.errors import GivenWrong, TocsinError
from models.verbs.other_case import case_to_act_on
from models.verbs.registry import offered_on, verb_named
from models.verbs.verb import Act, Verb, perform


@opens_form
def more(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """The More button: opens the choice of everything else that may be done."""
    press = Press.from_action(body)

    def make(session: Session, case: Case, by: Officer) -> View:
        offered = offered_on(session, case, window.settings, by=by)
        return choice_of_verbs(case, offered, channel=press.channel)

    Asked(ack, client, press).show(lambda: act(window, press, make))


def choose_verb(window: Window, ack: Ack, body: Body, _client: WebClient) -> None:
    """A verb was chosen: its form takes the place of the choice."""
    verb, press = _named(value_of(body["view"], CHOSEN)), Press.from_form(body)

    def make(session: Session, case: Case, _by: Officer) -> View:
        today = london_date(window.clock.now())
        return form_of(form_on(session, verb, case, window.settings, today=today), channel=press.channel)

    try:
        ack(response_action="update", view=act(window, press, make))
    except TocsinError as refused:
        ack(response_action="errors", errors={CHOSEN: str(refused)})


def do_verb(window: Window, ack: Ack, body: Body, client: WebClient) -> None:
    """A verb's form was sent: do it; a refusal stands at its field, and what was typed stays."""
    verb, press, given = _named(verb_of(body["view"])), Press.from_form(body), given_in(body["view"])

    def do(session: Session, case: Case, by: Officer) -> str:
        return perform(verb, Act(session, case, by, window.settings, window.clock.now()), given)

    def find(session: Session, number: int) -> Case:
        return case_to_act_on(session, number, verb, given)

    try:
        done = act(window, press, do, find)
    except TocsinError as refused:
        refuse(ack, body, refused)
        return
    Asked(ack, client, press).finish(done)


def refuse(ack: Ack, body: Body, refused: TocsinError) -> None:
    """At its field, or the first; Slack takes no error for a field that the form left out."""
    names = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
    if not names:
        ack(response_action="update", view=said(str(refused)))
        return
    field = refused.field if isinstance(refused, GivenWrong) and refused.field in names else names[0]
    ack(response_action="errors", errors={field: str(refused)})


def _named(name: str) -> Verb:
    verb = verb_named(name)
    if verb is None:
        raise LookupError(f"no verb is called {name!r}")
    return verb


ACTIONS = {"more": more}
VIEWS = {"choose_verb": choose_verb, "do_verb": do_verb}
