"""Reminders of duties: what a look at one leads to. They climb the same ladder as the dates of a case.

A duty is looked at when something is to be told of it, and no more often: the index on ``look_again`` has only those
of which something is still to be told. What is told is a row under a unique index, or an entry of the outbox under a
key of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from models.case import Case
from models.clock import in_words, instant_in_words, london_date
from models.duties import drop
from models.duty import Duty, DutyKind, DutyState
from models.duty_list import is_late, is_paused
from models.ladder import OF_A_DUTY, ClockKind, give, ladder_of
from models.letters import message_id_for
from models.outbox import Channel, ToSay, put, put_line
from models.own_investigators import follow_the_case
from models.queries import get_case
from models.recipients import Recipients
from models.record import not_yet_told, raise_alert
from models.requests import chase
from models.rules.chasing_partners import next_chase
from models.rules.reminders import Clock, next_steps, reached, steps
from models.rules.steps import CaseStatus
from models.rules.warning_signs import WarningSign
from models.settings import Settings
from models.working_hours import hours_of, in_working_hours, next_opening, opening_from

_AT_ONCE = 50
_TRY_AGAIN = timedelta(minutes=10)
_A_DAY = timedelta(days=1)
_LAST_HOURS = timedelta(hours=4)
"""How long before the end of a limit in hours its people are told once more. No source sets it."""


def claim_duties_to_look_at(session: Session, *, now: datetime) -> list[int]:
    """The next duties that are due a look, by number; put off first, so that others go ahead if the rest fails."""
    due = select(Duty).where(col(Duty.look_again) <= now).order_by(col(Duty.look_again)).limit(_AT_ONCE)
    duties = session.exec(due.with_for_update(skip_locked=True)).all()
    for duty in duties:
        duty.look_again = now + _TRY_AGAIN
        session.add(duty)
    return [duty.number for duty in duties]


@dataclass(frozen=True)
class _Look:
    """What every part of a look at one duty needs."""

    session: Session
    case: Case
    duty: Duty
    settings: Settings
    now: datetime

    @property
    def today(self) -> date:
        return london_date(self.now)


def note_duty(session: Session, number: int, *, settings: Settings, now: datetime) -> None:
    """Look at one duty: remind whoever is to be reminded, and say when to look again."""
    case = get_case(session, session.get_one(Duty, number).case_id)  # the case's row first, as whoever acts locks them
    duty = session.get_one(Duty, number, with_for_update=True, populate_existing=True)
    look = _Look(session, case, duty, settings, now)
    if duty.kind == DutyKind.INVESTIGATION and duty.state == DutyState.OPEN:
        follow_the_case(session, case, duty, now=now)
    if duty.state != DutyState.OPEN or _is_moot(look):
        duty.look_again = None
    elif is_paused(duty, case):
        duty.look_again = now + _A_DAY  # the answer's clock stands still, and so does what is due with it
    else:
        again = _look_by_hours(look) if _has_hours_left(look) else _look_by_days(look)
        duty.look_again = min(again, default=None)
    session.add(duty)


def _is_moot(look: _Look) -> bool:
    """A closed case has no milestones any longer; what was promised on it is still owed."""
    if look.duty.kind != DutyKind.MILESTONE or look.case.status != CaseStatus.CLOSED:
        return False
    drop(look.session, look.case, look.duty, "The case is closed.", by=None, now=look.now)
    return True


def _has_hours_left(look: _Look) -> bool:
    return look.duty.due_at is not None and look.now <= look.duty.due_at


def _look_by_hours(look: _Look) -> list[datetime]:
    """A limit in hours binds at night too: its people hear of it whatever the time."""
    ends = look.duty.due_at or look.now
    soon = ends - _LAST_HOURS
    if look.now < soon:
        return [soon]
    _tell_channels(look, f"ends soon: by {instant_in_words(ends)} {look.duty.what}.", "ends soon")
    return [ends + timedelta(seconds=1)]


def _look_by_days(look: _Look) -> list[datetime]:
    if is_late(look.duty, look.case, now=look.now):
        _warn_of_missed(look)
    return [*_climb(look), *_chase(look)]


def _climb(look: _Look) -> Iterator[datetime]:
    """Give every step that is reached to those whose hours it is; yields when to look again, and for whom."""
    duty, case = look.duty, look.case
    clock = Clock(f"{OF_A_DUTY}{duty.number}", duty.due)
    kind: ClockKind = "recommendation" if duty.kind == DutyKind.RECOMMENDATION else "duty"
    ladder = steps(clock, look.settings.calendar(case.procedure), ladder_of(kind, look.settings))
    recipients = Recipients(look.session, settings=look.settings, now=look.now)
    for step in reached(ladder, look.today):
        who = recipients.of(case, step.rung, owner_id=duty.owner_id)
        give(look.session, case, clock, step, [each for each in who if recipients.is_open(each)], now=look.now)
        yield from (recipients.opening(each) for each in who if not recipients.is_open(each))
        if not who and recipients.named(case, step.rung):  # away: they hear of it when they are back
            yield from recipients.looks(case, step.rung)
    for step in next_steps(ladder, look.today):
        yield from recipients.looks(case, step.rung, on=step.on, owner_id=duty.owner_id)


def _chase(look: _Look) -> Iterator[datetime]:
    """A partner is reminded in the office's hours, and no more once they have written or the request is settled."""
    if look.duty.kind != DutyKind.REQUEST or look.duty.waits_to_be_read:
        return
    if not in_working_hours(look.now, settings=look.settings):
        yield next_opening(look.now, settings=look.settings)
        return
    chase(look.session, look.case, look.duty, settings=look.settings, now=look.now)
    day = next_chase(look.duty.due, look.today, look.settings.calendar(look.case.procedure))
    yield opening_from(day, look.now, settings=look.settings, hours=hours_of("", look.settings))


