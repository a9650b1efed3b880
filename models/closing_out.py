"""Close-out: how an answered case comes to its end when nobody writes any more.

So many working days after the answer a letter asks whether it was put right; after so many more without a word the
case closes by itself. Any letter from the resident leaves the closing to a person, and nothing closes while something
promised is still owed. ``Case.close_out_on`` is the day of the next look, so that a sweep reads only what is due.
"""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from models.case import Case, CaseEvent
from models.clock import london_date, london_instant
from models.letters import automatic_letters_left, send_letter
from models.people import Complainant
from models.record import note, record
from models.remedies import has_open_duties
from models.rules.steps import CaseStatus, Step, move
from models.settings import Settings

_AT_ONCE = 50
_CLOSED_BECAUSE = "nobody wrote after we asked whether it was put right"


def closes_by_itself(now: datetime, *, settings: Settings) -> bool:
    """Whether cases may be looked at now: the settings ask for it, and it is a working day after its opening hour."""
    today = london_date(now)
    is_open = settings.calendar().is_working_day(today) and now >= london_instant(today, settings.nags.from_time)
    return is_open and settings.close_out.after_working_days is not None


def claim_to_close_out(session: Session, *, now: datetime) -> list[int]:
    """The next cases whose close-out is due a look, by number; a handful at a time.

    Their next look is put off to tomorrow first: if the rest fails for one, others go ahead.
    """
    today = london_date(now)
    due = select(Case).where(col(Case.close_out_on) <= today).order_by(col(Case.close_out_on), col(Case.id))
    cases = session.exec(due.limit(_AT_ONCE).with_for_update(skip_locked=True)).all()
    for case in cases:
        case.close_out_on = today + timedelta(days=1)
        session.add(case)
    return [case.number for case in cases]


def close_out(session: Session, case: Case, *, settings: Settings, now: datetime) -> None:
    """Take the next step of a case's close-out, if its time has come. The caller has locked the case."""
    session.add(case)
    after, today = settings.close_out.after_working_days, london_date(now)
    if case.status != CaseStatus.RESPONDED or case.responded_on is None or after is None:
        _leave(case)
        return
    if _has_written(session, case):
        _leave_to_people(session, case, "the resident has written since the answer", now=now)
        return
    calendar = settings.calendar(case.procedure)
    first = calendar.last_day(case.responded_on, after)
    if today < first:
        case.close_out_on = first
    elif has_open_duties(session, case) or _speaks_for_open_cases(session, case):
        case.close_out_on = calendar.next_working_day(today)
    elif case.quiet_until is None:
        _ask(session, case, settings=settings, now=now)
    elif today > case.quiet_until:
        _close(session, case, today, now=now)
    else:
        case.close_out_on = case.quiet_until + timedelta(days=1)


def _ask(session: Session, case: Case, *, settings: Settings, now: datetime) -> None:
    """Ask whether it was put right. Where no letter may go, nobody was asked: a person closes the case."""
    address = session.get_one(Complainant, case.complainant_id).email or ""
    left, why = automatic_letters_left(session, address, settings=settings, now=now) if address else (0, "no address")
    if address and left < 1:
        return  # it had its automatic letters today; tomorrow is the next look
    until = settings.calendar(case.procedure).last_day(london_date(now), settings.close_out.quiet_working_days)
    may_go = case.may_answer and not why
    if not (may_go and send_letter(session, case, "close_out", settings=settings, now=now, until=until)):
        _leave_to_people(session, case, "no letter could ask whether it was put right", now=now)
        return
    case.quiet_until, case.close_out_on = until, until + timedelta(days=1)
    record(session, case, "close_out_asked", now=now, until=until.isoformat())


def _close(session: Session, case: Case, today: date, *, now: datetime) -> None:
    until = case.quiet_until.isoformat() if case.quiet_until else None
    case.status, case.closed_on = move(CaseStatus(case.status), Step.CLOSE), today
    _leave(case)
    record(session, case, "closed", now=now, reason=_CLOSED_BECAUSE, quiet_until=until)


def _leave_to_people(session: Session, case: Case, why: str, *, now: datetime) -> None:
    _leave(case)
    note(session, case, "close_out_left_to_people", now=now, why=why)


def _leave(case: Case) -> None:
    case.close_out_on = case.quiet_until = None


def _has_written(session: Session, case: Case) -> bool:
    """Whether a letter joined the case after the answer: told by the order of events, which is that of the work."""
    of_case = select(func.max(CaseEvent.id)).where(CaseEvent.case_id == case.number)
    answered = of_case.where(CaseEvent.name == "responded").scalar_subquery()
    written = of_case.where(CaseEvent.name == "letter_received").scalar_subquery()
    answer, letter = session.exec(select(answered, written)).one()
    return letter is not None and answer is not None and letter > answer


def _speaks_for_open_cases(session: Session, case: Case) -> bool:
    """A campaign's case closes last: those that follow it have quiet periods of their own."""
    follower = select(Case.id).where(Case.campaign_of_id == case.number, Case.status != CaseStatus.CLOSED)
    return session.exec(follower.limit(1)).first() is not None
