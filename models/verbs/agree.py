"""Agree with the person: what will be looked into and what they want, in writing; and when they have the answer."""

from datetime import date

from sqlmodel import Session, func, select

from models.case import Case, CaseEvent
from models.clock import in_words, london_date
from models.handling import check_entitled
from models.letters import send_letter
from models.reckoning import limit_of_answer, reckon, stage_of
from models.record import record
from models.rules.errors import GivenWrong, StepNotAllowed
from models.settings import Settings
from models.stages import check_looks_afresh
from models.verbs.clocks import (
    check_has_been,
    check_lies_ahead,
    check_speaks_for_itself,
    check_unanswered,
    is_on_its_way,
    moved,
)
from models.verbs.offered import is_unanswered_alone
from models.verbs.verb import Act, Asked, Values, Verb

SCOPE_AGREED = "scope_agreed"
PLAN_AGREED = "plan_agreed"


def agree_scope(act: Act, values: Values) -> str:
    """Write down what was agreed and send it to the person; a clock that counts from the agreed record starts.

    Agreed anew at the same stage, the earliest day counts: an amendment gains nobody time.
    Raises StepNotAllowed, GivenWrong and NotEntitled.
    """
    case, today = act.case, london_date(act.now)
    agreed_on = values["agreed_on"] or today
    check_entitled(case, act.by)
    check_looks_afresh(act.session, case, act.by)
    check_unanswered(case)
    check_speaks_for_itself(act.session, case)
    check_has_been("agreed_on", agreed_on, case, today=today)
    before = case.respond_by
    case.scope_agreed_on = min(case.scope_agreed_on or agreed_on, agreed_on)
    case.look_again = act.now
    reckon(case, settings=act.settings)
    said = {name: values[name] for name in ("scope", "outcomes_sought")}
    is_sent = _tell(act, agreed_on, said)
    dates = {"agreed_on": agreed_on.isoformat()} | moved(before, case.respond_by)
    record(act.session, case, SCOPE_AGREED, by=act.by, now=act.now, **said, **dates, letter=is_sent)
    return f"What {case.reference} is about is agreed.{_due(case)} {is_on_its_way(is_sent)}"


def agree_plan(act: Act, values: Values) -> str:
    """Make the date agreed with the person the answer's; it stands in for the limit and for earlier extensions.

    Beyond the procedure's own limit only with a reason on record. SI 2009/309, regulation 14, has six months or the
    longer time agreed with the person. Raises StepNotAllowed, GivenWrong and NotEntitled.
    """
    case, today, until = act.case, london_date(act.now), values["by"]
    check_entitled(case, act.by)
    check_unanswered(case)
    check_speaks_for_itself(act.session, case)
    _check_plan(act, until, values["reason"])
    before = case.respond_by
    case.agreed_by, case.extended_to, case.look_again = until, None, act.now
    reckon(case, settings=act.settings)
    given = {"agreed_by": until.isoformat(), "reason": values["reason"] or ""}
    record(act.session, case, PLAN_AGREED, by=act.by, now=act.now, **given, **moved(before, case.respond_by))
    late = f" It was already late: it was due by {in_words(before)}." if before and before < today else ""
    return f"The plan for {case.reference} is agreed.{_due(case)}{late}"


def _check_plan(act: Act, until: date, reason: str | None) -> None:
    case, stage = act.case, stage_of(act.case, act.settings)
    if not stage.by_agreement:
        raise StepNotAllowed(f"At {stage.name} the procedure sets the date; it is not agreed with the person.")
    if case.respond_by is None:
        raise StepNotAllowed("It needs no answer under its procedure, so there is no date to agree.")
    if case.paused_on is not None:
        raise StepNotAllowed(f"Its clock has stood still since {in_words(case.paused_on)}; resume it first.")
    check_lies_ahead("by", until, today=london_date(act.now))
    if until < case.received_on:
        raise GivenWrong("by", f"{case.reference} was received on {in_words(case.received_on)}, after that day.")
    limit = limit_of_answer(case, act.settings)
    if limit and until > limit and not reason:
        raise GivenWrong("reason", f"That is beyond {in_words(limit)}. Say why a longer time was agreed.")


def _tell(act: Act, agreed_on: date, said: dict[str, str]) -> bool:
    which = str(_times_agreed(act.session, act.case) + 1)
    return act.case.may_answer and send_letter(
        act.session, act.case, "scope", settings=act.settings, now=act.now, which=which, agreed_on=agreed_on, **said
    )


def _times_agreed(session: Session, case: Case) -> int:
    query = select(func.count()).where(CaseEvent.case_id == case.number, CaseEvent.name == SCOPE_AGREED)
    return session.exec(query).one()


def _due(case: Case) -> str:
    return f" The answer is due by {in_words(case.respond_by)}." if case.respond_by else ""


def _has_date_to_agree(session: Session, case: Case, settings: Settings) -> bool:
    has_date = case.respond_by is not None and case.paused_on is None and stage_of(case, settings).by_agreement
    return has_date and is_unanswered_alone(session, case, settings)


AGREE_SCOPE = Verb(
    name="agree-scope",
    title="Agree the scope",
    does="Writes to the person what was agreed: what will be looked into, and the outcome they want.",
    fields=(
        Asked("scope", "What will be looked into", "long text", hint="These words stand in the letter."),
        Asked("outcomes_sought", "The outcome the person wants", "long text", hint="These too."),
        Asked("agreed_on", "Day it was agreed", "date", is_required=False, hint="Left empty: today."),
    ),
    do=agree_scope,
    is_offered=is_unanswered_alone,
)

AGREE_PLAN = Verb(
    name="agree-plan",
    title="Agree the date",
    does="Makes the day agreed with the person the date for the answer.",
    fields=(
        Asked("by", "Day agreed for the answer", "date"),
        Asked(
            "reason",
            "Why a longer time was agreed",
            "long text",
            is_required=False,
            hint="Only needed beyond the procedure’s own limit.",
        ),
    ),
    do=agree_plan,
    is_offered=_has_date_to_agree,
)
