"""A bank holiday announced late, or a closed day more or less: open clocks are reckoned anew, and say why they moved.

``KnownDay`` holds the days that were left out of the count. What the settings now leave out is compared with it; the
first look at a calendar's year only learns. Cases are reckoned in batches, each with its mark in one transaction, so a
program that dies goes on where it was.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from models.case import Case
from models.clock import in_words, london_date
from models.duty import Duty, DutyKind, DutyState
from models.known_day import KnownDay
from models.milestones import limits_of, start_clocks
from models.once import insert_once
from models.outbox import put_line
from models.reckoning import reckon
from models.record import record
from models.rules.steps import CaseStatus
from models.rules.working_days import CLOSED_DAY, NATIONS, WorkingCalendar, bank_holidays
from models.settings import Settings

MOVED = "dates_moved"
"""The event of a case whose dates moved because a day became a holiday, or is none any longer."""

_AT_ONCE = 100
_YEARS_BACK, _YEARS_AHEAD = 1, 2
"""The years looked at beside this one: a clock that runs in January may have begun in December."""

Key = tuple[str, date]
"""A calendar and one of its days."""


@dataclass(frozen=True)
class Changes:
    """How the days of the settings differ from those that are known.

    ``unseen`` are those of a year that was never looked at: they are learned, and move nothing.
    """

    unseen: Mapping[Key, str]
    new: Mapping[Key, str]
    gone: frozenset[Key]

    def __bool__(self) -> bool:
        """Whether they differ at all."""
        return bool(self.unseen or self.new or self.gone)


def changes(session: Session, *, settings: Settings, now: datetime) -> Changes:
    """Compare the days of the settings with those that are known; reads one small table."""
    this_year = london_date(now).year
    years = range(this_year - _YEARS_BACK, this_year + _YEARS_AHEAD + 1)
    days = _days(settings, years)
    calendars = {calendar for calendar, _ in days}
    known = {key: is_gone for key, is_gone in _known(session, years) if key[0] in calendars}
    seen = {(calendar, day.year) for calendar, day in known}
    standing = {key for key, is_gone in known.items() if not is_gone}
    added = {key: name for key, name in days.items() if key not in standing}
    return Changes(
        unseen={key: name for key, name in added.items() if (key[0], key[1].year) not in seen},
        new={key: name for key, name in added.items() if (key[0], key[1].year) in seen},
        gone=frozenset(standing - days.keys()),
    )


def note_changes(session: Session, found: Changes, *, now: datetime) -> None:
    """Write down what is known from now on, and mark the days for which open clocks must be reckoned anew."""
    for (calendar, day), name in found.unseen.items():
        insert_once(session, KnownDay, calendar=calendar, day=day, name=name, known_since=now)
    for (calendar, day), name in found.new.items():
        insert_once(session, KnownDay, calendar=calendar, day=day, name=name, known_since=now, reckoned_to=0)
    for row in _rows(session, frozenset({*found.gone, *found.new})):
        is_gone = (row.calendar, row.day) in found.gone
        if row.is_gone != is_gone:  # otherwise it was just inserted, or another program was first
            row.is_gone, row.known_since, row.reckoned_to, row.moved = is_gone, now, 0, 0
            session.add(row)


def is_unfinished(session: Session) -> bool:
    """Whether a day is known for which not all open clocks have been reckoned anew."""
    return session.exec(select(KnownDay.id).where(col(KnownDay.reckoned_to).is_not(None)).limit(1)).first() is not None


def reckon_some(session: Session, *, settings: Settings, now: datetime) -> bool:
    """Reckon the next open cases anew, for all days that wait. False: all are done, and the lead was told."""
    waiting = session.exec(
        select(KnownDay)
        .where(col(KnownDay.reckoned_to).is_not(None))
        .order_by(col(KnownDay.id))
        .with_for_update(skip_locked=True)
    ).all()
    if not waiting:
        return False
    cases = _open_cases(session, waiting, settings)
    moved = sum(_reckon_anew(session, case, waiting, settings=settings, now=now) for case in cases)
    for row in waiting:
        row.moved += moved
        row.reckoned_to = cases[-1].number if len(cases) == _AT_ONCE else None
        session.add(row)
    if waiting[0].reckoned_to is not None:
        return True
    _finish(session, waiting, settings=settings, now=now)
    return False


def _days(settings: Settings, years: Iterable[int]) -> dict[Key, str]:
    """Each day of those years that is no working day and no weekend, by calendar, with its name."""
    calendars = {settings.calendar(name) for name in settings.procedures}
    calendars |= {WorkingCalendar(NATIONS[settings.nation], frozenset(settings.closed_days))}
    return {
        (calendar.name, day): calendar.not_working_because(day) or ""
        for calendar in calendars
        for year in years
        for day in {*bank_holidays(calendar.name, year), *(day for day in calendar.closed_days if day.year == year)}
        if day.weekday() < 5
    }


def _known(session: Session, years: range) -> Iterator[tuple[Key, bool]]:
    """The days that are known, each with whether it is gone; values alone, for this is read at every sweep."""
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    columns = col(KnownDay.calendar), col(KnownDay.day), col(KnownDay.is_gone)
    query = select(*columns).where(columns[1].between(first, last))
    return (((calendar, day), is_gone) for calendar, day, is_gone in session.exec(query))


def _rows(session: Session, keys: frozenset[Key]) -> list[KnownDay]:
    """The rows of those days as they are now, locked."""
    query = select(KnownDay).where(col(KnownDay.day).in_({day for _, day in keys})).order_by(col(KnownDay.id))
    found = session.exec(query.with_for_update().execution_options(populate_existing=True)).all()
    return [row for row in found if (row.calendar, row.day) in keys]


def _open_cases(session: Session, waiting: Sequence[KnownDay], settings: Settings) -> Sequence[Case]:
    """The next cases that may have a clock running over one of the days."""
    after = min(row.reckoned_to or 0 for row in waiting)
    first, last = min(row.day for row in waiting), max(row.day for row in waiting)
    calendars = {row.calendar for row in waiting}
    procedures = [name for name in settings.procedures if settings.calendar(name).name in calendars]
    spans = (col(Case.received_on) < last) & or_(col(Case.acknowledge_by) >= first, col(Case.respond_by) >= first)
    query = (
        select(Case)
        .where(col(Case.id) > after, col(Case.procedure).in_(procedures), col(Case.status) != CaseStatus.CLOSED)
        .where(spans | _has_a_milestone_after(first))
    )
    return session.exec(query.order_by(col(Case.id)).limit(_AT_ONCE).with_for_update()).all()


def _has_a_milestone_after(first: date) -> ColumnElement[bool]:
    return (
        select(Duty.id)
        .where(Duty.case_id == Case.id, Duty.state == DutyState.OPEN, Duty.due >= first)
        .where(col(Duty.kind).in_((DutyKind.MILESTONE, DutyKind.HAZARD)))
        .exists()
    )


def _reckon_anew(
    session: Session, case: Case, waiting: Sequence[KnownDay], *, settings: Settings, now: datetime
) -> bool:
    """Reckon a case's clocks; True: the date of its acknowledgement or of its answer moved, which is recorded."""
    rules, calendar = settings.procedures[case.procedure], settings.calendar(case.procedure).name
    days = [row for row in waiting if row.calendar == calendar]
    if not days or case.stage > len(rules.stages):  # a stage that was taken out: the program says so when it starts
        return False
    if limits_of(case, settings):
        start_clocks(session, case, settings=settings, now=now)
    before, over = _dates(case), _between(case, days)
    if case.status not in {CaseStatus.NEW, CaseStatus.ACKNOWLEDGED} or not over:
        return False
    reckon(case, settings=settings)
    if before == _dates(case):
        return False
    case.look_again = now
    why = "; ".join(dict.fromkeys(_sentence(row) for row in [*over, *_between(case, days)]))
    record(session, case, MOVED, now=now, before=before, after=_dates(case), why=why)
    return True


