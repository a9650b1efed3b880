"""What is said when somebody goes away and comes back: to the cover what they look after, to the officer what waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from models.absence import Absence
from models.absences import Leave
from models.clock import london_date
from models.covering import Roster, roster
from models.handing_over import hand_over, in_short
from models.outbox import put_already, put_line
from models.people import Officer
from models.settings import Settings
from models.working_hours import hours_of, opens

_LATEST = timedelta(days=14)
"""So long after an absence its end is still told, where nobody worked before."""


@dataclass(frozen=True)
class Announcement:
    """Something to say once, under its key: of which absence, to whom, and whether it begins or is over."""

    key: str
    to: Officer
    absence: Absence
    is_over: bool


def to_announce(session: Session, *, settings: Settings, now: datetime) -> list[Announcement]:
    """What is to be said now and has not been, to people who are at work at this hour."""
    here = roster(session, london_date(now))
    today = london_date(now)
    known = [*_beginnings(session, here, today), *_ends(session, here, today)]
    told = put_already(session, [each.key for each in known]) if known else set()
    new = (each for each in known if each.key not in told)
    return [each for each in new if opens(now, settings=settings, hours=hours_of(each.to.slack_user, settings))]


def announce(session: Session, said: Announcement, *, now: datetime) -> None:
    """Say it, to one person in Slack."""
    text = _over(session, said, now=now) if said.is_over else _begins(session, said, now=now)
    put_line(session, key=said.key, to=said.to.slack_user, text=text, case_id=None, now=now)


def _beginnings(session: Session, here: Roster, today: date) -> Iterator[Announcement]:
    running = select(Absence).where(Absence.from_day <= today, Absence.until_day >= today).order_by(col(Absence.id))
    for absence in session.exec(running).all():
        to = here.stands_in(here.officers[absence.officer_id])
        if to is not None:
            yield Announcement(_handed_over(absence, to), to, absence, is_over=False)


def _ends(session: Session, here: Roster, today: date) -> Iterator[Announcement]:
    """Of absences that are over and whose officer is here again; the cover only if they were told that it began."""
    over = select(Absence).where(Absence.until_day < today, Absence.until_day >= today - _LATEST)
    back = [each for each in session.exec(over.order_by(col(Absence.id))).all() if each.officer_id not in here.away]
    covers = {each.id: here.officers[each.cover_id] for each in back if each.cover_id}
    told = put_already(session, [_handed_over(each, covers[each.id]) for each in back if each.id in covers])
    for absence in back:
        officer, cover = here.officers[absence.officer_id], covers.get(absence.id)
        if absence.until_day >= absence.from_day:
            yield Announcement(f"absence {absence.id} is over", officer, absence, is_over=True)
        if cover and cover.is_active and _handed_over(absence, cover) in told:
            yield Announcement(f"absence {absence.id} is over for its cover", cover, absence, is_over=True)


def _handed_over(absence: Absence, to: Officer) -> str:
    return f"absence {absence.id} handed over to {to.slack_user}"


def _begins(session: Session, said: Announcement, *, now: datetime) -> str:
    away = session.get_one(Officer, said.absence.officer_id)
    leave = Leave(said.absence.from_day, said.absence.until_day)
    left = "" if away.is_active else " They have left."
    found = hand_over(session, away, on=london_date(now))
    return f"You stand in for {away.name}, who is away {leave}.{left} Their reminders come to you. {in_short(found)}"


def _over(session: Session, said: Announcement, *, now: datetime) -> str:
    officer = session.get_one(Officer, said.absence.officer_id)
    if said.to.id != officer.id:
        return f"{officer.name} is back: their reminders go to them again."
    cover = session.get(Officer, said.absence.cover_id) if said.absence.cover_id else None
    who = f" {cover.name} was your cover." if cover else ""
    found = hand_over(session, officer, on=london_date(now))
    return f"Welcome back.{who} Reminders come to you again. {in_short(found)}"
