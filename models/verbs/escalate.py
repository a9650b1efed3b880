"""Escalate: the resident asks for the next stage. No reason is demanded, and a late request is taken all the same."""

from models.following import ask_next_stage
from models.handling import check_entitled
from models.reckoning import procedure_of
from models.stages import Straight, begin_at
from models.verbs.verb import Act, Asked, Values, Verb


def _escalate(act: Act, values: Values) -> str:
    asked = values["requested_on"]
    return ask_next_stage(act.session, act.case, by=act.by, settings=act.settings, now=act.now, requested_on=asked)


def _directly(act: Act, values: Values) -> str:
    check_entitled(act.case, act.by)
    straight = Straight(int(values["stage"]), values["reason"])
    begin_at(act.session, act.case, straight, by=act.by, settings=act.settings, now=act.now)
    name = procedure_of(act.case, act.settings).stage(straight.stage).name
    return f"{act.case.reference} is at {name} from the day it was received."


ESCALATE = Verb(
    "escalate",
    "Wants the next stage",
    "The next stage begins, from the day it was asked for, and somebody else decides it.",
    (
        Asked(
            "requested_on",
            "When they asked for it",
            "date",
            is_required=False,
            hint="Empty: the day of their newest letter since the answer, or today.",
        ),
    ),
    _escalate,
)

ESCALATE_DIRECT = Verb(
    "escalate-direct",
    "Straight to a later stage",
    "The case goes straight to a later stage, where its procedure lets some begin there. Its day of receipt stands.",
    (
        Asked(
            "stage",
            "The stage",
            "choice",
            choices=lambda _session, case, settings: [str(each) for each in procedure_of(case, settings).may_begin_at],
        ),
        Asked("reason", "Why it begins there", "long text", hint="Such as: it is complex, or grave."),
    ),
    _directly,
)
