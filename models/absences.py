"""Going away and coming back: what is refused, and what somebody should know of it in time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from models.absence import Absence
from models.case import Case
from models.clock import in_words, london_date
from models.covering import is_real, roster, rosters
from models.outbox import OutboxEntry, put_line
from models.owed import cases_owed
from models.people import Officer
from models.rules.errors import GivenWrong
from models.settings import Settings

_LOCK = {"key_share": True}
"""Whoever only refers to the officer, as a cover or an owner, need not wait."""


@dataclass(frozen=True)
class Leave:
    """From one day to another, both included, and who covers."""

    from_day: date
    until_day: date
    cover: Officer | None = None

    def __str__(self) -> str:
        """As people say it."""
        if self.from_day == self.until_day:
            return f"on {in_words(self.from_day)}"
        return f"from {in_words(self.from_day)} to {in_words(self.until_day)}"


class AwayAlready(GivenWrong):
    """Somebody is away in that time already; whoever asked adds how that is called off where they are."""


def go_away(
    session: Session, officer: Officer, leave: Leave, *, by: Officer | None, settings: Settings, now: datetime
) -> str:
    """Enter an absence. Returns what was entered and what should be known of it, in sentences; raises GivenWrong.

    Where nobody would look after somebody's cases, a manager or the lead hears of it at once, and once.
    """
    # two who enter an absence of one person at once wait for each other
    session.refresh(officer, with_for_update=_LOCK)
    _check_days(session, officer, leave, today=london_date(now))
    _check_cover(officer, leave.cover)
    absence = _enter(session, officer, leave, by=by, now=now)
    alone = _left_alone(session, officer, leave)
    warnings = [f"From {in_words(day)} nobody stands in for {person.name}." for person, day in alone]
    if owed := [case for person, _ in alone for case in cases_owed(session, person)]:
        many = "1 open case is" if len(owed) == 1 else f"{len(owed)} open cases are"
        warnings.append(f"{many} owed an answer meanwhile: somebody must cover.")
        _tell_above(session, absence, owed, " ".join(warnings), settings=settings, now=now)
    covered = f"{leave.cover.name} covers." if leave.cover else "Nobody covers."
    return " ".join([f"{officer.name} is away {leave}. {covered}", *warnings])


def come_back(session: Session, officer: Officer, *, now: datetime) -> str:
    """End the absence that runs today, from today on, or else call off the next one. Raises GivenWrong."""
    session.refresh(officer, with_for_update=_LOCK)
    today = london_date(now)
    absence = next(iter(absences_of(session, officer, since=today)), None)
    if absence is None:
        raise GivenWrong("officer", f"{officer.name} is not away, and is not going to be.")
    leave = Leave(absence.from_day, absence.until_day)
    # one that is called off before it began ends the day before it, and stays on record
    absence.until_day = max(today, absence.from_day) - timedelta(days=1)
    session.add(absence)
    is_called_off = absence.from_day > today
    back = f"{officer.name} is back, and hears of their own cases again from today."
    said = f"{officer.name} is not going away {leave} after all." if is_called_off else back
    _tell_who_was_warned(session, absence, said, now=now)
    return said


def absences_of(session: Session, officer: Officer, *, since: date) -> list[Absence]:
    """Somebody's absences that end on that day or later, the first one first; none that were called off."""
    query = select(Absence).where(Absence.officer_id == officer.id, Absence.until_day >= since, is_real())
    return list(session.exec(query.order_by(col(Absence.from_day))).all())


def _check_days(session: Session, officer: Officer, leave: Leave, *, today: date) -> None:
    if leave.until_day < leave.from_day:
        raise GivenWrong("until", f"It ends on {in_words(leave.until_day)}, before it begins.")
    if leave.until_day < today:
        raise GivenWrong("until", f"It was over on {in_words(leave.until_day)}: there is nothing left to cover.")
    for other in absences_of(session, officer, since=leave.from_day):
        if other.from_day <= leave.until_day:
            is_known = Leave(other.from_day, other.until_day)
            raise AwayAlready("from", f"{officer.name} is away {is_known} already.")


def _check_cover(officer: Officer, cover: Officer | None) -> None:
    if cover is None:
        return
    if cover.id == officer.id:
        raise GivenWrong("cover", "Nobody covers for themselves: name somebody else.")
    if not cover.is_active:
        raise GivenWrong("cover", f"{cover.name} has left: name somebody who works here.")
    if not officer.is_corporate_lead and not cover.may_see(officer.areas):
        sentence = f"{cover.name} works for none of {officer.name}’s service areas, and could not open the cases."
        raise GivenWrong("cover", f"{sentence} Name somebody who does, or the corporate lead.")


def _enter(session: Session, officer: Officer, leave: Leave, *, by: Officer | None, now: datetime) -> Absence:
    absence = Absence(
        officer_id=officer.id or 0,
        from_day=leave.from_day,
        until_day=leave.until_day,
        cover_id=leave.cover.id if leave.cover else None,
        entered_at=now,
        entered_by_id=by.id if by else None,
    )
    session.add(absence)
    session.flush()
    return absence


def _left_alone(session: Session, officer: Officer, leave: Leave) -> list[tuple[Officer, date]]:
    """Whom nobody stands in for, and from when: the officer, and those whom the officer was to cover for."""
    found: dict[int, tuple[Officer, date]] = {}
    for day, here in rosters(session, leave.from_day, leave.until_day):
        covered = [here.officers[number] for number, cover in here.away.items() if cover == officer.id]
        for person in (officer, *covered):
            if here.stands_in(person) is None:
                found.setdefault(person.id or 0, (person, day))
    return list(found.values())


def _tell_above(
    session: Session, absence: Absence, owed: list[Case], text: str, *, settings: Settings, now: datetime
) -> None:
    """Tell the managers of the services whose cases they are, or the lead’s channel where none is set or here."""
    here = roster(session, london_date(now))
    managers = [here.manager(area, settings) for area in dict.fromkeys(case.main_area for case in owed)]
    above = {manager.slack_user for manager in managers if manager and manager.id != absence.officer_id}
    for to in sorted(above) or [settings.slack.lead_channel]:
        put_line(session, key=f"{_warning(absence)}{to}", to=to, text=text, case_id=None, now=now)


def _tell_who_was_warned(session: Session, absence: Absence, text: str, *, now: datetime) -> None:
    """Whoever was told that nobody stands in hears that it is over; nobody else does."""
    is_warning = col(OutboxEntry.key).startswith(_warning(absence))
    # a warning is put at the instant at which its absence is entered
    warned = session.exec(select(OutboxEntry).where(OutboxEntry.put_at == absence.entered_at, is_warning)).all()
    for to in (entry.payload["to"] for entry in warned):
        put_line(session, key=f"absence {absence.id} is over, for {to}", to=to, text=text, case_id=None, now=now)


def _warning(absence: Absence) -> str:
    """How the keys of the warnings of an absence begin."""
    return f"absence {absence.id} has no cover, for "
