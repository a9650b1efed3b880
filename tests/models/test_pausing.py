from datetime import datetime

import pytest
from sqlalchemy import Engine

from models.case import Case
from models.case_clock import running_clock
from models.db import writing
from models.queries import get_case
from models.rules.errors import GivenWrong, NotEntitled, StepNotAllowed
from models.settings import Settings
from models.verbs.extend import EXTEND
from models.verbs.handled import REOPEN
from models.verbs.pause import PAUSE, RESUME
from models.verbs.withdraw import WITHDRAW
from tests.build import a_case, reload
from tests.moving import a_procedure, acknowledged, at, due, on, told_last, use
from tests.people import DEV

ADVOCATE = {"reason": "an advocate is being found"}


@pytest.fixture
def pausing(settings: Settings) -> Settings:
    return on(settings, ours=a_procedure({"pauses": list(ADVOCATE.values())}))


@pytest.fixture
def case(engine: Engine, pausing: Settings, now: datetime) -> Case:
    return acknowledged(engine, pausing, now, "ours")


def paused(engine: Engine, case: Case, settings: Settings, now: datetime) -> str:
    return use(engine, case, PAUSE, settings, now, ADVOCATE)


def resumed(engine: Engine, case: Case, settings: Settings, now: datetime) -> str:
    return use(engine, case, RESUME, settings, now)


def test_while_paused_no_clock_runs_and_the_case_is_looked_at_anew(
    engine: Engine, case: Case, pausing: Settings, now: datetime
) -> None:
    paused(engine, case, pausing, now)
    after = reload(engine, case)
    assert running_clock(after) is None
    assert after.look_again == now
    name, who, details = told_last(engine, case)
    assert (name, who) == ("paused", "Ben Carter")
    assert details == ADVOCATE | {"before": "2026-10-26", "paused_on": "2026-10-12"}


def test_a_pause_ends_with_the_case_and_its_days_are_given_back(
    engine: Engine, case: Case, pausing: Settings, now: datetime
) -> None:
    paused(engine, case, pausing, now)
    use(engine, case, WITHDRAW, pausing, at("Wednesday 14 October 2026"), {"who": "Asha", "how": "By telephone."})
    use(engine, case, REOPEN, pausing, at("Friday 23 October 2026"), {"reason": "She thought again."})
    after = reload(engine, case)
    assert (after.paused_on, after.paused_days, due(after)) == (None, 2, "Wednesday 28 October 2026")
    assert running_clock(after) is not None


@pytest.mark.parametrize(
    ("days", "given_back", "due_by"),
    [
        (("Monday 12 October 2026", "Wednesday 14 October 2026"), 2, "Wednesday 28 October 2026"),
        (("Monday 12 October 2026", "Monday 12 October 2026"), 0, "Monday 26 October 2026"),
        (("Friday 16 October 2026", "Sunday 18 October 2026"), 0, "Monday 26 October 2026"),
        (("Friday 16 October 2026", "Monday 19 October 2026"), 1, "Tuesday 27 October 2026"),
        (("Monday 26 October 2026", "Tuesday 29 December 2026"), 44, "Tuesday 29 December 2026"),
    ],
)
def test_resuming_gives_back_each_working_day_after_the_pause_began(
    engine: Engine, case: Case, pausing: Settings, days: tuple[str, str], given_back: int, due_by: str
) -> None:
    paused(engine, case, pausing, at(days[0]))
    said = resumed(engine, case, pausing, at(days[1]))
    after = reload(engine, case)
    assert (due(after), after.paused_on, after.paused_days) == (due_by, None, given_back)
    assert said.endswith(f"given back: {given_back}. The answer is due by {due_by}.")
    assert running_clock(after) is not None
    assert after.look_again == at(days[1])
    name, _, details = told_last(engine, case)
    assert (name, details["given_back"], details["before"]) == ("resumed", given_back, "2026-10-26")


