"""Inserting a row that may be there already: the unique index gives the answer."""

from functools import cache
from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_once(session: Session, table: type[SQLModel], **values: Any) -> int | None:
    """Insert a row and return its key, or None: an equal one was there and nothing changes.

    Two who try at once get one key. What is not given takes the table's default. It goes past the
    session's unit of work, which costs a tenth of a savepoint and a flush; rows it refers to must be stored.
    """
    connection = session.connection()
    statement = _statement(table, connection.dialect.name)
    found: int | None = connection.execute(statement, _defaults(table) | values).scalar()
    return found


@cache
def _statement(table: type[SQLModel], dialect: str) -> Insert:
    columns: Table = table.__table__  # type: ignore[attr-defined]  # SQLModel sets it on every table
    insert = postgresql.insert(columns) if dialect == "postgresql" else sqlite.insert(columns)
    (key, *_) = columns.primary_key.columns
    return insert.on_conflict_do_nothing().returning(key)


def _defaults(table: type[SQLModel]) -> dict[str, Any]:
    plain, made = _split_defaults(table)
    return plain | {name: make() for name, make in made.items()}


@cache
def _split_defaults(table: type[SQLModel]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values that are the same for every row, and makers of those that are not."""
    fields = {name: field for name, field in table.model_fields.items() if name != "id" and not field.is_required()}
    made = {name: field.default_factory for name, field in fields.items() if field.default_factory is not None}
    return {name: field.default for name, field in fields.items() if name not in made}, made
