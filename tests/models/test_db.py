import re
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlmodel import Session, func, select

from models import db
from models.correspondence import InboundMessage
from models.db import head, open_engine, open_ready, reading, revision, upgrade, writing
from models.people import Complainant
from models.reminders import Nag
from models.rules.errors import DatabaseBehind, TocsinError
from models.rules.languages import Language
from tests.conftest import ROOT
from tests.servers.postgres import Postgres

OPEN_IT = """
import sys
from models.db import open_ready
print("ready", flush=True)
sys.stdin.readline()
open_ready(sys.argv[1]).dispose()
"""


def test_a_read_and_then_a_write_from_many_threads_loses_nothing(engine: Engine) -> None:
    with writing(engine) as session:
        session.add(Complainant(id=1, name="0"))
    start = threading.Barrier(4)
    failures: list[DBAPIError] = []

    def work() -> None:
        start.wait(10)
        for _ in range(25):
            try:
                with writing(engine) as session:
                    row = session.get_one(Complainant, 1, with_for_update=True)
                    row.name = str(int(row.name) + 1)
            except DBAPIError as failed:
                failures.append(failed)

    workers = [threading.Thread(target=work, daemon=True) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert failures == []
    with reading(engine) as session:
        assert session.get_one(Complainant, 1).name == "100"


def test_a_reader_does_not_wait_for_a_writer(engine: Engine) -> None:
    with writing(engine) as writer:
        writer.add(Complainant(name="being written"))
        writer.flush()
        with reading(engine) as session:
            assert session.exec(select(Complainant)).all() == []


def test_a_writer_that_has_waited_its_time_is_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "_BUSY_SECONDS", 1.0)
    engine = open_ready(f"sqlite:///{tmp_path / 'tocsin.db'}")
    with writing(engine) as writer:
        writer.add(Complainant(name="takes its time"))
        writer.flush()
        began = time.monotonic()
        with pytest.raises(OperationalError, match="database is locked"), writing(engine) as session:
            session.exec(select(Complainant)).all()
        assert 1.0 <= time.monotonic() - began < 1.6
        with reading(engine) as session:  # on the connection that was refused
            assert session.connection().exec_driver_sql("PRAGMA busy_timeout").scalar_one() == 1000
    engine.dispose()


def test_a_failed_transaction_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(InterruptedError), writing(engine) as session:
        leave_half_done(session)
    with reading(engine) as session:
        assert session.exec(select(Complainant)).all() == []


def leave_half_done(session: Session) -> None:
    session.add(Complainant(name="gone"))
    session.flush()
    raise InterruptedError


def test_instants_come_back_aware_and_in_utc(engine: Engine) -> None:
    at = datetime(2026, 7, 1, 22, 59, 59, 123456, tzinfo=UTC)
    with writing(engine) as session:
        session.add(InboundMessage(source="x", content_key="k", raw=b"\0\xff", size=2, received_at=at, look_at=at))
    with reading(engine) as session:
        kept = session.exec(select(InboundMessage)).one()
    assert (kept.received_at, kept.received_at.utcoffset()) == (at, at.utcoffset())
    assert kept.raw == b"\0\xff"


def test_foreign_keys_are_kept_on_both_databases(engine: Engine) -> None:
    nag = Nag(case_id=9, stage=1, clock="answer", step="missed", recipient="U1", at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.add(nag)


def test_a_new_file_is_made_with_its_folder(tmp_path: Path) -> None:
    engine = open_ready(f"sqlite:///{tmp_path / 'deep' / 'down' / 'tocsin.db'}")
    assert revision(engine) == head()
    engine.dispose()


def test_opening_twice_changes_nothing(database_url: str) -> None:
    for _ in range(2):
        engine = open_ready(database_url)
        assert revision(engine) == head()
        engine.dispose()


def test_an_empty_postgresql_database_is_set_up(postgres: Postgres) -> None:
    name = postgres.new_database()
    engine = open_ready(postgres.url(name))
    assert revision(engine) == head()
    engine.dispose()
    postgres.drop(name)


def set_revision(url: str, words: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :words"), {"words": words})
    engine.dispose()


def test_an_older_postgresql_schema_says_what_to_do(postgres: Postgres, postgres_template: str) -> None:
    name = postgres.new_database(postgres_template)
    set_revision(postgres.url(name), "0001")
    with pytest.raises(DatabaseBehind, match=r"older than this program.*tocsin db upgrade"):
        open_ready(postgres.url(name))
    postgres.drop(name)


def test_a_schema_from_the_future_is_not_called_older(database_url: str) -> None:
    set_revision(database_url, "9999")
    with pytest.raises(TocsinError) as refused:
        open_ready(database_url)
    assert "newer" in str(refused.value)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_complainants_older_than_the_language_are_written_to_in_english(
    kind: str, tmp_path: Path, postgres: Postgres
) -> None:
    name = postgres.new_database()
    engine = open_engine(f"sqlite:///{tmp_path / 'old.db'}" if kind == "sqlite" else postgres.url(name))
    upgrade(engine, to="0001")
    assert revision(engine) == "0001"
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO complainant (name, contact) VALUES ('Asha', '')"))
    upgrade(engine)
    with writing(engine) as session:
        asha = session.exec(select(Complainant)).one()
        assert (asha.name, asha.language) == ("Asha", Language.ENGLISH)
        asha.language = Language.WELSH
    with reading(engine) as session:
        assert session.exec(select(Complainant.language)).one() is Language.WELSH
    engine.dispose()
    postgres.drop(name)


def test_bringing_up_to_date_twice_changes_nothing(engine: Engine) -> None:
    assert upgrade(engine) == head()
    assert revision(engine) == head()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_programs_that_start_at_once_share_a_new_database(kind: str, tmp_path: Path, postgres: Postgres) -> None:
    name = postgres.new_database()
    url = f"sqlite:///{tmp_path / 'tocsin.db'}" if kind == "sqlite" else postgres.url(name)
    with ExitStack() as stack:
        programs = [stack.enter_context(a_program(url)) for _ in range(3)]
        for program in programs:
            assert program.stdout is not None
            assert program.stdout.readline() == "ready\n"
        for program in programs:
            assert program.stdin is not None
            program.stdin.write("go\n")
            program.stdin.flush()
        complaints = [program.communicate(timeout=60)[1] for program in programs]
    postgres.drop(name)
    errors = [line for said in complaints for line in said.splitlines() if re.match(r"[\w.]+(Error|Exists\w*):", line)]
    assert errors == [], "hold a lock while the schema is set up"
    assert complaints == ["", "", ""]


def a_program(url: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", OPEN_IT, url], cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )


def test_a_reading_sees_one_moment(engine: Engine) -> None:
    """The daily count asks several questions: a letter that comes between two of them is in neither."""
    with reading(engine) as session:
        before = session.exec(select(func.count()).select_from(Complainant)).one()
        with writing(engine) as other:
            other.add(Complainant(name="Somebody"))
        assert session.exec(select(func.count()).select_from(Complainant)).one() == before
    with reading(engine) as session:
        assert session.exec(select(func.count()).select_from(Complainant)).one() == before + 1
