"""Nag and Alert: one row each, under a unique index, so that each is given once."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class Nag(SQLModel, table=True):
    """A reminder to an owner (or to a team that has none) of one clock at one step.

    - ``reopened`` is how often the case had been opened again: its clocks then run anew.
    - ``clock`` is ``acknowledge``, ``answer``, ``paused`` or ``duty 7``; ``due`` its last day when the reminder was
      given, so that a date that was moved is reminded of anew; of a pause it is the day it began.
    - ``told_in`` is the key of the outbox's entry that tells it, None while it waits to be told.
    """

    __table_args__ = (
        UniqueConstraint("case_id", "stage", "reopened", "clock", "due", "step", "recipient"),
        Index(
            "nag_to_tell",
            "recipient",
            "id",
            sqlite_where=text("told_in IS NULL"),
            postgresql_where=text("told_in IS NULL"),
        ),
        Index(
            "nag_told_in",
            "told_in",
            sqlite_where=text("told_in IS NOT NULL"),
            postgresql_where=text("told_in IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    stage: int
    reopened: int = 0
    clock: str
    step: str
    recipient: str
    at: datetime
    due: date | None = None
    told_in: str | None = None


class Alert(SQLModel, table=True):
    """A warning to the corporate lead: one for each sign on a case; somebody may take it."""

    __table_args__ = (UniqueConstraint("case_id", "sign"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    sign: str
    reason: str
    at: datetime
    taken_by_id: int | None = Field(default=None, foreign_key="officer.id")
    taken_at: datetime | None = None
