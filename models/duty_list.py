"""The questions asked of duties, and what came of each: on time, late or not at all. Reading only."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, or_, select

from models.case import Case
from models.clock import london_date
from models.duty import Duty, DutyKind, DutyState
from models.people import Officer


class Result(StrEnum):
    """What came of a duty; the words are those in which Ombudsmen count recommendations."""

    OPEN = "open"
    ON_TIME = "complete on time"
    LATE = "complete late"
    NOT_COMPLETE = "not complete"
    DROPPED = "dropped"


_SETTLED = {
    DutyState.OPEN: Result.OPEN,
    DutyState.NOT_DONE: Result.NOT_COMPLETE,
    DutyState.DROPPED: Result.DROPPED,
}


def result(duty: Duty) -> Result:
    """What came of a duty: never stored, so that it always agrees with its days."""
    state = DutyState(duty.state)
    if state in _SETTLED:
        return _SETTLED[state]
    return Result.LATE if _was_late(duty) else Result.ON_TIME


def is_paused(duty: Duty, case: Case) -> bool:
    """Whether its date stands still: a report is due with the answer, whose clock is paused."""
    is_report = duty.kind == DutyKind.INVESTIGATION and duty.state == DutyState.OPEN
    return is_report and case.paused_on is not None


def is_late(duty: Duty, case: Case, *, now: datetime) -> bool:
    """Whether an open duty has passed its last day in London, or its last instant; one that is paused has not."""
    if duty.state != DutyState.OPEN or is_paused(duty, case):
        return False
    return now > duty.due_at if duty.due_at else london_date(now) > duty.due


@dataclass(frozen=True)
class Which:
    """Which duties are meant: of a case, of an officer, open ones, ones whose last day or instant has passed."""

    case: Case | None = None
    owner: Officer | None = None
    kind: DutyKind | None = None
    include_settled: bool = False
    late_at: datetime | None = None


def duties(session: Session, which: Which) -> Sequence[tuple[Duty, Case]]:
    """The duties that are meant, each with its case, the nearest date first.

    Those that name no owner are owed by whoever has the case.
    """
    query = select(Duty, Case).join(Case, col(Case.id) == Duty.case_id).where(*_conditions(which))
    return session.exec(query.order_by(col(Duty.due), col(Duty.id))).all()


def duties_around(session: Session, officers: Iterable[Officer]) -> Sequence[tuple[Duty, Case]]:
    """The open duties that these officers owe, and all those on their cases and on cases without an owner."""
    numbers = [each.id for each in officers]
    is_near = or_(col(Case.owner_id).is_(None), col(Case.owner_id).in_(numbers), col(Duty.owner_id).in_(numbers))
    query = select(Duty, Case).join(Case, col(Case.id) == Duty.case_id).where(is_near, Duty.state == DutyState.OPEN)
    return session.exec(query.order_by(col(Duty.due), col(Duty.id))).all()


def has_late_duty(now: datetime) -> ColumnElement[bool]:
    """What holds of a case one of whose open duties has passed its last day or instant."""
    return exists().where(col(Duty.case_id) == Case.id, *_conditions(Which(late_at=now))).correlate(Case)


def open_duties(session: Session, case: Case, *kinds: DutyKind) -> list[Duty]:
    """What is still owed on a case, the nearest date first; of some kinds only, if any are named."""
    found = [duty for duty, _ in duties(session, Which(case=case))]
    return [duty for duty in found if not kinds or duty.kind in kinds]


def _conditions(which: Which) -> Iterator[ColumnElement[bool]]:
    if which.case is not None:
        yield col(Duty.case_id) == which.case.number
    if which.owner is not None:
        through_the_case = and_(col(Duty.owner_id).is_(None), col(Case.owner_id) == which.owner.id)
        yield or_(col(Duty.owner_id) == which.owner.id, through_the_case)
    if which.kind is not None:
        yield col(Duty.kind) == which.kind
    if which.late_at is not None:
        by_the_day = and_(col(Duty.due_at).is_(None), col(Duty.due) < london_date(which.late_at))
        yield or_(by_the_day, col(Duty.due_at) < which.late_at)
        yield or_(col(Duty.kind) != DutyKind.INVESTIGATION, col(Case.paused_on).is_(None))
    if not which.include_settled:
        yield col(Duty.state) == DutyState.OPEN


def _was_late(duty: Duty) -> bool:
    if duty.due_at and duty.done_at:
        return duty.done_at > duty.due_at
    return duty.done_on is None or duty.done_on > duty.due
