"""What a card shows of a case, gathered from the record into a frozen value.

This is the one place that decides what of a case may stand in a channel: the
reference, kind, area, dates, owner and flags. Never a name, an address, a
contact or a word of the resident's.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from models.case import Case
from models.clock import london_date
from models.correspondence import Correspondence, Direction
from models.outbox import Channel, Delivery, OutboxEntry
from models.people import Officer
from models.queries import suggestion
from models.reminders import Alert
from models.rules.labels import Area, Kind, Signal
from models.rules.steps import CaseStatus
from models.settings import Settings


@dataclass(frozen=True)
class CaseView:
    """A case as a card shows it. ``drops_answer``: acknowledging it as this kind lets go of the date for an answer."""

    case_id: int
    reference: str
    status: CaseStatus
    kind: Kind | None
    guess: Kind | None
    confidence: float
    kind_by_person: bool
    reasons: tuple[str, ...]
    areas: tuple[Area, ...]
    signals: tuple[Signal, ...]
    owner: str | None
    acknowledge_by: date
    respond_by: date | None
    letters_since: int
    letter_problem: bool
    today: date
    acknowledged_on: date | None = None
    responded_on: date | None = None
    drops_answer: bool = False


@dataclass(frozen=True)
class AlertView:
    """An alert as the corporate lead's channel shows it."""

    alert_id: int
    reference: str
    area: Area
    owner: str | None
    reason: str
    taken_by: str | None
    case_id: int = 0


def case_view(session: Session, case: Case, *, settings: Settings, now: datetime) -> CaseView:
    """Gather what the card of a case shows."""
    proposed = suggestion(session, case)
    return CaseView(
        case_id=case.number,
        reference=case.reference,
        status=CaseStatus(case.status),
        kind=Kind(case.kind) if case.kind else None,
        guess=Kind(proposed.guess) if proposed else None,
        confidence=proposed.confidence if proposed else 0.0,
        kind_by_person=case.kind_by_person,
        reasons=tuple(proposed.reasons) if proposed else (),
        areas=tuple(Area(area) for area in case.areas),
        signals=tuple(Signal(signal) for signal in case.signals),
        owner=_name(session, case.owner_id),
        acknowledge_by=case.acknowledge_by,
        respond_by=case.respond_by,
        letters_since=_letters_in(session, case) - 1,
        letter_problem=_has_stuck_letter(session, case),
        today=london_date(now),
        acknowledged_on=case.acknowledged_on,
        responded_on=case.responded_on,
        drops_answer=case.kind is not None and case.kind not in settings.procedures[case.procedure].answers,
    )


def alert_view(session: Session, alert: Alert) -> AlertView:
    """Gather what an alert shows."""
    case = session.get_one(Case, alert.case_id)
    return AlertView(
        alert_id=alert.id or 0,
        reference=case.reference,
        area=case.main_area,
        owner=_name(session, case.owner_id),
        reason=alert.reason,
        taken_by=_name(session, alert.taken_by_id),
        case_id=case.number,
    )


def _name(session: Session, officer_id: int | None) -> str | None:
    return session.get_one(Officer, officer_id).name if officer_id else None


def _letters_in(session: Session, case: Case) -> int:
    query = select(func.count()).where(Correspondence.case_id == case.id, Correspondence.direction == Direction.IN)
    return session.exec(query).one()


def _has_stuck_letter(session: Session, case: Case) -> bool:
    stuck = select(OutboxEntry.id).where(
        OutboxEntry.case_id == case.id,
        OutboxEntry.channel == Channel.EMAIL,
        col(OutboxEntry.state).in_((Delivery.FAILED, Delivery.UNCERTAIN)),
    )
    return session.exec(stuck).first() is not None
