"""What an officer's Home tab shows, gathered from the record: references, services, dates; never a resident's word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer
from sqlalchemy import case as case_when
from sqlmodel import Session, col, func, select

from bot.duty_lines import duty_lines
from bot.triage_view import NOTHING_WAITS, Sorting, Waiting, sorting, waiting
from models.absence import Absence
from models.absences import absences_of
from models.case import Case
from models.case_clock import running_clock
from models.clock import london_date
from models.covering import Roster, may_act, roster
from models.duty import Duty, DutyKind, DutyState
from models.duty_list import duties_around, has_late_duty, is_late, is_paused
from models.next_due import next_due
from models.owed import cases_owed, is_owed
from models.people import Officer
from models.rules.labels import Area, Kind, Signal
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
    """One case in a list.

    - ``due`` is the day of the case's own clock, None while that does not run; ``clock`` what is due then.
    - ``owed``: of its duties those that want telling, a line each; ``duty_first``: one of them comes before the clock.
    - ``first`` is the nearest day of all that runs; late may also be what was due by an hour of today.
    """

    case_id: int
    reference: str
    kind: Kind | None
    area: Area
    stage: int
    clock: str = ""
    due: date | None = None
    is_paused: bool = False
    first: date | None = None
    is_late: bool = False
    duty_first: bool = False
    owed: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()


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
    covered = _covered(officer, here)
    lists = _Lists(session, shown, now, duties_around(session, [officer, *covered]))
    return HomeView(
        name=officer.name,
        today=today,
        shown=shown,
        mine=lists.of(officer, lists.theirs(officer)),
        covered=tuple((each.name, _covering(lists, each, officer)) for each in covered),
        unowned=lists.of(None, lists.unowned(officer)),
        asked=_asked(session, officer),
        away=tuple(absences_of(session, officer, since=today)[:1]),
        board=_board(session, now, settings) if officer.is_corporate_lead else (),
        waiting=waiting(session, officer),
        stuck=tuple(stuck(session, managed, now=now, by=officer)),
    )


def _covered(officer: Officer, here: Roster) -> list[Officer]:
    """Those who are away and for whom this officer stands in."""
    away = [here.officers[number] for number in here.away]
    return [each for each in away if each.id != officer.id and here.stands_in(each) == officer]


@dataclass(frozen=True)
class _Lists:
    """Makes the lists of one tab; ``owed`` are the open duties around all of its cases, asked for once."""

    session: Session
    shown: Shown
    now: datetime
    owed: Sequence[tuple[Duty, Case]]

    def theirs(self, person: Officer) -> list[Case]:
        """The cases somebody is to answer, and others on which they owe something by a date."""
        others = [case for duty, case in self.owed if _owes(duty, case) == person.id]
        return _each_once([*cases_owed(self.session, person), *others])

    def unowned(self, officer: Officer) -> list[Case]:
        """Cases of the officer's services that nobody owns, and that are owed anything."""
        owed = self.session.exec(select(Case).where(is_owed(), col(Case.owner_id).is_(None)).order_by(col(Case.id)))
        others = [case for duty, case in self.owed if _owes(duty, case) is None]
        return [case for case in _each_once([*owed, *others]) if officer.may_see(case.areas)]

    def of(self, person: Officer | None, cases: Iterable[Case]) -> Rows:
        """The rows of cases of one person, or of nobody, what is due first coming first."""
        number = person.id if person else None
        rows = [row for row in (self._row(case, number) for case in cases) if _is_shown(row, self.shown, self.now)]
        rows.sort(key=lambda row: (row.first or date.max, not row.is_late))
        return Rows(tuple(rows[:MOST_ROWS]), len(rows))

    def _row(self, case: Case, person: int | None) -> Row:
        is_theirs = case.owner_id == person
        owed = [duty for duty in self._on.get(case.number, ()) if is_theirs or duty.owner_id == person]
        clock = running_clock(case) if is_theirs else None
        first = next_due(case, clock, owed, now=self.now)
        next_one = first.duty if first else None
        told = [d for d in owed if d is next_one or is_paused(d, case) or is_late(d, case, now=self.now)]
        return Row(
            case.number,
            case.reference,
            Kind(case.kind) if case.kind else None,
            case.main_area,
            case.stage,
            clock=clock.name if clock else "",
            due=clock.due if clock else None,
            is_paused=case.paused_on is not None,
            first=first.day if first else None,
            is_late=first is not None and first.is_late,
            duty_first=next_one is not None,
            owed=duty_lines(told, case, now=self.now),
            signals=tuple(Signal(signal) for signal in case.signals) if is_theirs else (),
        )

    @cached_property
    def _on(self) -> dict[int, list[Duty]]:
        """The duties of each case, by its number."""
        found: dict[int, list[Duty]] = {}
        for duty, case in self.owed:
            found.setdefault(case.number, []).append(duty)
        return found


def _covering(lists: _Lists, person: Officer, by: Officer) -> Rows:
    return lists.of(person, [case for case in lists.theirs(person) if may_act(lists.session, case, by)])


def _owes(duty: Duty, case: Case) -> int | None:
    """Who owes a duty: whoever it names, or else whoever has the case."""
    return duty.owner_id or case.owner_id


def _each_once(cases: Iterable[Case]) -> list[Case]:
    return list({case.number: case for case in cases}.values())


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


def _board(session: Session, now: datetime, settings: Settings) -> tuple[TeamBoard, ...]:
    area = col(Case.areas)[0].as_string()
    has_missed = func.coalesce(_running() < london_date(now), False) | has_late_duty(now)
    late = func.sum(has_missed.cast(Integer))
    unowned = func.sum(col(Case.owner_id).is_(None).cast(Integer))
    query = select(area, func.count(), late, unowned).where(is_owed()).group_by(area)
    found: dict[str, list[int]] = {}
    for name, *counts in session.exec(query):
        team = settings.team_for(Area(name) if name else Area.CORPORATE_OTHER).name
        before = found.get(team, [0, 0, 0])
        found[team] = [a + int(b or 0) for a, b in zip(before, counts, strict=True)]
    return tuple(TeamBoard(team.name, *found[team.name]) for team in settings.teams if team.name in found)


def _is_shown(row: Row, shown: Shown, now: datetime) -> bool:
    match shown:
        case Shown.ALL | Shown.SORT:
            return True
        case Shown.LATE:
            return row.is_late
        case Shown.WEEK:
            return row.first is not None and row.first <= london_date(now) + timedelta(days=7)
