"""Keep what arrived, once, before anything looks inside."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from intake.identity import content_key
from models.correspondence import InboundMessage, MailboxCopy
from models.once import insert_once

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
    key = _key_of_a_part(raw, size) if is_partial else content_key(raw)
    values = {"source": source, "content_key": key, "raw": raw, "look_at": now, "is_partial": is_partial}
    new = insert_once(session, InboundMessage, **values, size=size or len(raw), received_at=min(arrived_at or now, now))
    known = new or session.exec(select(InboundMessage.id).where(InboundMessage.content_key == key)).one() or 0
    if handle:
        insert_once(session, MailboxCopy, mailbox=source, handle=handle, inbound_id=known, at=now)
    return Receipt(known, is_duplicate=new is None)


def _key_of_a_part(raw: bytes, size: int) -> str:
    """Two large messages may begin alike; then the sizes of what follows their headers tell them apart.

    In two mailboxes one message has headers of different lengths, so that its beginning ends at different places.
    """
    end = _END_OF_HEADERS.search(raw)
    if end is not None:
        raw, size = raw[: end.end() + _OF_THE_BODY], size - end.end()
    return hashlib.sha256(f"{content_key(raw)} and {size} bytes".encode()).hexdigest()
