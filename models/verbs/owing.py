"""What the verbs about duties have in common: which duty is meant, who owes it, and how it is said."""

from collections.abc import Sequence
from functools import partial
from textwrap import shorten

from sqlmodel import Session

from models.case import Case
from models.clock import in_words
from models.council import officer_by_email
from models.duties import NewDuty, get_duty, make
from models.duty import Duty, DutyKind
from models.duty_list import open_duties
from models.handling import check_entitled
from models.people import Officer
from models.recipients import Recipients
from models.rules.errors import GivenWrong, NotEntitled, StepNotAllowed
from models.rules.reminders import Rung
from models.settings import Settings
from models.verbs.verb import Act, Asked, Values

_AT_MOST = 75
"""What Slack shows of a choice."""

OWNER = Asked(
    "owner",
    "Who owes it",
    is_required=False,
    hint="An officer's email address. Empty: whoever has the case, or you when nobody has it.",
)


def which_duty(*kinds: DutyKind) -> Asked:
    """The field that asks for one of the case's open duties, of some kinds only if any are named."""
    hint = "Its number; “tocsin duties --case” lists them."
    return Asked("duty", "Which duty", "choice", choices=partial(_names, kinds), hint=hint)


def the_duty(act: Act, values: Values) -> Duty:
    """The duty that was chosen, locked. Raises GivenWrong, StepNotAllowed."""
    return get_duty(act.session, act.case, int(values["duty"].split()[0]))


def check_may_settle(act: Act, duty: Duty) -> None:
    """Raises NotEntitled unless the case, or this duty of it, is theirs, or they stand in today for whoever owes it.

    A cover may be of another service: they are reminded of the duty, and so may settle it.
    """
    case, by = act.case, act.by
    if by.may_see(case.areas) or case.owner_id == by.id or (by.is_active and duty.owner_id == by.id):
        return
    recipients = Recipients(act.session, settings=act.settings, now=act.now)
    if by.slack_user not in recipients.of(case, Rung.OWNER, owner_id=duty.owner_id):
        raise NotEntitled(f"{case.reference} belongs to another service, and the duty to somebody else.")


def who_owes(act: Act, values: Values) -> Officer:
    """Whoever was named; else the case's owner, or whoever acts. Raises GivenWrong for an address of nobody's."""
    if values["owner"]:
        return officer_named(act, values["owner"], field="owner")
    owner = act.session.get(Officer, act.case.owner_id) if act.case.owner_id else None
    return owner if owner and owner.is_active else act.by


def officer_named(act: Act, email: str, *, field: str) -> Officer:
    """The officer with that address. Raises GivenWrong."""
    found = officer_by_email(act.session, email)
    if found is None:
        raise GivenWrong(field, f"{email} is no officer's address.")
    return found


def owe(act: Act, wanted: NewDuty) -> Duty:
    """Make a duty on the case. Raises NotEntitled, or StepNotAllowed when the very same was made before."""
    check_entitled(act.case, act.by)
    duty = make(act.session, act.case, wanted, by=act.by, now=act.now)
    if duty is None:
        raise StepNotAllowed(f"The very same is noted already, due by {in_words(wanted.due)}.")
    return duty


def noted(act: Act, duty: Duty) -> str:
    """That a duty is noted, as a sentence: number, who owes it, by when."""
    owner = act.session.get(Officer, duty.owner_id) if duty.owner_id else None
    who = f"{owner.name} owes it" if owner else "It is owed"
    return f"{act.case.reference}: noted as duty {duty.number}. {who} by {in_words(duty.due)}."


def _names(kinds: Sequence[DutyKind], session: Session, case: Case, _settings: Settings) -> list[str]:
    """The open duties of a case as an officer tells them apart."""
    return names_of(open_duties(session, case, *kinds))


def names_of(duties: Sequence[Duty]) -> list[str]:
    """Duties as choices, each with its number first."""
    return [shorten(_name(duty), _AT_MOST, placeholder="…") for duty in duties]


def _name(duty: Duty) -> str:
    return f"{duty.number} – {duty.kind} by {duty.due}: {duty.what}"
