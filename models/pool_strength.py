"""Whether the pool is large enough: who is free this month, beside the seats at open cases that wait for somebody.

An unfilled pool is an early sign of missed dates (councils report it to their scrutiny panels).
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, select

from models.independent import Independent, Unavailability
from models.pool import empty_seats, people, pool_role, pool_roles, running
from models.settings import Settings


@dataclass(frozen=True)
class Strength:
    """Of one role: how many people have it, how many of them are free this month, and at which cases seats wait.

    ``waiting`` has a case's reference once for each seat. Free is who sits on no case and has a day without other
    plans between today and the end of the month.
    """

    role: str
    people: int
    free: int
    waiting: tuple[str, ...]

    @property
    def warning(self) -> str:
        """A sentence when fewer are free than seats wait; else ""."""
        if self.free >= len(self.waiting):
            return ""
        seats = "1 seat waits" if len(self.waiting) == 1 else f"{len(self.waiting)} seats wait"
        free = "nobody is free" if not self.free else f"only {self.free} {'is' if self.free == 1 else 'are'} free"
        cases = ", ".join(dict.fromkeys(self.waiting))
        return f"As {self.role} {seats} for somebody ({cases}), and {free} this month."


def strengths(session: Session, settings: Settings, *, today: date) -> list[Strength]:
    """How strong the pool is, role by role; a role that is wanted and that nobody has is there too."""
    everybody, free = people(session), {person.id for person in free_this_month(session, today)}
    seats = empty_seats(session, settings)
    return [
        Strength(
            role=role,
            people=sum(role in person.roles for person in everybody),
            free=sum(role in person.roles and person.id in free for person in everybody),
            waiting=tuple(seat.reference for seat in seats if pool_role(seat.role) == role),
        )
        for role in pool_roles(settings)
    ]


def free_this_month(session: Session, today: date) -> list[Independent]:
    """Who could begin something new before the month is over."""
    days = set(_rest_of_month(today))
    busy = {appointment.independent_id for appointment, _ in running(session)}
    taken: dict[int, set[date]] = {}
    for each in session.exec(select(Unavailability).where(Unavailability.until_day >= today)).all():
        taken.setdefault(each.independent_id, set()).update(
            day for day in days if each.from_day <= day <= each.until_day
        )
    return [person for person in people(session) if person.id not in busy and days - taken.get(person.id or 0, set())]


def _rest_of_month(today: date) -> Iterator[date]:
    last = monthrange(today.year, today.month)[1]
    return (today + timedelta(days=ahead) for ahead in range(last - today.day + 1))
