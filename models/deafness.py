"""Whether Slack is heard: the alarm is an outbox entry, so every process knows of it, and whatever arrives ends it."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from models.clock import london_date
from models.envelopes import Envelope
from models.letters import to_the_contact
from models.outbox import OutboxEntry, put, put_line
from models.settings import Settings

NOT_HEARD = "not heard"
CROWDED = "too many connections"
_SUBJECT = "Tocsin does not hear Slack"


def tell(session: Session, what: str, text: str, *, settings: Settings, now: datetime) -> bool:
    """Tell the technical contact, by letter where an address is set, once a day of each thing. False: it was told.

    A silence after something was heard is another thing.
    """
    key, contact = _key(session, what, now), settings.technical_contact
    if contact.email:
        return put(session, to_the_contact(key, _SUBJECT, text, "Slack", settings), now=now)
    to = contact.slack or settings.slack.lead_channel
    return put_line(session, key=key, to=to, text=text, case_id=None, now=now)


def not_heard_since(session: Session, *, settings: Settings, now: datetime) -> datetime | None:
    """Since when Slack is not heard; None: it is, or no alarm was given today or yesterday."""
    of_this_silence = [_key(session, NOT_HEARD, now - timedelta(days=ago)) for ago in (0, 1)]
    alarms = select(OutboxEntry.put_at).where(col(OutboxEntry.key).in_(of_this_silence))
    given = session.exec(alarms.order_by(col(OutboxEntry.put_at).desc()).limit(1)).first()
    return given - timedelta(minutes=settings.slack.alarm_after_minutes) if given is not None else None


def _key(session: Session, what: str, now: datetime) -> str:
    """A silence is named by the last envelope before it: whatever is heard ends it."""
    day = f"Slack {what} on {london_date(now)}"
    if what != NOT_HEARD:
        return day
    return f"{day} after envelope {session.exec(select(func.max(Envelope.id))).one() or 0}"
