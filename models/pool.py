"""The pool of independent people: who is in it, who is free, and which seats at open cases wait for somebody.

Children Act 1989 Representations Procedure (England) Regulations 2006 (SI 2006/1738): an Independent Person is no
member or officer of the council, and the one of stage 2 may not sit on the panel of stage 3. The Investigating Officer
may be an officer of another service (``models.own_investigators``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from models.case import Case
from models.clock import in_words
from models.council import officer_by_email
from models.independent import Appointment, Independent, Unavailability
from models.owed import is_owed
from models.own_investigators import INVESTIGATING_OFFICER
from models.reckoning import stage_of
from models.rules.errors import GivenWrong
from models.settings import Settings

PANEL_MEMBER = "panel member"
"""What somebody of the pool is called who may take any seat on a panel."""

_OWN_STAFF = frozenset({"adjudicator"})
"""Roles that a senior manager of the council's takes, and nobody of the pool."""


def pool_role(seat: str) -> str:
    """What somebody must be to take a seat that a stage names: the chair of a panel is a panel member."""
    return PANEL_MEMBER if "panel" in seat.lower() else seat


def pool_roles(settings: Settings) -> list[str]:
    """Every role of the settings' procedures that the pool fills."""
    stages = (stage for procedure in settings.procedures.values() for stage in procedure.stages)
    seats = [seat for stage in stages for seat in stage.roles if seat not in _OWN_STAFF]
    return list(dict.fromkeys(map(pool_role, seats)))


class Newcomer(NamedTuple):
    """Somebody to take into the pool; ``fee_pence`` is their fee for a case."""

    name: str
    email: str
    roles: tuple[str, ...]
    fee_pence: int = 0


def take_in(session: Session, new: Newcomer, *, settings: Settings) -> str:
    """Add somebody to the pool, or bring back somebody who had left it. Raises GivenWrong."""
    email, known = new.email.strip().lower(), pool_roles(settings)
    if "@" not in email:
        raise GivenWrong("email", f"“{new.email}” is no email address.")
    is_officer = officer_by_email(session, email) is not None
    if is_officer and any(role != INVESTIGATING_OFFICER for role in new.roles):
        raise GivenWrong("email", f"{email} is an officer of the council, who is not independent (SI 2006/1738).")
    if wrong := [role for role in new.roles if role not in known]:
        raise GivenWrong("role", f"No procedure has the role “{wrong[0]}”. There are: {', '.join(known) or 'none'}.")
    found = _row(session, email)
    if found is not None and found.is_active:
        raise GivenWrong("email", f"{found.name} ({email}) is in the pool already.")
    person = found or Independent(name="", email=email)
    person.name, person.roles, person.fee_pence, person.is_active = new.name, [*new.roles], new.fee_pence, True
    session.add(person)
    if is_officer:
        return f"{person.name} is in the pool, to investigate complaints about other services than their own."
    return (
        f"{person.name} is in the pool. Make sure that they are no member or officer of the council, nor married to or "
        "in a civil partnership with one."
    )


def member(session: Session, email: str) -> Independent:
    """Somebody of the pool by their address. Raises GivenWrong."""
    found = _row(session, email.strip().lower())
    if found is None or not found.is_active:
        raise GivenWrong("email", f"Nobody of the pool has the address {email}.")
    return found


def be_unavailable(session: Session, person: Independent, first: date, last: date) -> str:
    """Enter days on which somebody is not free, both ends included. Raises GivenWrong."""
    if last < first:
        raise GivenWrong("until", f"It ends on {in_words(last)}, before it begins.")
    session.add(Unavailability(independent_id=person.id or 0, from_day=first, until_day=last))
    return f"{person.name} is not free from {in_words(first)} to {in_words(last)}.{_sits(session, person)}"


def retire(session: Session, person: Independent) -> str:
    """Take somebody out of the pool: they keep what they sit on, and are appointed to nothing new."""
    person.is_active = False
    session.add(person)
    return f"{person.name} has left the pool.{_sits(session, person)}"


def people(session: Session) -> Sequence[Independent]:
    """Everybody in the pool, by name."""
    query = select(Independent).where(col(Independent.is_active).is_(True))
    return session.exec(query.order_by(col(Independent.name), col(Independent.id))).all()


def free_on(session: Session, day: date) -> list[Independent]:
    """Everybody in the pool who is free on a day, by name."""
    busy = select(Unavailability.independent_id).where(Unavailability.from_day <= day, Unavailability.until_day >= day)
    numbers = set(session.exec(busy))
    return [person for person in people(session) if person.id not in numbers]


def running(session: Session) -> Sequence[tuple[Appointment, Case]]:
    """Appointments that have not ended, each with its case."""
    query = select(Appointment, Case).join(Case, col(Case.id) == Appointment.case_id)
    return session.exec(query.where(col(Appointment.ended_on).is_(None)).order_by(col(Appointment.id))).all()


@dataclass(frozen=True)
class Seat:
    """A role at the present stage of an open case that nobody has been appointed to."""

    reference: str
    stage: int
    role: str


def empty_seats(session: Session, settings: Settings) -> list[Seat]:
    """The seats that wait for somebody of the pool, at all open cases, in the order in which the cases came."""
    asking = [name for name, each in settings.procedures.items() if any(stage.roles for stage in each.stages)]
    cases = session.exec(select(Case).where(is_owed(), col(Case.procedure).in_(asking)).order_by(col(Case.id))).all()
    return [Seat(case.reference, case.stage, role) for case in cases for role in seats_to_fill(session, case, settings)]


def seats_to_fill(session: Session, case: Case, settings: Settings) -> list[str]:
    """The roles of a case's stage that nobody of the pool is appointed to now."""
    taken = {each.role for each in sitting(session, case) if each.stage == case.stage}
    return [role for role in stage_of(case, settings).roles if role not in taken and role not in _OWN_STAFF]


def sitting(session: Session, case: Case, *, include_ended: bool = False) -> Sequence[Appointment]:
    """Who is appointed to a case, at whatever stage; with ``include_ended`` whoever ever was."""
    query = select(Appointment).where(Appointment.case_id == case.number).order_by(col(Appointment.id))
    if not include_ended:
        query = query.where(col(Appointment.ended_on).is_(None))
    return session.exec(query).all()


def _row(session: Session, email: str) -> Independent | None:
    return session.exec(select(Independent).where(Independent.email == email)).first()


def _sits(session: Session, person: Independent) -> str:
    named = [case.reference for appointment, case in running(session) if appointment.independent_id == person.id]
    return f" They sit on {', '.join(named)}: appoint somebody else where that cannot wait." if named else ""