def _warn_of_missed(look: _Look) -> None:
    """What is graver than a late promise reaches the lead at once, and a recommendation the chief executive too."""
    duty = look.duty
    if duty.due_at is not None:
        reason = f"A limit in hours was missed: by {instant_in_words(duty.due_at)} {duty.what}."
        raise_alert(look.session, look.case, WarningSign(f"duty {duty.number} missed", reason), now=look.now)
        _tell_channels(look, f"was missed: by {instant_in_words(duty.due_at)} {duty.what}.", "missed")
    if duty.kind == DutyKind.RECOMMENDATION:
        reason = f"An Ombudsman's recommendation is late: it was due by {in_words(duty.due)} (duty {duty.number})."
        sign = WarningSign(f"recommendation {duty.number} late: {in_words(duty.due)}", reason)
        for case, late in not_yet_told(look.session, [(look.case, sign)]):
            raise_alert(look.session, case, late, now=look.now)
        _write_to_the_chief_executive(look)


def _tell_channels(look: _Look, what: str, step: str) -> None:
    """``what`` is in the procedure's words, never in a person's."""
    team = look.settings.team_for(look.case.main_area).channel
    for to in (look.settings.slack.lead_channel, team):
        key = f"{look.duty.key} {step}, told to {to}"
        text = f"{look.case.reference}: a limit in hours {what}"
        put_line(look.session, key=key, to=to, text=text, case_id=look.case.number, now=look.now)


def _write_to_the_chief_executive(look: _Look) -> None:
    """The reference and how late it is; the letter is no place for more."""
    email = look.settings.chief_executive.email
    if email is None:
        return
    key = f"{look.duty.key} late since {look.duty.due}, told to the chief executive"
    days = (look.today - look.duty.due).days
    said = f"A recommendation of the Ombudsman on {look.case.reference} is {days} day{'s' if days > 1 else ''} late."
    letter = {
        "to": email,
        "subject": f"An Ombudsman's recommendation is late: {look.case.reference}",
        "text": f"{said}\n\nThe corporate lead is told too.\n",
        "message_id": message_id_for(key, look.case.thread_key, look.settings),
        "in_reply_to": "",
        "automatic": True,
    }
    put(look.session, ToSay(Channel.EMAIL, key, letter), now=look.now)
