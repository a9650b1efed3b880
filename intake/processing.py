"""One kept message: parse it, route it, and do to the record what it asks, or put it aside for a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select, update

from intake.automatic import may_answer
from intake.parse import parse
from intake.routing import Known, KnownCase, Routed, route
from models.arrivals import add_correspondence, open_case, tell_of_held
from models.case import Case
from models.correspondence import Correspondence, Direction, Disposition, InboundMessage
from models.db import reading, writing
from models.people import Complainant
from models.queries import case_by_reference, get_case
from models.rules.letters import Email
from models.rules.references import find_references
from models.rules.steps import CaseStatus
from models.settings import Settings

_RETRY_AFTER = timedelta(minutes=2)
_HEADERS_OF_A_LARGE_ONE = 64_000
_MOST_NAMED = 50


@dataclass(frozen=True)
class Processed:
    """What became of one message, as ``tocsin ingest --json`` tells it."""

    disposition: Disposition
    rule: str
    reason: str
    case: str | None
    email: Email


def claim_message(session: Session, *, now: datetime) -> int | None:
    """The next message to process, or None. Its next try is put off first, so it cannot starve the others."""
    waiting = (
        select(InboundMessage.id, InboundMessage.attempts)
        .where(col(InboundMessage.disposition).is_(None), InboundMessage.look_at <= now)
        .order_by(col(InboundMessage.look_at), col(InboundMessage.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    found = session.exec(waiting).first()
    if found is None or found[0] is None:
        return None
    session.exec(
        update(InboundMessage)
        .where(col(InboundMessage.id) == found[0])
        .values(look_at=now + _RETRY_AFTER, attempts=found[1] + 1)
    )
    return found[0]


def process(engine: Engine, message_id: int, *, settings: Settings, now: datetime) -> Processed:
    """Parse and route one kept message. Processing it twice changes nothing the second time."""
    with reading(engine) as session:
        message = session.get_one(InboundMessage, message_id)
        raw, too_often = message.raw, message.attempts > settings.intake.tries
    email = Email() if too_often else parse(_readable_part(raw, settings))
    with writing(engine) as session:
        message = session.get_one(InboundMessage, message_id, with_for_update=True)
        if message.disposition is None:
            routed = _gave_up(settings) if too_often else route(email, known_for(session, email, message, settings))
            _apply(session, message, email, routed, settings=settings, now=now)
        case = session.get(Case, message.case_id) if message.case_id else None
        disposition = Disposition(message.disposition or Disposition.HELD)
        return Processed(disposition, message.rule, message.reason, case.reference if case else None, email)


def known_for(session: Session, email: Email, message: InboundMessage, settings: Settings) -> Known:
    """What the record knows of the cases a message names, by reference or by answering a letter of theirs."""
    named = find_references(f"{email.subject}\n{email.text[:20_000]}\n{email.quoted[:20_000]}")[:_MOST_NAMED]
    answered = select(Correspondence.case_id).where(
        col(Correspondence.message_id).in_(email.in_reply_to[:_MOST_NAMED]), Correspondence.direction == Direction.OUT
    )
    cases = session.exec(
        select(Case, Complainant.email)
        .join(Complainant)
        .where(col(Case.reference).in_(named) | col(Case.id).in_(answered))
        .order_by(col(Case.id))
    ).all()
    ours = session.exec(
        select(Correspondence.message_id).where(
            Correspondence.message_id == email.message_id,
            Correspondence.direction == Direction.OUT,
            Correspondence.message_id != "",
        )
    ).all()
    return Known(
        cases=tuple(
            KnownCase(case.reference, case.status != CaseStatus.CLOSED, frozenset({address} if address else ()))
            for case, address in cases
        ),
        our_message_ids=frozenset(ours),
        our_address=settings.letters.from_address.lower(),
        size=message.size,
        largest=settings.intake.largest_message_bytes,
    )


def _apply(
    session: Session, message: InboundMessage, email: Email, routed: Routed, *, settings: Settings, now: datetime
) -> None:
    message.disposition, message.rule, message.reason = routed.disposition, routed.rule, routed.reason
    session.add(message)
    if routed.disposition is Disposition.CASE:
        open_case(session, message, email, may_answer=may_answer(email), settings=settings, now=now)
    elif routed.disposition is Disposition.HELD:
        tell_of_held(session, message, settings=settings, now=now)
    elif routed.disposition is Disposition.FOLLOW_UP:
        joined = case_by_reference(session, routed.joins or "")
        add_correspondence(session, get_case(session, joined.number), message, email, settings=settings, now=now)


def _readable_part(raw: bytes, settings: Settings) -> bytes:
    return raw if len(raw) <= settings.intake.largest_message_bytes else raw[:_HEADERS_OF_A_LARGE_ONE]


def _gave_up(settings: Settings) -> Routed:
    return Routed(
        Disposition.HELD,
        "could_not_be_processed",
        f"Processing it failed {settings.intake.tries} times; the technical contact finds why in the log.",
    )
