"""Officers at work: the office with the program listening to Slack, through real Bolt over a real WebSocket."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.bot.desk import Desk
from tests.bot.listening import listening
from tests.jobs.office import open_office


@pytest.fixture
def desk(engine: Engine, tmp_path: Path, now: datetime) -> Iterator[Desk]:
    with open_office(engine, tmp_path, now) as office, listening(office):
        yield Desk(office)
