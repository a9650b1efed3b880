"""What holds a case up has an owner and an age."""

from datetime import date, datetime

import pytest
from sqlalchemy import Engine

from models.duty import DutyKind, DutyState
from models.rules.errors import GivenWrong
from models.settings import Settings
from models.verbs.block import BLOCK, UNBLOCK
from models.verbs.promise import PROMISE_ACTION
from tests.duty_desk import Desk, a_desk


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    return a_desk(engine, settings, now).later(days=14)


def test_a_blocker_has_an_owner_a_first_day_and_a_day_to_look_again(desk: Desk) -> None:
    said = desk.act(BLOCK, missing="file access", since="2026-10-19", owner="cara@council.example")
    duty = desk.duty()
    assert (duty.kind, duty.since, duty.due) == (DutyKind.BLOCKER, date(2026, 10, 19), date(2026, 11, 2))
    assert said.endswith("It has been missing since Monday 19 October 2026.")


def test_what_came_ends_it_with_its_age(desk: Desk) -> None:
    desk.act(BLOCK, missing="interview notes", since="2026-10-19")
    said = desk.act(UNBLOCK, duty=desk.duty().number, evidence="The notes.")
    assert said.endswith("after 7 days.")
    assert desk.duty().state == DutyState.DONE


def test_only_blockers_can_be_there_now(desk: Desk) -> None:
    desk.act(PROMISE_ACTION, what="Call.", by="2026-10-30")
    with pytest.raises(GivenWrong, match="nothing to choose from"):
        desk.act(UNBLOCK, duty=desk.duty().number, evidence="?")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"missing": "coffee"}, "missing"),
        ({"missing": "other"}, "what"),
        ({"missing": "file access", "since": "2026-10-27"}, "since"),
        ({"missing": "file access", "since": "2026-10-11"}, "since"),
        ({"missing": "file access", "by": "2026-10-20"}, "by"),
    ],
)
def test_a_blocker_that_cannot_be_is_refused(desk: Desk, given: dict[str, str], field: str) -> None:
    with pytest.raises(GivenWrong) as wrong:
        desk.act(BLOCK, **given)
    assert (wrong.value.field, desk.duties()) == (field, [])


def test_nothing_came_before_it_was_missing(desk: Desk) -> None:
    desk.act(BLOCK, missing="file access", since="2026-10-19")
    with pytest.raises(GivenWrong, match="only"):
        desk.act(UNBLOCK, duty=desk.duty().number, evidence="It.", done_on="2026-10-18")
