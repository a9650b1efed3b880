"""From one stage to the next: from which day it counts, and who may not decide it.

Complaint Handling Code (2024), 6.10–6.16: a request for stage 2 needs no reasons, its time runs from the request,
and whoever considered stage 1 does not consider stage 2.
"""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from models.case import Case, CaseEvent
from models.people import Officer
from models.record import raise_alert, record, redraw_alerts
from models.rules.deadlines import deadlines
from models.rules.errors import NotEntitled
from models.rules.steps import CaseStatus, Step, move
from models.rules.warning_signs import sign_of_next_stage
from models.settings import Settings

REQUESTED = "escalation_requested"
_DATES = ("received_on", "acknowledged_on", "responded_on", "closed_on")


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
    ``by`` is the officer who passed the request on, None when it came in a letter. Raises StepNotAllowed.
    """
    status = move(case.status, Step.ESCALATE)
    before = {name: day.isoformat() if (day := getattr(case, name)) else None for name in _DATES}
    details |= {"stage": case.stage + 1, "requested_on": requested_on.isoformat(), "before": before, "kind": case.kind}
    details |= {"decided_by": _deciders(session, case), "owner_taken_off": case.owner_id}
    case.status, case.stage, case.owner_id, case.look_again = status, case.stage + 1, None, now
    _set_dates(case, requested_on, settings=settings)
    record(session, case, REQUESTED, by=by, now=now, **details)
    procedure = settings.procedures[case.procedure]
    sign = sign_of_next_stage(procedure.stage(case.stage).name, procedure.external_body)
    raise_alert(session, case, sign, now=now)
    redraw_alerts(session, case, now=now)


def check_looks_afresh(session: Session, case: Case, by: Officer) -> None:
    """Raises NotEntitled when the officer decided an earlier stage: somebody else looks at it afresh."""
    if case.stage == 1:
        return
    asked = select(CaseEvent.details).where(CaseEvent.case_id == case.number, CaseEvent.name == REQUESTED)
    if any(by.id in details["decided_by"] for details in session.exec(asked)):
        raise NotEntitled(
            f"You decided {case.reference} before. At stage {case.stage} somebody else looks at it afresh."
        )


def _set_dates(case: Case, requested_on: date, *, settings: Settings) -> None:
    procedure = settings.procedures[case.procedure]
    if case.kind not in procedure.answers:
        # who asks for the next stage complains, whatever it was filed as, until a person says otherwise
        case.kind, case.kind_by_person = None, False
    due = deadlines(procedure.stage(case.stage), settings.calendar(case.procedure), received=requested_on)
    case.received_on, case.acknowledge_by, case.respond_by = requested_on, due.acknowledge_by, due.respond_by
    case.acknowledged_on = case.responded_on = case.closed_on = None


def _deciders(session: Session, case: Case) -> list[int]:
    """Who answered it so far or, when nobody answered, who closed it."""
    done = select(CaseEvent.name, CaseEvent.by_officer_id).where(
        CaseEvent.case_id == case.number, col(CaseEvent.name).in_(("responded", "closed"))
    )
    found = [(name, officer) for name, officer in session.exec(done) if officer is not None]
    answered = {officer for name, officer in found if name == "responded"}
    return sorted(answered or {officer for _, officer in found})
