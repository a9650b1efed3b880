"""A new issue in a further letter becomes a case of its own (Complaint Handling Code: new issues raised part-way)."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.case import Case, CaseEvent
from models.clock import in_words, london_date
from models.correspondence import Correspondence, Direction
from models.handling import check_entitled
from models.letters import send_receipt
from models.once import append
from models.opening import NO_ADDRESS, new_case
from models.people import Complainant, Officer
from models.record import record
from models.rules.doubts import Doubt
from models.rules.errors import StepNotAllowed
from models.rules.follow_ups import Sort
from models.settings import Settings

SPLIT = "letter_split"
_OF_THE_PERSON = (Doubt.SENDER_FAILED, Doubt.LETTER_BOUNCED)
"""Doubts that go along, because they are about the writer and not about one letter."""
_UNTOLD = "No receipt was sent: tell the resident its reference."


def letter_to_split(session: Session, case: Case) -> Correspondence | None:
    """The newest letter that may raise a new issue and has no case of its own yet."""
    query = select(Correspondence).where(
        Correspondence.case_id == case.number,
        Correspondence.direction == Direction.IN,
        Correspondence.sort == Sort.NEW_ISSUE,
    )
    letters = session.exec(query.order_by(col(Correspondence.id).desc())).all()
    if not letters:
        return None
    done = select(CaseEvent.details).where(CaseEvent.case_id == case.number, CaseEvent.name == SPLIT)
    split = {details["letter"] for details in session.exec(done)}
    return next((letter for letter in letters if letter.id not in split), None)


def new_case_from_letter(session: Session, case: Case, *, by: Officer, settings: Settings, now: datetime) -> str:
    """Open a case from the newest letter that may raise a new issue. Raises StepNotAllowed when there is none left."""
    check_entitled(case, by)
    letter = letter_to_split(session, case)
    if letter is None:
        raise StepNotAllowed("Its letters have their cases already.")
    new = _split(session, case, letter, by=by, settings=settings, now=now)
    said = f"{new.reference} is open. It is due an acknowledgement by {in_words(new.acknowledge_by)}."
    return said if _send_receipt(session, new, settings=settings, now=now) else f"{said} {_UNTOLD}"


def _split(
    session: Session, case: Case, letter: Correspondence, *, by: Officer, settings: Settings, now: datetime
) -> Case:
    """A new case from one letter of an older one, with a clock of its own that runs from the letter's day.

    It has a copy of the letter, which the classifier judges as any first letter; the message stays with the old one.
    """
    received = london_date(letter.at)
    new = new_case(session, case.complainant_id, received=received, settings=settings, now=now)
    new.may_answer, new.doubts = case.may_answer, [doubt for doubt in case.doubts if doubt in _OF_THE_PERSON]
    record(session, new, "received", by=by, now=now, source="a further letter", split_from=case.reference)
    append(session, Correspondence, **_copy(letter, new, now))
    record(session, case, SPLIT, by=by, now=now, letter=letter.id, new_case=new.reference)
    return new


def _send_receipt(session: Session, case: Case, *, settings: Settings, now: datetime) -> bool:
    """Tell the resident the new reference, unless no automatic letter may go to them."""
    address = session.get_one(Complainant, case.complainant_id).email
    why = NO_ADDRESS if not (case.may_answer and address) else ""
    why = why or send_receipt(session, case, settings=settings, now=now)
    if why:
        record(session, case, "no_receipt_sent", now=now, reason=why)
    return not why


def _copy(letter: Correspondence, case: Case, now: datetime) -> dict[str, Any]:
    copied = ("at", "subject", "text", "quoted", "message_id", "attachments")
    return {name: getattr(letter, name) for name in copied} | {
        "case_id": case.number,
        "direction": Direction.IN,
        "judge_at": now,
    }
