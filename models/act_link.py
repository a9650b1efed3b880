"""ActLink: a link in a letter that lets one person do one thing, once, without Slack and without an account."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class ActLink(SQLModel, table=True):
    """A link that was given out.

    - ``token_hash``: the link's secret is not kept, only its SHA-256.
    - ``act`` is what it allows, such as ``acknowledge`` or ``answer request``.
    - ``officer_id`` is who it was given to; None for a partner, who is asked about ``duty_id``.
    """

    __tablename__ = "act_link"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    act: str
    case_id: int = Field(foreign_key="case_file.id", index=True)
    duty_id: int | None = Field(default=None, foreign_key="duty.id", index=True)
    officer_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
