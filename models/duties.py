"""Duties: what is promised, asked, missing or recommended on a case; made once, settled once, each with its event."""

from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256

from sqlmodel import Session, select

from models.case import Case
from models.clock import LONDON, in_words, london_date, london_instant
from models.duty import Duty, DutyKind, DutyState
from models.once import insert_once
from models.people import Officer
from models.record import record
from models.rules.errors import GivenWrong, StepNotAllowed
from models.rules.remedies import FURTHEST


@dataclass(frozen=True)
class NewDuty:
    """What is owed by when, and by whom; the meanings are those of ``Duty``."""

    key: str
    kind: DutyKind
    what: str
    due: date
    due_at: datetime | None = None
    owner_id: int | None = None
    ombudsman_case_id: int | None = None
    party: str = ""
    party_email: str = ""
    is_personal: bool = False
    since: date | None = None


def make(session: Session, case: Case, wanted: NewDuty, *, by: Officer | None, now: datetime) -> Duty | None:
    """Make a duty, once by its key. None: it was made before, and nothing changes."""
    values = {**vars(wanted), "case_id": case.number, "made_at": now, "look_again": now}
    number = insert_once(session, Duty, **values, made_by_id=by.id if by else None)
    if number is None:
        return None
    details = {"kind": wanted.kind, "what": wanted.what, "due": wanted.due.isoformat(), "owner": wanted.owner_id}
    record(session, case, "duty_made", by=by, now=now, duty=number, **details)
    return session.get_one(Duty, number)


def key_of(case: Case, kind: DutyKind, what: str, due: date) -> str:
    """A key by which the same words promised twice for the same day are one duty."""
    return f"{case.reference} {kind} by {due} {sha256(what.encode()).hexdigest()[:12]}"


def duty_by_key(session: Session, key: str) -> Duty | None:
    """The duty with that key, or None."""
    return session.exec(select(Duty).where(Duty.key == key)).first()


def get_duty(session: Session, case: Case, number: int, *, field: str = "duty") -> Duty:
    """An open duty of a case, to change: its row is locked. Raises GivenWrong, or StepNotAllowed when it is settled."""
    duty = session.get(Duty, number, with_for_update=True, populate_existing=True)
    if duty is None or duty.case_id != case.number:
        raise GivenWrong(field, f"{case.reference} has no duty {number}. “tocsin duties --case” lists what it has.")
    if duty.state != DutyState.OPEN:
        raise StepNotAllowed(f"Duty {number} is settled already: {duty.state.value}.")
    return duty


@dataclass(frozen=True)
class Done:
    """When something was done, and what shows it. ``at`` is London's time of day, asked where hours count."""

    on: date
    evidence: str
    at: time | None = None


def settle_done(session: Session, case: Case, duty: Duty, done: Done, *, by: Officer | None, now: datetime) -> None:
    """It was done. Raises GivenWrong for a day that cannot be, no evidence, or no time where hours count."""
    check_day(case, done.on, field="done_on", now=now)
    if not done.evidence.strip():
        raise GivenWrong("evidence", "Say what shows that it was done.")
    duty.done_at = _instant(duty, done, now=now)
    duty.done_on, duty.evidence = done.on, done.evidence
    _settle(session, case, duty, DutyState.DONE, by=by, now=now, done_on=done.on.isoformat(), evidence=done.evidence)


def settle_not_done(session: Session, case: Case, duty: Duty, reason: str, *, by: Officer, now: datetime) -> None:
    """It will not be done, for a reason."""
    _settle(session, case, duty, DutyState.NOT_DONE, by=by, now=now, reason=reason)


def drop(session: Session, case: Case, duty: Duty, reason: str, *, by: Officer | None, now: datetime) -> None:
    """It is no longer owed, for a reason: it counts neither as kept nor as broken."""
    _settle(session, case, duty, DutyState.DROPPED, by=by, now=now, reason=reason)


def reassign(session: Session, case: Case, duty: Duty, owner: Officer, *, by: Officer | None, now: datetime) -> None:
    """Somebody else owes it from now on."""
    before, duty.owner_id, duty.look_again = duty.owner_id, owner.id, now
    session.add(duty)
    owners = {"before": before, "owner": owner.id}
    record(session, case, "duty_reassigned", by=by, now=now, duty=duty.number, kind=duty.kind, **owners)


@dataclass(frozen=True)
class NewDate:
    """Another last day, and why; of a recommendation or enquiry, with the Ombudsman's agreement in the words.

    ``due_at``: the instant of a limit in hours.
    """

    due: date
    why: str
    due_at: datetime | None = None


def move(session: Session, case: Case, duty: Duty, to: NewDate, *, by: Officer | None, now: datetime) -> None:
    """It is due on another day."""
    before, duty.due, duty.due_at, duty.look_again = duty.due, to.due, to.due_at, now
    session.add(duty)
    days = {"before": before.isoformat(), "due": to.due.isoformat()}
    record(session, case, "duty_moved", by=by, now=now, duty=duty.number, kind=duty.kind, why=to.why, **days)


def began_on(case: Case) -> date:
    """The first day of a case: nothing can have happened on it before."""
    return min(case.received_on, london_date(case.logged_at))


def check_day(case: Case, day: date, *, field: str, now: datetime) -> None:
    """Raises GivenWrong for a day on which nothing can have happened yet, or not on this case."""
    check_has_come(day, field=field, now=now)
    if day < began_on(case):
        raise GivenWrong(field, f"The case began on {in_words(began_on(case))}; it cannot be earlier.")


def check_has_come(day: date, *, field: str, now: datetime) -> None:
    """Raises GivenWrong for a day in the future."""
    if day > london_date(now):
        raise GivenWrong(field, f"{in_words(day)} has not come yet.")


def check_due(due: date, *, field: str, now: datetime) -> None:
    """Raises GivenWrong for a last day that has passed, or lies too far ahead."""
    if due < london_date(now):
        raise GivenWrong(field, f"{in_words(due)} has passed: nothing can be promised for it.")
    check_not_too_far(due, field=field, now=now)


def check_not_too_far(due: date, *, field: str, now: datetime) -> None:
    """Raises GivenWrong for a last day on which nobody now here would be reminded: a slip of the pen."""
    if due > london_date(now) + FURTHEST:
        raise GivenWrong(field, f"{in_words(due)} lies years ahead. Look at the year again.")


def _instant(duty: Duty, done: Done, *, now: datetime) -> datetime | None:
    if duty.due_at is None:
        return None
    if done.at is None:
        if done.on != duty.due:
            return None
        ends = f"{duty.due_at.astimezone(LONDON):%H:%M}"
        raise GivenWrong("done_at", f"Its limit ended that day at {ends}: say at what time it was done, such as 14:30.")
    instant = london_instant(done.on, done.at)
    if instant > now:
        raise GivenWrong("done_at", f"{done.at:%H:%M} that day has not come yet.")
    return instant


def _settle(
    session: Session, case: Case, duty: Duty, state: DutyState, *, by: Officer | None, now: datetime, **details: str
) -> None:
    duty.state, duty.look_again = state, None
    session.add(duty)
    record(session, case, "duty_settled", by=by, now=now, duty=duty.number, kind=duty.kind, state=state, **details)
