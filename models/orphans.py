"""What nobody looks after: owned by somebody who has left, or who is away while nobody stands in for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from models.case import Case
from models.case_clock import running_clock
from models.covering import Roster, may_act
from models.duty import Duty, DutyState
from models.owed import is_owed
from models.rules.labels import Area
from models.settings import Settings


@dataclass(frozen=True)
class Orphan:
    """Something owed on a case whose owner cannot do it, and why; ``what`` is a clock or a kind of duty."""

    reference: str
    area: Area
    owner: str
    why: str
    what: str
    due: date | None


class _Owed(NamedTuple):
    case: Case
    owner_id: int | None
    what: str
    due: date | None


def orphans(session: Session, here: Roster) -> list[Orphan]:
    """Every one of them on the roster's day, the nearest date first."""
    if not here.away:
        return []
    found = [_orphan(each, why, here) for each in _owed(session, here) if (why := _why(session, each, here))]
    return sorted(found, key=lambda each: (each.due or date.max, each.reference, each.what))


def who_hears(orphan: Orphan, here: Roster, settings: Settings) -> str:
    """The manager of the service’s team, or whoever stands in for them; else the lead’s channel."""
    manager = here.manager(orphan.area, settings)
    return manager.slack_user if manager else settings.slack.lead_channel


def _owed(session: Session, here: Roster) -> Iterator[_Owed]:
    cases = select(Case).where(is_owed(), col(Case.owner_id).in_(here.away))
    for case in session.exec(cases).all():
        clock = running_clock(case)
        yield _Owed(case, case.owner_id, clock.name if clock else "paused", clock.due if clock else None)
    is_open = (Duty.state == DutyState.OPEN, col(Duty.owner_id).in_(here.away))
    for duty, case in session.exec(select(Duty, Case).join(Case).where(*is_open)).all():
        yield _Owed(case, duty.owner_id, duty.kind.value, duty.due)


def _why(session: Session, owed: _Owed, here: Roster) -> str:
    owner = here.officers[owed.owner_id or 0]
    if not owner.is_active:
        return "has left"
    stands_in = here.stands_in(owner)
    is_covered = stands_in is not None and may_act(session, owed.case, stands_in)
    return "" if is_covered else "is away, and nobody who may act covers"


def _orphan(owed: _Owed, why: str, here: Roster) -> Orphan:
    owner = here.officers[owed.owner_id or 0]
    return Orphan(owed.case.reference, owed.case.main_area, owner.name, why, owed.what, owed.due)
