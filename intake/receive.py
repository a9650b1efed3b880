"""Keep what arrived, once, before anything looks inside."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from intake.boxes import Arrival
from intake.identity import content_key
from models.correspondence import InboundMessage, MailboxCopy
from models.once import append_once, insert_ahead, insert_once

BEGINNING_BYTES = 256_000
"""What is read of a message that is larger than is taken in: its headers and, as a rule, its words."""

_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_OF_THE_BODY = 64_000
"""Bytes of a large message's body that tell it from others; more than these are fetched of each."""


@dataclass(frozen=True)
class Receipt:
    """Which row holds the message, and whether it was here already."""

    message_id: int
    is_duplicate: bool


def receive(  # noqa: PLR0913 -- each is a fact of one message, named where it is given
    session: Session,
    *,
    source: str,
    raw: bytes,
    now: datetime,
    arrived_at: datetime | None = None,
    handle: str = "",
    size: int = 0,
    is_partial: bool = False,
) -> Receipt:
    """Keep a message byte for byte. A second copy of it, from wherever, changes nothing.

    - ``arrived_at`` is when it reached the council's server: time limits count from then, though we
      may have been down since. A date in the future is not believed.
    - ``handle`` is the mailbox's name for it: that it lay there is kept too, for each place once.
    - ``is_partial``: ``raw`` is only the beginning of a message of ``size`` bytes (0 when it is the whole).
    """
    arrival = Arrival(handle, raw, arrived_at, size, is_partial)
    return receive_all(session, [arrival], source=source, now=now)[0]


def receive_all(session: Session, arrivals: Sequence[Arrival], *, source: str, now: datetime) -> list[Receipt]:
    """The same for several letters of one mailbox, in their order."""
    rows = [_as_row(arrival, source, now) for arrival in arrivals]
    if len(rows) > 1:
        insert_ahead(session, InboundMessage, rows, by=["content_key"])
    return [_keep(session, *each) for each in zip(arrivals, rows, strict=True)]


def _as_row(arrival: Arrival, source: str, now: datetime) -> dict[str, Any]:
    raw, is_partial = arrival.raw, arrival.is_partial
    key = _key_of_a_part(raw, arrival.size) if is_partial else content_key(raw)
    received_at = min(arrival.arrived_at or now, now)
    values = {"source": source, "content_key": key, "raw": raw, "look_at": now, "is_partial": is_partial}
    return values | {"size": arrival.size or len(raw), "received_at": received_at}


def _keep(session: Session, arrival: Arrival, row: dict[str, Any]) -> Receipt:
    new = insert_once(session, InboundMessage, **row)
    same = select(InboundMessage.id).where(InboundMessage.content_key == row["content_key"])
    known = new or session.exec(same).one() or 0
    if arrival.handle:
        place = {"mailbox": row["source"], "handle": arrival.handle, "inbound_id": known, "at": row["look_at"]}
        append_once(session, MailboxCopy, **place)
    return Receipt(known, is_duplicate=new is None)


def _key_of_a_part(raw: bytes, size: int) -> str:
    """Two large messages may begin alike; then the sizes of what follows their headers tell them apart.

    In two mailboxes one message has headers of different lengths, so that its beginning ends at different places.
    """
    end = _END_OF_HEADERS.search(raw)
    if end is not None:
        raw, size = raw[: end.end() + _OF_THE_BODY], size - end.end()
    return hashlib.sha256(f"{content_key(raw)} and {size} bytes".encode()).hexdigest()
