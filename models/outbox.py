"""The outbox: the only way to say anything to the outside.

An entry is written in the transaction that makes it true and sent afterwards,
with nothing open. Entries of one lane leave in the order they were put.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BindParameter, Column, Index, bindparam, text
from sqlalchemy.orm import aliased
from sqlmodel import Field, Session, SQLModel, col, select, update

from models.columns import words
from models.once import append_once, insert_once


class Channel(StrEnum):
    """The ways out."""

    EMAIL = "email"
    SLACK = "slack"


class Delivery(StrEnum):
    """Where an entry stands.

    - ``waiting`` is tried when its time comes; ``sending`` is claimed by a worker.
    - ``uncertain``: it may have been sent and only a person can tell.
    - ``failed``: never tried again unless a person asks.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"


class OutboxEntry(SQLModel, table=True):
    """Something to be said, once: ``key`` is unique and reads as a sentence."""

    __tablename__ = "outbox_entry"
    __table_args__ = (
        Index(
            "outbox_open",
            "lane",
            "id",
            sqlite_where=text("state IN ('waiting', 'sending')"),
            postgresql_where=text("state IN ('waiting', 'sending')"),
        ),
        Index(
            "outbox_queue",
            "channel",
            "not_before",
            "id",
            sqlite_where=text("state IN ('waiting', 'sending')"),
            postgresql_where=text("state IN ('waiting', 'sending')"),
        ),
        Index("outbox_by_age", "put_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    channel: Channel = Field(sa_column=words(Channel))
    lane: str
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    case_id: int | None = Field(default=None, foreign_key="case_file.id", index=True)
    state: Delivery = Field(default=Delivery.WAITING, sa_column=words(Delivery))
    put_at: datetime
    not_before: datetime
    attempts: int = 0
    provider_id: str = ""
    problem: str = ""


@dataclass(frozen=True)
class ToSay:
    """What is to be said, and where; ``key`` is its own for ever, so it is said once. ``case_id``: of which case."""

    channel: Channel
    key: str
    payload: Mapping[str, Any]
    case_id: int | None = None

    @property
    def lane(self) -> str:
        """What leaves in order: all of a case, or the versions of one message, each a redrawing of the one before."""
        of_what = f"case {self.case_id}" if self.case_id else self.key.partition(" version ")[0]
        return f"{self.channel} {of_what}"

    def as_row(self, now: datetime) -> dict[str, Any]:
        """The entry's values."""
        row = {"channel": self.channel, "key": self.key, "payload": dict(self.payload), "case_id": self.case_id}
        return row | {"lane": self.lane, "put_at": now, "not_before": now}


def put(session: Session, said: ToSay, *, now: datetime) -> bool:
    """Write down what is to be said. False: it was put already, by whoever came first."""
    return insert_once(session, OutboxEntry, **said.as_row(now)) is not None


def put_unasked(session: Session, said: ToSay, *, now: datetime) -> None:
    """The same for whoever need not know whether it was put already: many are written in one statement."""
    append_once(session, OutboxEntry, **said.as_row(now))


def put_already(session: Session, keys: Collection[str]) -> set[str]:
    """Which of these were put before: to look costs less than to take the one place to write."""
    return set(session.exec(select(OutboxEntry.key).where(col(OutboxEntry.key).in_(keys))))


def put_line(session: Session, *, key: str, to: str, text: str, case_id: int | None, now: datetime) -> bool:
    """Write down one line for a Slack channel or user: our own words only, never a resident's."""
    return put(session, ToSay(Channel.SLACK, key, {"draw": "line", "to": to, "text": text}, case_id), now=now)


@dataclass(frozen=True)
class Parcel:
    """A claimed entry as plain values, so that nothing is open while it is sent.

    ``was_interrupted``: an earlier worker died while sending it, so it may have arrived already.
    """

    entry_id: int
    key: str
    channel: Channel
    payload: Mapping[str, Any]
    case_id: int | None
    attempts: int
    was_interrupted: bool
    lane: str = ""


def claim(
    session: Session, *, channel: Channel, now: datetime, lease: timedelta, passing_over: Collection[str] = ()
) -> Parcel | None:
    """Take the next entry of a channel that may be tried now, or None.

    - Only the first unsent entry of a lane is taken, so a lane keeps its order.
    - An entry left in ``sending`` by a worker that died is taken again once its lease is over.
    - ``passing_over``: lanes whose way out takes nothing now.
    """
    # written out in the query: with bound values SQLite cannot tell that the partial index applies
    unsent: BindParameter[Any] = bindparam(
        "unsent", (Delivery.WAITING, Delivery.SENDING), expanding=True, literal_execute=True
    )
    before = aliased(OutboxEntry)
    one_before_it = (
        select(before.id)
        .where(before.lane == OutboxEntry.lane, col(before.id) < OutboxEntry.id, col(before.state).in_(unsent))
        .exists()
    )
    entry = session.exec(
        select(OutboxEntry)
        .where(
            OutboxEntry.channel == channel,
            col(OutboxEntry.state).in_(unsent),
            OutboxEntry.not_before <= now,
            ~one_before_it,
            *([col(OutboxEntry.lane).not_in(passing_over)] if passing_over else []),
        )
        .order_by(col(OutboxEntry.not_before), col(OutboxEntry.id))
        .limit(1)
        .with_for_update(skip_locked=True, of=OutboxEntry)
    ).first()
    if entry is None or entry.id is None:
        return None
    was_interrupted = entry.state == Delivery.SENDING
    entry.state = Delivery.SENDING
    entry.attempts += 1
    entry.not_before = now + lease
    session.add(entry)
    return Parcel(
        entry.id,
        entry.key,
        Channel(entry.channel),
        entry.payload,
        entry.case_id,
        entry.attempts,
        was_interrupted,
        entry.lane,
    )


def put_off(session: Session, parcel: Parcel, *, until: datetime) -> None:
    """Give a claimed entry back untried: its way out takes nothing before then."""
    # what an earlier worker died over is still in doubt: the next to claim it must know
    state = Delivery.SENDING if parcel.was_interrupted else Delivery.WAITING
    given_back = {"state": state, "not_before": until, "attempts": parcel.attempts - 1}
    session.exec(update(OutboxEntry).where(col(OutboxEntry.id) == parcel.entry_id).values(**given_back))


def settle(session: Session, key: str, *, has_arrived: bool, now: datetime) -> OutboxEntry | None:
    """A person says what became of an uncertain or failed entry. None: nothing stuck has that key."""
    stuck = (Delivery.UNCERTAIN, Delivery.FAILED)
    entry = session.exec(
        select(OutboxEntry).where(OutboxEntry.key == key, col(OutboxEntry.state).in_(stuck)).with_for_update()
    ).first()
    if entry is not None:
        entry.state = Delivery.SENT if has_arrived else Delivery.WAITING
        entry.not_before, entry.problem = now, ""
        session.add(entry)
    return entry


def retry_failed(session: Session, *, now: datetime) -> int:
    """Put failed entries back in the queue because a person asked. Returns how many."""
    done = session.exec(
        update(OutboxEntry)
        .where(col(OutboxEntry.state) == Delivery.FAILED)
        .values(state=Delivery.WAITING, not_before=now)
    )
    return int(done.rowcount)
