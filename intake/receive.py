"""Keep what arrived, once, before anything looks inside."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from intake.identity import content_key
from models.correspondence import InboundMessage
from models.once import insert_once


@dataclass(frozen=True)
class Receipt:
    """Which row holds the message, and whether it was here already."""

    message_id: int
    is_duplicate: bool


def receive(session: Session, *, source: str, raw: bytes, now: datetime, arrived_at: datetime | None = None) -> Receipt:
    """Keep a message byte for byte. A second copy of it, from wherever, changes nothing.

    ``arrived_at`` is when it reached the council's server: time limits count from then, though we
    may have been down since. A date in the future is not believed.
    """
    key = content_key(raw)
    values = {"source": source, "content_key": key, "raw": raw, "size": len(raw), "look_at": now}
    new = insert_once(session, InboundMessage, **values, received_at=min(arrived_at or now, now))
    if new is not None:
        return Receipt(new, is_duplicate=False)
    known = session.exec(select(InboundMessage.id).where(InboundMessage.content_key == key)).one()
    return Receipt(known or 0, is_duplicate=True)
