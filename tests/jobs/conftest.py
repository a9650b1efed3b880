"""An office for the jobs to work in."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.jobs.contact import with_settings
from tests.jobs.office import Office, open_office


@pytest.fixture
def office(engine: Engine, tmp_path: Path, now: datetime) -> Iterator[Office]:
    with open_office(engine, tmp_path, now) as office:
        yield office


@pytest.fixture
def told(office: Office) -> Office:
    """The office, with a technical contact who has an address."""
    return with_settings(office)
