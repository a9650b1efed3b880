"""What the resident was promised: an update by a day, an action, a remedy; and whether it was kept.

Complaint Handling Code (2024): a remedy says what will happen by when and is followed through; what cannot be
delivered is explained, an alternative offered, and the right to go to the Ombudsman told again.
"""

from dataclasses import replace
from datetime import time

from models.clock import in_words, london_date
from models.duties import (
    Done,
    NewDuty,
    check_due,
    key_of,
    make,
    settle_done,
    settle_not_done,
)
from models.duty import Duty, DutyKind
from models.duty_list import Result, result
from models.milestones import is_met_by_an_event
from models.reckoning import procedure_of
from models.record import raise_alert
from models.rules.errors import GivenWrong, StepNotAllowed
from models.rules.warning_signs import WarningSign
from models.settings import Settings
from models.verbs.offered import is_open
from models.verbs.owing import OWNER, check_may_settle, noted, owe, the_duty, which_duty, who_owes
from models.verbs.verb import Act, Asked, Values, Verb

WORKING_DAYS_TO_EXPLAIN = 5
"""How long there is to write that a remedy cannot be given. No source sets it; an acknowledgement has as long."""

_AN_UPDATE = "Tell the resident how it stands."
_BY = Asked("by", "By when", "date")


def _promise_update(act: Act, values: Values) -> str:
    return _promise(act, values, DutyKind.UPDATE, _AN_UPDATE)


def _promise_action(act: Act, values: Values) -> str:
    return _promise(act, values, DutyKind.ACTION, values["what"])


def _remedy(act: Act, values: Values) -> str:
    return _promise(act, values, DutyKind.REMEDY, values["what"])


def _promise(act: Act, values: Values, kind: DutyKind, what: str) -> str:
    check_due(values["by"], field="by", now=act.now)
    owner = who_owes(act, values)
    key = key_of(act.case, kind, what, values["by"])
    return noted(act, owe(act, NewDuty(key, kind, what, values["by"], owner_id=owner.id)))


def _done(act: Act, values: Values) -> str:
    duty = the_duty(act, values)
    check_may_settle(act, duty)
    if duty.kind == DutyKind.ENQUIRY and duty.signed_off_by_id is None:
        raise StepNotAllowed("An answer to the Ombudsman is signed off before it counts as answered.")
    done = Done(values["done_on"], values["evidence"], _time(values["done_at"]))
    settle_done(act.session, act.case, duty, done, by=act.by, now=act.now)
    late = ", late" if result(duty) is Result.LATE else ", in time"
    return f"{act.case.reference}: duty {duty.number} is done{late}."


def _not_done(act: Act, values: Values) -> str:
    duty = the_duty(act, values)
    check_may_settle(act, duty)
    settle_not_done(act.session, act.case, duty, values["reason"], by=act.by, now=act.now)
    said = f"{act.case.reference}: duty {duty.number} is noted as not done."
    if duty.kind == DutyKind.RECOMMENDATION:
        sign = WarningSign(
            f"recommendation {duty.number} not done", "An Ombudsman's recommendation is not carried out."
        )
        raise_alert(act.session, act.case, sign, now=act.now)
        return f"{said} The corporate lead is told: the Ombudsman may look at the case again."
    return f"{said} {_owe_explanation(act, duty)}" if duty.kind == DutyKind.REMEDY else said


def _owe_explanation(act: Act, remedy: Duty) -> str:
    """A remedy that is not given is followed by a letter, which is owed too."""
    body = procedure_of(act.case, act.settings).external_body
    what = (
        f"Write to the resident about the remedy of duty {remedy.number}: explain why it cannot be given, offer an "
        f"alternative, and remind them of their right to go to the {body}."
    )
    due = act.settings.calendar(act.case.procedure).last_day(london_date(act.now), WORKING_DAYS_TO_EXPLAIN)
    key = f"{act.case.reference} explanation of duty {remedy.number}"
    wanted = NewDuty(key, DutyKind.ACTION, what, due, owner_id=remedy.owner_id)
    letter = make(act.session, act.case, wanted, by=act.by, now=act.now)
    number = f" (duty {letter.number})" if letter else ""
    return (
        f"The resident must now be written to by {in_words(due)}{number}: explain why, offer an alternative, and "
        f"remind them of their right to go to the {body}."
    )


def _time(text: str | None) -> time | None:
    if not text:
        return None
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise GivenWrong("done_at", "“At what time” is a time of day such as 14:30.") from None


PROMISE_UPDATE = Verb(
    "promise-update",
    "Promise an update",
    "Notes by when the resident hears how it stands; whoever owes it is reminded.",
    (_BY, OWNER),
    _promise_update,
    is_open,
)
PROMISE_ACTION = Verb(
    "promise-action",
    "Promise an action",
    "Notes what the resident was told will be done, by when and by whom.",
    (Asked("what", "What will be done", "long text"), _BY, OWNER),
    _promise_action,
)
REMEDY = Verb(
    "remedy",
    "Promise a remedy",
    "Notes what puts it right, by when and by whom; it is followed through until it is done.",
    (Asked("what", "What puts it right", "long text"), _BY, OWNER),
    _remedy,
)
DONE = Verb(
    "done",
    "It is done",
    "Settles a duty, with the day and what shows it.",
    (
        which_duty(),
        Asked("done_on", "On which day", "date"),
        Asked("evidence", "What shows it", "long text", hint="Such as a letter's date, or where the record is."),
        Asked("done_at", "At what time", is_required=False, hint="Asked where the limit is in hours, such as 14:30."),
    ),
    _done,
)
NOT_DONE = Verb(
    "not-done",
    "It will not be done",
    "Settles a duty as not done. After a remedy, the letter that explains it is owed.",
    (which_duty(), Asked("reason", "Why not", "long text")),
    _not_done,
)


def is_for_done(duty: Duty, settings: Settings) -> bool:
    """Whether “done” is the verb for it as it stands: no event settles it, and nobody has to sign it off first."""
    is_unsigned = duty.kind == DutyKind.ENQUIRY and duty.signed_off_by_id is None
    return not is_unsigned and not is_met_by_an_event(duty, settings)


def done_of(duty: Duty) -> Verb:
    """“done” of this one duty: it asks for no other, and for a time of day only where hours count."""
    known: dict[str, str | None] = {"duty": str(duty.number)} | ({} if duty.due_at else {"done_at": None})
    fields = tuple(asked for asked in DONE.fields if asked.name not in known)
    return replace(DONE, fields=fields, do=lambda act, values: _done(act, {**known, **values}))
