"""What a message does to the record: it opens a case, or joins one."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from models.case import Case
from models.clock import london_date
from models.correspondence import Correspondence, Direction, InboundMessage
from models.letters import send_first_receipt, send_receipt
from models.once import append, insert_ahead, insert_once, reserve_numbers
from models.opening import NO_ADDRESS, new_case
from models.people import Complainant
from models.record import raise_alert, record
from models.rules.doubts import Doubt
from models.rules.letters import Email
from models.rules.warning_signs import sign_of_chasing
from models.settings import Settings


@dataclass(frozen=True)
class Opening:
    """Whose case a message opens, whether letters may go to them, and what gives an officer reason for care.

    ``no_receipt_because``: letters that a person sends may go there, but no automatic one.
    """

    name: str
    address: str
    may_answer: bool
    no_receipt_because: str = ""
    doubts: tuple[Doubt, ...] = ()


def expect_cases(session: Session, openings: Sequence[Opening]) -> None:
    """Each of these is about to open a case: take their numbers, and store who never wrote before, all at once."""
    reserve_numbers(session, Case, len(openings))
    # in one order: two workers at letters of the same people then never wait for each other
    first = {opening.address: opening for opening in reversed(openings) if opening.address}
    insert_ahead(session, Complainant, [_as_row(first[address]) for address in sorted(first)], by=["email"])


def open_case(
    session: Session, message: InboundMessage, email: Email, opening: Opening, *, settings: Settings, now: datetime
) -> Case:
    """A new case from a message: deadlines from the day it was received, a receipt if one may answer."""
    complainant, is_known = _complainant(session, opening)
    received = london_date(message.received_at)
    case = new_case(session, complainant.id or 0, received=received, settings=settings, now=now)
    case.may_answer, case.doubts = opening.may_answer, [doubt.value for doubt in opening.doubts]
    record(session, case, "received", now=now, source=message.source, message=message.id)
    _keep_letter(session, case, message, email, now=now)
    if not opening.may_answer:
        record(session, case, "no_receipt_sent", now=now, reason=NO_ADDRESS)
    elif opening.no_receipt_because:
        record(session, case, "no_receipt_sent", now=now, reason=opening.no_receipt_because)
    elif not is_known and "+" not in opening.address:  # others of that mailbox may have written
        send_first_receipt(session, case, complainant, email.message_id, settings=settings, now=now)
    elif why := send_receipt(session, case, settings=settings, now=now):
        record(session, case, "no_receipt_sent", now=now, reason=why)
    return case


def add_correspondence(
    session: Session, case: Case, message: InboundMessage, email: Email, *, doubts: Sequence[Doubt] = (), now: datetime
) -> None:
    """A letter from a party joins a case; once the classifier has read it, its owner is told. Much chasing warns.

    ``doubts`` are what gives reason for care in this letter: the card shows them from now on.
    """
    _keep_letter(session, case, message, email, now=now)
    add_doubts(case, doubts)
    record(session, case, "letter_received", now=now, message=message.id)
    letters = session.exec(
        select(func.count())
        .select_from(Correspondence)
        .where(Correspondence.case_id == case.number, col(Correspondence.direction) == Direction.IN)
    ).one()
    if sign := sign_of_chasing(letters - 1):
        raise_alert(session, case, sign, now=now)


def _complainant(session: Session, opening: Opening) -> tuple[Complainant, bool]:
    """Who it is, and whether they have written before."""
    address = opening.address or None
    new = insert_once(session, Complainant, **_as_row(opening))
    if new is not None:
        return Complainant(id=new, name=opening.name, email=address), False
    known = session.exec(select(Complainant).where(Complainant.email == address)).one()
    known.name = known.name or opening.name
    session.add(known)
    return known, True


def _as_row(opening: Opening) -> dict[str, str | None]:
    return {"name": opening.name, "email": opening.address or None}


def keep_partners_letter(
    session: Session, case: Case, message: InboundMessage, email: Email, *, doubts: Sequence[Doubt] = ()
) -> None:
    """A letter from a partner is kept with a case: nothing of it is judged, and nobody is answered by machine."""
    _keep_letter(session, case, message, email, direction=Direction.PARTNER)
    add_doubts(case, doubts)


def add_doubts(case: Case, doubts: Sequence[Doubt]) -> None:
    """From now on the card shows these doubts too."""
    case.doubts = [*case.doubts, *(doubt.value for doubt in doubts if doubt not in case.doubts)]


def _keep_letter(
    session: Session,
    case: Case,
    message: InboundMessage,
    email: Email,
    *,
    direction: Direction = Direction.IN,
    now: datetime | None = None,
) -> None:
    """``now``: the classifier is asked about it from then on; None: it never is."""
    message.case_id = case.id
    append(
        session,
        Correspondence,
        case_id=case.number,
        direction=direction,
        at=message.received_at,
        subject=email.subject,
        text=email.text,
        quoted=email.quoted,
        message_id=email.message_id,
        attachments=[asdict(attachment) for attachment in email.attachments],
        inbound_id=message.id,
        judge_at=now,
    )
