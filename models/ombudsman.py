"""The Ombudsman's own cases on ours, and the figures of the annual letter."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import words


class OmbudsmanState(StrEnum):
    """How far the Ombudsman is."""

    PREMATURE = "premature"
    ENQUIRY = "enquiry"
    DRAFT = "draft decision"
    DECIDED = "decided"


class OmbudsmanCase(SQLModel, table=True):
    """An Ombudsman's case; its enquiries and recommendations are duties.

    - ``body`` is the Ombudsman's name, ``reference`` theirs for it.
    - ``decision`` is in their words, such as ``upheld: fault and injustice``; ``is_upheld`` counts it.
    - ``remedied_before``: the council had already put it right (“satisfactory remedies provided”).
    """

    __tablename__ = "ombudsman_case"
    __table_args__ = (UniqueConstraint("body", "reference"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    body: str
    reference: str
    state: OmbudsmanState = Field(default=OmbudsmanState.ENQUIRY, sa_column=words(OmbudsmanState))
    received_on: date
    entered_at: datetime
    draft_on: date | None = None
    decided_on: date | None = None
    decision: str = ""
    is_upheld: bool | None = None
    remedied_before: bool | None = None


class OmbudsmanFigure(SQLModel, table=True):
    """One figure of an annual letter: its year (as ``2024-25``), its item in the letter's words, its service."""

    __tablename__ = "ombudsman_figure"
    __table_args__ = (UniqueConstraint("body", "year", "item", "service"),)

    id: int | None = Field(default=None, primary_key=True)
    body: str
    year: str
    item: str
    service: str = ""
    value: float
    imported_at: datetime
