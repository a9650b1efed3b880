"""Officers at work: the office with the program listening to Slack, through real Bolt over a real WebSocket."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.app import connect
from bot.window import Window
from commands.joining_intake import take_in_of
from tests.bot.desk import Desk
from tests.jobs.office import open_office


@pytest.fixture
def desk(engine: Engine, tmp_path: Path, now: datetime) -> Iterator[Desk]:
    with open_office(engine, tmp_path, now) as office:
        window = Window(engine, office.parts.settings, office.clock, take_in_of(office.parts))
        handler = connect(window, office.client)
        handler.connect()  # type: ignore[no-untyped-call]  # slack_bolt left this one without types
        office.slack.wait_for_socket()
        yield Desk(office)
        handler.close()  # type: ignore[no-untyped-call]  # the same
