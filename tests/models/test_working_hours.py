from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from models.clock import london_instant
from models.settings import Settings
from models.settings_people import Hours
from models.working_hours import hours_of, in_working_hours, next_opening, opening_from, opens
from tests.days import day
from tests.people import BEN, CARA

LONDON = ZoneInfo("Europe/London")
MORNINGS = Hours(days=("monday", "tuesday", "saturday"), from_time=time(7), until_time=time(12))


def london(words: str, at: str = "10:00") -> datetime:
    return london_instant(day(words), time.fromisoformat(at))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (("Monday 12 October 2026", "08:59"), ("Monday 12 October 2026", "09:00")),
        (("Monday 12 October 2026", "09:00"), ("Tuesday 13 October 2026", "09:00")),
        (("Friday 16 October 2026", "16:59"), ("Monday 19 October 2026", "09:00")),
        (("Saturday 17 October 2026", "03:00"), ("Monday 19 October 2026", "09:00")),
        # the clocks go back on Sunday 25 October 2026 and forward on Sunday 28 March 2027, which is Easter
        (("Friday 23 October 2026", "17:30"), ("Monday 26 October 2026", "09:00")),
        (("Sunday 25 October 2026", "01:30"), ("Monday 26 October 2026", "09:00")),
        (("Thursday 25 March 2027", "17:30"), ("Tuesday 30 March 2027", "09:00")),
        (("Thursday 24 December 2026", "12:00"), ("Tuesday 29 December 2026", "09:00")),
    ],
)
def test_the_next_opening_is(settings: Settings, now: tuple[str, str], opens: tuple[str, str]) -> None:
    found = next_opening(london(*now), settings=settings)
    assert found == london(*opens)
    assert found.astimezone(LONDON).hour == 9
    assert in_working_hours(found, settings=settings)


@pytest.mark.parametrize(("month", "utc_hour"), [(10, 9), (7, 8)])
def test_working_hours_are_londons(settings: Settings, month: int, utc_hour: int) -> None:
    opening = datetime.combine(date(2026, month, 26 if month == 10 else 6), time(utc_hour), tzinfo=UTC)
    assert in_working_hours(opening, settings=settings)
    assert not in_working_hours(opening - timedelta(minutes=1), settings=settings)


@pytest.mark.parametrize("weekend", ["Sunday 25 October 2026", "Sunday 28 March 2027"])
def test_every_hour_of_a_clock_change_weekend_nags_nobody(settings: Settings, weekend: str) -> None:
    midnight = london(weekend, "00:00") - timedelta(days=1)
    hours = [midnight + timedelta(minutes=30 * n) for n in range(96)]
    assert not any(in_working_hours(hour, settings=settings) for hour in hours)
    assert len({next_opening(hour, settings=settings) for hour in hours[:90]}) == 1


def test_an_officer_may_have_hours_of_their_own(settings: Settings) -> None:
    ben, cara = (officer.slack_user for officer in settings.officers[:2])
    assert (ben, cara) == (BEN, CARA)
    own = tuple(
        officer.model_copy(update={"hours": MORNINGS}) if officer.slack_user == BEN else officer
        for officer in settings.officers
    )
    changed = settings.model_copy(update={"officers": own})
    assert hours_of(BEN, changed) == MORNINGS
    assert hours_of(CARA, changed) == hours_of("complaints-highways", changed)
    assert hours_of(CARA, changed).from_time == settings.nags.from_time


@pytest.mark.parametrize(
    ("words", "at", "is_open"),
    [
        ("Monday 12 October 2026", "07:00", True),
        ("Monday 12 October 2026", "12:00", False),
        ("Wednesday 14 October 2026", "08:00", False),
        ("Saturday 17 October 2026", "08:00", True),
        ("Saturday 26 December 2026", "08:00", False),
        ("Monday 28 December 2026", "08:00", False),
    ],
)
def test_own_hours_hold_but_never_on_a_bank_holiday(settings: Settings, words: str, at: str, *, is_open: bool) -> None:
    assert opens(london(words, at), settings=settings, hours=MORNINGS) is is_open


def test_a_closed_day_is_free_for_all(settings: Settings) -> None:
    closed = settings.model_copy(update={"closed_days": (day("Monday 12 October 2026"),)})
    now = london("Monday 12 October 2026", "08:00")
    assert not opens(now, settings=closed, hours=MORNINGS)
    opening = opening_from(now.date(), now, settings=closed, hours=MORNINGS)
    assert opening == london("Tuesday 13 October 2026", "07:00")


def test_own_hours_open_next_on_a_day_of_theirs(settings: Settings) -> None:
    now = london("Tuesday 13 October 2026", "12:30")
    assert opening_from(now.date(), now, settings=settings, hours=MORNINGS) == london(
        "Saturday 17 October 2026", "07:00"
    )
    later = day("Sunday 18 October 2026")
    assert opening_from(later, now, settings=settings, hours=MORNINGS) == london("Monday 19 October 2026", "07:00")


def test_hours_that_never_come_are_everybodys(settings: Settings) -> None:
    nobody_works = Hours(days=(), from_time=time(9), until_time=time(17))
    now = london("Tuesday 13 October 2026", "12:30")
    assert opening_from(now.date(), now, settings=settings, hours=nobody_works) == london(
        "Wednesday 14 October 2026", "09:00"
    )
