"""A duty that is no longer owed, that somebody else owes, or that is due on another day."""

from models.clock import in_words
from models.duties import NewDate, check_due, drop, move, reassign
from models.duty import Duty, DutyKind
from models.handling import check_entitled
from models.rules.errors import GivenWrong, StepNotAllowed
from models.verbs.owing import check_may_settle, officer_named, the_duty, which_duty
from models.verbs.verb import Act, Asked, Values, Verb

OMBUDSMANS = frozenset({DutyKind.RECOMMENDATION, DutyKind.ENQUIRY})
"""What the Ombudsman set the date of: only they move it."""


def _drop(act: Act, values: Values) -> str:
    duty = the_duty(act, values)
    check_entitled(act.case, act.by)
    if duty.kind == DutyKind.RECOMMENDATION:
        raise StepNotAllowed("A recommendation of the Ombudsman is done or not done; it is not dropped.")
    drop(act.session, act.case, duty, values["reason"], by=act.by, now=act.now)
    return f"{act.case.reference}: duty {duty.number} is no longer owed."


def _pass_on(act: Act, values: Values) -> str:
    duty = the_duty(act, values)
    check_may_settle(act, duty)
    owner = officer_named(act, values["to"], field="to")
    if owner.id == duty.owner_id:
        return f"{act.case.reference}: {owner.name} owes duty {duty.number} already."
    reassign(act.session, act.case, duty, owner, by=act.by, now=act.now)
    return f"{act.case.reference}: {owner.name} owes duty {duty.number} by {in_words(duty.due)}."


def _move(act: Act, values: Values) -> str:
    duty = the_duty(act, values)
    check_entitled(act.case, act.by)
    _check_may_move(duty, agreed=values["agreement"] or "")
    check_due(values["by"], field="by", now=act.now)
    why = " ".join(filter(None, (values["reason"], values["agreement"])))
    move(act.session, act.case, duty, NewDate(values["by"], why), by=act.by, now=act.now)
    return f"{act.case.reference}: duty {duty.number} is now due by {in_words(duty.due)}."


def _check_may_move(duty: Duty, *, agreed: str) -> None:
    if duty.kind == DutyKind.INVESTIGATION:
        raise StepNotAllowed("The report is due when the answer is: extend that, with the reason.")
    if duty.kind in {DutyKind.MILESTONE, DutyKind.HAZARD}:
        raise StepNotAllowed("The procedure sets this date: it moves when what it counts from is recorded.")
    if duty.kind in OMBUDSMANS and not agreed:
        raise GivenWrong("agreement", "The Ombudsman set this date. Note who there agreed to another, and when.")


DROP = Verb(
    "drop",
    "No longer owed",
    "Takes a duty off the list, with the reason; it counts neither as kept nor as broken.",
    (which_duty(), Asked("reason", "Why it is no longer owed", "long text")),
    _drop,
)
PASS_ON = Verb(
    "pass-on",
    "Pass a duty on",
    "Makes a duty somebody else's, who is reminded from now on.",
    (which_duty(), Asked("to", "To whom", hint="An officer's email address.")),
    _pass_on,
)
MOVE = Verb(
    "move-duty",
    "Move a duty's date",
    "Puts a duty's last day elsewhere, with the reason. What the Ombudsman set moves only with their agreement.",
    (
        which_duty(),
        Asked("by", "New last day", "date"),
        Asked("reason", "Why", "long text"),
        Asked("agreement", "Who at the Ombudsman agreed, and when", is_required=False),
    ),
    _move,
)
