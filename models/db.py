"""The database: open it, read, write, and bring it up to date.

SQLite is the embedded default (WAL, BEGIN IMMEDIATE to write, so that a reader
who then writes never meets "database is locked"); PostgreSQL works by URL with
the same code.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlmodel import Session

from models.rules.errors import DatabaseAhead, DatabaseBehind

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_SECONDS = 30.0
_BETWEEN_LOOKS = 0.002
"""Seconds; two processes that write in turns lose a third of their time otherwise (bench/intake)."""
_UPGRADE_LOCK = 7_062_201
"""A number of our own for PostgreSQL's advisory lock."""


def open_engine(url: str) -> Engine:
    """An engine for that URL. The folder of an SQLite file is made when it is missing.

    Errors never quote what was being stored: it may be a resident's letter, and errors reach the log.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database and parsed.database != ":memory:":
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed, connect_args={"timeout": _BUSY_SECONDS}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    engine = create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    # many rows in one statement also where no key is asked back: a statement a row costs the server twice as much
    engine.dialect.use_insertmanyvalues_wo_returning = True
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    begin = connection.get_execution_options().get("begin", "BEGIN")
    if begin == "BEGIN":
        connection.exec_driver_sql(begin)
        return
    file = connection.connection.dbapi_connection
    file.execute("PRAGMA busy_timeout=0")
    try:
        if not _began(file, begin):
            connection.exec_driver_sql(begin)  # refused at once, and SQLAlchemy says why
    finally:
        file.execute(f"PRAGMA busy_timeout={int(_BUSY_SECONDS * 1000)}")


def _began(file: sqlite3.Connection, begin: str) -> bool:
    """Wait for the other writer with short looks: SQLite's own waiting grows to a tenth of a second between two.

    False: it took too long, or something else is wrong.
    """
    until = time.monotonic() + _BUSY_SECONDS
    while time.monotonic() < until:
        try:
            file.execute(begin)
        except sqlite3.OperationalError as refused:
            if not refused.sqlite_errorname.startswith("SQLITE_BUSY"):
                return False
            time.sleep(_BETWEEN_LOOKS)
        else:
            return True
    return False


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A transaction that may write: committed on a clean exit, rolled back otherwise."""
    immediate = engine.execution_options(begin="BEGIN IMMEDIATE")
    with Session(immediate, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A transaction that only reads, and sees one moment: what others commit meanwhile is not half in it.

    SQLite reads so anyway; PostgreSQL would show each question another moment, and a count would not add up.
    """
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


def upgrade(engine: Engine, *, to: str = "head") -> str:
    """Bring the schema up to date (or only as far as ``to``), from any landed state. Returns the newest revision.

    Programs that start at once wait for each other, and the second finds nothing left to do.
    """
    from alembic import command

    with engine.execution_options(begin="BEGIN IMMEDIATE").begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})")
        config = _alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, to)
    return head()


def head() -> str:
    """The newest revision this program knows."""
    from alembic.script import ScriptDirectory

    return str(ScriptDirectory.from_config(_alembic_config()).get_current_head())


def revision(engine: Engine) -> str | None:
    """The revision the database has, or None when it is empty."""
    from alembic.runtime.migration import MigrationContext

    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def open_ready(url: str) -> Engine:
    """An engine whose schema fits this program.

    A new database is set up and the embedded one brought up to date without asking;
    a shared server that is behind raises DatabaseBehind, because other processes may still use it;
    a schema this program does not know raises DatabaseAhead.
    """
    engine = open_engine(url)
    with ExitStack() as unless_ready:
        unless_ready.callback(engine.dispose)
        _make_ready(engine)
        unless_ready.pop_all()
    return engine


def _make_ready(engine: Engine) -> None:
    found = revision(engine)
    if found == head():
        return
    if found is not None and found not in _known_revisions():
        raise DatabaseAhead
    if found is not None and engine.dialect.name != "sqlite":
        raise DatabaseBehind
    upgrade(engine)


def _known_revisions() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(_alembic_config()).walk_revisions()}


def _alembic_config() -> "Config":
    from alembic.config import Config  # loading it takes a tenth of a second, and not every command needs it

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
