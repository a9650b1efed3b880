"""Reminders of a case's own clocks: what a look at its deadlines leads to, for many cases at once or for one.

A case is looked at when the next step of its ladder is reached (``Case.look_again``), not every morning, so that a
sweep costs what is due and not what is open. Whoever changes a date or an owner sets ``look_again`` to now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from models.campaign_members import first_due, is_spoken_for
from models.campaigns import COUNTED, RECOGNISED, count_again, leave_campaign, look_soon
from models.case import REOPENED, Case, CaseEvent
from models.case_clock import clock_of
from models.clock import in_words, london_date
from models.ladder import ClockKind, Reminder, give_many, ladder_of
from models.queries import times_reopened
from models.recipients import EVERYBODY, Recipients
from models.record import expect_alerts, not_yet_told, raise_alert
from models.rules.reminders import PAUSED, Clock, Rung, Step, next_steps, paused_steps, reached, steps
from models.rules.warning_signs import WarningSign, sign_of_missed_clock
from models.settings import Settings

_AT_ONCE = 500
_TRY_AGAIN = timedelta(minutes=10)
"""When a case is looked at again whose look has failed, or was cut short."""


@dataclass(frozen=True)
class _Day:
    """What every look of a batch shares."""

    settings: Settings
    now: datetime
    recipients: Recipients

    @property
    def today(self) -> date:
        return london_date(self.now)


@dataclass(frozen=True)
class _Look:
    """What a look at a case finds: whom to remind now, and when to look again."""

    case: Case
    clock: Clock
    reopened: int
    reminders: list[Reminder]
    again: datetime | None


def look_at_some(session: Session, *, settings: Settings, now: datetime) -> tuple[int, list[int]]:
    """Look at the next cases that are due a look, together. Returns how many, and those left to be looked at alone.

    Alone go those in a campaign: their looks also touch the case that speaks for them. Until then they are put off, so
    that others go ahead if the rest fails.
    """
    cases = _due_a_look(session, now=now)
    if not cases:
        return 0, []
    happened = _counts(session, cases)
    day = _Day(settings, now, Recipients(session, settings=settings, now=now))
    alone = [case for case in cases if _is_in_campaign(case, happened)]
    for case in alone:
        _put_off(session, case, now=now)
    clocks = [(case, clock_of(case)) for case in cases if not _is_in_campaign(case, happened)]
    looks = [_look(case, clock, happened.get((case.number, REOPENED), 0), day) for case, clock in clocks if clock]
    give_many(session, [reminder for look in looks for reminder in look.reminders], now=now)
    for case, clock in clocks:
        if clock is None:
            case.look_again = None
    _settle(session, looks, day)
    return len(cases), [case.number for case in alone]


def claim_cases_to_look_at(session: Session, *, now: datetime) -> list[int]:
    """The next cases whose deadlines are due a look, by number, for looking at each alone.

    Their next look is put off first: if the rest fails for one, others go ahead.
    """
    cases = _due_a_look(session, now=now)
    for case in cases:
        _put_off(session, case, now=now)
    return [case.number for case in cases]


def note_deadlines(session: Session, case: Case, *, settings: Settings, now: datetime) -> None:
    """Remind whoever is to be reminded of the clock that runs on one case, and warn the lead when it was missed.

    A campaign's case is reminded for all it speaks for, of their first date. One of them that could not follow it
    in time leaves the campaign and has reminders of its own: none of them misses its date unseen.
    """
    count_again(session, case, now=now)
    clock = clock_of_all(session, case)
    case.look_again = None
    if clock is None:
        return
    day = _Day(settings, now, Recipients(session, settings=settings, now=now))
    look = _look(case, clock, times_reopened(session, case), day)
    if is_spoken_for(session, case):
        case.look_again = look.again or day.recipients.opening(EVERYBODY)
        # what the parent owes first may be this one's date from now on
        look_soon(session, session.get_one(Case, case.campaign_of_id), now=now)
        return
    if look.reminders:
        leave_campaign(session, case, why="it did not follow the campaign's case in time", now=now)
    give_many(session, look.reminders, now=now)
    _settle(session, [look], day)


def clock_of_all(session: Session, case: Case) -> Clock | None:
    """The same for those a case speaks for too: the first of their dates counts."""
    clock = clock_of(case)
    if clock is None or clock.name == PAUSED:
        return clock
    return Clock(clock.name, min(clock.due, first_due(session, case) or clock.due))


def _look(case: Case, clock: Clock, reopened: int, day: _Day) -> _Look:
    """Whoever is to be told and whose hours are not open is told when they are."""
    ladder = _ladder(case, clock, day)
    told = [(step, who) for step in reached(ladder, day.today) for who in day.recipients.of(case, step.rung)]
    may_be = [(step, who) for step, who in told if day.recipients.is_open(who)]
    again = [day.recipients.opening(who) for step, who in told if (step, who) not in may_be]
    for step in reached(ladder, day.today):
        if not day.recipients.of(case, step.rung):  # they are away, and hear of it when they are back
            again += day.recipients.looks(case, step.rung)
    for step in next_steps(ladder, day.today):
        again += day.recipients.looks(case, step.rung, on=step.on)
    if _is_missed(clock, day) and not day.recipients.is_open(EVERYBODY):
        again.append(day.recipients.opening(EVERYBODY))
    reminders = [Reminder(case, clock, step, who, reopened) for step, who in may_be]
    return _Look(case, clock, reopened, reminders, min(again, default=None))


def _ladder(case: Case, clock: Clock, day: _Day) -> list[Step]:
    """The steps of a case's clock that somebody is set to be told of."""
    if clock.name == PAUSED:
        return list(paused_steps(clock.due, day.today, snoozed_until=case.snoozed_until))
    kind: ClockKind = "acknowledge" if clock.name == "acknowledge" else "answer"
    ladder = ladder_of(kind, day.settings, snoozed_until=case.snoozed_until)
    every = steps(clock, day.settings.calendar(case.procedure), ladder)
    return [step for step in every if step.rung is Rung.OWNER or day.recipients.named(case, step.rung)]


