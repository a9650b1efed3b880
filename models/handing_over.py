"""The hand-over list: what somebody has in hand, for whoever looks after it. No words of a resident's are in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.absences import Leave, absences_of
from models.case import Case
from models.case_clock import running_clock
from models.covering import roster
from models.duty import Duty, DutyKind, DutyState
from models.duty_list import Which, duties
from models.owed import cases_in_hand
from models.people import Officer
from models.rules.labels import AREAS

_NAMED = 15
"""Of each sort, in a message in Slack; the command line lists all."""


@dataclass(frozen=True)
class Item:
    """Something in hand: on which case, what it is, by when; ``of`` is the partner or service it was asked of."""

    reference: str
    area: str
    what: str
    due: date | None
    of: str = ""

    def __str__(self) -> str:
        """As a line in Slack says it."""
        return f"{self.reference} {self.what}" + (f" by {self.due.day} {self.due:%B}" if self.due else "")


@dataclass(frozen=True)
class HandOver:
    """What somebody has in hand on a day.

    - ``away``: their absence in words, "" when they are here; ``stood_in_by``: who acts for them, "" when nobody does.
    - ``asked``: what they asked of others and is open; ``covers_for``: whose cover they are.
    """

    name: str
    email: str
    has_left: bool
    away: str
    stood_in_by: str
    cases: tuple[Item, ...]
    duties: tuple[Item, ...]
    asked: tuple[Item, ...]
    covers_for: tuple[str, ...]


def hand_over(session: Session, officer: Officer, *, on: date) -> HandOver:
    """What an officer, or a leaver, has in hand, the nearest date first."""
    here = roster(session, on)
    running = [each for each in absences_of(session, officer, since=on) if each.from_day <= on]
    stands_in = here.stands_in(officer) if here.is_away(officer) else None
    return HandOver(
        name=officer.name,
        email=officer.email,
        has_left=not officer.is_active,
        away=str(Leave(running[0].from_day, running[0].until_day)) if running else "",
        stood_in_by=stands_in.name if stands_in else "",
        cases=tuple(_case(case) for case in cases_in_hand(session, officer)),
        duties=tuple(_duty(*each) for each in duties(session, Which(owner=officer))),
        asked=tuple(_duty(*each) for each in _asked(session, officer)),
        covers_for=tuple(here.officers[number].name for number, cover in here.away.items() if cover == officer.id),
    )


def in_short(found: HandOver) -> str:
    """What is in hand, as one paragraph that a cover or whoever comes back reads in Slack."""
    return " ".join(_parts(found)) or "There is nothing in hand."


def _parts(found: HandOver) -> Iterator[str]:
    for what, items in (("Cases", found.cases), ("Duties", found.duties), ("Asked of others", found.asked)):
        if items:
            yield f"{what} ({len(items)}): {_named(items)}."


def _named(items: tuple[Item, ...]) -> str:
    return "; ".join(map(str, items[:_NAMED])) + (f"; and {len(items) - _NAMED} more" if len(items) > _NAMED else "")


def _case(case: Case) -> Item:
    clock = running_clock(case)
    what = {"acknowledge": "acknowledgement", "answer": "answer"}.get(clock.name, clock.name) if clock else ""
    what = what or ("paused" if case.paused_on else f"{case.status}, nothing due")
    return Item(case.reference, AREAS[case.main_area].name, what, clock.due if clock else None)


def _duty(duty: Duty, case: Case) -> Item:
    return Item(case.reference, AREAS[case.main_area].name, duty.kind.value, duty.due, of=duty.party)


def _asked(session: Session, officer: Officer) -> Iterable[tuple[Duty, Case]]:
    """Requests to partners and services that somebody made and that are open."""
    open_requests = (Duty.kind == DutyKind.REQUEST, Duty.state == DutyState.OPEN, Duty.made_by_id == officer.id)
    query = select(Duty, Case).join(Case, col(Case.id) == Duty.case_id).where(*open_requests)
    return session.exec(query.order_by(col(Duty.due), col(Duty.id))).all()
