"""Nag and Alert: one row each, under a unique index, so that each is given once."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel


class Nag(SQLModel, table=True):
    """A reminder to an owner (or to a team that has none) of one clock at one step.

    ``reopened`` is how often the case had been opened again: its clocks then run anew.
    """

    __table_args__ = (UniqueConstraint("case_id", "stage", "reopened", "clock", "step", "recipient"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    stage: int
    reopened: int = 0
    clock: str
    step: str
    recipient: str
    at: datetime


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