def _settle(session: Session, looks: Sequence[_Look], day: _Day) -> None:
    """Note when to look again; and warn the lead, in everybody's hours, of dates that were missed."""
    for look in looks:
        look.case.look_again = look.again
        session.add(look.case)
    if day.recipients.is_open(EVERYBODY):
        missed = not_yet_told(session, [(look.case, _sign(look)) for look in looks if _is_missed(look.clock, day)])
        expect_alerts(session, missed, now=day.now)
        for case, sign in missed:
            raise_alert(session, case, sign, now=day.now)


def _sign(look: _Look) -> WarningSign:
    stage = f"stage {look.case.stage}" + (f", opened again {look.reopened}" if look.reopened else "")
    return sign_of_missed_clock(look.clock.name, stage, in_words(look.clock.due))


def _is_missed(clock: Clock, day: _Day) -> bool:
    return clock.name != PAUSED and day.today > clock.due


def _due_a_look(session: Session, *, now: datetime) -> Sequence[Case]:
    return session.exec(
        select(Case)
        .where(col(Case.look_again) <= now)
        .order_by(col(Case.look_again))
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()


def _put_off(session: Session, case: Case, *, now: datetime) -> None:
    case.look_again = now + _TRY_AGAIN
    session.add(case)


def _counts(session: Session, cases: Sequence[Case]) -> dict[tuple[int, str], int]:
    """How often each case was opened again, and whether it has spoken for others, by number and event."""
    numbers = [case.number for case in cases]
    names = (REOPENED, RECOGNISED, COUNTED)
    asked = select(CaseEvent.case_id, CaseEvent.name, func.count()).where(
        col(CaseEvent.case_id).in_(numbers), col(CaseEvent.name).in_(names)
    )
    rows = session.exec(asked.group_by(col(CaseEvent.case_id), col(CaseEvent.name)))
    return {(number, name): count for number, name, count in rows}


def _is_in_campaign(case: Case, happened: dict[tuple[int, str], int]) -> bool:
    spoke = (case.number, RECOGNISED) in happened or (case.number, COUNTED) in happened
    return spoke or case.campaign_of_id is not None
