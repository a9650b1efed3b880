"""Undo: the newest correction of a case's kind or service is taken back, unless something else has come of it since."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.campaign_members import parents_among
from models.case import PROCEDURE_CHANGED, Case, CaseEvent
from models.clock import in_words, london_date
from models.duty import Duty, DutyKind, DutyState
from models.filing import AREA_CORRECTED, KIND_CORRECTED, file_as_it_was
from models.handling import check_entitled
from models.milestones import NOT_ITS_ANY_LONGER, start_clocks
from models.people import Officer
from models.reckoning import reckon
from models.record import note, record, redraw_alerts
from models.rules.errors import StepNotAllowed
from models.rules.labels import AREAS, KINDS, Kind
from models.rules.steps import CaseStatus
from models.settings import Settings

UNDONE = "correction_undone"
"""The event of a correction that was taken back; its details name the correction's event."""

REOPENED_DUTY = "duty_reopened"

_CORRECTIONS = (KIND_CORRECTED, AREA_CORRECTED)
_CHANGES_NOTHING = frozenset(
    {
        "read",
        "press_refused",
        "taken",
        "assigned",
        "nagged",
        "snoozed",
        "alert_raised",
        "alert_taken",
        "signals_raised",
        "letter_received",
        "letter_sorted",
        "letter_delayed",
        "letter_followed",
        "letter_in_doubt",
        "delivery_settled",
        "attachment_infected",
        "attachments_saved",
        "no_receipt_sent",
        "duty_made",
        "duty_moved",
        "duty_reassigned",
        "duty_settled",
        "request_chased",
        "request_answered",
        "request_answered_by_email",
        "request_not_answered",
        "dates_moved",
        "asks_after",
        "asked_after",
        "linked",
    }
)
"""Events that leave the kind, the service and what was told the resident as they are; any other stands in the way."""


def correction_to_undo(session: Session, case: Case) -> CaseEvent | None:
    """The newest correction of a case, if it can be undone now; None: there is none, or something came of it."""
    newest = _newest(session, case)
    is_one = newest is not None and newest.name in _CORRECTIONS and "was" in newest.details
    return newest if newest and is_one and not any(_hindrances(session, case, newest)) else None


def own_correction(session: Session, case: Case, by: Officer) -> CaseEvent | None:
    """The same, where it is somebody's own and the case is still theirs to open."""
    found = correction_to_undo(session, case) if by.may_see(case.areas) or case.owner_id == by.id else None
    return found if found and found.by_officer_id == by.id else None


def undo_correction(
    session: Session, case: Case, *, by: Officer, settings: Settings, now: datetime, correction: int | None = None
) -> str:
    """Put back kind, areas and procedure as they were before the newest correction, and reckon the dates anew.

    ``correction``: the number of the event that is meant, where it was pressed beside one; None: the newest. Raises
    NotEntitled, and StepNotAllowed with what has happened since.
    """
    check_entitled(case, by)
    newest = _newest(session, case)
    if newest is not None and newest.name == UNDONE:
        raise StepNotAllowed(_why_not_again(session, case, newest, correction))
    if newest is None:
        raise StepNotAllowed("Nobody has corrected its kind or its service, so there is nothing to undo.")
    if "was" not in newest.details:
        raise StepNotAllowed("How it was filed before that correction was not kept. Correct it instead.")
    if correction not in {None, newest.id}:
        raise StepNotAllowed(f"It was corrected again since{_who_and_when(session, newest)}.")
    if hindrance := next(_hindrances(session, case, newest), ""):
        raise StepNotAllowed(f"{hindrance} Correct it instead, with “Wrong kind” or “Wrong area”.")
    _undo(session, case, newest, by=by, settings=settings, now=now)
    return f"{case.reference} is filed as it was before: {_filed_in_words(case)}. {_dates_in_words(case)}"


def undoable(session: Session, by: Officer, *, since: datetime) -> list[tuple[Case, CaseEvent]]:
    """What somebody corrected since an instant and may still undo, the newest first: each case with its correction."""
    asked = (
        select(CaseEvent, Case)
        .join(Case, col(Case.id) == CaseEvent.case_id)
        .where(col(CaseEvent.name).in_(_CORRECTIONS), CaseEvent.by_officer_id == by.id, CaseEvent.at >= since)
        .where(col(Case.campaign_of_id).is_(None))
        .order_by(col(CaseEvent.id).desc())
    )
    found: dict[int, tuple[Case, CaseEvent]] = {}
    for event, case in session.exec(asked):
        found.setdefault(case.number, (case, event))
    return [(case, event) for case, event in found.values() if own_correction(session, case, by) == event]


def _newest(session: Session, case: Case) -> CaseEvent | None:
    named = (CaseEvent.case_id == case.number, col(CaseEvent.name).in_((*_CORRECTIONS, UNDONE)))
    return session.exec(select(CaseEvent).where(*named).order_by(col(CaseEvent.id).desc()).limit(1)).first()


