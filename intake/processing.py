"""Kept messages: read them, route them, and do to the record what they ask, or put them aside for a person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import accumulate

from sqlalchemy import Engine
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select, update

from intake.acts_by_reply import act_by_reply
from intake.attachments import store
from intake.automatic import is_from_a_robot, may_answer, may_be_written_to
from intake.known import is_cut_short, is_from_the_council, known_for, named_in, points_at_nothing, sender_failed
from intake.parse import read
from intake.receive import BEGINNING_BYTES
from intake.routing import OPENS, Routed, reports_on_our_letter, route
from models.arrivals import Opening, add_correspondence, expect_cases, open_case
from models.bounces import find_bounced, letter_bounced
from models.case import Case
from models.correspondence import Disposition, InboundMessage
from models.db import reading, writing
from models.held import hold
from models.partner_letters import Came, request_of_case, take_partners_letter
from models.queries import case_by_reference, get_case, read_with
from models.rules.doubts import Doubt
from models.rules.letters import Email
from models.scanned import INFECTED, TOO_LARGE
from models.settings import Settings

_AT_ONCE = 50
_BYTES_AT_ONCE = 8_000_000
"""What is read into memory together; one that is larger comes alone."""
_RETRY_AFTER = timedelta(minutes=2)


@dataclass(frozen=True)
class Processed:
    """What became of one message, as ``tocsin ingest --json`` tells it."""

    disposition: Disposition
    rule: str
    reason: str
    case: str | None
    email: Email


@dataclass(frozen=True)
class _Read:
    """A message as read, with nothing of the database open. ``gave_up``: it failed too often to be tried again.

    ``opening`` is the case it is sure to open, where that was settled ahead of its turn.
    """

    message_id: int
    email: Email
    gave_up: bool
    opening: Opening | None = None


def claim_messages(session: Session, *, now: datetime) -> list[int]:
    """The next messages to process, oldest first. Their next try is put off first, so they cannot starve the others.

    One that failed before is claimed alone: if it kills the program, it takes no others with it.
    """
    waiting = session.exec(
        select(InboundMessage.id, InboundMessage.attempts, InboundMessage.size)
        .where(col(InboundMessage.disposition).is_(None), InboundMessage.look_at <= now)
        .order_by(col(InboundMessage.look_at), col(InboundMessage.id))
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    taken = _together([(number, attempts, size) for number, attempts, size in waiting if number])
    if taken:
        session.exec(
            update(InboundMessage)
            .where(col(InboundMessage.id).in_(taken))
            .values(look_at=now + _RETRY_AFTER, attempts=InboundMessage.attempts + 1)
        )
    return taken


def _together(waiting: Sequence[tuple[int, int, int]]) -> list[int]:
    """Of (number, attempts, size), oldest first: the first alone if it failed before, else those that never did."""
    if waiting and waiting[0][1] > 0:
        return [waiting[0][0]]
    fresh = [(number, size) for number, attempts, size in waiting if attempts == 0]
    so_far = accumulate(size for _, size in fresh)
    small = [number for (number, _), size in zip(fresh, so_far, strict=True) if size <= _BYTES_AT_ONCE]
    return small or [number for number, _ in fresh[:1]]


def process(engine: Engine, message_id: int, *, settings: Settings, now: datetime) -> Processed:
    """Read and route one kept message. Processing it twice changes nothing the second time."""
    return process_many(engine, [message_id], settings=settings, now=now)[0]


def process_many(engine: Engine, message_ids: Sequence[int], *, settings: Settings, now: datetime) -> list[Processed]:
    """Read and route kept messages in one transaction: all of them, or on any error none."""
    with reading(engine) as session:
        found = session.exec(select(InboundMessage).where(col(InboundMessage.id).in_(message_ids))).all()
        messages = {message.number: message for message in found}
    every = [_read(messages[number], settings) for number in message_ids]
    with writing(engine) as session:
        without_bytes = select(InboundMessage).options(defer(InboundMessage.raw))  # type: ignore[arg-type]  # a column
        locked = without_bytes.where(col(InboundMessage.id).in_(message_ids)).with_for_update()
        still = {message.number: message for message in session.exec(locked.order_by(col(InboundMessage.id)))}
        if len(every) > 1:
            every = [_ahead(session, still[one.message_id], one, settings=settings, now=now) for one in every]
            expect_cases(session, [one.opening for one in every if one.opening])
        return [_settle(session, still[one.message_id], one, settings=settings, now=now) for one in every]


def _ahead(session: Session, message: InboundMessage, one: _Read, *, settings: Settings, now: datetime) -> _Read:
    """With what it opens, if it points at nothing; of the others only their turn tells."""
    if message.disposition is not None or not points_at_nothing(one.email, settings):
        return one
    if _routed(session, message, one, settings=settings, now=now) != OPENS:
        return one
    return replace(one, opening=_opening(message, one.email, settings))


def _read(message: InboundMessage, settings: Settings) -> _Read:
    """The message with its attachments stored; no transaction is open, for a scanner may take its time."""
    if message.attempts > settings.intake.tries:
        return _Read(message.number, Email(), gave_up=True)
    if is_cut_short(message, settings):
        email = read(message.raw[:BEGINNING_BYTES]).email
        # half a photograph is none: what is attached to so large a letter is in the mailbox
        whole = tuple(replace(attachment, state=TOO_LARGE) for attachment in email.attachments)
        return _Read(message.number, replace(email, attachments=whole), gave_up=False)
    letter = read(message.raw)
    kept = store(letter.files, letter.email.attachments, settings=settings.intake)
    return _Read(message.number, replace(letter.email, attachments=kept), gave_up=False)


def _settle(session: Session, message: InboundMessage, one: _Read, *, settings: Settings, now: datetime) -> Processed:
    if message.disposition is None:
        routed = _routed(session, message, one, settings=settings, now=now)
        message.disposition, message.rule, message.reason = routed.disposition, routed.rule, routed.reason
        session.add(message)
        case = _apply(session, message, one, routed, settings=settings, now=now)
    else:
        case = session.get(Case, message.case_id) if message.case_id else None
    disposition = Disposition(message.disposition)
    return Processed(disposition, message.rule, message.reason, case.reference if case else None, one.email)


def _routed(session: Session, message: InboundMessage, one: _Read, *, settings: Settings, now: datetime) -> Routed:
    if one.opening:
        return OPENS
    if one.gave_up:
        tries = settings.intake.tries
        reason = f"Processing it failed {tries} times; the technical contact finds why in the log."
        return Routed(Disposition.HELD, "could_not_be_processed", reason)
    if message.release == "new":
        return Routed(Disposition.CASE, "released", "A person released it as a new case.")
    if message.release:
        reason = f"A person put it with {message.release}."
        asked = request_of_case(session, message.release, one.email.sender)
        return Routed(Disposition.FOLLOW_UP, "released", reason, message.release, asked.number if asked else None)
    known = known_for(session, one.email, message, settings, now=now)
    # an officer may be a partner too, who is asked something
    by_reply = None if known.request else act_by_reply(session, one.email, settings=settings, now=now)
    return by_reply or route(one.email, known)


def _apply(
    session: Session, message: InboundMessage, one: _Read, routed: Routed, *, settings: Settings, now: datetime
) -> Case | None:
    """Do what was decided; the case it became or joined, or None."""
    email = one.email
    if routed.disposition is Disposition.CASE:
        opening = one.opening or _opening(message, email, settings)
        return open_case(session, message, email, opening, settings=settings, now=now)
    if routed.disposition is Disposition.HELD:
        named = named_in(email, settings).references
        hold(session, message, email, named=named, settings=settings, now=now)
    if routed.disposition is not Disposition.FOLLOW_UP:
        return None
    # locked: an officer may be at the same case, and neither may undo what the other does
    case = get_case(session, _joined(session, routed).number)
    report = None if message.release else email.report  # a person's word goes before the report's
    bounced = find_bounced(session, report, named_in(email, settings).keys) if report else None
    if report and bounced:
        message.case_id = case.id
        letter_bounced(session, bounced, report, settings=settings, now=now)
        return case
    doubts = _doubts(message, email, settings)
    if routed.duty_id is None:
        add_correspondence(session, case, message, email, doubts=doubts, now=now)
    else:
        take_partners_letter(session, case, routed.duty_id, Came(message, email, doubts), settings=settings, now=now)
    return case


def _joined(session: Session, routed: Routed) -> Case:
    """The case a follow-up joins: of a merged one that which answers for it, unless it is about a letter of ours."""
    case = case_by_reference(session, routed.joins or "")
    is_about_our_letter = routed.duty_id is not None or routed.rule == reports_on_our_letter.__name__
    return case if is_about_our_letter else read_with(session, case)


def _opening(message: InboundMessage, email: Email, settings: Settings) -> Opening:
    """Whose case it is, whether a machine may answer, and what gives reason for care."""
    doubts = _doubts(message, email, settings)
    failed = Doubt.SENDER_FAILED in doubts
    passed_on = email.forwarded if is_from_the_council(email, settings) else None
    name, address = _writer(email) if passed_on is None else (passed_on.name, passed_on.address)
    reasons = {
        "the sender failed the council's own check": failed,
        "an officer passed it on": passed_on is not None,
        "a machine or a list sent it, or it asks for no automatic answer": not may_answer(email),
    }
    return Opening(
        name=name,
        address=address,
        may_answer=may_be_written_to(address),
        no_receipt_because=next((reason for reason, applies in reasons.items() if applies), ""),
        doubts=(*doubts, Doubt.FORWARDED) if passed_on else doubts,
    )


def _doubts(message: InboundMessage, email: Email, settings: Settings) -> tuple[Doubt, ...]:
    """What an officer should know of any letter, the first of a case or a later one."""
    checks = {
        Doubt.SENDER_FAILED: sender_failed(email, settings),
        Doubt.CUT_SHORT: is_cut_short(message, settings),
        Doubt.INFECTED: any(attachment.state == INFECTED for attachment in email.attachments),
        Doubt.SIGNED: email.seal == "signed",
    }
    return tuple(doubt for doubt, applies in checks.items() if applies)


def _writer(email: Email) -> tuple[str, str]:
    """Who wrote: of a letter that another system sent for somebody, the person it says to reply to."""
    sends_for_another = is_from_a_robot(email) and email.reply_to
    return email.sender_name, email.reply_to[0] if sends_for_another else email.sender
