"""A made year of cases: what happens to each and when, and by plain counting which reminders and alerts must follow.

Nothing here asks the program: working days are a list, hours a table, and every case is looked at at every instant.
"""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from tests.journeys.year_absences import HEAD, LEAD, MANAGER, OWNERS, TEAM, stands_in, told

LONDON = ZoneInfo("Europe/London")
FIRST, LAST = date(2026, 10, 12), date(2027, 10, 11)
BANK_HOLIDAYS = {
    *(date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26)),
    *(date(2027, 3, 29), date(2027, 5, 3), date(2027, 5, 31), date(2027, 8, 30), date(2027, 12, 27)),
    date(2027, 12, 28),
}
WORKDAYS = [
    day
    for day in (date(2026, 8, 1) + timedelta(days=ahead) for ahead in range(550))
    if day.weekday() < 5 and day not in BANK_HOLIDAYS
]
_HARD_WEEKS = {(2026, 43), (2026, 51), (2027, 11)}
"""Those before the clocks go back, before Christmas, and before Easter, when they go forward."""
HOURS = {
    **{who: (range(3), time(7), time(12)) for who in (*OWNERS[:3], MANAGER)},
    **{who: (range(5), time(13), time(16)) for who in OWNERS[3:5]},
}
"""Weekdays, from, until; everybody else's are below."""
EVERYBODY = (range(5), time(9), time(17))

Key = tuple[int, str, date, str, str]
"""A nag: the case's number, the clock, its date, the step, who is told."""


@dataclass(frozen=True)
class State:
    """A case at a moment. ``clock`` is "acknowledge", "answer", "paused" or "": nothing is owed."""

    clock: str
    due: date
    owner: str
    snoozed_until: date | None = None


@dataclass
class Plan:
    """One case: when it comes in, and how it then stands after each act, by instant."""

    number: int
    received: datetime
    states: list[tuple[datetime, State]] = field(default_factory=list)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant by London's clock."""
    return datetime.combine(day, time(hour, minute), tzinfo=LONDON)


def is_open(who: str, instant: datetime) -> bool:
    """Whether that is within the hours of a person or channel."""
    days, start, end = HOURS.get(who, EVERYBODY)
    there = instant.astimezone(LONDON)
    return there.weekday() in days and start <= there.time() < end and there.date() not in BANK_HOLIDAYS


def instants(chance: random.Random) -> list[datetime]:
    """The moments the clock jumps to: the openings of each day, its evening, and any hour of the night."""
    found: list[datetime] = []
    for ahead in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=ahead)
        found += [at(day, hour) for hour in (7, 9, 13, 20)]
        # hours that do not exist or come twice in a clock-change night among them
        found.append(at(day, chance.choice([0, 1, 2, 3, 4, 5]), chance.choice([1, 30, 59])))
    return sorted(found)


def plans(count: int, moments: Sequence[datetime], chance: random.Random, *, all_year: bool) -> list[Plan]:
    """So many cases; some are acknowledged and answered in time, some late, some never.

    They come in at any time until July, or only in the weeks of the two clock changes, of Christmas and of Easter.
    """
    received = [
        index
        for index, moment in enumerate(moments)
        if (all_year and moment < at(date(2027, 7, 1), 0)) or moment.date().isocalendar()[:2] in _HARD_WEEKS
    ]
    return [_plan(number, moments, chance.choice(received), chance) for number in range(1, count + 1)]


def _plan(number: int, moments: Sequence[datetime], first: int, chance: random.Random) -> Plan:
    received = moments[first]
    owner = TEAM if chance.random() < 0.2 else chance.choice(OWNERS)
    plan = Plan(number, received, [(received, State("acknowledge", later(received, 5), owner))])
    at_index = first
    for _ in range(chance.choice([0, 1, 2, 3, 4, 5])):
        at_index = min(at_index + chance.randrange(1, 30), len(moments) - 1)
        plan.states.append((moments[at_index], _next(plan.states[-1][1], moments[at_index], chance)))
        if not plan.states[-1][1].clock:
            break
    if plan.states[-1][1].clock == "paused":  # at last somebody answers
        answered = min(at_index + chance.randrange(60, 150), len(moments) - 1)
        plan.states.append((moments[answered], replace(plan.states[-1][1], clock="")))
    return plan


