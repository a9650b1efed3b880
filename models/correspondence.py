"""Correspondence: what arrived, raw, and everything said with the complainant, or by a partner, readable."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, Index, LargeBinary, UniqueConstraint, false
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from models.columns import json_list, words
from models.rules.follow_ups import Sort


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
    ``is_partial``: only its beginning was fetched. ``release`` is what a person said of a
    held one, for processing to do: “new”, or the reference of the case it belongs to.
    """

    __tablename__ = "inbound_message"
    __table_args__ = (
        Index(
            "inbound_waiting",
            "look_at",
            sqlite_where=sql("disposition IS NULL"),
            postgresql_where=sql("disposition IS NULL"),
        ),
        Index("inbound_counted", "disposition", "source", "case_id"),
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
    is_partial: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    release: str = Field(default="", sa_column_kwargs={"server_default": ""})
    released_by_id: int | None = Field(default=None, foreign_key="officer.id")

    @property
    def number(self) -> int:
        """The row's id once it is stored; raises ValueError before."""
        if self.id is None:
            raise ValueError("the message is not stored yet")
        return self.id


class MailboxCopy(SQLModel, table=True):
    """One place in one mailbox where a message lay: what is counted when nothing may be lost.

    ``handle`` is the mailbox's own name for it (UIDVALIDITY and UID, or a file's name), unique within it.
    """

    __tablename__ = "mailbox_copy"
    __table_args__ = (UniqueConstraint("mailbox", "handle"),)

    id: int | None = Field(default=None, primary_key=True)
    mailbox: str
    handle: str
    inbound_id: int = Field(foreign_key="inbound_message.id", index=True)
    at: datetime


class HeldMessage(SQLModel, table=True):
    """What a person reads of a message put aside: readable, while the message itself stays as it came.

    ``named`` are the references it names. ``settled_at`` is when a person released or dismissed it.
    """

    __tablename__ = "held_message"

    inbound_id: int = Field(primary_key=True, foreign_key="inbound_message.id")
    at: datetime
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    text: str = ""
    named: list[Any] = Field(default_factory=list, sa_column=json_list())
    attachments: list[Any] = Field(default_factory=list, sa_column=json_list())
    settled_at: datetime | None = Field(default=None, index=True)
    version: int = 1


class Direction(StrEnum):
    """Which way a letter went: from the resident, from us to them, or from a partner whom we asked something.

    A partner's letter is nobody's word but the partner's: it is not judged, and asks for nothing of the resident's.
    """

    IN = "in"
    OUT = "out"
    PARTNER = "partner"


class Correspondence(SQLModel, table=True):
    """One letter, readable: what an officer sees when they press Read.

    ``judge_at`` is the instant the classifier is to be asked about it; None once it has been, and for our own.
    ``sort`` is what a further letter wants; ``undelivered`` why a letter of ours did not arrive.
    ``attachments`` are as in ``models.rules.letters.Attachment``.
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
    sort: Sort | None = Field(default=None, sa_column=words(Sort, nullable=True))
    undelivered: str = Field(default="", sa_column_kwargs={"server_default": ""})


class LetterBand(SQLModel, table=True):
    """One of a letter's fingerprints: letters that share one may be near-identical (``models.rules.likeness``)."""

    __tablename__ = "letter_band"

    band: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    letter_id: int = Field(primary_key=True, foreign_key="correspondence.id")
