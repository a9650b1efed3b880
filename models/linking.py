"""Cases that belong together: related, split from one another, or merged."""

from datetime import datetime

from sqlmodel import Session

from models.case import Case
from models.case_link import CaseLink, LinkKind
from models.once import insert_once
from models.people import Officer


def put_link(session: Session, case: Case, other: Case, kind: LinkKind, *, by: Officer, now: datetime) -> bool:
    """Link two cases. False: they were linked so before, and nothing changes."""
    made = insert_once(
        session, CaseLink, case_id=case.number, other_id=other.number, kind=kind, at=now, by_officer_id=by.id
    )
    return made is not None
