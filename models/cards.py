"""SlackCard: where the one card of a case stands in Slack, and which version it shows."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class SlackCard(SQLModel, table=True):
    """A message in Slack that is redrawn in place: a case's card, or an alert.

    ``case_id`` is the case it speaks of, if it is of one; ``removed_at``: it was taken out of its channel then.
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
