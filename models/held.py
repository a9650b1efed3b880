"""Messages put aside for a person, and the ways out: a new case, a case that is there, or aside for good."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select, update

from models.case import Case
from models.correspondence import Disposition, HeldMessage, InboundMessage
from models.held_list import AS_NEW, DISMISSED, HeldUnknown, held
from models.outbox import Channel, ToSay, put_unasked
from models.people import Officer
from models.queries import case_by_reference
from models.rules.errors import CaseUnknown, NotEntitled, TocsinError
from models.rules.labels import Area
from models.rules.letters import Email
from models.rules.references import find_references
from models.rules.steps import CaseStatus
from models.settings import Settings

LONGEST_TEXT = 20_000
"""Characters of a held message that a form in Slack may show; “tocsin intake held --show” has all of it."""

_PUT_ASIDE = (Disposition.HELD, Disposition.IGNORED)


class SettledAlready(TocsinError):  # noqa: N818 -- read aloud as a sentence
    """Somebody has settled it already."""


class ReasonMissing(TocsinError):  # noqa: N818 -- the same
    """A message is put aside for good only with a reason."""


def hold(
    session: Session,
    message: InboundMessage,
    email: Email,
    *,
    named: tuple[str, ...],
    settings: Settings,
    now: datetime,
) -> None:
    """Put a message before the corporate team: what a person reads of it, and a card without a word of it.

    Once; but one that was released and could not be processed comes back, and waits again.
    """
    # the caller has locked the message, so nobody else does this meanwhile
    row = session.get(HeldMessage, message.number, with_for_update=True)
    if row is None:
        row = HeldMessage(inbound_id=message.number, at=now)
        _describe(row, email, named)
    elif row.settled_at is None:
        return
    else:
        row.settled_at, row.version = None, row.version + 1
        if email != Email():  # nothing could be read this time: what was read the first time stands
            _describe(row, email, named)
    session.add(row)
    message.release, message.released_by_id = "", None
    session.add(message)
    _draw(session, row, settings=settings, now=now)


def held_message(session: Session, number: int, *, now: datetime) -> HeldMessage:
    """A message to settle, its row locked until the transaction ends. Raises HeldUnknown.

    One that was ignored by a rule can be settled too: the rule may have been wrong.
    """
    # the message first, then what is read of it: in this order processing locks them too
    found = select(InboundMessage.disposition).where(InboundMessage.id == number).with_for_update()
    disposition = session.exec(found).first()
    row = session.get(HeldMessage, number, with_for_update=True)
    if row is None and disposition in _PUT_ASIDE:
        row = HeldMessage(inbound_id=number, at=now)
        session.add(row)
    if row is None:
        raise HeldUnknown(f"Its number was to be {number}.")
    return row


def check_may_settle(by: Officer | None) -> None:
    """Raises NotEntitled unless the officer works for the corporate team or leads; None is the command line."""
    if by is not None and not by.may_see([Area.CORPORATE_OTHER]):
        raise NotEntitled("Held messages belong to the corporate complaints team.")


def release_as_new(session: Session, row: HeldMessage, *, by: Officer | None, settings: Settings, now: datetime) -> str:
    """Let it open a case of its own, whatever held it. Returns what was done; raises SettledAlready, NotEntitled."""
    _settle(session, row, _to_process(AS_NEW, now), by=by, now=now)
    _draw(session, row, settings=settings, now=now)
    return f"Message {row.inbound_id} becomes a new case, in a moment."


def release_to(
    session: Session, row: HeldMessage, reference: str, *, by: Officer | None, settings: Settings, now: datetime
) -> str:
    """Let it join a case, which may be closed. Returns what was done; raises as above, and CaseUnknown."""
    case = _case(session, reference)
    _settle(session, row, _to_process(case.reference, now), by=by, now=now)
    _draw(session, row, settings=settings, now=now)
    closed = " That case is closed; see whether it should open again." if case.status == CaseStatus.CLOSED else ""
    return f"Message {row.inbound_id} joins {case.reference}, in a moment.{closed}"


def dismiss(
    session: Session, row: HeldMessage, reason: str, *, by: Officer | None, settings: Settings, now: datetime
) -> str:
    """Put it aside for good; it is kept. Returns what was done; raises as above, and ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    who = by.name if by else "the command line"
    why = {"rule": DISMISSED, "reason": f"Put aside by {who}: {reason.strip()}"}
    _settle(session, row, {"disposition": Disposition.IGNORED, **why}, by=by, now=now)
    _draw(session, row, settings=settings, now=now)
    return f"Message {row.inbound_id} is put aside. It is kept, and no case comes of it."


def _describe(row: HeldMessage, email: Email, named: tuple[str, ...]) -> None:
    row.sender, row.sender_name, row.subject = email.sender, email.sender_name, email.subject
    row.text = (email.text or email.quoted)[:LONGEST_TEXT]
    row.named = list(named)
    row.attachments = [asdict(attachment) for attachment in email.attachments]


def _case(session: Session, reference: str) -> Case:
    found = find_references(reference)
    if len(found) != 1:
        raise CaseUnknown("A reference is like T26-00001-M; its last letter is computed, so a slip of the pen shows.")
    return case_by_reference(session, found[0])


def _to_process(release: str, now: datetime) -> dict[str, Any]:
    return {"release": release, "disposition": None, "attempts": 0, "look_at": now}


def _settle(session: Session, row: HeldMessage, change: dict[str, Any], *, by: Officer | None, now: datetime) -> None:
    """Whoever comes second finds it settled. The message's bytes, which may be many, are not read for this."""
    check_may_settle(by)
    if row.settled_at is not None:
        raise SettledAlready(held(session, row.inbound_id).outcome)
    changed = session.exec(
        update(InboundMessage)
        .where(col(InboundMessage.id) == row.inbound_id, col(InboundMessage.disposition).in_(_PUT_ASIDE))
        .values(released_by_id=by.id if by else None, **change)
    )
    if changed.rowcount != 1:
        raise SettledAlready
    row.settled_at, row.version = now, row.version + 1
    session.add(row)


def _draw(session: Session, row: HeldMessage, *, settings: Settings, now: datetime) -> None:
    key = f"message {row.inbound_id} held version {row.version}"
    to = settings.team_for(Area.CORPORATE_OTHER).channel
    put_unasked(session, ToSay(Channel.SLACK, key, {"draw": "held", "inbound_id": row.inbound_id, "to": to}), now=now)
