"""The clocks of a hazard: hours for an emergency, working days for the rest (Awaab's Law; figures of the settings)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from models.rules.lengths import Length
from models.rules.procedures import FurtherLimit
from models.rules.side_clocks import Hazard, hazard_limits, hours_of, side_clocks
from models.rules.working_days import WorkingCalendar
from tests.build import the_settings

CALENDAR = WorkingCalendar()
KNOWN = datetime(2026, 4, 2, 14, 30, tzinfo=UTC)


@pytest.fixture
def clocks(tmp_path: Path) -> tuple[FurtherLimit, ...]:
    return the_settings(tmp_path).procedures["housing"].clocks


def ends(limits: tuple[FurtherLimit, ...], investigated: date | None = None) -> dict[str, date | datetime]:
    happened = {"hazard investigated": investigated} if investigated else {}
    found = side_clocks(limits, CALENDAR, known_at=KNOWN, known_on=KNOWN.date(), happened=happened)  # type: ignore[arg-type]
    return {each.limit.name: each.ends for each in found}


def test_an_emergency_has_twenty_four_hours_over_good_friday(clocks: tuple[FurtherLimit, ...]) -> None:
    assert ends(hazard_limits(clocks, Hazard.EMERGENCY)) == {"hazard_emergency_by": KNOWN + timedelta(hours=24)}


def test_what_is_significant_has_ten_three_and_five_working_days(clocks: tuple[FurtherLimit, ...]) -> None:
    """Ten from when it was known; three and five from the investigation, at the latest."""
    assert ends(hazard_limits(clocks, Hazard.SIGNIFICANT)) == {
        "hazard_investigated_by": date(2026, 4, 20),
        "hazard_summary_by": date(2026, 4, 23),
        "hazard_safe_by": date(2026, 4, 27),
    }


def test_an_early_investigation_brings_what_follows_forward(clocks: tuple[FurtherLimit, ...]) -> None:
    found = ends(hazard_limits(clocks, Hazard.SIGNIFICANT), investigated=date(2026, 4, 8))
    assert (found["hazard_summary_by"], found["hazard_safe_by"]) == (date(2026, 4, 13), date(2026, 4, 15))


def test_every_hazard_clock_belongs_to_one_sort_and_no_other_clock_does(clocks: tuple[FurtherLimit, ...]) -> None:
    named = [each.name for hazard in Hazard for each in hazard_limits(clocks, hazard)]
    assert sorted(named) == sorted(each.name for each in clocks if each.signal)
    plain = FurtherLimit(name="other_by", what="something", within="24 hours", of="received")
    assert hazard_limits([plain], Hazard.EMERGENCY) == ()


@given(some.integers(min_value=0, max_value=400), some.integers(min_value=0, max_value=600_000))
def test_the_last_of_the_hours_is_the_end(number: int, minutes: int) -> None:
    start = KNOWN + timedelta(minutes=minutes)
    length = Length(number=number, unit="hours")
    hours = hours_of(length, start)
    assert len(hours) == number
    assert [start, *hours][-1] == length.ends_at(start)
