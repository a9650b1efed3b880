"""What became of letters that GOV.UK Notify took: it is asked ever more seldom, until it knows."""

from datetime import datetime

from jobs.parts import Parts
from jobs.transports.answers import Technical, Temporary
from jobs.transports.notify import DELIVERED, FINAL_FAILURES, GONE, NotifyTransport
from models.bounces import letter_bounced
from models.db import writing
from models.delivered import Unconfirmed, claim_unconfirmed, confirm, letter_sent_as
from models.outbox import Channel
from models.rules.letters import Report


def read_receipts_some(parts: Parts) -> bool:
    """Ask after the next few letters, each alone and with nothing open. True: there may be more."""
    notify = parts.transports[Channel.EMAIL]
    if not isinstance(notify, NotifyTransport):
        return False
    now = parts.clock.now()
    with writing(parts.engine) as session:
        asked_after = claim_unconfirmed(session, now=now)
    for entry in asked_after:
        try:
            status = notify.status(entry.provider_id)
        except (Temporary, Technical):
            return False  # Notify is down, or does not let us in: the rest would fare no better
        if status in {DELIVERED, GONE, *FINAL_FAILURES}:
            _record(parts, entry, status, now=now)
    return bool(asked_after)


def _record(parts: Parts, entry: Unconfirmed, status: str, *, now: datetime) -> None:
    with writing(parts.engine) as session:
        if not confirm(session, entry, status, now=now) or status not in FINAL_FAILURES:
            return
        letter = letter_sent_as(session, entry.entry_id)
        if letter is not None:
            # “temporary” is Notify's word for a full mailbox; it has given the letter up all the same
            letter_bounced(session, letter, Report(status=status), settings=parts.settings, now=now)
