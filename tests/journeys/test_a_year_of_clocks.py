"""A year of reminders with workers that are killed: each exactly once, none missed, none outside working hours.

Some officers go away, with a cover or without: then whoever stands in is told, else the manager, else the team.
"""

from pathlib import Path

import pytest

from tests.journeys.year import run

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("journey")]


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("database_url", "cases"), [("postgresql", 600), ("sqlite", 200)], indirect=["database_url"])
def test_a_year_with_killed_workers_gives_every_nag_and_alert_once(
    database_url: str, cases: int, tmp_path: Path
) -> None:
    """``python -m bench.clock_year`` does the same with 20,000 cases, all year long."""
    outcome = run(database_url, tmp_path, cases=cases, kills=0.05, all_year=False)
    assert outcome.problems() == {}
    assert outcome.kills > 5
    assert len(outcome.expected_nags) > 1_000
    assert len(outcome.expected_alerts) > 100
    assert outcome.stood_in > 50
