"""Messages put aside, as a list or a channel may show them: never who wrote one, or a word of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from models.clock import london_date, london_instant
from models.correspondence import Disposition, HeldMessage, InboundMessage
from models.people import Officer
from models.rules.errors import TocsinError

AS_NEW = "new"
"""What ``InboundMessage.release`` holds when a person made it a new case; otherwise it is a reference."""

DISMISSED = "dismissed"
"""The rule under which a person put a message aside for good."""


class HeldUnknown(TocsinError):  # noqa: N818 -- read aloud as a sentence
    """There is no such held message."""


@dataclass(frozen=True)
class Held:
    """A message put aside. ``size`` is in bytes; ``attachments`` how many came along.

    ``reason`` is in our words while it waits, but may be an officer's once it was dismissed, so no channel
    shows it then. ``outcome`` says what a person did with it, "" while it waits.
    """

    number: int
    received_at: datetime
    source: str
    size: int
    rule: str
    reason: str
    named: tuple[str, ...] = ()
    attachments: int = 0
    version: int = 1
    is_settled: bool = False
    outcome: str = ""


def held(session: Session, number: int) -> Held:
    """One message that was put aside, settled or not. Raises HeldUnknown."""
    was_put_aside = col(HeldMessage.inbound_id).is_not(None) | (col(InboundMessage.disposition) == Disposition.HELD)
    found = _list(session, (col(InboundMessage.id) == number) & was_put_aside)
    if not found:
        raise HeldUnknown(f"Its number was to be {number}.")
    return found[0]


def held_list(session: Session, *, with_settled: bool = False) -> list[Held]:
    """Messages that wait for a person, oldest first; with those a person settled, if asked."""
    waits = col(InboundMessage.disposition) == Disposition.HELD
    return _list(session, waits | col(HeldMessage.settled_at).is_not(None) if with_settled else waits)


def waiting_since(session: Session, day: date) -> list[tuple[int, date]]:
    """The messages that wait for a person and came on that London day or before, oldest first: number and day."""
    query = (
        select(InboundMessage.id, InboundMessage.received_at)
        .where(col(InboundMessage.disposition) == Disposition.HELD)
        .where(InboundMessage.received_at < london_instant(day + timedelta(days=1), time.min))
        .order_by(col(InboundMessage.id))
    )
    return [(number, london_date(came)) for number, came in session.exec(query) if number]


def ignored_list(session: Session) -> list[Held]:
    """Messages that were ignored, by a rule or by a person, oldest first."""
    return _list(session, col(InboundMessage.disposition) == Disposition.IGNORED)


def _list(session: Session, which: Any) -> list[Held]:
    """The bytes of the messages, and what a person reads of them, stay where they are."""
    message = InboundMessage
    query = (
        select(message.id, message.received_at, message.source, message.size)
        .add_columns(col(message.rule), col(message.reason), col(message.release), col(HeldMessage.inbound_id))
        .add_columns(col(HeldMessage.named), col(HeldMessage.attachments), col(HeldMessage.version))
        .add_columns(col(HeldMessage.settled_at), col(Officer.name))
        .join(HeldMessage, col(HeldMessage.inbound_id) == message.id, isouter=True)
        .join(Officer, col(Officer.id) == message.released_by_id, isouter=True)
        .where(which)
        .order_by(col(message.id))
    )
    return [_held(row) for row in session.execute(query)]


def _held(row: Sequence[Any]) -> Held:
    number, received_at, source, size, rule, reason, release, *rest = row
    readable, named, attachments, version, settled_at, officer = rest
    return Held(
        number=number,
        received_at=received_at,
        source=source,
        size=size,
        rule=rule,
        reason=reason,
        named=tuple(named) if readable else (),
        attachments=len(attachments) if readable else 0,
        version=version if readable else 0,
        is_settled=settled_at is not None,
        outcome=_outcome(rule, release, officer) if settled_at else "",
    )


def _outcome(rule: str, release: str, officer: str | None) -> str:
    by = officer or "the command line"
    if rule == DISMISSED:
        return f"Put aside by {by}."
    return f"Released as a new case by {by}." if release == AS_NEW else f"Put with {release} by {by}."
