"""What officers decided beside what was suggested: read from the record, which holds all of it. Reading only.

No table is needed. ``Suggestion`` keeps what was proposed, by which version of the model, and is never changed; the
case and its events keep what a person did. A person decides the kind by correcting it, or by acknowledging the case
as it was suggested; to acknowledge what the classifier was not sure of decides nothing. Cases that follow a campaign's
are left out: what was done on them was decided once, on the one that speaks for them.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from models.campaign_members import JOINED, LEFT
from models.case import Case, CaseEvent
from models.clock import london_instant
from models.correspondence import Correspondence, Direction, InboundMessage
from models.people import Complainant
from models.rules.agreement import Agreement, agreement, month_after, month_before
from models.rules.decisions import DecidedLetter, Decision
from models.rules.labels import Area, Kind, Signal
from models.triage import Suggestion
from models.triaging import UNREADABLE

_AT_ONCE = 500
"""Cases asked about in one question: databases take only so many values."""


def agreement_in(session: Session, month: date) -> Agreement:
    """How officers agreed with what was suggested in a London month, by its first day, beside the month before."""
    return agreement(month, decisions(session, month), decisions(session, month_before(month)))


def was_asked(session: Session, month: date) -> bool:
    """Whether the classifier suggested anything in a London month: one cheap question."""
    return session.exec(select(Suggestion.id).where(*_in_month(month)).limit(1)).first() is not None


def decisions(session: Session, month: date) -> list[Decision]:
    """What was suggested in a London month, by its first day, with what has been decided since."""
    firsts = _first_letters(_in_month(month))
    query = (
        select(Suggestion, Case, Complainant.language, InboundMessage.source)
        .add_columns(_is_acknowledged())
        .join(Case, col(Case.id) == Suggestion.case_id)
        .join(Complainant, col(Complainant.id) == Case.complainant_id)
        .join(firsts, firsts.c.case_id == Case.id, isouter=True)
        .join(Correspondence, col(Correspondence.id) == firsts.c.letter_id, isouter=True)
        .join(InboundMessage, col(InboundMessage.id) == Correspondence.inbound_id, isouter=True)
        .where(*_in_month(month), col(Case.campaign_of_id).is_(None))
        .order_by(col(Suggestion.id))
    )
    return [_decision(*row) for row in session.execute(query)]


def decided_letters(session: Session, *, most: int) -> list[DecidedLetter]:
    """The letters whose kind a person decided: the newest ones that were corrected, and as many that were confirmed.

    Both, because a model that is shown only what it got wrong forgets what it got right.
    """
    corrected = and_(col(Case.kind_by_person), col(Case.kind).is_distinct_from(col(Suggestion.kind)))
    confirmed = and_(
        col(Suggestion.kind).is_not(None),
        col(Case.kind).is_not_distinct_from(col(Suggestion.kind)),
        or_(col(Case.kind_by_person), _is_acknowledged()),
    )
    found = [letter for which in (corrected, confirmed) for letter in _letters(session, which, most=most)]
    return sorted(found, key=lambda letter: letter.reference)


def _letters(session: Session, which: ColumnElement[bool], *, most: int) -> list[DecidedLetter]:
    query = (
        select(Suggestion, Case)
        .join(Case, col(Case.id) == Suggestion.case_id)
        .where(which, col(Case.campaign_of_id).is_(None), Suggestion.model_version != UNREADABLE.version)
        .order_by(col(Suggestion.id).desc())
        .limit(most)
    )
    rows: list[tuple[Suggestion, Case]] = [(suggestion, case) for suggestion, case in session.exec(query)]
    numbers = [case.number for _, case in rows]
    campaigns, words = _campaigns(session, numbers), _words(session, numbers)
    return [
        _letter(suggestion, case, campaigns.get(case.number, case.reference), words[case.number])
        for suggestion, case in rows
        if case.number in words
    ]


def _letter(suggestion: Suggestion, case: Case, campaign: str, words: Mapping[str, Any]) -> DecidedLetter:
    areas = case.areas if case.areas_by_person else [area for area, _ in suggestion.areas]
    return DecidedLetter(
        reference=case.reference,
        campaign=campaign,
        kind=Kind(str(case.kind)),
        areas=tuple(map(Area, areas)) or (Area.CORPORATE_OTHER,),
        signals=tuple(map(Signal, suggestion.signals)),
        **words,
    )


def _words(session: Session, numbers: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What the classifier was shown of each case's first letter, by the case's number."""
    found: dict[int, dict[str, Any]] = {}
    for some in _in_parts(numbers):
        firsts = _first_letters((col(Correspondence.case_id).in_(some),))
        query = (
            select(firsts.c.case_id, Correspondence.subject, Correspondence.text, InboundMessage.source)
            .add_columns(col(Complainant.email))
            .select_from(firsts)
            .join(Correspondence, col(Correspondence.id) == firsts.c.letter_id)
            .join(Case, col(Case.id) == firsts.c.case_id)
            .join(Complainant, col(Complainant.id) == Case.complainant_id)
            .join(InboundMessage, col(InboundMessage.id) == Correspondence.inbound_id, isouter=True)
        )
        for number, subject, text, source, sender in session.execute(query):
            found[number] = {"subject": subject, "text": text, "source": source or "", "sender": sender or ""}
    return found


