"""What independent people cost: by case and in a year."""

import re
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.case import Case
from models.independent import Appointment, Independent

_YEAR = re.compile(r"(\d{4})(?:-(\d{2}))?")


def year_of(text: str) -> tuple[date, date] | None:
    """The first and the last day of a council's year, "2026-27" (April to March), or of "2026"; None: it is neither."""
    found = _YEAR.fullmatch(text) if text.isascii() else None
    if found is None or not 2000 <= (year := int(found[1])) <= 2200:
        return None
    if found[2] is None:
        return date(year, 1, 1), date(year, 12, 31)
    return (date(year, 4, 1), date(year + 1, 3, 31)) if int(found[2]) == (year + 1) % 100 else None


@dataclass(frozen=True)
class Cost:
    """What one appointment cost; ``is_expected``: it still runs, and this is the fee."""

    reference: str
    stage: int
    role: str
    name: str
    pence: int
    is_expected: bool


def costs(session: Session, first: date, last: date) -> list[Cost]:
    """Appointments that ended between two days, and those that run now and began by the last; case by case."""
    query = select(Appointment, Case, Independent).join(Case, col(Case.id) == Appointment.case_id)
    query = query.join(Independent, col(Independent.id) == Appointment.independent_id)
    found = session.exec(query.order_by(col(Case.id), col(Appointment.stage), col(Appointment.id))).all()
    return [_cost(*each) for each in found if _counts(each[0], first, last)]


def _counts(appointment: Appointment, first: date, last: date) -> bool:
    if appointment.ended_on is None:
        return appointment.appointed_at.date() <= last
    return first <= appointment.ended_on <= last


def _cost(appointment: Appointment, case: Case, person: Independent) -> Cost:
    is_expected = appointment.ended_on is None
    known = appointment.cost_pence if appointment.cost_pence is not None else person.fee_pence
    return Cost(case.reference, appointment.stage, appointment.role, person.name, known, is_expected)
