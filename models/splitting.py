"""Another matter in a letter becomes a case of its own (Complaint Handling Code: new issues raised part-way).

A further letter that raises a new issue is a first letter to its new case, and judged as one. Of the letter a case
began with, a person says which matter it also holds: the new case is filed as that person says.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from models.case import Case, CaseEvent
from models.case_link import LinkKind
from models.clock import in_words, london_date
from models.correspondence import Correspondence, Direction
from models.handling import check_entitled
from models.letters import send_receipt
from models.linking import put_link
from models.milestones import has_clocks_from_the_start, start_clocks
from models.once import append
from models.opening import NO_ADDRESS, new_case
from models.people import Complainant, Officer
from models.reckoning import reckon
from models.record import draw_case, record
from models.rules.doubts import Doubt
from models.rules.errors import StepNotAllowed
from models.rules.follow_ups import Sort
from models.rules.labels import Area
from models.settings import Settings
from models.stages import first_received

SPLIT = "letter_split"
SPLIT_OFF = "matter_split_off"
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
    return _said(session, new, settings=settings, now=now)


class Matter(NamedTuple):
    """Another matter in a letter: what it is, in an officer's words, and which service it concerns (None: the same)."""

    what: str
    area: Area | None = None


def new_case_of_matter(
    session: Session, case: Case, matter: Matter, *, by: Officer, settings: Settings, now: datetime
) -> str:
    """Open a case of another matter in the letter a case began with; its clock runs from the same day of receipt.

    Raises StepNotAllowed when the same was split off before.
    """
    check_entitled(case, by)
    done = select(CaseEvent.details).where(CaseEvent.case_id == case.number, CaseEvent.name == SPLIT_OFF)
    if before := next((each["new_case"] for each in session.exec(done) if each["matter"] == matter.what), None):
        raise StepNotAllowed(f"That matter has a case already: {before}.")
    received = first_received(session, case)
    new = _new_case(session, case, received, by=by, settings=settings, now=now, matter=matter.what)
    _file_as(new, case, matter.area)
    for letter in _first_letter(session, case):
        append(session, Correspondence, **_copy(letter, new), judge_at=None)
    reckon(new, settings=settings)
    if has_clocks_from_the_start(new, settings):
        start_clocks(session, new, settings=settings, now=now, by=by)
    record(session, case, SPLIT_OFF, by=by, now=now, matter=matter.what, new_case=new.reference)
    draw_case(session, new, now=now)
    return _said(session, new, settings=settings, now=now)


def _said(session: Session, new: Case, *, settings: Settings, now: datetime) -> str:
    said = f"{new.reference} is open. It is due an acknowledgement by {in_words(new.acknowledge_by)}."
    return said if _send_receipt(session, new, settings=settings, now=now) else f"{said} {_UNTOLD}"


def _split(
    session: Session, case: Case, letter: Correspondence, *, by: Officer, settings: Settings, now: datetime
) -> Case:
    """A new case from one letter of an older one, with a clock of its own that runs from the letter's day.

    It has a copy of the letter, which the classifier judges as any first letter; the message stays with the old one.
    """
    source = {"source": "a further letter"}
    new = _new_case(session, case, london_date(letter.at), by=by, settings=settings, now=now, **source)
    append(session, Correspondence, **_copy(letter, new), judge_at=now)
    record(session, case, SPLIT, by=by, now=now, letter=letter.id, new_case=new.reference)
    return new


def _new_case(
    session: Session, case: Case, received: date, *, by: Officer, settings: Settings, now: datetime, **details: str
) -> Case:
    """A new case of the same complainant, linked to the one it was split from."""
    new = new_case(session, case.complainant_id, received=received, settings=settings, now=now)
    new.may_answer, new.doubts = case.may_answer, [doubt for doubt in case.doubts if doubt in _OF_THE_PERSON]
    details = {"source": "another matter in the same letter"} | details
    record(session, new, "received", by=by, now=now, split_from=case.reference, **details)
    put_link(session, new, case, LinkKind.SPLIT_FROM, by=by, now=now)
    return new


def _file_as(new: Case, case: Case, area: Area | None) -> None:
    """Filed as the case it came from, but for the service: a person has read the letter, nobody need judge it again."""
    new.kind, new.kind_by_person = case.kind, case.kind_by_person
    new.areas, new.areas_by_person = [area.value] if area else list(case.areas), True
    new.signals, new.procedure, new.is_triaged = list(case.signals), case.procedure, True


def _first_letter(session: Session, case: Case) -> Sequence[Correspondence]:
    """The letter a case began with; none when somebody entered it without one."""
    query = select(Correspondence).where(
        Correspondence.case_id == case.number, Correspondence.direction == Direction.IN
    )
    return session.exec(query.order_by(col(Correspondence.id)).limit(1)).all()


def _send_receipt(session: Session, case: Case, *, settings: Settings, now: datetime) -> bool:
    """Tell the resident the new reference, unless no automatic letter may go to them."""
    address = session.get_one(Complainant, case.complainant_id).email
    why = NO_ADDRESS if not (case.may_answer and address) else ""
    why = why or send_receipt(session, case, settings=settings, now=now)
    if why:
        record(session, case, "no_receipt_sent", now=now, reason=why)
    return not why


def _copy(letter: Correspondence, case: Case) -> dict[str, Any]:
    copied = ("at", "subject", "text", "quoted", "message_id", "attachments")
    return {name: getattr(letter, name) for name in copied} | {"case_id": case.number, "direction": Direction.IN}