def _between(case: Case, days: Sequence[KnownDay]) -> list[KnownDay]:
    """Those that the clocks of a case run over."""
    last = max(case.acknowledge_by, case.respond_by or case.acknowledge_by)
    return [row for row in days if case.received_on < row.day <= last]


def _dates(case: Case) -> dict[str, str | None]:
    answer = case.respond_by.isoformat() if case.respond_by else None
    return {"acknowledge_by": case.acknowledge_by.isoformat(), "respond_by": answer}


def _sentence(row: KnownDay) -> str:
    what = "closed day" if row.name == CLOSED_DAY else "bank holiday"
    if row.is_gone:
        return f"{in_words(row.day)} is no longer a {what}"
    return f"{in_words(row.day)} was {'added to the settings' if row.name == CLOSED_DAY else 'announced'} as a {what}"


def _finish(session: Session, waiting: Sequence[KnownDay], *, settings: Settings, now: datetime) -> None:
    """Tell what moved, once, and forget the days that are working days after all."""
    moved = max(row.moved for row in waiting)
    days = list(dict.fromkeys(_sentence(row) for row in sorted(waiting, key=lambda row: row.day)))
    cases = {0: "No open case has other dates", 1: "1 open case has other dates"}.get(
        moved, f"{moved} open cases have other dates"
    )
    to = settings.technical_contact.slack or settings.slack.lead_channel
    named = sorted({f"{row.day} gone" if row.is_gone else f"{row.day}" for row in waiting})
    key = (
        f"cases reckoned anew for {', '.join(named)}, known since {max(row.known_since for row in waiting).isoformat()}"
    )
    put_line(session, key=key, to=to, text=f"{'; '.join(days)}. {cases} now.", case_id=None, now=now)
    for row in waiting:
        if row.is_gone:
            session.delete(row)
