"""A shell for the commands, and a desk whose database they find."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.council import sync_officers
from models.db import open_engine, upgrade, writing
from tests.build import the_settings
from tests.commands.shell import Shell
from tests.duty_desk import Desk, a_desk


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    settings = the_settings(tmp_path)
    engine = open_engine(settings.database.url)
    upgrade(engine)
    with writing(engine) as session:
        sync_officers(session, settings)
    return a_desk(engine, settings, datetime(2026, 10, 12, 9, 0, tzinfo=UTC))
