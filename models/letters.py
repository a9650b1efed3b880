"""Letters to residents: put in the outbox and kept as correspondence."""

import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from models.case import PROCEDURE_CHANGED, REOPENED, Case, CaseEvent
from models.clock import london_date, london_instant
from models.correspondence import Correspondence, Direction
from models.letter_texts import ANSWERS, AUTOMATIC, compose
from models.once import append
from models.outbox import Channel, OutboxEntry, ToSay, put, put_unasked
from models.people import Complainant
from models.rules.threads import keyed_address
from models.settings import Settings

CAME_BACK = "letter_bounced"
"""The event of a letter that did not arrive; its details name the letter and its stage."""

_AN_ID = re.compile(r"<[!-;=?-~]{1,240}>")
"""What may stand in a header as a Message-ID: nothing in it breaks a line (RFC 5322, section 3.6.4, and 2.1.1)."""

_MOST_IDS = 20


def send_letter(
    session: Session,
    case: Case,
    name: str,
    *,
    settings: Settings,
    now: datetime,
    which: str = "",
    **also: str | date | bool,
) -> bool:
    """Write a letter and put it in the outbox, once a stage.

    It may be written once more each time the case was opened again or went to another procedure's stage, and each
    time it came back. Where a stage may have several of a letter, such as extensions, ``which`` tells them apart.

    Returns False when this letter was put before, or when the complainant left no address: then an answer
    is kept as correspondence all the same, and somebody must reach them another way.
    """
    complainant = session.get_one(Complainant, case.complainant_id)
    said = session.exec(
        select(Correspondence.message_id, Correspondence.direction)
        .where(Correspondence.case_id == case.number, Correspondence.direction != Direction.PARTNER)
        .order_by(col(Correspondence.id))
    ).all()
    place = _Place(name, _key(session, case, name, which), _thread(said))
    return _send(session, case, complainant, place, settings=settings, now=now, **also)


@dataclass(frozen=True)
class _Place:
    """Which letter it is: its name, its key in the outbox, and which letters it answers.

    ``is_first``: nothing was ever sent on its case, so it cannot have been put before.
    """

    name: str
    key: str
    thread: Mapping[str, str | list[str]]
    is_first: bool = False


def _send(
    session: Session,
    case: Case,
    complainant: Complainant,
    place: _Place,
    *,
    settings: Settings,
    now: datetime,
    **also: str | date | bool,
) -> bool:
    subject, text = compose(case, place.name, complainant=complainant, settings=settings, **also)
    message_id = message_id_for(place.key, case.thread_key, settings)
    letter = {"case_id": case.number, "direction": Direction.OUT, "at": now, "subject": subject, "text": text}
    letter["message_id"] = message_id
    if not complainant.email:
        _keep_unsent(session, letter, place.name)
        return False
    payload: dict[str, Any] = {
        "to": complainant.email,
        "subject": subject,
        "text": text,
        "message_id": message_id,
        "reply_to": _reply_to(case, settings),
        "automatic": place.name in AUTOMATIC,
        **place.thread,
    }
    if place.name in ANSWERS:  # the officer's own words, for those who get the same answer to the same letter
        payload["answer"] = also["letter"]
    said = ToSay(Channel.EMAIL, place.key, payload, case.number)
    if place.is_first:
        put_unasked(session, said, now=now)
    elif not put(session, said, now=now):
        return False
    append(session, Correspondence, **letter)
    return True


def message_id_for(key: str, thread_key: str, settings: Settings) -> str:
    """The Message-ID of a letter, made from its key: two copies are one message to any mail program.

    Nobody can work it out from a reference: the case's own key goes into it (HMAC, RFC 2104).
    """
    domain = settings.letters.from_address.rpartition("@")[2]
    sealed = hmac.new(thread_key.encode(), key.encode(), hashlib.sha256)
    return f"<tocsin.{sealed.hexdigest()[:32]}@{domain}>"


def to_the_contact(key: str, subject: str, text: str, about: str, settings: Settings) -> ToSay:
    """A letter to the technical contact; ``about`` stands in for the case's key that other letters have."""
    letter = {
        "to": settings.technical_contact.email,
        "subject": subject,
        "text": text,
        "message_id": message_id_for(key, about, settings),
        "in_reply_to": "",
        "automatic": True,
    }
    return ToSay(Channel.EMAIL, key, letter)


def send_receipt(session: Session, case: Case, *, settings: Settings, now: datetime) -> str:
    """Send the automatic receipt, the last one of a day saying so; returns why none is sent, or ""."""
    address = session.get_one(Complainant, case.complainant_id).email or ""
    left, why = automatic_letters_left(session, address, settings=settings, now=now)
    if not why:
        send_letter(session, case, "receipt", settings=settings, now=now, is_last_today=left == 1)
    return why


def send_first_receipt(
    session: Session, case: Case, complainant: Complainant, answers: str, *, settings: Settings, now: datetime
) -> None:
    """The receipt of a new case of somebody who never wrote before: there is nothing to ask the database.

    ``answers`` is the Message-ID of their letter.
    """
    is_last = settings.letters.automatic_letters_per_day == 1
    key = f"{case.reference} stage {case.stage} receipt"
    place = _Place("receipt", key, _thread([(answers, Direction.IN)]), is_first=True)
    _send(session, case, complainant, place, settings=settings, now=now, is_last_today=is_last)


