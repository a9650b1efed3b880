"""What officers have on their hands: open cases that are still owed an acknowledgement or an answer."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlalchemy import case as case_when
from sqlmodel import Session, col, func, select

from models.case import Case
from models.people import Officer
from models.rules.steps import CaseStatus


def is_owed() -> ColumnElement[bool]:
    """What holds of a case with something left to do before its answer. One that follows another is that one's work."""
    is_unanswered = col(Case.status).in_((CaseStatus.NEW, CaseStatus.ACKNOWLEDGED))
    return is_unanswered & col(Case.campaign_of_id).is_(None)


def cases_owed(session: Session, officer: Officer) -> Sequence[Case]:
    """The cases somebody owns and has not answered, the nearest date first."""
    return _of(session, officer, is_owed())


def cases_in_hand(session: Session, officer: Officer) -> Sequence[Case]:
    """The cases somebody owns that are not closed, answered ones too; the nearest date first."""
    return _of(session, officer, (col(Case.status) != CaseStatus.CLOSED) & col(Case.campaign_of_id).is_(None))


def owed_by_officer(session: Session) -> dict[int, int]:
    """How many cases each officer owns and has not answered, by the officer's number; those with none are not in it."""
    counted = select(Case.owner_id, func.count()).where(is_owed(), col(Case.owner_id).is_not(None))
    return {number: count for number, count in session.exec(counted.group_by(col(Case.owner_id))) if number}


def _of(session: Session, officer: Officer, which: ColumnElement[bool]) -> Sequence[Case]:
    running = case_when((col(Case.status) == CaseStatus.NEW, col(Case.acknowledge_by)), else_=col(Case.respond_by))
    is_done = col(Case.responded_on).is_not(None)
    query = select(Case).where(which, Case.owner_id == officer.id)
    return session.exec(query.order_by(is_done, running.is_(None), running, col(Case.id))).all()
