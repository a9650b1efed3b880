"""KnownDay: a day that was left out of the count when open clocks were last worked out."""

from datetime import date, datetime

from sqlalchemy import Boolean, Column, Integer, UniqueConstraint, false
from sqlmodel import Field, SQLModel


class KnownDay(SQLModel, table=True):
    """A bank holiday or closed day of a calendar, as it was known; one that is new or gone moves open clocks.

    - ``is_gone``: it is a working day after all; the row goes once every open clock is reckoned anew.
    - ``reckoned_to`` is the number of the last case that was reckoned anew for it; None: all of them were.
    - ``moved`` counts the cases whose dates moved for it.
    """

    __tablename__ = "known_day"
    __table_args__ = (UniqueConstraint("calendar", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    calendar: str
    day: date
    name: str
    known_since: datetime
    is_gone: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))
    reckoned_to: int | None = None
    moved: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
