"""Points: what exactly is complained of, line by line, and what the stage decides of each."""

from models.handling import check_entitled
from models.points import record_points
from models.reckoning import stage_of
from models.rules.errors import GivenWrong, StepNotAllowed
from models.rules.points import read_points, undecided
from models.rules.steps import CaseStatus
from models.stages import check_looks_afresh
from models.verbs.offered import is_unanswered
from models.verbs.verb import Act, Asked, Values, Verb


def _record(act: Act, values: Values) -> str:
    check_entitled(act.case, act.by)
    check_looks_afresh(act.session, act.case, act.by)
    if act.case.status not in {CaseStatus.NEW, CaseStatus.ACKNOWLEDGED}:
        raise StepNotAllowed("Its points were answered, or it is closed: reopen it first.")
    try:
        points = read_points(values["points"], stage_of(act.case, act.settings).outcomes)
    except ValueError as wrong:
        raise GivenWrong("points", str(wrong)) from None
    record_points(act.session, act.case, points, by=act.by, now=act.now)
    left = undecided(points)
    what = "1 point" if len(points) == 1 else f"{len(points)} points"
    decided = f"not yet decided: {', '.join(map(str, left))}" if left else "each is decided"
    return f"{act.case.reference} has {what}; {decided}."


POINTS = Verb(
    "points",
    "Points",
    "The points of the complaint are written down, each with its decision and finding. "
    "No answer goes out while one of them is undecided.",
    (
        Asked(
            "points",
            "The points, a numbered line each",
            "long text",
            hint="1. What it is | the decision | what was found. The last two may wait; the whole list is given anew "
            "each time.",
        ),
    ),
    _record,
    is_unanswered,
)
