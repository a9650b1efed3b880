"""The pool of independent people: investigators, Independent Persons, panel members.

They are from outside, but for the council's own Investigating Officers, who have the address of an officer.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import json_list


class Independent(SQLModel, table=True):
    """Somebody of the pool; ``roles`` are those they may be appointed to, ``fee_pence`` their fee for a case."""

    id: int | None = Field(default=None, primary_key=True)
    name: str
    email: str = Field(unique=True)
    roles: list[Any] = Field(default_factory=list, sa_column=json_list())
    fee_pence: int = 0
    is_active: bool = True


class Unavailability(SQLModel, table=True):
    """Somebody of the pool is not free from one day to another, both included."""

    id: int | None = Field(default=None, primary_key=True)
    independent_id: int = Field(foreign_key="independent.id", index=True)
    from_day: date
    until_day: date


class Appointment(SQLModel, table=True):
    """Somebody is appointed to a role at a stage of a case; ``cost_pence`` once it is known."""

    __table_args__ = (UniqueConstraint("case_id", "stage", "role", "independent_id"),)

    id: int | None = Field(default=None, primary_key=True)
    independent_id: int = Field(foreign_key="independent.id", index=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    stage: int
    role: str
    appointed_at: datetime
    ended_on: date | None = None
    cost_pence: int | None = None
