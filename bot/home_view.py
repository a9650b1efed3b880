"""What an officer's Home tab shows, gathered from the record: references, services, dates; never a resident's word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer
from sqlalchemy import case as case_when
from sqlmodel import Session, col, func, select

from bot.triage_view import NOTHING_WAITS, Sorting, Waiting, sorting, waiting
from models.absence import Absence
from models.absences import absences_of
from models.case import Case
from models.case_clock import running_clock
from models.clock import london_date
from models.covering import Roster, may_act, roster
from models.duty import Duty, DutyKind, DutyState
from models.owed import cases_owed, is_owed
from models.people import Officer
from models.rules.labels import Area, Kind
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.stuck import Stuck, areas_managed, stuck

MOST_ROWS = 12
"""Rows of one list: five lists of two blocks a row stay within the 100 blocks of a Home tab."""


class Shown(StrEnum):
    """Which of the cases a Home tab lists."""

    ALL = "all"
    LATE = "late"
    WEEK = "due within a week"
    SORT = "to sort"


class Asking(NamedTuple):
    """What somebody wants to see of their tab; ``note`` says what their last press did."""

    shown: Shown = Shown.ALL
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One case in a list; ``due`` is None while no clock runs, ``clock`` what is due."""

    case_id: int
    reference: str
    kind: Kind | None
    area: Area
    stage: int
    clock: str = ""
    due: date | None = None
    is_paused: bool = False


@dataclass(frozen=True)
class Rows:
    """The first rows of a list, the nearest date first, and how many there are in all."""

    rows: tuple[Row, ...] = ()
    count: int = 0


@dataclass(frozen=True)
class TeamBoard:
    """One team's open cases in figures."""

    team: str
    owed: int
    late: int
    unowned: int


@dataclass(frozen=True)
class HomeView:
    """One officer's Home tab.

    ``covered`` has the lists of those the officer stands in for, by name; ``unowned`` what nobody of the officer's
    services has taken; ``asked`` what was asked of others and is not answered: reference and last day.
    ``board`` is every team, for the corporate lead; () for others.
    ``waiting``: how much there is to sort; ``sorting``: the queue itself, where that is what is shown.
    ``stuck``: for whoever manages a team, what of its cases does not move.
    """

    name: str
    today: date
    shown: Shown
    mine: Rows
    covered: tuple[tuple[str, Rows], ...] = ()
    unowned: Rows = Rows()
    asked: tuple[tuple[str, date], ...] = ()
    away: tuple[Absence, ...] = ()
    board: tuple[TeamBoard, ...] = ()
    waiting: Waiting = NOTHING_WAITS
    sorting: Sorting | None = None
    stuck: tuple[Stuck, ...] = ()


def home_view(session: Session, officer: Officer, asked: Asking, *, settings: Settings, now: datetime) -> HomeView:
    """Gather what one officer's Home tab shows."""
    today, shown = london_date(now), asked.shown
    if shown is Shown.SORT:
        found = sorting(session, officer, now=now, note=asked.note)
        return HomeView(officer.name, today, shown, mine=Rows(), waiting=found.waiting, sorting=found)
    here = roster(session, today)
    managed = areas_managed(session, officer, settings=settings, today=today)
    return HomeView(
        name=officer.name,
        today=today,
        shown=shown,
        mine=_rows(cases_owed(session, officer), shown, today),
        covered=_covered(session, officer, here, shown, today),
        unowned=_rows(_unowned(session, officer), shown, today),
        asked=_asked(session, officer),
        away=tuple(absences_of(session, officer, since=today)[:1]),
        board=_board(session, today, settings) if officer.is_corporate_lead else (),
        waiting=waiting(session, officer),
        stuck=tuple(stuck(session, managed, now=now, by=officer)),
    )


def _covered(
    session: Session, officer: Officer, here: Roster, shown: Shown, today: date
) -> tuple[tuple[str, Rows], ...]:
    found = []
    for number in here.away:
        person = here.officers[number]
        if person.id != officer.id and here.stands_in(person) is not None and here.stands_in(person) == officer:
            theirs = [case for case in cases_owed(session, person) if may_act(session, case, officer)]
            found.append((person.name, _rows(theirs, shown, today)))
    return tuple(found)


def _unowned(session: Session, officer: Officer) -> list[Case]:
    """Cases of the officer's services that nobody owns, the nearest date first."""
    due = _running()
    query = select(Case).where(is_owed(), col(Case.owner_id).is_(None)).order_by(due.is_(None), due, col(Case.id))
    return [case for case in session.exec(query) if officer.may_see(case.areas)]


def _running() -> ColumnElement[date | None]:
    """The date a case runs to now."""
    return case_when((col(Case.status) == CaseStatus.NEW, col(Case.acknowledge_by)), else_=col(Case.respond_by))


def _asked(session: Session, officer: Officer) -> tuple[tuple[str, date], ...]:
    query = (
        select(col(Case.reference), col(Duty.due))
        .join(Duty, col(Duty.case_id) == Case.id)
        .where(Duty.kind == DutyKind.REQUEST, Duty.state == DutyState.OPEN, Duty.made_by_id == officer.id)
        .order_by(col(Duty.due), col(Duty.id))
        .limit(MOST_ROWS)
    )
    return tuple((reference, due) for reference, due in session.exec(query))


def _board(session: Session, today: date, settings: Settings) -> tuple[TeamBoard, ...]:
    area = col(Case.areas)[0].as_string()
    late = func.sum(func.coalesce((_running() < today), False).cast(Integer))
    unowned = func.sum(col(Case.owner_id).is_(None).cast(Integer))
    query = select(area, func.count(), late, unowned).where(is_owed()).group_by(area)
    found: dict[str, list[int]] = {}
    for name, *counts in session.exec(query):
        team = settings.team_for(Area(name) if name else Area.CORPORATE_OTHER).name
        before = found.get(team, [0, 0, 0])
        found[team] = [a + int(b or 0) for a, b in zip(before, counts, strict=True)]
    return tuple(TeamBoard(team.name, *found[team.name]) for team in settings.teams if team.name in found)


def _rows(cases: Sequence[Case], shown: Shown, today: date) -> Rows:
    listed = [row for row in map(_row, cases) if _is_shown(row, shown, today)]
    return Rows(tuple(listed[:MOST_ROWS]), len(listed))


def _is_shown(row: Row, shown: Shown, today: date) -> bool:
    match shown:
        case Shown.ALL | Shown.SORT:
            return True
        case Shown.LATE:
            return row.due is not None and row.due < today
        case Shown.WEEK:
            return row.due is not None and row.due <= today + timedelta(days=7)


def _row(case: Case) -> Row:
    clock = running_clock(case)
    return Row(
        case.number,
        case.reference,
        Kind(case.kind) if case.kind else None,
        case.main_area,
        case.stage,
        clock.name if clock else "",
        clock.due if clock else None,
        case.paused_on is not None,
    )
