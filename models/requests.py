"""Requests to partners and other services: asked by email, reminded by email, answered without an account.

A partner is no party, and is never given the case's own key, which would let whoever has the letter write as one. Each
letter has a key of its own, by which an answer by email is known (``models.partner_letters``). They are told the
reference and what the officer typed, and nothing more of the resident.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.acting_links import ANSWER_BY_EMAIL, ANSWER_REQUEST, Allowed, give_link, keep_key
from models.case import Case
from models.clock import in_words, london_date
from models.covering import told_about
from models.duty import Duty
from models.letters import message_id_for
from models.outbox import Channel, Delivery, OutboxEntry, ToSay, put, put_already, put_line
from models.record import note
from models.rules.chasing_partners import last_chase
from models.rules.threads import key_of_letter, keyed_address
from models.settings import Settings

_ASKING = """Dear {party},

{council} asks for the following, for its reference {reference}, by {due}:

{what}
"""

_REMINDING = """Dear {party},

{council} asked for the following, for its reference {reference}. {when}

{what}
"""

_HOW = (
    "\nPlease answer this letter and leave the reference {reference} in its subject.{here}Tell us in any case if you "
    "cannot, or not by then. Name people only where you must.\n\n{sender}\n"
)


@dataclass(frozen=True)
class _Letter:
    """Which letter of a request: its key in the outbox, and its beginning."""

    key: str
    template: str


def ask(session: Session, case: Case, duty: Duty, *, settings: Settings, now: datetime) -> None:
    """Put the letter that asks, once."""
    _put(session, (case, duty), _Letter(f"{duty.key} asked", _ASKING), settings=settings, now=now)


def chase(session: Session, case: Case, duty: Duty, *, settings: Settings, now: datetime) -> bool:
    """Put the reminder whose day has come, each once; the history says so. False: none is due, or it was put.

    Where the last letter could not be delivered, whoever has the case is told instead.
    """
    day = last_chase(duty.due, london_date(now), settings.calendar(case.procedure))
    if day is None or day <= london_date(duty.made_at):
        return False
    if _is_undelivered(session, duty):
        return _tell_owner(session, case, duty, settings=settings, now=now)
    letter = _Letter(f"{duty.key} reminded for {day}", _REMINDING)
    if not _put(session, (case, duty), letter, settings=settings, now=now):
        return False
    note(session, case, "request_chased", now=now, duty=duty.number, due=duty.due.isoformat())
    return True


def _put(session: Session, request: tuple[Case, Duty], letter: _Letter, *, settings: Settings, now: datetime) -> bool:
    if put_already(session, [letter.key]):  # no link is given out in vain
        return False
    case, duty = request
    link = give_link(session, Allowed(ANSWER_REQUEST, case.number, duty_id=duty.number), settings=settings, now=now)
    message_id = message_id_for(letter.key, case.thread_key, settings)
    key, by_email = key_of_letter(message_id), Allowed(ANSWER_BY_EMAIL, case.number, duty_id=duty.number)
    keep_key(session, key, by_email, now=now)
    written = {
        "to": duty.party_email,
        "subject": f"{settings.council}: a request about {case.reference}",
        "text": letter.template.format_map(_words(case, duty, settings, london_date(now)))
        + _how_to_answer(case, link, settings),
        "message_id": message_id,
        "reply_to": keyed_address(settings.letters.from_address, key) if settings.letters.keyed_replies else "",
        "in_reply_to": "",
        "automatic": letter.template is _REMINDING,
    }
    return put(session, ToSay(Channel.EMAIL, letter.key, written, case.number), now=now)


def _words(case: Case, duty: Duty, settings: Settings, today: date) -> dict[str, str]:
    return {
        "party": duty.party,
        "council": settings.council,
        "reference": case.reference,
        "due": in_words(duty.due),
        "what": duty.what,
        "when": _when(duty.due, today),
    }


def _how_to_answer(case: Case, link: str, settings: Settings) -> str:
    here = f" You can also answer here, once and without an account: {link}\n\n" if link else " "
    return _HOW.format(reference=case.reference, here=here, sender=settings.letters.from_name)


def _when(due: date, today: date) -> str:
    if today < due:
        return f"We hope for it by {in_words(due)}."
    return f"We hope for it today, {in_words(due)}." if today == due else f"It was due by {in_words(due)}."


def _is_undelivered(session: Session, duty: Duty) -> bool:
    of_duty = col(OutboxEntry.key).startswith(f"{duty.key} ", autoescape=True)
    newest = (
        select(OutboxEntry.state)
        .where(OutboxEntry.case_id == duty.case_id, OutboxEntry.channel == Channel.EMAIL, of_duty)
        .order_by(col(OutboxEntry.id).desc())
        .limit(1)
    )
    return session.exec(newest).first() == Delivery.FAILED


def _tell_owner(session: Session, case: Case, duty: Duty, *, settings: Settings, now: datetime) -> bool:
    text = f"{case.reference}: the letter of duty {duty.number} could not be delivered. Reach whom it asks another way."
    to = told_about(session, case, settings=settings, on=london_date(now))
    return put_line(session, key=f"{duty.key} came back", to=to, text=text, case_id=case.id, now=now)
