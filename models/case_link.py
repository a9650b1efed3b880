"""CaseLink: two cases that belong together, and how."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import words

MERGED = "merged"
"""The outcome of a case that was merged into another."""


class LinkKind(StrEnum):
    """How the second case belongs to the first."""

    RELATED = "related"
    SPLIT_FROM = "split from"
    MERGED_INTO = "merged into"


class CaseLink(SQLModel, table=True):
    """``case_id`` is related to, split from, or merged into ``other_id``."""

    __tablename__ = "case_link"
    __table_args__ = (UniqueConstraint("case_id", "other_id", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    other_id: int = Field(foreign_key="case_file.id", index=True)
    kind: LinkKind = Field(sa_column=words(LinkKind))
    at: datetime
    by_officer_id: int | None = Field(default=None, foreign_key="officer.id")
