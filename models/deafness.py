"""Whether Slack is heard: the alarm is an outbox entry, so every process knows of it, and whatever arrives ends it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.clock import london_date
from models.envelopes import Envelope
from models.letters import to_the_contact
from models.outbox import OutboxEntry, put, put_line
from models.settings import Settings

NOT_HEARD = "not heard"
CROWDED = "too many connections"
_SUBJECT = "Tocsin does not hear Slack"


def tell(session: Session, what: str, text: str, *, settings: Settings, now: datetime) -> bool:
    """Tell the technical contact, by letter where an address is set, once a day of each thing. False: it was told."""
    key, contact = _key(what, now), settings.technical_contact
    if contact.email:
        return put(session, to_the_contact(key, _SUBJECT, text, "Slack", settings), now=now)
    to = contact.slack or settings.slack.lead_channel
    return put_line(session, key=key, to=to, text=text, case_id=None, now=now)


def not_heard_since(session: Session, *, settings: Settings, now: datetime) -> datetime | None:
    """Since when Slack is not heard; None: it is, or no alarm was given today or yesterday."""
    alarms = select(OutboxEntry.put_at).where(col(OutboxEntry.key).in_(list(_keys(now))))
    given = session.exec(alarms.order_by(col(OutboxEntry.put_at).desc()).limit(1)).first()
    if given is None or session.exec(select(Envelope.id).where(Envelope.received_at > given).limit(1)).first():
        return None
    return given - timedelta(minutes=settings.slack.alarm_after_minutes)


def _keys(now: datetime) -> Iterator[str]:
    return (_key(NOT_HEARD, now - timedelta(days=ago)) for ago in (0, 1))


def _key(what: str, now: datetime) -> str:
    return f"Slack {what} on {london_date(now)}"
