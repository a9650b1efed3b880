"""Change the procedure: a person says under which one a case is dealt with, and its clocks are counted anew."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from models.case import Case
from models.choosing_procedure import Going, go_to_procedure
from models.handling import check_entitled
from models.rules.errors import GivenWrong, StepNotAllowed
from models.settings import Settings
from models.verbs.clocks import check_unanswered
from models.verbs.offered import is_unanswered
from models.verbs.verb import Act, Asked, Values, Verb


def change_procedure(act: Act, values: Values) -> str:
    """Put the case on another procedure, at its first stage unless another is named; no opinion moves it after that.

    Returns the old and the new dates as a sentence. Raises StepNotAllowed, GivenWrong and NotEntitled.
    """
    case, stage = act.case, values["stage"] or 1
    check_entitled(case, act.by)
    check_unanswered(case)
    if values["procedure"] not in (others := other_procedures(act.session, case, act.settings)):
        raise GivenWrong("procedure", f"Choose one of: {', '.join(others)}.")
    stages = len(act.settings.procedures[values["procedure"]].stages)
    if stage > stages:
        raise GivenWrong("stage", f"“{values['procedure']}” has stages 1 to {stages}.")
    case.procedure_by_person = True
    going = Going(values["procedure"], stage, act.by, values["reason"])
    return go_to_procedure(act.session, case, going, settings=act.settings, now=act.now)


def other_procedures(_session: Session, case: Case, settings: Settings) -> Sequence[str]:
    """The procedures a case may go to: those of the council's nation. Raises StepNotAllowed when there is no other."""
    names = [
        name
        for name, each in settings.procedures.items()
        if name != case.procedure and (not each.nations or settings.nation in each.nations)
    ]
    if not names:
        raise StepNotAllowed("There is no other procedure in the settings.")
    return names


def _titles(_session: Session, _case: Case, settings: Settings) -> Mapping[str, str]:
    return {name: each.title for name, each in settings.procedures.items()}


CHANGE_PROCEDURE = Verb(
    name="change-procedure",
    title="Change procedure",
    does="Deals with it under another procedure; the dates are counted anew from the day it was received.",
    fields=(
        Asked("procedure", "Procedure", "choice", choices=other_procedures, called=_titles),
        Asked("reason", "Why that procedure", "long text"),
        Asked("stage", "Stage", "number", is_required=False, hint="Left empty: its first stage."),
    ),
    do=change_procedure,
    is_offered=is_unanswered,
)
