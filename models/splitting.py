"""A new issue in a further letter becomes a case of its own (Complaint Handling Code: new issues raised part-way)."""

from datetime import datetime

from sqlmodel import Session, col, select

from models.case import Case, CaseEvent
from models.clock import in_words, london_date
from models.correspondence import Correspondence, Direction
from models.handling import check_entitled
from models.letters import send_receipt
from models.people import Complainant, Officer
from models.record import record
from models.rules.deadlines import deadlines
from models.rules.doubts import Doubt
from models.rules.errors import StepNotAllowed
from models.rules.follow_ups import Sort
from models.rules.references import make_reference
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
    new = split_letter(session, case, letter, by=by, settings=settings, now=now)
    said = f"{new.reference} is open. It is due an acknowledgement by {in_words(new.acknowledge_by)}."
    return said if _send_receipt(session, new, settings=settings, now=now) else f"{said} {_UNTOLD}"


def split_letter(
    session: Session, case: Case, letter: Correspondence, *, by: Officer, settings: Settings, now: datetime
) -> Case:
    """A new case from one letter of an older one, with a clock of its own that runs from the letter's day.

    It has a copy of the letter, which the classifier judges as any first letter; the message stays with the old one.
    """
    received = london_date(letter.at)
    due = deadlines(settings.procedures["corporate"].stage(1), settings.calendar(), received=received)
    new = Case(
        complainant_id=case.complainant_id,
        may_answer=case.may_answer,
        doubts=[doubt for doubt in case.doubts if doubt in _OF_THE_PERSON],
        received_on=received,
        logged_at=now,
        acknowledge_by=due.acknowledge_by,
        respond_by=due.respond_by,
        look_again=now,
    )
    session.add(new)
    session.flush()
    new.reference = make_reference(new.number, received.year)
    record(session, new, "received", by=by, now=now, source="a further letter", split_from=case.reference)
    session.add(_copy(letter, new, now))
    session.flush()
    record(session, case, SPLIT, by=by, now=now, letter=letter.id, new_case=new.reference)
    return new


def _send_receipt(session: Session, case: Case, *, settings: Settings, now: datetime) -> bool:
    """Tell the resident the new reference, unless no automatic letter may go to them."""
    address = session.get_one(Complainant, case.complainant_id).email
    why = "the sender is a robot, a list, or left no address" if not (case.may_answer and address) else ""
    why = why or send_receipt(session, case, settings=settings, now=now)
    if why:
        record(session, case, "no_receipt_sent", now=now, reason=why)
    return not why


def _copy(letter: Correspondence, case: Case, now: datetime) -> Correspondence:
    return Correspondence(
        case_id=case.number,
        direction=Direction.IN,
        at=letter.at,
        subject=letter.subject,
        text=letter.text,
        quoted=letter.quoted,
        message_id=letter.message_id,
        attachments=list(letter.attachments),
        judge_at=now,
    )
