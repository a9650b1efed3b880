"""Duty: anything beside the acknowledgement and the answer that somebody owes by a date."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from models.columns import words
from models.ombudsman import OmbudsmanCase

_REFERRED_TO = OmbudsmanCase
"""A duty may refer to one: its table must be known wherever duties are."""


class DutyKind(StrEnum):
    """What sort of duty it is."""

    REMEDY = "remedy"
    ACTION = "action"
    UPDATE = "update"
    REQUEST = "request"
    BLOCKER = "blocker"
    MILESTONE = "milestone"
    HAZARD = "hazard"
    INVESTIGATION = "investigation"
    ENQUIRY = "enquiry"
    RECOMMENDATION = "recommendation"


class DutyState(StrEnum):
    """Where it stands. Whether it was late is told by ``done_on`` beside ``due``."""

    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not done"
    DROPPED = "dropped"


class Duty(SQLModel, table=True):
    """Something owed on a case by a date.

    - ``key`` is unique and reads as a sentence, such as ``T26-00012-K hazard emergency``.
    - ``what`` and ``evidence`` are in people's words and may name somebody: never in a channel.
    - ``due_at`` is the instant of a limit in hours; ``due`` is then its date in London, and ``done_at`` tells at
      what instant it was done.
    - ``since``: of a blocker, the day from which something was missing.
    - ``party`` and ``party_email``: the partner or service that was asked (a request).
    - ``done_on`` of a request that is open: the day on which a letter came that somebody must read, to say whether it
      answers (``waits_to_be_read``).
    - ``is_personal``: a recommendation's remedy for the person; otherwise it improves the service.
    - ``signed_off_by_id``: who let an answer to the Ombudsman go.
    - ``look_again`` is the instant it deserves the next look; None once it is settled, or its ladder has come to an
      end.
    """

    __table_args__ = (
        Index(
            "duty_to_look_at",
            "look_again",
            sqlite_where=text("look_again IS NOT NULL"),
            postgresql_where=text("look_again IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    ombudsman_case_id: int | None = Field(default=None, foreign_key="ombudsman_case.id", index=True)
    kind: DutyKind = Field(sa_column=words(DutyKind))
    what: str
    due: date
    due_at: datetime | None = None
    owner_id: int | None = Field(default=None, foreign_key="officer.id", index=True)
    party: str = ""
    party_email: str = ""
    is_personal: bool = False
    state: DutyState = Field(default=DutyState.OPEN, sa_column=words(DutyState))
    made_at: datetime
    made_by_id: int | None = Field(default=None, foreign_key="officer.id")
    since: date | None = None
    done_on: date | None = None
    done_at: datetime | None = None
    evidence: str = ""
    signed_off_by_id: int | None = Field(default=None, foreign_key="officer.id")
    look_again: datetime | None = None

    @property
    def waits_to_be_read(self) -> bool:
        """Whether a partner has written, and nobody has said yet whether that is the answer."""
        return self.kind == DutyKind.REQUEST and self.state == DutyState.OPEN and self.done_on is not None

    @property
    def number(self) -> int:
        """The row's id once it is stored; raises ValueError before."""
        if self.id is None:
            raise ValueError("the duty is not stored yet")
        return self.id
