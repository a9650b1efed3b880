from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.reminders import (
    DUE_TODAY,
    MISSED,
    Clock,
    Ladder,
    Rung,
    Step,
    next_steps,
    paused_steps,
    reached,
    steps,
)
from models.rules.working_days import WorkingCalendar
from tests.days import day

ENGLAND = WorkingCalendar("england-and-wales")
CLOCK = Clock("acknowledge", day("Monday 13 April 2026"))
ABOVE = ((Rung.MANAGER, 0), (Rung.HEAD_OF_SERVICE, 2), (Rung.CORPORATE_LEAD, 5))


def words(today: str, *coming_up: int, clock: Clock = CLOCK, above: tuple[tuple[Rung, int], ...] = ()) -> list[str]:
    """What is told on a day."""
    return [step.word for step in reached(steps(clock, ENGLAND, Ladder(coming_up, above)), day(today))]


@pytest.mark.parametrize(
    ("today", "told"),
    [
        ("Wednesday 8 April 2026", []),
        ("Thursday 9 April 2026", ["in 2 working days"]),
        ("Friday 10 April 2026", ["in 1 working day"]),
        ("Saturday 11 April 2026", ["in 1 working day"]),
        ("Sunday 12 April 2026", ["in 1 working day"]),
        ("Monday 13 April 2026", ["due today"]),
        ("Tuesday 14 April 2026", ["missed", "missed, told manager"]),
        ("Wednesday 15 April 2026", ["missed", "missed, told manager"]),
        ("Thursday 16 April 2026", ["missed", "missed, told manager", "missed, told head of service"]),
        (
            "Tuesday 21 April 2026",
            ["missed", "missed, told manager", "missed, told head of service", "missed, told corporate lead"],
        ),
    ],
)
def test_a_day_has_reached_these_steps(today: str, told: list[str]) -> None:
    assert words(today, 2, 1, above=ABOVE) == told


def test_the_order_of_the_settings_does_not_matter() -> None:
    assert words("Friday 10 April 2026", 1, 2) == ["in 1 working day"]


def test_nothing_comes_up_when_the_settings_name_no_days() -> None:
    assert words("Friday 10 April 2026") == []
    assert words("Monday 13 April 2026") == ["due today"]


def test_days_ahead_are_counted_over_easter() -> None:
    clock = Clock("acknowledge", day("Tuesday 7 April 2026"))
    assert words("Tuesday 31 March 2026", 2, clock=clock) == []
    assert words("Wednesday 1 April 2026", 2, clock=clock) == ["in 2 working days"]


def test_the_ladder_above_is_counted_over_christmas_from_the_first_working_day_after_the_date() -> None:
    clock = Clock("answer", day("Thursday 24 December 2026"))
    days = {step.word: step.on for step in steps(clock, ENGLAND, Ladder((), ABOVE))}
    assert days[MISSED] == days["missed, told manager"] == day("Friday 25 December 2026")
    # the first working day after it is Tuesday 29 December
    assert days["missed, told head of service"] == day("Thursday 31 December 2026")
    assert days["missed, told corporate lead"] == day("Wednesday 6 January 2027")


def test_a_snooze_puts_off_what_is_coming_up_and_nothing_else() -> None:
    quiet = Ladder((5, 2, 1), ABOVE, snoozed_until=day("Friday 10 April 2026"))
    told = [(step.word, step.on) for step in steps(CLOCK, ENGLAND, quiet)][:4]
    friday = day("Friday 10 April 2026")
    assert told == [
        ("in 5 working days", friday),
        ("in 2 working days", friday),
        ("in 1 working day", friday),
        (DUE_TODAY, CLOCK.due),
    ]
    assert [step.word for step in reached(steps(CLOCK, ENGLAND, quiet), friday)] == ["in 1 working day"]


def test_a_snooze_past_the_date_leaves_the_date_itself() -> None:
    quiet = Ladder((2, 1), (), snoozed_until=day("Friday 17 April 2026"))
    assert [step.word for step in steps(CLOCK, ENGLAND, quiet)] == [DUE_TODAY, MISSED]


@pytest.mark.parametrize(
    ("today", "following"),
    [
        ("Friday 3 April 2026", "Thursday 9 April 2026"),
        ("Thursday 9 April 2026", "Friday 10 April 2026"),
        ("Friday 10 April 2026", "Monday 13 April 2026"),
        ("Monday 13 April 2026", "Tuesday 14 April 2026"),
        ("Tuesday 14 April 2026", "Thursday 16 April 2026"),
        ("Thursday 16 April 2026", "Tuesday 21 April 2026"),
    ],
)
def test_the_next_step_is_reached_on(today: str, following: str) -> None:
    coming = next_steps(steps(CLOCK, ENGLAND, Ladder((2, 1), ABOVE)), day(today))
    assert {step.on for step in coming} == {day(following)}


def test_a_ladder_comes_to_its_end() -> None:
    assert next_steps(steps(CLOCK, ENGLAND, Ladder((2, 1), ABOVE)), day("Tuesday 21 April 2026")) == []


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sets(st.integers(1, 20), max_size=4))
def test_whoever_looks_on_the_days_of_the_steps_passes_over_none(due: date, ahead: set[int]) -> None:
    ladder = steps(Clock("answer", due), ENGLAND, Ladder(tuple(ahead), ABOVE))
    today, told = due - timedelta(days=60), set[Step]()
    while coming := next_steps(ladder, today):
        today = coming[0].on
        told |= set(reached(ladder, today))
    assert told == set(ladder)


def test_a_pause_is_told_of_every_week() -> None:
    since = day("Monday 12 October 2026")
    sunday, monday = day("Sunday 18 October 2026"), day("Monday 19 October 2026")
    assert reached(paused_steps(since, sunday), sunday) == []
    assert [step.on for step in next_steps(paused_steps(since, sunday), sunday)] == [monday]
    assert [step.word for step in reached(paused_steps(since, monday), monday)] == ["paused since 2026-10-12, week 1"]
    assert [step.on for step in next_steps(paused_steps(since, monday), monday)] == [day("Monday 26 October 2026")]
