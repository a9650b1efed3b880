"""What came from a partner by email: a person has read it, and says whether it answers what was asked."""

from collections.abc import Sequence
from functools import partial

from sqlmodel import Session

from models.case import Case
from models.clock import in_words
from models.duties import Done, settle_done
from models.duty import Duty, DutyKind
from models.duty_list import open_duties
from models.record import record
from models.rules.errors import StepNotAllowed
from models.settings import Settings
from models.verbs.owing import check_may_settle, names_of, the_duty
from models.verbs.verb import Act, Asked, Values, Verb


def _answers(act: Act, values: Values) -> str:
    duty = _read_by(act, values)
    if duty.done_on is None:
        raise StepNotAllowed("Nothing has come by email for it.")
    done = Done(duty.done_on, f"Their letter of {in_words(duty.done_on)}, by email.")
    settle_done(act.session, act.case, duty, done, by=act.by, now=act.now)
    return f"{act.case.reference}: duty {duty.number} is answered, by the letter of {in_words(done.on)}."


def _does_not(act: Act, values: Values) -> str:
    duty = _read_by(act, values)
    duty.done_on, duty.look_again = None, act.now
    act.session.add(duty)
    record(act.session, act.case, "request_not_answered", by=act.by, now=act.now, duty=duty.number)
    return f"{act.case.reference}: {duty.party} has not answered, and is reminded again (duty {duty.number})."


def _read_by(act: Act, values: Values) -> Duty:
    duty = the_duty(act, values)
    check_may_settle(act, duty)
    return duty


def _waiting(session: Session, case: Case) -> list[Duty]:
    return [duty for duty in open_duties(session, case, DutyKind.REQUEST) if duty.waits_to_be_read]


def _names(session: Session, case: Case, _settings: Settings) -> Sequence[str]:
    return names_of(_waiting(session, case))


def _is_offered(session: Session, case: Case, _settings: Settings) -> bool:
    return bool(_waiting(session, case))


_WHICH = Asked("duty", "Which request", "choice", choices=_names, hint="Those for which a letter has come by email.")
_offered = partial(Verb, fields=(_WHICH,), is_offered=_is_offered)

ANSWERED = _offered(
    name="partner-answered",
    title="A partner’s letter is the answer",
    does="Settles what a partner was asked, on the day its letter came.",
    do=_answers,
)
NOT_ANSWERED = _offered(
    name="partner-not-answered",
    title="A partner’s letter is no answer",
    does="What came does not answer what was asked: the partner is reminded again.",
    do=_does_not,
)