def test_the_night_the_clocks_go_back_is_one_night(engine: Engine, case: Case, pausing: Settings) -> None:
    """Half an hour after midnight and half an hour before it lie 24 hours apart there, and are one London day."""
    paused(engine, case, pausing, at("Sunday 25 October 2026", "00:30"))
    assert "given back: 0" in resumed(engine, case, pausing, at("Sunday 25 October 2026", "23:30"))
    paused(engine, case, pausing, at("Sunday 25 October 2026", "23:45"))
    assert "given back: 1" in resumed(engine, case, pausing, at("Monday 26 October 2026", "00:15"))
    assert due(reload(engine, case)) == "Tuesday 27 October 2026"


def test_an_extended_date_is_moved_by_a_pause_too(engine: Engine, case: Case, pausing: Settings, now: datetime) -> None:
    use(engine, case, EXTEND, pausing, now, {"reason": "Many papers.", "until": "2026-11-04"})
    paused(engine, case, pausing, at("Monday 19 October 2026"))
    resumed(engine, case, pausing, at("Wednesday 21 October 2026"))
    assert due(reload(engine, case)) == "Friday 6 November 2026"
    with pytest.raises(GivenWrong, match="Wednesday 11 November 2026 at the latest"):
        use(engine, case, EXTEND, pausing, now, {"reason": "More papers.", "until": "2026-11-12"})


def test_a_paused_case_is_neither_paused_again_nor_extended(
    engine: Engine, case: Case, pausing: Settings, now: datetime
) -> None:
    paused(engine, case, pausing, now)
    with pytest.raises(StepNotAllowed, match="has stood still since Monday 12 October 2026; resume it first"):
        paused(engine, case, pausing, now)
    with pytest.raises(StepNotAllowed, match="resume it first"):
        use(engine, case, EXTEND, pausing, now, {"reason": "Many papers.", "until": "2026-11-04"})


def test_only_what_stands_still_is_resumed(engine: Engine, case: Case, pausing: Settings, now: datetime) -> None:
    with pytest.raises(StepNotAllowed, match="not standing still"):
        resumed(engine, case, pausing, now)


def test_a_pause_needs_a_reason_the_procedure_knows(
    engine: Engine, case: Case, pausing: Settings, now: datetime
) -> None:
    with pytest.raises(GivenWrong, match="one of: an advocate is being found"):
        use(engine, case, PAUSE, pausing, now, {"reason": "we are busy"})
    with pytest.raises(GivenWrong, match="Please fill in"):
        use(engine, case, PAUSE, pausing, now)


def test_a_procedure_that_knows_no_reason_allows_no_pause(engine: Engine, settings: Settings, now: datetime) -> None:
    with pytest.raises(StepNotAllowed, match="At stage 1 the procedure allows no pause"):
        paused(engine, acknowledged(engine, settings, now), settings, now)


def test_a_date_that_was_missed_is_not_paused_away(engine: Engine, case: Case, pausing: Settings) -> None:
    paused(engine, case, pausing, at("Monday 26 October 2026"))
    resumed(engine, case, pausing, at("Monday 26 October 2026"))
    with pytest.raises(StepNotAllowed, match="ended on Monday 26 October 2026; a pause cannot bring it back"):
        paused(engine, case, pausing, at("Tuesday 27 October 2026"))


def test_only_an_acknowledged_case_of_ones_own_service_is_paused(
    engine: Engine, case: Case, pausing: Settings, now: datetime
) -> None:
    with pytest.raises(NotEntitled):
        use(engine, case, PAUSE, pausing, now, ADVOCATE, by=DEV)
    with writing(engine) as session:
        get_case(session, case.number).status = "closed"  # type: ignore[assignment]  # as the database has it
    with pytest.raises(StepNotAllowed, match="It is closed"):
        paused(engine, case, pausing, now)


def test_a_new_case_has_no_clock_to_stop(engine: Engine, pausing: Settings, now: datetime) -> None:
    new = a_case(engine, settings=pausing, now=now)
    with writing(engine) as session:
        get_case(session, new.number).procedure = "ours"
    with pytest.raises(StepNotAllowed, match="Acknowledge it first"):
        paused(engine, new, pausing, now)
