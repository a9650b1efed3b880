"""Envelope: what Slack sent, kept before it is worked on, so that a press is neither lost nor done twice."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Envelope(SQLModel, table=True):
    """One press, form, command, shortcut or event.

    - ``key`` is Slack's own for it (an event's id, a press's trigger, a form's view and what is filled in): the same
      sent again is the same envelope.
    - A form has its row from the transaction that does what it asks: until then nobody may take it up.
    - ``kind`` is one of action, view, command, shortcut, event; ``name`` is the listener's, as ``acknowledge``.
    - ``payload`` may hold what an officer typed: it is emptied once the work is done, and the row goes after some days.
    - ``look_at`` is the instant it is to be worked on, or looked at again if whoever took it up died; None once done.
    """

    __table_args__ = (
        UniqueConstraint("key"),
        Index(
            "envelope_to_work",
            "look_at",
            "id",
            sqlite_where=text("look_at IS NOT NULL"),
            postgresql_where=text("look_at IS NOT NULL"),
        ),
        Index("envelope_by_age", "received_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str
    kind: str
    name: str
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    received_at: datetime
    look_at: datetime | None = None
    tries: int = 0
