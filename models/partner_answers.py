"""What happens when a partner answers what it was asked: the request is met, and whoever has the case hears of it."""

from datetime import datetime

from sqlmodel import Session

from models.case import Case
from models.clock import london_date
from models.covering import told_about
from models.duty import Duty, DutyState
from models.outbox import put_line
from models.record import record
from models.rules.errors import StepNotAllowed
from models.settings import Settings


def answer_request(
    session: Session, case: Case, duty_id: int, answer: str, *, settings: Settings, now: datetime
) -> str:
    """Keep a partner's answer as the request's evidence, and tell whoever has the case; returns a sentence.

    Raises StepNotAllowed when the request was settled meanwhile.
    """
    duty = session.get_one(Duty, duty_id, with_for_update=True)
    if duty.state != DutyState.OPEN:
        raise StepNotAllowed("It was answered or withdrawn meanwhile.")
    duty.state, duty.done_on, duty.evidence, duty.look_again = DutyState.DONE, london_date(now), answer, None
    session.add(duty)
    record(session, case, "request_answered", now=now, duty=duty.number, party=duty.party, answer=answer)
    put_line(
        session,
        key=f"{duty.key} answered",
        to=told_about(session, case, settings=settings, on=london_date(now)),
        text=f"{case.reference}: what was asked of a partner is answered. Open the case to read it.",
        case_id=case.id,
        now=now,
    )
    return "Thank you. Your answer has reached the officer who asked."
