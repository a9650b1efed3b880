"""Tells the technical contact that a mailbox's secret ends soon, before no letter can be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from jobs.parts import Parts
from models.clock import in_words, london_date
from models.db import reading, writing
from models.letters import to_the_contact
from models.outbox import Channel, put, put_already, put_line
from models.rules.expiry import day_to_tell
from models.settings import Settings


@dataclass(frozen=True)
class _Notice:
    key: str
    channel: Channel
    text: str


def warn_of_expiry(parts: Parts) -> bool:
    """Tell of every secret that ends within a month: weekly, and daily in the last week. False: nothing is left."""
    now = parts.clock.now()
    due = list(_due(parts.settings, london_date(now)))
    if not due:
        return False
    with reading(parts.engine) as session:
        told = put_already(session, [notice.key for notice in due])
    if new := [notice for notice in due if notice.key not in told]:
        with writing(parts.engine) as session:
            for notice in new:
                _tell(session, notice, settings=parts.settings, now=now)
    return False


def _due(settings: Settings, today: date) -> Iterator[_Notice]:
    contact = settings.technical_contact
    for box in settings.mailboxes:
        ends = box.secret_expires
        if ends is None or (day := day_to_tell(ends, today=today)) is None:
            continue
        key = f"mailbox {box.name} secret expires {ends}, told {day}"
        if contact.slack:
            yield _Notice(key, Channel.SLACK, _text(box.name, ends, today))
        if contact.email:
            yield _Notice(f"{key} by letter", Channel.EMAIL, _text(box.name, ends, today))


def _tell(session: Session, notice: _Notice, *, settings: Settings, now: datetime) -> None:
    if notice.channel is Channel.SLACK:
        to = settings.technical_contact.slack
        put_line(session, key=notice.key, to=to, text=notice.text, case_id=None, now=now)
        return
    subject = "A secret that Tocsin reads mail with ends soon"
    put(session, to_the_contact(notice.key, subject, notice.text, "expiry", settings), now=now)


def _text(name: str, ends: date, today: date) -> str:
    days = (ends - today).days
    when = f"in {days} days" if days > 1 else {1: "tomorrow", 0: "today"}.get(days, "and that day is past")
    return (
        f"The secret with which mailbox “{name}” is opened ends on {in_words(ends)}, {when}. After that no letter can "
        "be read. Make a new secret with the provider, put it where Tocsin reads its secrets, set secret_expires to "
        "its last day and start Tocsin again; “tocsin doctor” shows whether it works."
    )
