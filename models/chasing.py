"""A chaser beside the case it asks after: each card names the other case. Nothing is joined, moved or closed by it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.case import Case, CaseEvent
from models.record import record
from models.rules.labels import Kind
from models.stages import has_answer

ASKS_AFTER = "asks_after"
ASKED_AFTER = "asked_after"


@dataclass(frozen=True)
class Beside:
    """References of cases of the same person on the same matter.

    ``asks_after`` is the one this chaser asks after, or ""; ``asked_after_by`` are the chasers that ask after this one.
    """

    asks_after: str = ""
    asked_after_by: tuple[str, ...] = ()


NOTHING_BESIDE = Beside()


def put_beside(session: Session, chaser: Case, number: int, *, now: datetime) -> bool:
    """Show a chaser beside the case with that number, whose row the caller has locked. False: it is open no more."""
    asked = session.get_one(Case, number)
    if has_answer(asked):
        return False
    record(session, chaser, ASKS_AFTER, now=now, reference=asked.reference)
    record(session, asked, ASKED_AFTER, now=now, reference=chaser.reference)
    return True


def beside(session: Session, case: Case) -> Beside:
    """The cases shown beside one: a chaser that a person filed as something else is shown beside none."""
    told = select(CaseEvent.name, CaseEvent.details).where(
        CaseEvent.case_id == case.number, col(CaseEvent.name).in_((ASKS_AFTER, ASKED_AFTER))
    )
    found = [(name, str(details["reference"])) for name, details in session.exec(told.order_by(col(CaseEvent.id)))]
    asks = [reference for name, reference in found if name == ASKS_AFTER and case.kind == Kind.CHASER]
    return Beside(
        asks_after=asks[-1] if asks else "",
        asked_after_by=tuple(reference for name, reference in found if name == ASKED_AFTER),
    )
