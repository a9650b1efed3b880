"""Letters to residents: put in the outbox and kept as correspondence."""

import hashlib
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, func, select

from models.case import Case
from models.correspondence import Correspondence, Direction
from models.letter_texts import ANSWERS, compose
from models.outbox import Channel, OutboxEntry, put
from models.people import Complainant
from models.queries import times_reopened
from models.settings import Settings


def send_letter(
    session: Session, case: Case, name: str, *, settings: Settings, now: datetime, **also: str | date
) -> Correspondence | None:
    """Write a letter and put it in the outbox, once a stage (and once more each time the case was opened again).

    Returns None when this letter was put before, or when the complainant left no address: then an answer
    is kept as correspondence all the same, and somebody must reach them another way.
    """
    complainant = session.get_one(Complainant, case.complainant_id)
    subject, text = compose(case, name, complainant=complainant, settings=settings, **also)
    again = times_reopened(session, case)
    key = f"{case.reference} stage {case.stage} {name}" + (f" after opening it again {again}" if again else "")
    message_id = message_id_for(key, settings)
    letter = Correspondence(
        case_id=case.number, direction=Direction.OUT, at=now, subject=subject, text=text, message_id=message_id
    )
    if not complainant.email:
        _keep_unsent(session, letter, name)
        return None
    payload = {
        "to": complainant.email,
        "subject": subject,
        "text": text,
        "message_id": message_id,
        "in_reply_to": _last_letter_in(session, case),
        "automatic": name == "receipt",
    }
    if not put(session, channel=Channel.EMAIL, key=key, payload=payload, case_id=case.number, now=now):
        return None
    session.add(letter)
    return letter


def message_id_for(key: str, settings: Settings) -> str:
    """The Message-ID of a letter, made from its key: two copies are one message to any mail program."""
    domain = settings.letters.from_address.rpartition("@")[2]
    return f"<tocsin.{hashlib.sha256(key.encode()).hexdigest()[:24]}@{domain}>"


def may_still_answer(session: Session, address: str, *, settings: Settings, now: datetime) -> bool:
    """Whether this address may get one more automatic letter today (RFC 3834, section 2)."""
    sent = session.exec(
        select(func.count())
        .select_from(OutboxEntry)
        .join(Case, col(Case.id) == OutboxEntry.case_id)
        .join(Complainant)
        .where(
            Complainant.email == address,
            OutboxEntry.channel == Channel.EMAIL,
            OutboxEntry.put_at > now - timedelta(days=1),
            col(OutboxEntry.payload)["automatic"].as_boolean().is_(True),
        )
    ).one()
    return sent < settings.letters.automatic_letters_per_day


def _keep_unsent(session: Session, letter: Correspondence, name: str) -> None:
    """The officer's own words are kept, once; an acknowledgement that nobody sends never was one."""
    known = session.exec(select(Correspondence.id).where(Correspondence.message_id == letter.message_id)).first()
    if name in ANSWERS and known is None:
        session.add(letter)


def _last_letter_in(session: Session, case: Case) -> str:
    newest = select(Correspondence.message_id).where(
        Correspondence.case_id == case.number, Correspondence.direction == Direction.IN
    )
    return session.exec(newest.order_by(col(Correspondence.id).desc()).limit(1)).first() or ""
