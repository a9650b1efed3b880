"""Column types shared by the tables."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Column, Enum


def words(
    kind: type[StrEnum], *, nullable: bool = False, index: bool = False, default: StrEnum | None = None
) -> Column[Any]:
    """A column holding one of an enumeration's words, stored as text on both databases.

    ``default`` is the database's own, for rows that are older than the column.
    """
    kept_as_text = Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda each: [m.value for m in each],
    )
    return Column(kept_as_text, nullable=nullable, index=index, server_default=default)


def json_list(default: str | None = None) -> Column[Any]:
    """A column holding a list of plain values; ``default`` is the database's own, for older rows."""
    return Column(JSON, nullable=False, server_default=default)