def _why_not_again(session: Session, case: Case, newest: CaseEvent, correction: int | None) -> str:
    """What to say after an undoing: it need not be the correction that is meant that was undone."""
    undoings = session.exec(select(CaseEvent).where(CaseEvent.case_id == case.number, CaseEvent.name == UNDONE)).all()
    meant = next((each for each in undoings if each.details["correction"] == correction), None)
    if meant is None and correction is not None:
        later = f"It stands: a later correction of the case was undone{_who_and_when(session, newest)}."
        return f"{later} Correct it anew, with “Wrong kind” or “Wrong area”."
    return f"The correction is undone already{_who_and_when(session, meant or newest)}."


def _hindrances(session: Session, case: Case, correction: CaseEvent) -> Iterator[str]:
    """What stands in the way of undoing a correction, in sentences."""
    if case.campaign_of_id is not None or parents_among(session, [case.number]):
        yield "It is part of a campaign, whose cases are filed alike."
    after = (CaseEvent.case_id == case.number, col(CaseEvent.id) > correction.id)
    others = (*after, col(CaseEvent.name).not_in(_CHANGES_NOTHING))
    for event in session.exec(select(CaseEvent).where(*others).order_by(col(CaseEvent.id))).all():
        if not _is_its_own(event):
            yield f"Something has happened since: {event.name.replace('_', ' ')}{_who_and_when(session, event)}."


def _is_its_own(event: CaseEvent) -> bool:
    """Whether the correction itself brought it about: a person who chooses a procedure says why."""
    return event.name == PROCEDURE_CHANGED and not event.details.get("reason")


def _who_and_when(session: Session, event: CaseEvent) -> str:
    officer = session.get(Officer, event.by_officer_id) if event.by_officer_id else None
    return (f" by {officer.name}" if officer else "") + f" on {in_words(london_date(event.at))}"


def _undo(
    session: Session, case: Case, correction: CaseEvent, *, by: Officer, settings: Settings, now: datetime
) -> None:
    was = correction.details["was"]
    if was["procedure"] not in settings.procedures:
        raise StepNotAllowed("The procedure it was on stands no longer in the settings.")
    undone: dict[str, Any] = {"correction": correction.id, "what": correction.name, "kind_before": case.kind}
    undone |= {"areas_before": case.areas, "procedure_before": case.procedure}
    is_moved = case.procedure != was["procedure"]
    file_as_it_was(case, was)
    if correction.name == AREA_CORRECTED:
        _give_back(session, case, was)
    case.look_again = now if case.status != CaseStatus.CLOSED else None
    reckon(case, settings=settings)
    record(session, case, UNDONE, by=by, now=now, **undone)
    redraw_alerts(session, case, now=now)
    if is_moved:
        _reopen_duties(session, case, correction, by=by, now=now)
        start_clocks(session, case, settings=settings, now=now, by=by)


def _give_back(session: Session, case: Case, was: dict[str, Any]) -> None:
    """An owner whom the correction took off has the case again; one who may not open it lets go of it."""
    number = case.owner_id or was["owner_id"]
    owner = session.get(Officer, number) if number else None
    case.owner_id = owner.id if owner and owner.may_see(case.areas) else None


def _reopen_duties(session: Session, case: Case, correction: CaseEvent, *, by: Officer, now: datetime) -> None:
    """The steps of the procedure that were dropped when the correction took the case off it are owed again."""
    settled = select(CaseEvent).where(
        CaseEvent.case_id == case.number, CaseEvent.name == "duty_settled", col(CaseEvent.id) > correction.id
    )
    dropped = {e.details["duty"] for e in session.exec(settled) if e.details.get("reason") == NOT_ITS_ANY_LONGER}
    milestones = (Duty.kind == DutyKind.MILESTONE, Duty.state == DutyState.DROPPED, col(Duty.id).in_(dropped))
    for duty in session.exec(select(Duty).where(*milestones).order_by(col(Duty.id)).with_for_update()).all():
        duty.state, duty.look_again = DutyState.OPEN, now
        session.add(duty)
        note(session, case, REOPENED_DUTY, by=by, now=now, duty=duty.number, kind=duty.kind)


def _filed_in_words(case: Case) -> str:
    kind = KINDS[Kind(case.kind)].name.lower() if case.kind else "nobody is sure what it is"
    return f"{kind}; {AREAS[case.main_area].name}"


def _dates_in_words(case: Case) -> str:
    answer = f"Answer: by {in_words(case.respond_by)}." if case.respond_by else "Answer: not due."
    new = f"Acknowledgement: by {in_words(case.acknowledge_by)}. " if case.status == CaseStatus.NEW else ""
    return f"{new}{answer}"
