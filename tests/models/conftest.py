"""What several tests of the models ask for."""

import pytest
from sqlalchemy import Engine

from models.settings import Settings
from tests.independents import fill_pool


@pytest.fixture
def pool(engine: Engine, settings: Settings) -> None:
    """The independent people of the tests."""
    fill_pool(engine, settings)
