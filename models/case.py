"""Case and CaseEvent: one matter from one complainant, and everything that happened to it."""

from datetime import date, datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, false, text
from sqlmodel import Field, SQLModel

from models.columns import json_list, words
from models.rules.labels import Area, Kind
from models.rules.steps import CaseStatus

REOPENED = "reopened"
"""The event of a closed case that a person opened again."""

PROCEDURE_CHANGED = "procedure_changed"
"""The event of a case that went to another procedure; its details name both, their stages, and the dates."""


class Case(SQLModel, table=True):
    """A case. Limits are dates in London; what is due or overdue is derived from them.

    - ``kind`` is None while nobody is sure; such a case runs on the complaint's clock.
    - ``areas`` has the main one first; ``signals`` are those raised so far.
    - ``respond_by`` is None for kinds that need no answer under the procedure.
    - ``is_triaged``: the classifier has been asked, and the case has a card.
    - ``kind_by_person`` and ``areas_by_person``: a person has spoken, and no opinion changes it.
    - ``acknowledged_on``, ``scope_agreed_on``, ``responded_on``, ``agreed_by``, ``extended_to``, ``extensions``,
      ``paused_on`` and ``paused_days`` (working days the clock has stood still) are those of the present stage.
    - ``procedure_by_person``: a person chose the procedure. ``outcome`` is the last decision's word.
    - ``quiet_until``: a follow-up has gone out, and the case closes after that day if nobody writes.
    - ``close_out_on`` is the day on which its close-out deserves the next look; None when a person is to close it.
    - ``snoozed_until``: no reminder of a date that is only coming up before that day.
    - ``happened``: the days of further events that clocks count from, by name, such as ``panel met``.
    - ``look_again`` is the instant the deadlines deserve the next look; None when closed.
    - ``version`` counts changes; a card drawn from an older version is redrawn.
    - ``thread_key`` is known to us and to whom we wrote: a reply that bears it is a reply to us.
    - ``campaign_of_id`` is the case that speaks for it, where many people wrote the same.
    - ``doubts`` are short codes of what an officer should know, from ``models.rules.doubts``.
    """

    # "case" is a reserved word of SQL
    __tablename__ = "case_file"
    __table_args__ = (
        Index(
            "case_to_look_at",
            "look_again",
            sqlite_where=text("look_again IS NOT NULL"),
            postgresql_where=text("look_again IS NOT NULL"),
        ),
        Index(
            "case_to_close_out",
            "close_out_on",
            "id",
            sqlite_where=text("close_out_on IS NOT NULL"),
            postgresql_where=text("close_out_on IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    procedure: str = "corporate"
    stage: int = 1
    status: CaseStatus = Field(default=CaseStatus.NEW, sa_column=words(CaseStatus, index=True))
    kind: Kind | None = Field(default=None, sa_column=words(Kind, nullable=True))
    areas: list[Any] = Field(default_factory=list, sa_column=json_list())
    signals: list[Any] = Field(default_factory=list, sa_column=json_list())
    is_triaged: bool = False
    kind_by_person: bool = False
    areas_by_person: bool = False
    complainant_id: int = Field(foreign_key="complainant.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    may_answer: bool = True
    received_on: date
    logged_at: datetime
    acknowledged_on: date | None = None
    responded_on: date | None = None
    closed_on: date | None = None
    acknowledge_by: date
    respond_by: date | None = None
    procedure_by_person: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))
    scope_agreed_on: date | None = None
    agreed_by: date | None = None
    extended_to: date | None = None
    extensions: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    paused_on: date | None = None
    paused_days: int = Field(default=0, sa_column=Column(Integer, nullable=False, server_default="0"))
    outcome: str = Field(default="", sa_column=Column(String, nullable=False, server_default=""))
    quiet_until: date | None = None
    close_out_on: date | None = None
    snoozed_until: date | None = None
    happened: dict[str, str] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False, server_default="{}"))
    look_again: datetime | None = None
    version: int = 1
    thread_key: str = Field(default_factory=lambda: token_hex(10), nullable=True, unique=True, index=True)
    campaign_of_id: int | None = Field(default=None, foreign_key="case_file.id", index=True)
    doubts: list[Any] = Field(default_factory=list, sa_column=json_list("[]"))

    @property
    def main_area(self) -> Area:
        """The service area whose channel shows the card."""
        return Area(self.areas[0]) if self.areas else Area.CORPORATE_OTHER

    @property
    def number(self) -> int:
        """The row's id once it is stored; raises ValueError before."""
        if self.id is None:
            raise ValueError("the case is not stored yet")
        return self.id


class CaseEvent(SQLModel, table=True):
    """Something that happened to a case: never changed, never deleted (the database refuses)."""

    __tablename__ = "case_event"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    name: str
    at: datetime
    by_officer_id: int | None = Field(default=None, foreign_key="officer.id")
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
