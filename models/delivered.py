"""Letters that a provider took and has not yet spoken of: which to ask after, and what it said in the end.

Nothing is stored for it but what an outbox entry has: the provider's last word stands behind the provider's id,
and ``not_before``, which means nothing more once an entry is sent, is when to ask next.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from sqlmodel import Session, col, select, update

from models.case import Case
from models.correspondence import Correspondence, Direction
from models.outbox import Channel, Delivery, OutboxEntry
from models.record import note

_ASKED_FOR = timedelta(days=7)
"""GOV.UK Notify tries to deliver for 72 hours, and forgets what it sent after seven days."""

_AT_FIRST = timedelta(minutes=1)
_AT_MOST = timedelta(hours=6)
_AT_ONCE = 20


@dataclass(frozen=True)
class Unconfirmed:
    """A letter to ask after, as plain values."""

    entry_id: int
    provider_id: str


def claim_unconfirmed(session: Session, *, now: datetime) -> list[Unconfirmed]:
    """The next letters to ask after, each put off by half its age, so that it is asked after ever more seldom.

    Only the newest end of the outbox is walked, backwards by its primary key: the cost does not grow with the record.
    """
    entry = OutboxEntry
    newest_first = (
        select(entry.id, entry.put_at, entry.not_before, entry.provider_id)
        .where(entry.channel == Channel.EMAIL, entry.state == Delivery.SENT)
        .order_by(col(entry.id).desc())
        .execution_options(yield_per=200)
    )
    with session.exec(newest_first) as rows:
        recent = takewhile(lambda row: row[1] > now - _ASKED_FOR, rows)
        due = [row for row in recent if row[2] <= now and _is_unconfirmed(row[3])]
    claimed = []
    for entry_id, put_at, _, provider_id in due[:_AT_ONCE]:
        wait = min(max(_AT_FIRST, (now - put_at) / 2), _AT_MOST)
        session.exec(update(entry).where(col(entry.id) == entry_id).values(not_before=now + wait))
        claimed.append(Unconfirmed(entry_id or 0, provider_id))
    return claimed


def confirm(session: Session, unconfirmed: Unconfirmed, status: str, *, now: datetime) -> bool:
    """Keep the provider's last word on a letter, and note it on the case. False: it was kept already."""
    entry = session.get_one(OutboxEntry, unconfirmed.entry_id, with_for_update=True)
    if entry.provider_id != unconfirmed.provider_id:
        return False
    entry.provider_id = f"{unconfirmed.provider_id} {status}"
    session.add(entry)
    if entry.case_id is not None:
        note(session, session.get_one(Case, entry.case_id), "letter_followed", now=now, letter=entry.key, status=status)
    return True


def letter_sent_as(session: Session, entry_id: int) -> Correspondence | None:
    """The letter that an outbox entry carries, or None: not everything that leaves is one of a case's."""
    entry = session.get_one(OutboxEntry, entry_id)
    ours = select(Correspondence).where(
        Correspondence.message_id == entry.payload.get("message_id", ""), Correspondence.direction == Direction.OUT
    )
    return session.exec(ours).first()


def _is_unconfirmed(provider_id: str) -> bool:
    """Nothing stands behind the id yet; the ids of letters sent by SMTP, in angle brackets, are no provider's."""
    return bool(provider_id) and " " not in provider_id and not provider_id.startswith("<")
