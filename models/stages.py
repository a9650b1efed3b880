"""From one stage to the next: from which day it counts, and who may not decide it.

Complaint Handling Code (2024), 6.10–6.16: a request for stage 2 needs no reasons, its time runs from the request,
and whoever considered stage 1 does not consider stage 2. Which deciders a stage shuts out stands in the procedure.
"""

from collections import defaultdict
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from models.case import PROCEDURE_CHANGED, Case, CaseEvent
from models.milestones import start_clocks
from models.people import Officer
from models.reckoning import procedure_of, reckon, stage_of
from models.record import raise_alert, record, redraw_alerts
from models.rules.errors import NotEntitled, StepNotAllowed
from models.rules.procedures import Stage
from models.rules.steps import CaseStatus, Step, move
from models.rules.warning_signs import sign_of_next_stage
from models.settings import Settings

REQUESTED = "escalation_requested"
BEGAN_AT = "began_at_stage"
"""The event of a case that was taken straight to a later stage."""

_DATES = ("received_on", "acknowledged_on", "responded_on", "closed_on")
_DECIDED = ("responded", "declined", "signposted")
_MOVED = (REQUESTED, BEGAN_AT, PROCEDURE_CHANGED)


def has_answer(case: Case) -> bool:
    """Whether the stage has had its answer, or the case is closed: only then can the next stage be asked for."""
    return case.responded_on is not None or case.status == CaseStatus.CLOSED


def stage_after(case: Case, *, settings: Settings) -> str | None:
    """The name of the stage a resident may ask for now; None when there is no answer yet, or no further stage."""
    stages = settings.procedures[case.procedure].stages
    return stages[case.stage].name if has_answer(case) and case.stage < len(stages) else None


def go_to_next_stage(
    session: Session,
    case: Case,
    *,
    requested_on: date,
    settings: Settings,
    now: datetime,
    by: Officer | None = None,
    **details: Any,
) -> None:
    """Begin the next stage: its clocks run from the day it was asked for, and somebody new must take it.

    ``received_on`` becomes that day; the stage's own dates begin anew, and the event keeps those of the one before.
    A request that comes late is taken all the same: the event says until when it could have come.
    ``by`` is the officer who passed the request on, None when it came in a letter. Raises StepNotAllowed.
    """
    status = move(case.status, Step.ESCALATE)
    before = {name: day.isoformat() if (day := getattr(case, name)) else None for name in _DATES}
    details |= {"stage": case.stage + 1, "requested_on": requested_on.isoformat(), "before": before, "kind": case.kind}
    stage = procedure_of(case, settings).stage(case.stage + 1)
    details |= {"decided_by": shut_out(session, case, stage), "owner_taken_off": case.owner_id}
    if (last := last_day_to_ask(case, settings)) and requested_on > last:
        details |= {"could_ask_until": last.isoformat(), "discretion": "taken though it came late"}
    case.status, case.stage, case.owner_id, case.look_again = status, case.stage + 1, None, now
    _set_dates(case, requested_on, settings=settings)
    record(session, case, REQUESTED, by=by, now=now, **details)
    start_clocks(session, case, settings=settings, now=now, by=by)
    procedure = settings.procedures[case.procedure]
    is_last = case.stage == len(procedure.stages)
    sign = sign_of_next_stage(procedure.stage(case.stage).name, procedure.external_body, is_last=is_last)
    raise_alert(session, case, sign, now=now)
    redraw_alerts(session, case, now=now)


def last_day_to_ask(case: Case, settings: Settings) -> date | None:
    """Until when the next stage is to be asked for, counted from the answer; None: the procedure sets no limit."""
    within, answered_on = stage_of(case, settings).ask_within, case.responded_on or case.closed_on
    return within.end(answered_on, settings.calendar(case.procedure)) if within and answered_on else None


class Straight(NamedTuple):
    """Where a case goes straight away, and why."""

    stage: int
    reason: str


def begin_at(
    session: Session, case: Case, straight: Straight, *, by: Officer, settings: Settings, now: datetime
) -> None:
    """Take a case straight to a later stage, as the procedure lets some begin; its day of receipt stands.

    Raises StepNotAllowed where the procedure knows of no such beginning, or the case is past it.
    """
    if straight.stage not in procedure_of(case, settings).may_begin_at or straight.stage <= case.stage:
        raise StepNotAllowed("Its procedure does not let a case go there straight away.")
    if has_answer(case):
        raise StepNotAllowed("It has had an answer: the next stage is asked for, not begun at.")
    decided_by = shut_out(session, case, procedure_of(case, settings).stage(straight.stage))
    before, case.stage, case.look_again = case.stage, straight.stage, now
    reckon(case, settings=settings)
    details = {"before": before, "reason": straight.reason, "decided_by": decided_by}
    record(session, case, BEGAN_AT, by=by, now=now, stage=case.stage, **details)
    start_clocks(session, case, settings=settings, now=now, by=by)


def first_received(session: Session, case: Case) -> date:
    """The day the matter itself was received, at whatever stage the case now is."""
    asked = select(CaseEvent.details).where(CaseEvent.case_id == case.number, CaseEvent.name == REQUESTED)
    days = [date.fromisoformat(details["before"]["received_on"]) for details in session.exec(asked)]
    return min([case.received_on, *days])


def check_looks_afresh(session: Session, case: Case, by: Officer) -> None:
    """Raises NotEntitled when the officer decided a stage of which this one is to be independent."""
    if case.stage == 1:
        return
    came = select(CaseEvent.details).where(CaseEvent.case_id == case.number, col(CaseEvent.name).in_(_MOVED))
    at_stage = (details for details in session.exec(came) if details["stage"] == case.stage)
    if any(by.id in details.get("decided_by", ()) for details in at_stage):
        raise NotEntitled(
            f"You decided {case.reference} before. At stage {case.stage} somebody else looks at it afresh."
        )


def deciders(session: Session, case: Case) -> dict[int, set[int]]:
    """Who decided each stage so far, by number: who answered or refused it or, when nobody did, who closed it."""
    happened = select(CaseEvent).where(
        CaseEvent.case_id == case.number, col(CaseEvent.name).in_((*_DECIDED, "closed", *_MOVED))
    )
    decided, closed, stage = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set), 1
    for event in session.exec(happened.order_by(col(CaseEvent.id))):
        if event.name in _MOVED:
            stage = event.details["stage"]
        elif event.by_officer_id is not None:
            (closed if event.name == "closed" else decided)[stage].add(event.by_officer_id)
    return closed | decided


def shut_out(session: Session, case: Case, stage: Stage) -> list[int]:
    """Who may not decide a stage that a case comes to, by number: whoever decided one it is to be independent of."""
    before = deciders(session, case)
    return sorted({officer for other in stage.independent_of for officer in before.get(other, ())})


def _set_dates(case: Case, requested_on: date, *, settings: Settings) -> None:
    procedure = settings.procedures[case.procedure]
    if case.kind not in procedure.answers:
        # who asks for the next stage complains, whatever it was filed as, until a person says otherwise
        case.kind, case.kind_by_person = None, False
    case.received_on = requested_on
    case.acknowledged_on = case.responded_on = case.closed_on = None
    case.scope_agreed_on = case.agreed_by = case.extended_to = None
    case.paused_on = case.quiet_until = case.close_out_on = case.snoozed_until = None
    case.extensions = case.paused_days = 0
    reckon(case, settings=settings)
