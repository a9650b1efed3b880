import pytest

from models.rules.reminders import Clock, step_reached
from models.rules.working_days import WorkingCalendar
from tests.days import day

ENGLAND = WorkingCalendar("england-and-wales")
CLOCK = Clock("acknowledge", day("Monday 13 April 2026"))


@pytest.mark.parametrize(
    ("today", "step"),
    [
        ("Wednesday 8 April 2026", None),
        ("Thursday 9 April 2026", "in 2 working days"),
        ("Friday 10 April 2026", "in 1 working day"),
        ("Saturday 11 April 2026", "in 1 working day"),
        ("Sunday 12 April 2026", "in 1 working day"),
        ("Monday 13 April 2026", "due today"),
        ("Tuesday 14 April 2026", "missed"),
        ("Friday 1 May 2026", "missed"),
    ],
)
def test_a_day_has_reached_this_step(today: str, step: str | None) -> None:
    assert step_reached(CLOCK, day(today), ENGLAND, coming_up=(2, 1)) == step


def test_the_order_of_the_settings_does_not_matter() -> None:
    assert step_reached(CLOCK, day("Friday 10 April 2026"), ENGLAND, coming_up=(1, 2)) == "in 1 working day"


def test_nothing_comes_up_when_the_settings_name_no_days() -> None:
    assert step_reached(CLOCK, day("Friday 10 April 2026"), ENGLAND, coming_up=()) is None
    assert step_reached(CLOCK, day("Monday 13 April 2026"), ENGLAND, coming_up=()) == "due today"


def test_days_ahead_are_counted_over_easter() -> None:
    clock = Clock("acknowledge", day("Tuesday 7 April 2026"))
    assert step_reached(clock, day("Tuesday 31 March 2026"), ENGLAND, coming_up=(2,)) is None
    assert step_reached(clock, day("Wednesday 1 April 2026"), ENGLAND, coming_up=(2,)) == "in 2 working days"
