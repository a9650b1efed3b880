"""SlackCard: where a message stands in Slack, so that it is redrawn there, and taken away in the end."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class SlackCard(SQLModel, table=True):
    """A message that was posted: a card, an alert, a thread's line, a reminder, a digest, or a line by itself.

    - ``subject`` is what it shows, such as ``case 7`` or ``alert 3``; of what is never redrawn, the outbox's key.
    - ``target`` is for whom it was meant: a channel by its name in the settings, or somebody by their id.
    - ``channel`` and ``ts`` are Slack's own for where it stands; ``version`` is the one it shows.
    - ``case_id`` is the case it speaks of, if it is of one; ``removed_at``: it was taken out of its channel then.
    """

    __tablename__ = "slack_card"
    __table_args__ = (UniqueConstraint("subject"),)

    id: int | None = Field(default=None, primary_key=True)
    subject: str
    target: str
    channel: str
    ts: str
    version: int
    case_id: int | None = Field(default=None, foreign_key="case_file.id", index=True)
    removed_at: datetime | None = None
