"""Pause and resume: the answer's clock stands still for a reason the procedure knows, such as finding an advocate."""

from collections.abc import Sequence

from sqlmodel import Session

from models.case import Case
from models.clock import in_words, london_date
from models.handling import check_entitled
from models.reckoning import end_pause, stage_of
from models.record import record
from models.rules.errors import StepNotAllowed
from models.settings import Settings
from models.verbs.clocks import answer_due, check_speaks_for_itself, check_unanswered, moved
from models.verbs.offered import answer_runs, is_unanswered, speaks_for_itself
from models.verbs.verb import Act, Asked, Values, Verb

PAUSED = "paused"
RESUMED = "resumed"


def pause(act: Act, values: Values) -> str:
    """Stop the answer's clock from today on; today still counts. Raises StepNotAllowed and NotEntitled.

    A clock whose last day is over cannot be stopped: what is late stays late.
    """
    case, today = act.case, london_date(act.now)
    check_entitled(case, act.by)
    due = answer_due(case)
    check_speaks_for_itself(act.session, case)
    reasons_to_pause(act.session, case, act.settings)
    if today > due:
        raise StepNotAllowed(f"The time for its answer ended on {in_words(due)}; a pause cannot bring it back.")
    case.paused_on, case.look_again = today, act.now
    days = {"before": due.isoformat(), "paused_on": today.isoformat()}
    record(act.session, case, PAUSED, by=act.by, now=act.now, reason=values["reason"], **days)
    return f"The clock of {case.reference} stands still from today. Resume it as soon as you can go on."


def resume(act: Act, _: Values) -> str:
    """Let the clock run on, with the working days it stood still given back. Raises StepNotAllowed and NotEntitled."""
    case, today = act.case, london_date(act.now)
    check_entitled(case, act.by)
    if case.paused_on is None:
        raise StepNotAllowed("Its clock is not standing still.")
    check_unanswered(case)
    paused_on, before = case.paused_on, case.respond_by
    given_back = end_pause(case, today=today, settings=act.settings)
    case.look_again = act.now
    days = {"paused_on": paused_on.isoformat(), "resumed_on": today.isoformat(), "given_back": given_back}
    record(act.session, case, RESUMED, by=act.by, now=act.now, **days, **moved(before, case.respond_by))
    due = f" The answer is due by {in_words(case.respond_by)}." if case.respond_by else ""
    return f"The clock of {case.reference} runs again; working days given back: {given_back}.{due}"


def reasons_to_pause(_session: Session, case: Case, settings: Settings) -> Sequence[str]:
    """What a case's clock may stand still for. Raises StepNotAllowed when the procedure knows no reason."""
    stage = stage_of(case, settings)
    if not stage.pauses:
        raise StepNotAllowed(f"At {stage.name} the procedure allows no pause.")
    return stage.pauses


def _runs(session: Session, case: Case, _settings: Settings) -> bool:
    return answer_runs(case) and speaks_for_itself(session, case)


def _stands_still(session: Session, case: Case, settings: Settings) -> bool:
    return case.paused_on is not None and is_unanswered(session, case, settings)


PAUSE = Verb(
    name="pause",
    title="Pause the clock",
    does="Stops the time for the answer, from today until somebody resumes it, for a reason the procedure knows.",
    fields=(Asked("reason", "What it waits for", "choice", choices=reasons_to_pause),),
    do=pause,
    is_offered=_runs,
)

RESUME = Verb(
    name="resume",
    title="Resume the clock",
    does="Lets the time for the answer run on; the working days on which it stood still are given back.",
    fields=(),
    do=resume,
    is_offered=_stands_still,
)
