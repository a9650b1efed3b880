"""Nags that wait to be told become one message for each recipient."""

from datetime import datetime
from itertools import groupby

from sqlmodel import Session, col, select, update

from models.clock import LONDON
from models.outbox import Channel, ToSay, put_unasked
from models.reminders import Nag
from models.settings import Settings
from models.working_hours import hours_of, opens

_AT_ONCE = 5_000
"""Numbers in one statement; both databases take more."""


def tell(session: Session, *, settings: Settings, now: datetime) -> int:
    """Put one message to everybody whose hours are open and whose nags wait to be told. Returns how many messages.

    The rows are locked in one order, and whoever comes second waits and finds them told: nobody gets two messages
    because two workers looked at once.
    """
    waiting = session.exec(
        select(Nag.recipient, Nag.id)
        .where(col(Nag.told_in).is_(None))
        .order_by(col(Nag.recipient), col(Nag.id))
        .with_for_update()
    ).all()
    told = 0
    for recipient, rows in groupby(waiting, key=lambda row: row[0]):
        if opens(now, settings=settings, hours=hours_of(recipient, settings)):
            _tell(session, recipient, [number for _, number in rows if number is not None], now=now)
            told += 1
    return told


def _tell(session: Session, recipient: str, numbers: list[int], *, now: datetime) -> None:
    key = f"nags for {recipient} {now.astimezone(LONDON):%Y-%m-%d %H:%M} {numbers[-1]}"
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        session.exec(update(Nag).where(col(Nag.id).in_(some)).values(told_in=key))
    put_unasked(session, ToSay(Channel.SLACK, key, {"draw": "nags", "nags": numbers}), now=now)
