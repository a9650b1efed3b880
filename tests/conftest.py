"""What every test may ask for: a database on both engines, settings, a clock that stands still, people."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from classifier import artefact
from classifier.examples import Example, read_corpus
from classifier.shelf import current_folder
from classifier.training import train
from models.council import sync_officers
from models.db import open_engine, upgrade, writing
from models.settings import Settings
from tests.build import the_settings
from tests.engines import Engines
from tests.servers.postgres import Postgres

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture
def now() -> datetime:
    """Monday 12 October 2026, ten o'clock in London (nine in UTC): an ordinary working morning."""
    return datetime(2026, 10, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return the_settings(tmp_path)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "tocsin.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    name = postgres.new_database()
    engine = open_engine(postgres.url(name))
    upgrade(engine)
    engine.dispose()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database of the test's own; every test that asks for it runs on both."""
    if request.param == "sqlite":
        path = tmp_path / "tocsin.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.new_database(request.getfixturevalue("postgres_template"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def engine(database_url: str, settings: Settings, engines: Engines) -> Iterator[Engine]:
    """The database with its officers: Ben and Cara on highways, Dev on housing, Lena the corporate lead."""
    engine = engines.at(database_url)
    with writing(engine) as session:
        sync_officers(session, settings)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def engines() -> Engines:
    return Engines()


@pytest.fixture(scope="session")
def trained_model() -> Path:
    """The model that ``make setup`` trained; a test that needs it says how to get it."""
    folder = ROOT / "var" / "model"
    assert (current_folder(folder) / "card.json").exists(), "no model is trained; run: make setup"
    return folder


@pytest.fixture(scope="session")
def examples() -> list[Example]:
    """A few of the corpus, of every kind: every twenty-fifth."""
    return read_corpus()[::25]


@pytest.fixture(scope="session")
def small_model(examples: list[Example], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a model of those few.

    Who asks for it stands in the group “small model”, so that one worker alone trains it.
    """
    folder = tmp_path_factory.mktemp("small model")
    artefact.save(train(examples), folder)
    return folder