def automatic_letters_left(session: Session, address: str, *, settings: Settings, now: datetime) -> tuple[int, str]:
    """How many more automatic letters an address may get on this London day, and why it gets none now, or "".

    Its mailbox had as many as it may have in a day (RFC 3834, section 2), or the last letter of ours to it came back:
    only a person may write there again, and automatic letters follow once one of theirs has not come back.
    """
    if session.connection().dialect.name == "postgresql":
        # held until the transaction ends: two messages processed at once must not both take the last one
        session.exec(select(Complainant.id).where(Complainant.email == address).with_for_update(key_share=True)).first()
    theirs = select(Case.id).join(Complainant).where(Complainant.email == address)
    same_mailbox = select(Case.id).join(Complainant).where(_reaches(address))
    sent_today = (
        select(func.count())
        .select_from(OutboxEntry)
        .where(
            col(OutboxEntry.case_id).in_(same_mailbox),
            OutboxEntry.channel == Channel.EMAIL,
            OutboxEntry.put_at >= london_instant(london_date(now), time.min),
            col(OutboxEntry.payload)["automatic"].as_boolean().is_(True),
        )
    )
    newest = (
        select(Correspondence.undelivered)
        .where(col(Correspondence.case_id).in_(theirs), Correspondence.direction == Direction.OUT)
        .order_by(col(Correspondence.id).desc())
        .limit(1)
    )
    sent, came_back = session.exec(select(sent_today.scalar_subquery(), newest.scalar_subquery())).one()
    left = settings.letters.automatic_letters_per_day - sent
    if left < 1:
        return 0, "the address had its automatic letters for today"
    return left, "the last letter to this address came back" if came_back else ""


def _reaches(address: str) -> ColumnElement[bool]:
    """Which complainants' letters reach the mailbox of this address: those with other words after a plus sign too.

    Most servers deliver those to one mailbox (RFC 5233), and whoever forges a sender may write as many as they like.
    """
    theirs = col(Complainant.email)
    before, _, domain = address.rpartition("@")
    mailbox, plus, _ = before.partition("+")
    if not plus:  # the way of nearly all, which an index answers
        return theirs == address
    within = theirs.startswith(f"{mailbox}+", autoescape=True) & theirs.endswith(f"@{domain}", autoescape=True)
    return (theirs == f"{mailbox}@{domain}") | within


def stage_and_name(case: Case, key: str) -> tuple[int, str] | None:
    """Which letter of this case an outbox entry with that key is, or None when it is none."""
    found = re.match(rf"{re.escape(case.reference)} stage (\d+) (\w+)", key)
    return (int(found[1]), found[2]) if found else None


def _key(session: Session, case: Case, name: str, which: str) -> str:
    query = select(CaseEvent.name, CaseEvent.details).where(
        CaseEvent.case_id == case.number, col(CaseEvent.name).in_((REOPENED, CAME_BACK, PROCEDURE_CHANGED))
    )
    happened = session.exec(query).all()
    again = sum(event == REOPENED for event, _ in happened)
    this = (name, case.stage)
    returned = sum(event == CAME_BACK and (it.get("letter"), it.get("stage")) == this for event, it in happened)
    elsewhere = sum(event == PROCEDURE_CHANGED and it["stage"] != it["stage_before"] for event, it in happened)
    return (
        f"{case.reference} stage {case.stage} {name}"
        + (f" {which}" if which else "")
        + (f" after opening it again {again}" if again else "")
        + (f" after changing the procedure {elsewhere}" if elsewhere else "")
        + (f" after it came back {returned}" if returned else "")
    )


def _keep_unsent(session: Session, letter: Mapping[str, Any], name: str) -> None:
    """The officer's own words are kept, once; an acknowledgement that nobody sends never was one."""
    known = session.exec(select(Correspondence.id).where(Correspondence.message_id == letter["message_id"])).first()
    if name in ANSWERS and known is None:
        append(session, Correspondence, **letter)


def _reply_to(case: Case, settings: Settings) -> str:
    return keyed_address(settings.letters.from_address, case.thread_key) if settings.letters.keyed_replies else ""


def _thread(said: Sequence[tuple[str, str]]) -> dict[str, str | list[str]]:
    """What a letter answers, and that letter's ancestors with it (RFC 5322, section 3.6.4).

    ``said`` are the Message-IDs of the case's letters so far. Of a long exchange the first and the newest are named,
    as RFC 5537 (section 3.4.4) lets one do.
    """
    last_in = max((place for place, (_, way) in enumerate(said) if way == Direction.IN), default=-1)
    upto = [each for each, _ in said[: last_in + 1] if _AN_ID.fullmatch(each)]
    ids = list(dict.fromkeys(upto))
    answered = said[last_in][0] if last_in >= 0 and _AN_ID.fullmatch(said[last_in][0]) else ""
    return {"in_reply_to": answered, "references": [*ids[:1], *ids[1:][-_MOST_IDS:]]}
