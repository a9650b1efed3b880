"""Officers at work over the Events API: presses and forms do what they do over a socket, and events come again."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from bot import keeping
from models.keeping_envelopes import keep
from tests.bot.desk import Desk
from tests.bot.listening import listening
from tests.jobs.office import open_office
from tests.people import BEN


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_over_http_an_event_that_failed_comes_again(
    engine: Engine, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database is away for a moment: nothing is acknowledged, Slack sends again, and the home is drawn."""
    real, tries = keep, []

    def fail_once(*given: Any, **how: Any) -> bool:
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionError
        return real(*given, **how)

    monkeypatch.setattr(keeping, "keep", fail_once)
    with open_office(engine, tmp_path, now) as office, listening(office, "http"):
        assert office.slack.hands.open_home(BEN).acked
        office.slack.wait_for(lambda: office.slack.home(BEN))
    assert len(tries) == 2


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_over_http_an_officer_works_as_over_a_socket(engine: Engine, tmp_path: Path, now: datetime) -> None:
    with open_office(engine, tmp_path, now) as office, listening(office, "http"):
        desk = Desk(office)
        desk.new_case()
        assert "is yours" in desk.press(BEN, "take")
        desk.fill(BEN, "wrong_kind", {"kind": "compliment"})
        assert "filed as: compliment" in desk.told(BEN)
        refused = desk.submit(BEN, desk.modal(BEN, "wrong_area"), {"area": "housing"})
        assert refused.response is None
