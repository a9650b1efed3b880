import sqlite3
from contextlib import closing
from datetime import datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from models.case import Case, CaseEvent
from models.db import reading, writing
from models.record import note
from models.settings import Settings
from tests.build import a_case

REFUSED = "case events are never changed and never deleted"

REPLACED = """
    INSERT INTO case_event (id, case_id, name, at, details)
    SELECT id, case_id, 'x', at, details FROM case_event WHERE true
    ON CONFLICT (id) DO UPDATE SET name = 'x'
"""


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE case_event SET name = 'nothing'",
        "UPDATE case_event SET at = at",
        "UPDATE case_event SET id = id + 1000",
        "DELETE FROM case_event",
        "DELETE FROM case_event WHERE name = 'received'",
        REPLACED,
    ],
)
def test_a_case_event_is_never_changed_or_deleted(engine: Engine, settings: Settings, now: datetime, deed: str) -> None:
    a_case(engine, settings=settings, now=now)
    before = names(engine)
    with pytest.raises(DBAPIError, match=REFUSED), engine.begin() as connection:
        connection.execute(text(deed))
    assert names(engine) == before
    assert before[:1] == ["received"]


@pytest.mark.parametrize(
    "deed", ["INSERT OR REPLACE INTO case_event VALUES (1, 1, 'x', '', NULL, '{}')", "DELETE FROM case_event"]
)
def test_another_programs_connection_is_refused_too(
    engine: Engine, settings: Settings, now: datetime, deed: str
) -> None:
    """Whoever opens the file with other settings than ours (the sqlite3 shell, say) meets the same refusal."""
    if engine.dialect.name != "sqlite":
        pytest.skip("a server's settings are everybody's")
    a_case(engine, settings=settings, now=now)
    before = names(engine)
    with closing(sqlite3.connect(str(engine.url.database))) as shell, pytest.raises(sqlite3.Error, match=REFUSED):
        shell.execute(deed)
    assert names(engine) == before


def test_the_table_of_events_is_never_emptied_on_postgresql(engine: Engine, settings: Settings, now: datetime) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's")
    a_case(engine, settings=settings, now=now)
    for deed in ("TRUNCATE case_event", "TRUNCATE case_file CASCADE"):
        with pytest.raises(DBAPIError, match=REFUSED), engine.begin() as connection:
            connection.execute(text(deed))
    assert names(engine)[:1] == ["received"]


def test_a_case_with_a_history_is_not_deleted(engine: Engine, settings: Settings, now: datetime) -> None:
    a_case(engine, settings=settings, now=now)
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text("DELETE FROM case_file"))


def test_a_transaction_that_fails_leaves_no_event(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    before = names(engine)
    with pytest.raises(InterruptedError), writing(engine) as session:
        leave_half_done(session, case, now)
    assert names(engine) == before


def leave_half_done(session: Session, case: Case, now: datetime) -> None:
    note(session, case, "half done", now=now)
    session.flush()
    raise InterruptedError


def names(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.exec(select(CaseEvent.name).order_by(col(CaseEvent.id))))
