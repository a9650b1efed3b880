"""Inserting past the session's unit of work: rows of tables that only grow, and rows that may be there already.

It costs a third of adding an object, and a tenth of a savepoint and a flush. Rows referred to must be stored.
Who deals with many things of a kind says so first (``insert_ahead``, ``reserve_numbers``): one statement serves all.
"""

from collections import deque
from collections.abc import Collection, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, event, func, insert, select, text
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session, SQLModel

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

_WAITING = "rows to append"
_ONCE = "tables whose rows may be there"
_NEXT = "next numbers"
_NEWEST = "newest numbers"
_AHEAD = "rows inserted ahead"

_Row = dict[str, Any]
_Rows = list[_Row]
_NONE_AHEAD: tuple[Sequence[str], dict[tuple[Any, ...], int | None]] = ((), {})


def insert_once(session: Session, table: type[SQLModel], **values: Any) -> int | None:
    """Insert a row and return its key, or None: an equal one was there and nothing changes.

    The unique index gives the answer, so two who try at once get one key. What is not given takes the table's default.
    """
    by, ahead = session.info.get(_AHEAD, {}).get(table, _NONE_AHEAD)
    if ahead and (given := tuple(values.get(name) for name in by)) in ahead:
        known: int | None = ahead.pop(given)
        return known
    _write_first(session, table)
    connection = session.connection()
    statement = _telling(table, connection.dialect.name)
    found: int | None = connection.execute(statement, _defaults(table) | values).scalar()
    return found


def insert_ahead(session: Session, table: type[SQLModel], rows: Collection[_Row], *, by: Sequence[str]) -> None:
    """Insert in one statement what ``insert_once`` is about to be asked for row by row, with the same values.

    It then tells of each what it would have told. ``by`` are the columns of the table's unique index; no row may have
    none there. Where two may be at the same rows, give them in one order, so that neither waits for the other.
    """
    if not rows:
        return
    _write_first(session, table)
    connection = session.connection()
    statement = _telling(table, connection.dialect.name, tuple(by))
    told = connection.execute(statement, [_defaults(table) | row for row in rows])
    keys = {tuple(values): key for key, *values in told}
    asked = [tuple(row[name] for name in by) for row in rows]
    session.info.setdefault(_AHEAD, {})[table] = (by, {each: keys.get(each) for each in asked})


def append(session: Session, table: type[SQLModel], **values: Any) -> None:
    """Add a row to a table that only grows. What is not given takes the table's default.

    Rows wait and are written together, many in one statement, before the session asks or commits anything.
    """
    _waiting(session).setdefault(table, []).append(_defaults(table) | values)


def append_once(session: Session, table: type[SQLModel], **values: Any) -> None:
    """The same, where an equal row may be there already; then nothing changes, and nobody needs to know."""
    append(session, table, **values)
    session.info.setdefault(_ONCE, set()).add(table)


def next_number(session: Session, table: type[SQLModel]) -> int:
    """The key of a row that is about to be added, so that it need not be stored to be referred to.

    All rows of that table are to be numbered so. Nobody else gets the number: PostgreSQL's sequence gives it, and
    SQLite has one writer at a time.
    """
    waiting = _numbers(session, table)
    if not waiting:
        reserve_numbers(session, table, 1)
    return waiting.popleft()


def reserve_numbers(session: Session, table: type[SQLModel], count: int) -> None:
    """Take so many numbers at once for the next who ask; those nobody asks for are lost on PostgreSQL."""
    columns, waiting = _columns(table), _numbers(session, table)
    (key, *_) = columns.primary_key.columns
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        asked = {"table": columns.name, "key": key.name, "count": count}
        waiting.extend(connection.execute(_SEQUENCE, asked).scalars())
        return
    newest: dict[type[SQLModel], int] = session.info.setdefault(_NEWEST, {})
    if table not in newest:
        newest[table] = int(connection.execute(select(func.coalesce(func.max(key), 0))).scalar_one())
    waiting.extend(range(newest[table] + 1, newest[table] + 1 + count))
    newest[table] += count


_SEQUENCE = text("SELECT nextval(pg_get_serial_sequence(:table, :key)) FROM generate_series(1, :count)")


@event.listens_for(Session, "before_commit")
def write_appended(session: Session) -> None:
    """Write the rows that wait; what they refer to first."""
    waiting = _waiting(session)
    if not waiting:
        return
    session.info.pop(_WAITING)
    once = session.info.pop(_ONCE, ())
    session.flush()
    connection = session.connection()
    for table, rows in waiting.items():
        columns = _columns(table)
        statement = _unless_there(table, connection.dialect.name) if table in once else insert(columns)
        connection.execute(statement, rows)


def _write_first(session: Session, table: type[SQLModel]) -> None:
    """Write what waits and a new row of this table may refer to, or must not overtake."""
    waits, before = _waiting(session), _referred_to(table)
    if table in waits or any(each.__tablename__ in before for each in waits):
        write_appended(session)
    elif before and any(each.__tablename__ in before for each in session.new):
        session.flush()


@event.listens_for(Session, "do_orm_execute")
def _write_before_asking(asked: ORMExecuteState) -> None:
    write_appended(asked.session)


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    for kept in (_WAITING, _ONCE, _NEXT, _NEWEST, _AHEAD):
        session.info.pop(kept, None)


def _numbers(session: Session, table: type[SQLModel]) -> deque[int]:
    numbers: dict[type[SQLModel], deque[int]] = session.info.setdefault(_NEXT, {})
    return numbers.setdefault(table, deque())


def _waiting(session: Session) -> dict[type[SQLModel], _Rows]:
    waiting: dict[type[SQLModel], _Rows] = session.info.setdefault(_WAITING, {})
    return waiting


@cache
def _columns(table: type[SQLModel]) -> Table:
    columns: Table = table.__table__  # type: ignore[attr-defined]  # SQLModel sets it on every table
    return columns


@cache
def _referred_to(table: type[SQLModel]) -> frozenset[str]:
    return frozenset(key.column.table.name for key in _columns(table).foreign_keys)


@cache
def _unless_there(table: type[SQLModel], dialect: str) -> "postgresql.Insert | sqlite.Insert":
    from sqlalchemy.dialects import postgresql, sqlite  # takes long to load, and not every command writes

    new = postgresql.insert(_columns(table)) if dialect == "postgresql" else sqlite.insert(_columns(table))
    return new.on_conflict_do_nothing()


@cache
def _telling(table: type[SQLModel], dialect: str, by: tuple[str, ...] = ()) -> Any:
    """The same, telling the key of each new row, and what it has in those columns."""
    columns = _columns(table)
    (key, *_) = columns.primary_key.columns
    return _unless_there(table, dialect).returning(key, *(columns.c[name] for name in by))


def _defaults(table: type[SQLModel]) -> dict[str, Any]:
    plain, made = _split_defaults(table)
    return plain | {name: make() for name, make in made.items()}


@cache
def _split_defaults(table: type[SQLModel]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values that are the same for every row, and makers of those that are not."""
    fields = {name: field for name, field in table.model_fields.items() if name != "id" and not field.is_required()}
    made = {name: field.default_factory for name, field in fields.items() if field.default_factory is not None}
    return {name: field.default for name, field in fields.items() if name not in made}, made
