"""A year of reminders with workers that are killed: each exactly once, none missed, none outside working hours.

Some officers go away, with a cover or without: then whoever stands in is told, else the manager, else the team.
"""

from pathlib import Path

import pytest

from tests.journeys.year import run
from tests.journeys.year_absences import HEAD, LEAD, MANAGER, OWNERS, TEAM

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("year of clocks")]


ACTS = {"acknowledged", "answered", "extended", "handed over", "paused", "resumed", "snoozed"}
LADDER = {
    "in # working days",
    "in # working day",
    "due today",
    "missed",
    "missed, told manager",
    "missed, told head of service",
    "missed, told corporate lead",
}
STEPS = {(clock, step) for clock in ("acknowledge", "answer") for step in LADDER} | {("paused", "paused #, week #")}


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("database_url", "cases"), [("postgresql", 300), ("sqlite", 120)], indirect=["database_url"])
def test_a_year_with_killed_workers_gives_every_nag_and_alert_once(
    database_url: str, cases: int, tmp_path: Path
) -> None:
    """``python -m bench.clock_year`` does the same with 20,000 cases, all year long."""
    outcome = run(database_url, tmp_path, cases=cases, kills=0.06, all_year=False)
    assert outcome.problems() == {}
    assert outcome.kills > 15
    assert len(outcome.expected_nags) > 5 * cases
    assert len(outcome.expected_alerts) > cases / 2
    assert outcome.acts >= ACTS
    assert outcome.steps == STEPS
    assert {sign.split(" missed")[0] for _, sign in outcome.alerts} == {"stage 1 acknowledge", "stage 1 answer"}
    assert outcome.told == {*OWNERS, MANAGER, HEAD, LEAD, TEAM}
    assert outcome.stood_in > 50