def _campaigns(session: Session, numbers: Sequence[int]) -> dict[int, str]:
    """The campaign that each case was ever found to be part of, by the case's number; others are missing."""
    found: dict[int, str] = {}
    for some in _in_parts(numbers):
        marked = select(CaseEvent.case_id, CaseEvent.details).where(
            col(CaseEvent.case_id).in_(some), col(CaseEvent.name).in_((JOINED, LEFT))
        )
        rows = session.exec(marked.order_by(col(CaseEvent.id))).all()
        found |= {number: str(details["parent"]) for number, details in rows}
    return found


def _in_parts(numbers: Sequence[int]) -> list[Sequence[int]]:
    return [numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE)]


def _first_letters(which: Sequence[ColumnElement[bool] | bool]) -> Any:
    """The letter that opened each case, as a part of a query."""
    return (
        select(Correspondence.case_id, func.min(Correspondence.id).label("letter_id"))
        .join(Suggestion, col(Suggestion.case_id) == Correspondence.case_id)
        .where(col(Correspondence.direction) == Direction.IN, *which)
        .group_by(col(Correspondence.case_id))
        .subquery()
    )


def _in_month(month: date) -> tuple[ColumnElement[bool], ...]:
    return (col(Suggestion.at) >= _start(month), col(Suggestion.at) < _start(month_after(month)))


def _start(month: date) -> datetime:
    return london_instant(month, time(0))


def _is_acknowledged() -> ColumnElement[bool]:
    """Whether a person acknowledged the case, though the letter may have come back since."""
    return (
        select(CaseEvent.id)
        .where(CaseEvent.case_id == Case.id, CaseEvent.name == "acknowledged")
        .correlate(Case)
        .exists()
    )


def _decision(suggestion: Suggestion, case: Case, language: Any, source: str | None, is_acknowledged: bool) -> Decision:
    suggested = Kind(suggestion.kind) if suggestion.kind else None
    area = Area(suggestion.areas[0][0]) if suggestion.areas else Area.CORPORATE_OTHER
    kind_by_person = Kind(case.kind) if case.kind_by_person and case.kind else None
    area_by_person = case.main_area if case.areas_by_person else None
    return Decision(
        reference=case.reference,
        at=suggestion.at,
        source=source or "another letter",
        language=language,
        version=suggestion.model_version,
        suggested=suggested,
        guess=Kind(suggestion.guess),
        confidence=suggestion.confidence,
        area=area,
        decided=kind_by_person or (suggested if is_acknowledged else None),
        decided_area=area_by_person or (area if is_acknowledged else None),
    )
