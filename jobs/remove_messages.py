"""Takes what Slack shows of cases that were closed long ago out of its channels; the cases themselves are kept."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from jobs.parts import Parts
from jobs.transports.answers import Place, Technical, Temporary
from jobs.transports.slack import SlackTransport
from models.cards import SlackCard
from models.case import Case
from models.clock import london_date
from models.db import reading, writing
from models.outbox import Channel, OutboxEntry
from models.reminders import Nag
from models.rules.errors import DeliveryFailed
from models.rules.steps import CaseStatus

log = logging.getLogger("tocsin.remove")

AT_ONCE = 5
"""Messages a sweep: with one every ten seconds that is 30 a minute, and Slack allows 50 calls of chat.delete."""


def remove_messages(parts: Parts) -> bool:
    """Take the next few messages away. Always False: the others wait for the next sweep."""
    slack, days = parts.transports[Channel.SLACK], parts.settings.slack.remove_after_days
    if not days or not isinstance(slack, SlackTransport):
        return False
    now, lost, left = parts.clock.now(), set[str](), AT_ONCE
    while left:
        with reading(parts.engine) as session:
            card = _next(session, now - timedelta(days=days), lost)
        if card is None:
            return False
        try:
            slack.remove(Place(card.channel, card.ts))
        except Temporary:
            return False
        except Technical:  # the channel is archived, or lost to us: looked at again at the next sweep
            lost.add(card.channel)
            continue
        except DeliveryFailed:  # Slack will never take it away
            log.warning("not removed", extra={"action": "remove", "case": card.case_id})
        _note(parts, card, now=now)
        left -= 1
    return False


def _note(parts: Parts, card: SlackCard, *, now: datetime) -> None:
    with writing(parts.engine) as session:
        kept = session.get_one(SlackCard, card.id)
        if kept.ts == card.ts:  # it was not posted anew meanwhile
            kept.removed_at = now


def _next(session: Session, before: datetime, lost: Collection[str]) -> SlackCard | None:
    """The newest message, so that what stands in a thread goes before what it stands under.

    Of a case that was closed before that and of which nothing was said since; or reminders that tell of one.
    """
    stands = select(SlackCard).where(col(SlackCard.removed_at).is_(None), col(SlackCard.channel).not_in(lost))
    stands = stands.order_by(col(SlackCard.id).desc()).limit(1)
    over = Case.status == CaseStatus.CLOSED, col(Case.closed_on) <= london_date(before), ~_said_since(before)
    of_case = stands.join(Case, col(Case.id) == SlackCard.case_id).where(*over)
    told = select(Nag.told_in).join(Case, col(Case.id) == Nag.case_id).where(*over)
    reminders = stands.where(col(SlackCard.subject).in_(told))
    return session.exec(of_case).first() or session.exec(reminders).first()


def _said_since(when: datetime) -> ColumnElement[bool]:
    """Something was put for Slack about the case: a letter that came after all is shown as long as any."""
    said = select(OutboxEntry.id).where(
        OutboxEntry.case_id == Case.id, OutboxEntry.channel == Channel.SLACK, OutboxEntry.put_at > when
    )
    return said.exists()
