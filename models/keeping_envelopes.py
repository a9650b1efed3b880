"""What Slack sends is kept before it is worked on: each envelope is done once, whoever takes it up, however often."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, select, update

from models.envelopes import Envelope
from models.once import insert_once

log = logging.getLogger("tocsin.slack")

FORM = "view"
"""The kind of a form that was sent. It is answered while its sender waits, so nobody takes it up later."""

_MOST_TRIES = 3


@dataclass(frozen=True)
class Kept:
    """An envelope as plain values; ``key``, ``kind`` and ``name`` are the table's."""

    key: str
    kind: str
    name: str
    payload: Mapping[str, Any] = field(repr=False, default_factory=dict)


def keep(session: Session, kept: Kept, *, now: datetime, lease: timedelta) -> bool:
    """Write down one that is taken up at once. False: it came before, and whoever has it does it.

    For the length of the lease nobody else takes it up. Should two have it all the same, ``settle`` lets one do it.
    """
    row = {"key": kept.key, "kind": kept.kind, "name": kept.name, "payload": dict(kept.payload)}
    return insert_once(session, Envelope, **row, received_at=now, look_at=now + lease) is not None


def is_left(session: Session, *, now: datetime) -> bool:
    """Whether there is one that nobody finished in time."""
    return session.exec(select(Envelope.id).where(col(Envelope.look_at) <= now).limit(1)).first() is not None


def claim(session: Session, *, now: datetime, lease: timedelta) -> Kept | None:
    """Take up the oldest that nobody finished in time, or None. One that failed three times is let go instead.

    That is logged, by its kind and name: what somebody asked for was not done.
    """
    due = select(Envelope).where(col(Envelope.look_at) <= now).order_by(col(Envelope.look_at), col(Envelope.id))
    while row := session.exec(due.limit(1).with_for_update(skip_locked=True)).first():
        row.tries += 1
        kept = Kept(row.key, row.kind, row.name, row.payload)
        is_left = row.tries < _MOST_TRIES
        row.look_at, row.payload = (now + lease, row.payload) if is_left else (None, {})
        session.add(row)
        session.flush()
        if is_left:
            return kept
        log.error("envelope let go", extra={"action": f"{kept.kind} {kept.name}"})
    return None


def is_settled(session: Session, key: str) -> bool:
    """Whether this was done."""
    done = select(Envelope.id).where(Envelope.key == key, col(Envelope.look_at).is_(None))
    return session.exec(done).first() is not None


def settle(session: Session, kept: Kept, *, now: datetime) -> bool:
    """Note that this is done, and forget what was in it. False: somebody else did it.

    Call it in the transaction that does it: then it is done once, whoever else had it, and whoever dies after.
    """
    if kept.kind == FORM:
        return insert_once(session, Envelope, key=kept.key, kind=FORM, name=kept.name, received_at=now) is not None
    mine = (col(Envelope.key) == kept.key, col(Envelope.look_at).is_not(None))
    return bool(session.exec(update(Envelope).where(*mine).values(look_at=None, payload={})).rowcount)


def forget(session: Session, *, before: datetime) -> int:
    """Delete what was done before that instant. Returns how many."""
    old = (col(Envelope.received_at) < before, col(Envelope.look_at).is_(None))
    return int(session.exec(delete(Envelope).where(*old)).rowcount)
