"""What a message does to the record: it opens a case, or joins one."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from models.case import Case
from models.clock import london_date
from models.correspondence import Correspondence, Direction, InboundMessage
from models.letters import may_still_answer, send_letter
from models.once import insert_once
from models.outbox import put_line
from models.people import Complainant
from models.queries import who_is_told
from models.record import raise_alert, record
from models.rules.deadlines import deadlines
from models.rules.labels import Area, Signal
from models.rules.letters import Email
from models.rules.references import make_reference
from models.rules.warning_signs import sign_of_chasing
from models.settings import Settings


def open_case(
    session: Session, message: InboundMessage, email: Email, *, may_answer: bool, settings: Settings, now: datetime
) -> Case:
    """A new case from a message: deadlines from the day it was received, a receipt if one may answer.

    Until it is triaged nobody knows its kind, so it runs on the complaint's clock.
    """
    received = london_date(message.received_at)
    due = deadlines(settings.procedures["corporate"].stage(1), settings.calendar(), received=received)
    case = Case(
        complainant_id=_complainant(session, email),
        may_answer=may_answer,
        received_on=received,
        logged_at=now,
        acknowledge_by=due.acknowledge_by,
        respond_by=due.respond_by,
        look_again=now,
    )
    session.add(case)
    session.flush()
    case.reference = make_reference(case.number, received.year)
    record(session, case, "received", now=now, source=message.source, message=message.id)
    _keep_letter(session, case, message, email, now=now)
    if not may_answer:
        record(session, case, "no_receipt_sent", now=now, reason="the sender is a robot, a list, or left no address")
    elif not may_still_answer(session, email.sender, settings=settings, now=now):
        record(session, case, "no_receipt_sent", now=now, reason="the address had its automatic letters for today")
    else:
        send_letter(session, case, "receipt", settings=settings, now=now)
    return case


def add_correspondence(
    session: Session, case: Case, message: InboundMessage, email: Email, *, settings: Settings, now: datetime
) -> None:
    """A letter from a party joins an open case: its owner is told, and much chasing warns the lead."""
    _keep_letter(session, case, message, email, now=now)
    record(session, case, "letter_received", now=now, message=message.id)
    told = who_is_told(session, case, settings=settings)
    key, text = f"{case.reference} letter {message.id}", f"{case.reference}: the resident has written again."
    put_line(session, key=key, to=told, text=text, case_id=case.number, now=now)
    letters = session.exec(
        select(func.count())
        .select_from(Correspondence)
        .where(Correspondence.case_id == case.number, col(Correspondence.direction) == Direction.IN)
    ).one()
    if sign := sign_of_chasing(letters - 1):
        raise_alert(session, case, sign, now=now)


def tell_of_held(session: Session, message: InboundMessage, *, settings: Settings, now: datetime) -> None:
    """The corporate team hears that a message waits for a person, and why; nothing of what it says."""
    team = settings.team_for(Area.CORPORATE_OTHER)
    text = f"Message {message.id} is held for a person. {message.reason} “tocsin held” shows it."
    put_line(session, key=f"message {message.id} held", to=team.channel, text=text, case_id=None, now=now)


def note_signals(session: Session, case: Case, signals: Sequence[Signal]) -> list[Signal]:
    """Add signals to a case; returns those that are new to it."""
    new = [signal for signal in signals if signal not in case.signals]
    if new:
        case.signals = [*case.signals, *new]
        session.add(case)
    return new


def _complainant(session: Session, email: Email) -> int:
    new = insert_once(session, Complainant, name=email.sender_name, email=email.sender or None)
    if new is not None:
        return new
    complainant = session.exec(select(Complainant).where(Complainant.email == email.sender)).one()
    complainant.name = complainant.name or email.sender_name
    session.add(complainant)
    return complainant.id or 0


def _keep_letter(session: Session, case: Case, message: InboundMessage, email: Email, *, now: datetime) -> None:
    message.case_id = case.id
    session.add(
        Correspondence(
            case_id=case.number,
            direction=Direction.IN,
            at=message.received_at,
            subject=email.subject,
            text=email.text,
            quoted=email.quoted,
            message_id=email.message_id,
            attachments=[{"name": a.name, "type": a.content_type, "size": a.size} for a in email.attachments],
            inbound_id=message.id,
            judge_at=now,
        )
    )