def _next(state: State, now: datetime, chance: random.Random) -> State:
    """What somebody does to a case."""
    today = now.astimezone(LONDON).date()
    if state.clock == "acknowledge":
        return State("answer", later(now, 10), state.owner if state.owner != TEAM else chance.choice(OWNERS))
    if state.clock == "paused":
        return State("answer", later(now, chance.randrange(1, 10)), state.owner)
    acts = {
        "answer": replace(state, clock=""),
        "extend": replace(state, due=later(datetime.combine(state.due, time(), tzinfo=LONDON), 10)),
        "pause": State("paused", today, state.owner),
        "snooze": replace(state, snoozed_until=today + timedelta(days=chance.randrange(1, 12))),
        "hand over": replace(state, owner=chance.choice(OWNERS)),
    }
    return acts[chance.choice(list(acts))]


def acts_in(made: Sequence[Plan]) -> set[str]:
    """What people do in these cases, by name."""
    stands = ([state for _, state in plan.states] for plan in made)
    return {_act_between(before, after) for states in stands for before, after in pairwise(states)}


def _act_between(before: State, after: State) -> str:
    if before.clock != after.clock:
        return {"": "answered", "paused": "paused"}.get(
            after.clock, "resumed" if before.clock == "paused" else "acknowledged"
        )
    if before.owner != after.owner:
        return "handed over"
    return "snoozed" if before.due == after.due else "extended"


def later(instant: datetime, days: int) -> date:
    """The last day of so many working days after that day."""
    return WORKDAYS[bisect_right(WORKDAYS, instant.astimezone(LONDON).date()) + days - 1]


@dataclass
class Expected:
    """A step that a case must lead to: the nags any one of which tells it, and those of them to stand-ins.

    Who stands in may change while a step is reached: one of them must hear of it, and others may at a later look.
    """

    nags: set[Key] = field(default_factory=set)
    to_stand_ins: set[Key] = field(default_factory=set)


def expected_nags(plan: Plan, moments: Sequence[datetime]) -> list[Expected]:
    """Every reminder a case must lead to: whatever is reached, and not yet told, when its recipient is there."""
    found: dict[tuple[State, str], Expected] = {}
    for now, state in _moments_of(plan, moments):
        today = now.astimezone(LONDON).date()
        for step, whose in _reached(state, today) if state.clock else ():
            who = stands_in(whose, today) if " told " in step else told(whose, today)
            expected = found.setdefault((state, step), Expected())
            if who and is_open(who, now):
                nag = (plan.number, state.clock, state.due, step, who)
                expected.nags.add(nag)
                if who != whose:
                    expected.to_stand_ins.add(nag)
    return [each for each in found.values() if each.nags]


def expected_alerts(plan: Plan, moments: Sequence[datetime]) -> set[tuple[int, str]]:
    """Every missed clock the lead must hear of, once."""
    return {
        (plan.number, f"stage 1 {state.clock} missed: {state.due:%A} {state.due.day} {state.due:%B %Y}")
        for now, state in _moments_of(plan, moments)
        if state.clock in {"acknowledge", "answer"} and now.astimezone(LONDON).date() > state.due and is_open("", now)
    }


def _moments_of(plan: Plan, moments: Sequence[datetime]) -> Iterator[tuple[datetime, State]]:
    """Each moment with how the case stands: at an act's own moment it is looked at before and after it."""
    for number, (begins, state) in enumerate(plan.states):
        last = number + 1 == len(plan.states)
        ends = moments[-1] if last else plan.states[number + 1][0]
        if state.clock != "paused":  # nothing more follows so long after a date
            ends = min(ends, begins + timedelta(days=120))
        limit = bisect_right(moments, ends)
        for index in range(bisect_left(moments, begins), limit):
            yield moments[index], state


@cache
def _reached(state: State, today: date) -> list[tuple[str, str]]:
    if state.clock == "paused":
        weeks = [
            week
            for week in range(1, (today - state.due).days // 7 + 1)
            if state.snoozed_until is None or today >= state.snoozed_until
        ]
        return [(f"paused since {state.due}, week {weeks[-1]}", state.owner)] if weeks else []
    if today > state.due:
        return [("missed", state.owner), *_above(state.due, today)]
    if today == state.due:
        return [("due today", state.owner)]
    if state.snoozed_until is not None and today < state.snoozed_until:
        return []
    ahead = {"acknowledge": (3, 1), "answer": (5, 2, 1)}[state.clock]
    there = [days for days in ahead if today >= WORKDAYS[bisect_left(WORKDAYS, state.due) - days]]
    return [(f"in {min(there)} working day{'s' if min(there) > 1 else ''}", state.owner)] if there else []


def _above(due: date, today: date) -> list[tuple[str, str]]:
    first = bisect_right(WORKDAYS, due)
    told = [("missed, told manager", MANAGER)]
    if today >= WORKDAYS[first + 2]:
        told.append(("missed, told head of service", HEAD))
    if today >= WORKDAYS[first + 5]:
        told.append(("missed, told corporate lead", LEAD))
    return told
