"""SlackCard: where the one card of a case stands in Slack, and which version it shows."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class SlackCard(SQLModel, table=True):
    """A message in Slack that is redrawn in place: a case's card, or an alert."""

    __tablename__ = "slack_card"
    __table_args__ = (UniqueConstraint("subject"),)

    id: int | None = Field(default=None, primary_key=True)
    subject: str
    target: str
    channel: str
    ts: str
    version: int
