"""Escalate: the resident asks for the next stage. No reason is demanded, and a late request is taken all the same."""

from collections.abc import Mapping

from sqlmodel import Session

from models.case import Case
from models.following import ask_next_stage
from models.handling import check_entitled
from models.reckoning import procedure_of
from models.rules.steps import Step, may
from models.settings import Settings
from models.stages import Straight, begin_at, has_answer, stage_after
from models.verbs.offered import is_unanswered
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


def _has_next_stage(_session: Session, case: Case, settings: Settings) -> bool:
    return may(case.status, Step.ESCALATE) and stage_after(case, settings=settings) is not None


def _may_begin_later(session: Session, case: Case, settings: Settings) -> bool:
    lies_ahead = any(stage > case.stage for stage in procedure_of(case, settings).may_begin_at)
    return lies_ahead and is_unanswered(session, case, settings) and not has_answer(case)


def _stage_names(_session: Session, case: Case, settings: Settings) -> Mapping[str, str]:
    return {str(number): each.name for number, each in enumerate(procedure_of(case, settings).stages, start=1)}


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
    _has_next_stage,
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
            called=_stage_names,
        ),
        Asked("reason", "Why it begins there", "long text", hint="Such as: it is complex, or grave."),
    ),
    _directly,
    _may_begin_later,
)
