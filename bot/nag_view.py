"""Nags as they stand when their message is drawn: what was overtaken, by the act or by a later step, is left out."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, func, select

from bot.nag_lines import NagView
from bot.nag_reader import Reader, is_told_above, reader
from models.case import Case
from models.clock import london_date
from models.duty import DutyKind
from models.queries import officer_names
from models.reminders import Nag
from models.settings import Settings
from models.standing_nags import duty_of, still_stands
from models.verbs.promise import is_for_done

_AT_ONCE = 5_000
NOBODY = "nobody yet"


def nags_of(session: Session, numbers: Sequence[int]) -> list[tuple[Nag, Case]]:
    """The nags with these numbers, oldest first, each with its case."""
    found: list[tuple[Nag, Case]] = []
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        asked = select(Nag, Case).join(Case, col(Case.id) == Nag.case_id).where(col(Nag.id).in_(some))
        found += session.exec(asked.order_by(col(Nag.id))).all()
    return found


def still_due(session: Session, nags: Sequence[tuple[Nag, Case]], *, settings: Settings, to: str = "") -> list[NagView]:
    """What of one recipient's nags is still to be done, once for each clock of a case, as of the day it was given.

    A message that is drawn late, or again because its fate is unknown, says what it said, or leaves it to a newer one.
    ``to``: who reads it, where that is not the recipient; they are offered what they may do.
    """
    names, newest = officer_names(session), _newest(session, nags)
    who = reader(session, to or (nags[0][0].recipient if nags else ""), settings)
    current = ((nag, case) for nag, case in nags if nag.id == newest.get((nag.case_id, nag.clock)))
    seen = (_view(session, nag, case, names, who, settings=settings) for nag, case in current)
    return [view for view in seen if view is not None]


def _newest(session: Session, nags: Sequence[tuple[Nag, Case]]) -> dict[tuple[int, str], int]:
    """The number of the newest nag that was ever given to the same recipient, for each clock of these cases."""
    cases, found = sorted({nag.case_id for nag, _ in nags}), dict[tuple[int, str], int]()
    for start in range(0, len(cases), _AT_ONCE):
        some = cases[start : start + _AT_ONCE]
        asked = select(Nag.case_id, Nag.clock, func.max(Nag.id)).where(
            col(Nag.case_id).in_(some), Nag.recipient == nags[0][0].recipient
        )
        rows = session.exec(asked.group_by(col(Nag.case_id), col(Nag.clock)))
        found |= {(case_id, clock): number or 0 for case_id, clock, number in rows}
    return found


def _view(
    session: Session, nag: Nag, case: Case, names: dict[int, str], who: Reader, *, settings: Settings
) -> NagView | None:
    if nag.due is None or not still_stands(session, nag, case):
        return None
    today, duty = london_date(nag.at), duty_of(session, nag)
    owner_id = (duty.owner_id if duty else None) or case.owner_id
    can_settle = duty is not None and is_for_done(duty, settings) and who.may_settle(nag, case, duty)
    return NagView(
        case.reference,
        nag.clock,
        nag.due,
        today,
        left=_left(case, nag.due, today, settings),
        duty=DutyKind(duty.kind) if duty else None,
        owner=names.get(owner_id or 0, NOBODY) if is_told_above(nag) else None,
        opens=case.number if who.may_open(case) else None,
        settles=duty.number if duty and can_settle else None,
    )


def _left(case: Case, due: date, today: date, settings: Settings) -> int:
    calendar = settings.calendar(case.procedure if case.procedure in settings.procedures else "corporate")
    days = (today + timedelta(days=ahead + 1) for ahead in range((due - today).days))
    return sum(calendar.is_working_day(day) for day in days)
