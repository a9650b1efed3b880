"""Reminders that Slack has not taken in time go by email; all of them at once while Slack is not heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from jobs.parts import Parts
from models.council import officer_by_email, officer_by_slack
from models.db import reading, writing
from models.deafness import not_heard_since
from models.nag_letters import nag_letter_key, put_nag_letter
from models.outbox import Channel, Delivery, OutboxEntry, put_already
from models.people import Officer
from models.reminders import Nag
from models.settings import Settings

_UNSENT = (Delivery.WAITING, Delivery.SENDING, Delivery.FAILED)
_NO_LONGER = timedelta(days=7)


def email_nags(parts: Parts) -> bool:
    """Write to the officers whose reminders still wait for Slack. False: nothing is left for this sweep."""
    minutes = parts.settings.nags.by_email_after_minutes
    if minutes is None:
        return False
    now = parts.clock.now()
    with reading(parts.engine) as session:
        deaf_since = not_heard_since(session, settings=parts.settings, now=now)
        late = _late(session, now - timedelta(minutes=minutes), deaf_since, now=now)
        letters = [(key, to) for key in late for to in _recipients(session, key, parts.settings)]
        put = put_already(session, [nag_letter_key(key, to) for key, to in letters])
    for key, to in letters:
        if nag_letter_key(key, to) not in put:
            with writing(parts.engine) as session:
                nags = session.exec(select(Nag).where(Nag.told_in == key).order_by(col(Nag.due), col(Nag.id))).all()
                put_nag_letter(session, to, nags, told_in=key, settings=parts.settings, now=now)
    return False


def _late(session: Session, before: datetime, deaf_since: datetime | None, *, now: datetime) -> Sequence[str]:
    """The keys of the messages with reminders that were to be in Slack by then, or whose buttons do nothing."""
    is_late = col(OutboxEntry.state).in_(_UNSENT) & (col(OutboxEntry.put_at) <= before)
    if deaf_since is not None:
        is_late |= col(OutboxEntry.put_at) >= deaf_since
    asked = select(OutboxEntry.key).where(
        OutboxEntry.channel == Channel.SLACK,
        is_late,
        col(OutboxEntry.payload)["draw"].as_string() == "nags",
        OutboxEntry.put_at > now - _NO_LONGER,
    )
    return session.exec(asked.order_by(col(OutboxEntry.id))).all()


def _recipients(session: Session, key: str, settings: Settings) -> list[Officer]:
    """Whom a message with reminders is for; of a team's channel its manager, or the corporate lead."""
    name = session.exec(select(Nag.recipient).where(Nag.told_in == key).limit(1)).first()
    if name is None:  # handed on from another message, whose own letter tells of it
        return []
    if officer := officer_by_slack(session, name):
        return [officer]
    team = next((team for team in settings.teams if team.channel == name), None)
    if team and team.manager and (manager := officer_by_email(session, team.manager)):
        return [manager]
    leads = select(Officer).where(col(Officer.is_corporate_lead).is_(True), col(Officer.is_active).is_(True))
    return list(session.exec(leads))
