"""Ask a partner or another service for something by a day: the letter goes out, and reminders until it is answered."""

import re

from models.clock import in_words
from models.duties import NewDuty, check_due, key_of
from models.duty import DutyKind
from models.requests import ask
from models.rules.errors import GivenWrong
from models.verbs.offered import is_open
from models.verbs.owing import OWNER, owe, who_owes
from models.verbs.verb import Act, Asked, Values, Verb

_AN_ADDRESS = re.compile(r"[^@\s<>,;\"()]+@[^@\s<>,;\"()]+\.[^@\s<>,;\"()]+")


def request(act: Act, values: Values) -> str:
    """Ask by email. Raises GivenWrong, NotEntitled, and StepNotAllowed when the very same was asked before."""
    check_due(values["by"], field="by", now=act.now)
    email = values["party_email"].lower()
    if not _AN_ADDRESS.fullmatch(email):
        raise GivenWrong("party_email", f"{email} is no address that a letter can be sent to.")
    owner = who_owes(act, values)
    party, what, by = " ".join(values["party"].split()), values["what"], values["by"]
    key = key_of(act.case, DutyKind.REQUEST, f"{email} {what}", by)
    wanted = NewDuty(key, DutyKind.REQUEST, what, by, owner_id=owner.id, party=party, party_email=email)
    duty = owe(act, wanted)
    ask(act.session, act.case, duty, settings=act.settings, now=act.now)
    asked = f"{party} is asked by email to answer by {in_words(by)}, and reminded until they do"
    return f"{act.case.reference}: {asked} (duty {duty.number})."


REQUEST = Verb(
    "request",
    "Ask a partner",
    "Asks a partner or another service by email, with reminders until they answer. They read what you write, the "
    "reference and the day; write no more of the resident than they need.",
    (
        Asked("party", "Whom you ask", hint="As the letter addresses them, such as Exampleshire Highways Ltd."),
        Asked("party_email", "Their email address"),
        Asked("what", "What you ask for", "long text", hint="These words stand in the letter."),
        Asked("by", "By when", "date"),
        OWNER,
    ),
    request,
    is_open,
)
