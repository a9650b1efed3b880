"""Recording what the classifier thinks of a case. It proposes; it never closes or refuses."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from models.arrivals import note_signals
from models.case import Case
from models.correspondence import Correspondence, Direction
from models.handling import reckon_answer
from models.record import raise_alert, record
from models.rules.labels import Signal
from models.rules.opinions import Opinion
from models.rules.warning_signs import signs_in_signals
from models.settings import Settings
from models.triage import Suggestion


def next_untriaged(session: Session) -> tuple[Case, Correspondence] | None:
    """The oldest case nobody has looked at yet, with its first letter."""
    case = session.exec(
        select(Case)
        .where(col(Case.is_triaged).is_(False))
        .order_by(col(Case.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    if case is None:
        return None
    first = select(Correspondence).where(
        Correspondence.case_id == case.number, col(Correspondence.direction) == Direction.IN
    )
    return case, session.exec(first.order_by(col(Correspondence.id)).limit(1)).one()


def record_suggestion(session: Session, case: Case, opinion: Opinion, *, settings: Settings, now: datetime) -> bool:
    """Record an opinion on an untriaged case, draw its card, and warn of grave signals.

    False when the case was triaged meanwhile; then nothing changes.
    """
    if case.is_triaged:
        return False
    session.add(_as_row(case, opinion, now))
    case.is_triaged = True
    if not case.is_decided_by_person:
        case.kind = opinion.kind
        case.areas = [area.area.value for area in opinion.areas]
        reckon_answer(case, settings=settings)
    record(session, case, "suggestion_recorded", now=now, kind=opinion.kind, version=opinion.version)
    new = note_signals(session, case, opinion.signals)
    warn_of_signals(session, case, new, settings=settings, now=now)
    return True


def warn_of_signals(
    session: Session, case: Case, signals: Sequence[Signal], *, settings: Settings, now: datetime
) -> None:
    """An alert to the lead for each grave signal."""
    for sign in signs_in_signals(signals, settings.warnings.grave_signals):
        raise_alert(session, case, sign, now=now)


def _as_row(case: Case, opinion: Opinion, now: datetime) -> Suggestion:
    return Suggestion(
        case_id=case.number,
        at=now,
        kind=opinion.kind,
        guess=opinion.guess,
        confidence=opinion.confidence,
        areas=[[area.area.value, area.confidence] for area in opinion.areas],
        signals=[signal.value for signal in opinion.signals],
        reasons=list(opinion.reasons),
        model_version=opinion.version,
    )
