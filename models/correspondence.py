"""Correspondence: what arrived, raw, and everything said with the complainant, readable."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, LargeBinary
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from models.columns import json_list, words


class Disposition(StrEnum):
    """What routing decided about one message."""

    CASE = "case"
    FOLLOW_UP = "follow_up"
    HELD = "held"
    IGNORED = "ignored"


class InboundMessage(SQLModel, table=True):
    """A message as it came, byte for byte; kept before anything looks inside.

    ``content_key`` is unique: a second copy changes nothing. ``disposition`` is
    empty until the message has been processed; ``look_at`` is pushed on before
    each try, so that one that always fails never starves the others.
    """

    __tablename__ = "inbound_message"
    __table_args__ = (
        Index(
            "inbound_waiting",
            "look_at",
            sqlite_where=sql("disposition IS NULL"),
            postgresql_where=sql("disposition IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    source: str
    content_key: str = Field(unique=True)
    raw: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    size: int
    received_at: datetime
    look_at: datetime
    attempts: int = 0
    disposition: Disposition | None = Field(default=None, sa_column=words(Disposition, nullable=True))
    rule: str = ""
    reason: str = ""
    case_id: int | None = Field(default=None, foreign_key="case_file.id", index=True)


class Direction(StrEnum):
    """Which way a letter went."""

    IN = "in"
    OUT = "out"


class Correspondence(SQLModel, table=True):
    """One letter, readable: what an officer sees when they press Read.

    ``judge_at`` is the instant the classifier is to be asked about it; None once it has been, and for our own.
    """

    __table_args__ = (
        Index(
            "letter_to_judge",
            "judge_at",
            sqlite_where=sql("judge_at IS NOT NULL"),
            postgresql_where=sql("judge_at IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    direction: Direction = Field(sa_column=words(Direction))
    at: datetime
    subject: str = ""
    text: str = ""
    quoted: str = ""
    message_id: str = Field(default="", index=True)
    attachments: list[Any] = Field(default_factory=list, sa_column=json_list())
    inbound_id: int | None = Field(default=None, foreign_key="inbound_message.id", unique=True)
    judge_at: datetime | None = None
    judge_tries: int = 0
