from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from models.clock import Clock, in_words, instant_in_words, london_date, london_instant
from tests.days import day


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), "Wednesday 1 July 2026"),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), "Thursday 2 July 2026"),
        (datetime(2026, 1, 1, 23, 59, tzinfo=UTC), "Thursday 1 January 2026"),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), "Sunday 25 October 2026"),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), "Sunday 25 October 2026"),
    ],
)
def test_a_date_is_the_one_on_londons_wall(instant: datetime, words: str) -> None:
    assert in_words(london_date(instant)) == words


def test_an_instant_is_told_by_londons_clock() -> None:
    assert instant_in_words(datetime(2026, 7, 1, 23, 5, tzinfo=UTC)) == "Thursday 2 July 2026, 00:05"


def test_nine_in_london_is_eight_in_summer() -> None:
    assert london_instant(day("Monday 6 July 2026"), time(9)) == datetime(2026, 7, 6, 8, tzinfo=UTC)
    assert london_instant(day("Monday 7 December 2026"), time(9)) == datetime(2026, 12, 7, 9, tzinfo=UTC)


def test_a_clock_with_a_file_runs_ahead_for_everyone(tmp_path: Path) -> None:
    one, other = Clock(tmp_path / "offset"), Clock(tmp_path / "offset")
    one.move_to(datetime(2027, 3, 1, 9, tzinfo=UTC))
    assert abs(other.now() - datetime(2027, 3, 1, 9, tzinfo=UTC)) < timedelta(minutes=1)
    assert other.now().tzinfo is UTC


def test_a_clock_without_a_file_cannot_be_moved() -> None:
    with pytest.raises(ValueError, match="no offset file"):
        Clock().move_to(datetime(2027, 3, 1, tzinfo=UTC))


def test_a_date_that_was_no_thursday_is_refused() -> None:
    with pytest.raises(ValueError, match="is Wednesday 1 April 2026"):
        day("Thursday 1 April 2026")
