"""Reminders: what a look at one case's deadlines leads to. Every nag is a row, so it is given once."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from models.campaign_members import first_due, is_spoken_for
from models.campaigns import count_again, leave_campaign
from models.case import Case
from models.clock import LONDON, in_words, london_date, london_instant
from models.outbox import Channel, ToSay, put
from models.queries import times_reopened, who_is_told
from models.record import raise_alert, record
from models.reminders import Nag
from models.rules.reminders import MISSED, Clock, step_reached
from models.rules.steps import CaseStatus
from models.rules.warning_signs import sign_of_missed_clock
from models.settings import Settings

_AT_ONCE = 50


def claim_cases_to_look_at(session: Session, *, now: datetime) -> list[int]:
    """The next cases whose deadlines are due a look, by number; a handful at a time.

    Their next look is pushed on an hour first: if the rest fails for one, others go ahead.
    """
    cases = session.exec(
        select(Case)
        .where(col(Case.look_again) <= now)
        .order_by(col(Case.look_again))
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for case in cases:
        case.look_again = now + timedelta(hours=1)
        session.add(case)
    return [case.number for case in cases]


def note_deadlines(session: Session, case: Case, *, settings: Settings, now: datetime) -> None:
    """Remind the owner of the clock that runs, and warn the lead when it was missed.

    A campaign's case is reminded for all it speaks for, of their first date. One of them that could not follow it
    in time leaves the campaign and has reminders of its own: none of them misses its date unseen.
    """
    count_again(session, case, now=now)
    clock = _clock_of_all(session, case)
    case.look_again = next_opening(now, settings=settings) if clock is not None else None
    if clock is None or is_spoken_for(session, case) or not in_working_hours(now, settings=settings):
        return
    calendar = settings.calendar(case.procedure)
    step = step_reached(clock, london_date(now), calendar, coming_up=settings.nags.coming_up_working_days)
    if step is None:
        return
    leave_campaign(session, case, why="it did not follow the campaign's case in time", now=now)
    _nag(session, case, clock, step, settings=settings, now=now)
    if step == MISSED:
        again = times_reopened(session, case)
        stage = f"stage {case.stage}" + (f", opened again {again}" if again else "")
        sign = sign_of_missed_clock(clock.name, stage, in_words(clock.due))
        raise_alert(session, case, sign, now=now)


def running_clock(case: Case) -> Clock | None:
    """The clock that runs on a case now, or None when nothing is owed."""
    if case.status == CaseStatus.NEW:
        return Clock("acknowledge", case.acknowledge_by)
    if case.status == CaseStatus.ACKNOWLEDGED and case.respond_by is not None:
        return Clock("answer", case.respond_by)
    return None


def _clock_of_all(session: Session, case: Case) -> Clock | None:
    """The clock that runs on a case, for those it speaks for too: the first of their dates counts."""
    clock = running_clock(case)
    if clock is None:
        return None
    return Clock(clock.name, min(clock.due, first_due(session, case) or clock.due))


def in_working_hours(now: datetime, *, settings: Settings) -> bool:
    """Whether people may be reminded at this instant."""
    there = now.astimezone(LONDON)
    hours = settings.nags.from_time <= there.time() < settings.nags.until_time
    return hours and settings.calendar().is_working_day(there.date())


def next_opening(now: datetime, *, settings: Settings) -> datetime:
    """The next instant, after now, at which a working day's hours begin."""
    today = london_date(now)
    calendar = settings.calendar()
    opens = london_instant(today, settings.nags.from_time)
    if now < opens and calendar.is_working_day(today):
        return opens
    return london_instant(calendar.next_working_day(today), settings.nags.from_time)


def _nag(session: Session, case: Case, clock: Clock, step: str, *, settings: Settings, now: datetime) -> None:
    recipient = who_is_told(session, case, settings=settings)
    key: dict[str, Any] = {
        "case_id": case.number,
        "stage": case.stage,
        "reopened": times_reopened(session, case),
        "clock": clock.name,
        "step": step,
        "recipient": recipient,
    }
    if session.exec(select(Nag.id).filter_by(**key)).first() is not None:
        return
    nag = Nag(**key, at=now)
    session.add(nag)
    session.flush()
    record(session, case, "nagged", now=now, clock=clock.name, step=step, told=recipient)
    drawn = {"draw": "nag", "nag_id": nag.id, "due": clock.due.isoformat()}
    put(session, ToSay(Channel.SLACK, f"{case.reference} nag {nag.id}", drawn), now=now)
