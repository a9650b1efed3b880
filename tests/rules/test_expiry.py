from datetime import date

import pytest

from models.rules.expiry import day_to_tell

ENDS = date(2027, 1, 31)


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 12, 31), None),
        (date(2027, 1, 1), date(2027, 1, 1)),
        (date(2027, 1, 2), date(2027, 1, 1)),
        (date(2027, 1, 7), date(2027, 1, 1)),
        (date(2027, 1, 8), date(2027, 1, 8)),
        (date(2027, 1, 21), date(2027, 1, 15)),
        (date(2027, 1, 22), date(2027, 1, 22)),
        (date(2027, 1, 23), date(2027, 1, 22)),
        (date(2027, 1, 24), date(2027, 1, 24)),
        (date(2027, 1, 25), date(2027, 1, 25)),
        (date(2027, 1, 31), date(2027, 1, 31)),
        (date(2027, 2, 2), date(2027, 2, 2)),
    ],
)
def test_an_end_is_told_a_month_before_then_weekly_and_daily_in_the_last_week(today: date, day: date | None) -> None:
    assert day_to_tell(ENDS, today=today) == day
