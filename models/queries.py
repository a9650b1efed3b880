"""The questions asked of the record. Reading only."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import case as case_when
from sqlmodel import Session, col, func, or_, select

from models.case import REOPENED, Case, CaseEvent
from models.case_link import MERGED, CaseLink, LinkKind
from models.correspondence import Correspondence
from models.outbox import Delivery, OutboxEntry
from models.people import Officer
from models.rules.errors import CaseUnknown
from models.rules.steps import CaseStatus
from models.triage import Suggestion

_SEVERAL = 3


def get_case(session: Session, case_id: int) -> Case:
    """A case to change: its row is locked until the transaction ends. Raises CaseUnknown.

    What was read of it before the lock may be old, and is read anew; what was changed in this session stays.
    """
    case = session.get(Case, case_id, with_for_update=True, populate_existing=True)
    if case is None:
        raise CaseUnknown
    return case


def case_by_reference(session: Session, reference: str) -> Case:
    """The case with that reference. Raises CaseUnknown."""
    case = session.exec(select(Case).where(Case.reference == reference.upper().strip())).first()
    if case is None:
        raise CaseUnknown(f"Look at the reference again: {reference}")
    return case


def open_cases(session: Session, *, include_closed: bool = False) -> Sequence[Case]:
    """Cases, the one with the nearest date first; without the closed ones and those that another speaks for."""
    is_new = col(Case.status) == CaseStatus.NEW
    running = case_when((is_new, col(Case.acknowledge_by)), else_=col(Case.respond_by))
    query = select(Case).order_by(running.is_(None), running, col(Case.id))
    if not include_closed:
        query = query.where(Case.status != CaseStatus.CLOSED, col(Case.campaign_of_id).is_(None))
    return session.exec(query).all()


def overdue(session: Session, *, today: date) -> Sequence[Case]:
    """Open cases whose running clock has passed its last day."""
    late = or_(
        (col(Case.status) == CaseStatus.NEW) & (col(Case.acknowledge_by) < today),
        (col(Case.status) == CaseStatus.ACKNOWLEDGED) & (col(Case.respond_by) < today),
    )
    return session.exec(select(Case).where(late).order_by(col(Case.id))).all()


def history(session: Session, case: Case) -> Sequence[tuple[CaseEvent, str | None]]:
    """Every event of a case in order, each with the name of the officer who did it."""
    query = (
        select(CaseEvent, Officer.name)
        .join(Officer, col(Officer.id) == CaseEvent.by_officer_id, isouter=True)
        .where(CaseEvent.case_id == case.id)
        .order_by(col(CaseEvent.id))
    )
    return session.exec(query).all()


def letters(session: Session, case: Case) -> Sequence[Correspondence]:
    """Everything said with the complainant, and what partners wrote, oldest first; on cases merged into it too.

    A merged case that was opened again speaks for itself, and its letters are no longer read here.
    """
    merged = (
        select(CaseLink.case_id)
        .join(Case, col(Case.id) == CaseLink.case_id)
        .where(CaseLink.other_id == case.id, CaseLink.kind == LinkKind.MERGED_INTO, Case.outcome == MERGED)
    )
    of_either = or_(col(Correspondence.case_id) == case.id, col(Correspondence.case_id).in_(merged))
    query = select(Correspondence).where(of_either)
    return session.exec(query.order_by(col(Correspondence.at), col(Correspondence.id))).all()


def read_with(session: Session, case: Case) -> Case:
    """The case that answers the letters of a merged one, and with which they are read; else the case itself."""
    while case.status == CaseStatus.CLOSED and case.outcome == MERGED:
        merged = select(CaseEvent.details).where(CaseEvent.case_id == case.id, CaseEvent.name == "merged")
        newest = session.exec(merged.order_by(col(CaseEvent.id).desc()).limit(1)).one()
        case = case_by_reference(session, newest["into"])
    return case


def suggestion(session: Session, case: Case) -> Suggestion | None:
    """What the classifier proposed for a case, if it has been asked."""
    return session.exec(select(Suggestion).where(Suggestion.case_id == case.id)).first()


def stuck_deliveries(session: Session) -> Sequence[OutboxEntry]:
    """What could not be delivered, may or may not have been, or was tried several times in vain."""
    given_up = col(OutboxEntry.state).in_((Delivery.FAILED, Delivery.UNCERTAIN))
    is_open = col(OutboxEntry.state).in_((Delivery.WAITING, Delivery.SENDING))
    still_refused = is_open & (col(OutboxEntry.attempts) >= _SEVERAL)
    return session.exec(select(OutboxEntry).where(or_(given_up, still_refused)).order_by(col(OutboxEntry.id))).all()


def times_reopened(session: Session, case: Case) -> int:
    """How often a case was opened again."""
    query = select(func.count()).where(CaseEvent.case_id == case.id, CaseEvent.name == REOPENED)
    return session.exec(query).one()


def officer_names(session: Session) -> dict[int, str]:
    """Every officer's name by row, leavers too."""
    return {officer.id: officer.name for officer in session.exec(select(Officer)) if officer.id}
