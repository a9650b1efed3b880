"""A shell for the commands, and a desk whose database they find."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.council import sync_officers
from models.db import open_engine, writing
from tests.build import the_settings
from tests.commands.shell import Shell
from tests.duty_desk import Desk, a_desk


@pytest.fixture
def shell(tmp_path: Path, sqlite_template: Path) -> Shell:
    """A shell for a council whose database is there, with nothing in it."""
    shell = Shell(tmp_path)
    shutil.copy(sqlite_template, shell.database)
    return shell


@pytest.fixture
def desk(shell: Shell) -> Desk:
    settings = the_settings(shell.folder)
    engine = open_engine(settings.database.url)
    with writing(engine) as session:
        sync_officers(session, settings)
    return a_desk(engine, settings, datetime(2026, 10, 12, 9, 0, tzinfo=UTC))
