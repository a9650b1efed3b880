"""Cases that belong together: related, split from one another, or merged."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from models.case import Case
from models.case_link import CaseLink, LinkKind
from models.correspondence import Correspondence
from models.once import insert_once
from models.people import Officer

MERGED = "merged"
"""The outcome of a case that was merged into another."""


def put_link(session: Session, case: Case, other: Case, kind: LinkKind, *, by: Officer, now: datetime) -> bool:
    """Link two cases. False: they were linked so before, and nothing changes."""
    made = insert_once(
        session, CaseLink, case_id=case.number, other_id=other.number, kind=kind, at=now, by_officer_id=by.id
    )
    return made is not None


def links_of(session: Session, case: Case) -> Sequence[CaseLink]:
    """Every link of a case, whichever end of it the case is."""
    either = or_(col(CaseLink.case_id) == case.number, col(CaseLink.other_id) == case.number)
    return session.exec(select(CaseLink).where(either).order_by(col(CaseLink.id))).all()


def letters_with_merged(session: Session, case: Case) -> Sequence[Correspondence]:
    """Everything said on a case and on those merged into it, oldest first.

    A merged case that was opened again speaks for itself, and its letters are no longer read here.
    """
    merged = (
        select(CaseLink.case_id)
        .join(Case, col(Case.id) == CaseLink.case_id)
        .where(CaseLink.other_id == case.number, CaseLink.kind == LinkKind.MERGED_INTO, Case.outcome == MERGED)
    )
    of_either = or_(col(Correspondence.case_id) == case.number, col(Correspondence.case_id).in_(merged))
    return session.exec(
        select(Correspondence).where(of_either).order_by(col(Correspondence.at), col(Correspondence.id))
    ).all()
