"""Who stands in for whom on a day: a cover who is away has a cover too, and behind them all stands the manager."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from models.absence import Absence
from models.case import Case
from models.people import Officer
from models.rules.errors import NotEntitled
from models.rules.labels import Area
from models.settings import Settings
from models.stages import check_looks_afresh


@dataclass(frozen=True)
class Roster:
    """Who is here on one day. Read once, it answers for many cases.

    ``officers`` by number, leavers too; ``away``: of everybody who is away or has left, their cover's number or None.
    """

    officers: Mapping[int, Officer]
    away: Mapping[int, int | None]

    def is_away(self, officer: Officer) -> bool:
        """Whether somebody else must act in their place."""
        return officer.id in self.away

    def stands_in(self, officer: Officer) -> Officer | None:
        """Who acts for an officer: themselves when here, else their cover, or the cover's cover; None: nobody is here.

        People who cover for each other and are all away are nobody.
        """
        met: set[int] = set()
        number = officer.id
        while number is not None and number in self.away and number not in met:
            met.add(number)
            number = self.away[number]
        return None if number is None or number in self.away else self.officers[number]

    def manager(self, area: Area, settings: Settings) -> Officer | None:
        """The manager of the area's team, or whoever stands in for them; None: none is set, or nobody is here."""
        email = (settings.team_for(area).manager or "").lower()
        manager = next((each for each in self.officers.values() if each.email == email), None) if email else None
        return self.stands_in(manager) if manager else None


def roster(session: Session, day: date) -> Roster:
    """Who is here on that day, and who covers for those that are not. An absence includes both its ends."""
    ((_, here),) = rosters(session, day, day)
    return here


def rosters(session: Session, first: date, last: date) -> Iterator[tuple[date, Roster]]:
    """Who is here on the first day, and from each day on, up to the last, on which somebody goes away or comes back."""
    officers = {each.id: each for each in session.exec(select(Officer)) if each.id is not None}
    meets = (col(Absence.from_day) <= last, col(Absence.until_day) >= first)
    absences = session.exec(select(Absence).where(*meets, is_real()).order_by(col(Absence.id))).all()
    changes = {each.from_day for each in absences} | {each.until_day + timedelta(days=1) for each in absences}
    left: dict[int, int | None] = {number: None for number, each in officers.items() if not each.is_active}
    for day in sorted({first} | {each for each in changes if first < each <= last}):
        away = {each.officer_id: each.cover_id for each in absences if each.from_day <= day <= each.until_day}
        yield day, Roster(officers, left | away)


def is_real() -> ColumnElement[bool]:
    """What holds of an absence that was not called off: one that was ends before it begins."""
    return col(Absence.until_day) >= col(Absence.from_day)


def stands_in(session: Session, officer: Officer, day: date) -> Officer | None:
    """Who acts for an officer on that day, as ``Roster.stands_in``; a leaver is away for ever."""
    return roster(session, day).stands_in(officer)


def who_acts(session: Session, case: Case, here: Roster, *, settings: Settings) -> Officer | None:
    """Who acts on a case: its owner, their cover, or the team's manager; None: it has no owner, or nobody is here.

    A cover who may not open the case, or decided an earlier stage of it, cannot act on it: then it is the manager.
    """
    owner = here.officers.get(case.owner_id) if case.owner_id else None
    if owner is None:
        return None
    found = here.stands_in(owner)
    if found is None or (found is not owner and not may_act(session, case, found)):
        found = here.manager(case.main_area, settings)
    return found


def told_about(session: Session, case: Case, *, settings: Settings, on: date) -> str:
    """Where a line about a case goes that day: the Slack user who acts on it, or the team's channel."""
    return told_by(session, case, roster(session, on), settings=settings)


def told_by(session: Session, case: Case, here: Roster, *, settings: Settings) -> str:
    """The same by a roster that was read before, for whoever asks of many cases."""
    found = who_acts(session, case, here, settings=settings)
    return found.slack_user if found else settings.team_for(case.main_area).channel


def may_act(session: Session, case: Case, by: Officer) -> bool:
    """Whether somebody may open a case and decide it: it is of their areas, and they decided no earlier stage."""
    try:
        check_looks_afresh(session, case, by)
    except NotEntitled:
        return False
    return by.may_see(case.areas)
