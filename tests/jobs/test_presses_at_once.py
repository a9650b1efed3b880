"""Two hundred presses in one second: every one is acknowledged in time, and done once.

The figures of a quiet machine are bench/presses.py's: here other tests run beside it.
"""

from pathlib import Path
from typing import Any

import pytest

from bench.presses import press_all

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_program_takes_presses_over_http_as_well(database_url: str, tmp_path: Path) -> None:
    measured = press_all(tmp_path, database_url, presses=20, mode="http", anew=False)
    assert (measured["acked"], measured["acts"], measured["cases_acted_on"]) == (20, 20, 20)


def burst(folder: Path, database_url: str) -> dict[str, Any]:
    """The program's part “bot”, in a process of its own, meets 200 presses."""
    measured = press_all(folder, database_url, presses=200, mode="socket", anew=False)
    assert (measured["acked"], measured["acts"], measured["cases_acted_on"]) == (200, 200, 200)
    return measured


def test_two_hundred_presses_in_a_second_are_acknowledged_in_time_and_done_once(
    database_url: str, tmp_path: Path
) -> None:
    assert burst(tmp_path, database_url)["ack_p50_seconds"] < 1
