"""Remedies promised to a resident become duties with a date of their own."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from models.case import Case
from models.duty import Duty, DutyKind, DutyState
from models.once import insert_once
from models.people import Officer
from models.rules.remedies import Remedy


def promise_remedies(session: Session, case: Case, remedies: Sequence[Remedy], *, by: Officer, now: datetime) -> int:
    """Make a duty of each remedy with a date, owned by the case's owner; returns how many. The case is locked.

    Those of an earlier answer at the same stage stand, and the numbers go on after them.
    """
    place = f"{case.reference} stage {case.stage} remedy "
    earlier = select(func.count()).where(col(Duty.case_id) == case.number, col(Duty.key).startswith(place))
    first = session.exec(earlier).one() + 1
    dated = [remedy for remedy in remedies if remedy.due]
    for number, remedy in enumerate(dated, first):
        insert_once(
            session,
            Duty,
            key=f"{place}{number}",
            case_id=case.number,
            kind=DutyKind.REMEDY,
            what=remedy.what,
            due=remedy.due,
            owner_id=case.owner_id or by.id,
            is_personal=True,
            made_at=now,
            made_by_id=by.id,
            look_again=now,
        )
    return len(dated)


def has_open_duties(session: Session, case: Case) -> bool:
    """Whether something that was promised or asked for on a case is still owed."""
    owed = select(Duty.id).where(Duty.case_id == case.number, Duty.state == DutyState.OPEN).limit(1)
    return session.exec(owed).first() is not None
