"""What independent people cost, and whether there are enough of them."""

from datetime import date, datetime

import pytest
from sqlalchemy import Engine

from models.db import reading, writing
from models.pool import be_unavailable, member
from models.pool_costs import costs, year_of
from models.queries import history
from models.rules.errors import GivenWrong
from models.settings import Settings
from models.verbs.appoint import END_APPOINTMENT
from tests.independents import (
    INVESTIGATOR,
    MONDAY,
    PANEL,
    a_childrens_case,
    appoint,
    email,
    strength,
    use,
)


@pytest.mark.parametrize(("cost", "pence"), [("", 90_000), ("£1,250.50", 125_050)])
def test_the_end_of_an_appointment_says_what_it_cost(
    engine: Engine, settings: Settings, now: datetime, pool: None, cost: str, pence: int
) -> None:
    case = a_childrens_case(engine, settings, now, stage=2)
    appoint(engine, case, INVESTIGATOR, "ivy", settings, now)
    ended = use(engine, END_APPOINTMENT, case, {"who": email("ivy"), "cost": cost}, settings=settings, now=now)
    assert ended.startswith(f"Ivy is no longer {INVESTIGATOR} on {case.reference}.")
    with reading(engine) as session:
        [found] = costs(session, date(2026, 4, 1), date(2027, 3, 31))
        assert (found.pence, found.is_expected, found.reference) == (pence, False, case.reference)
        assert costs(session, date(2027, 4, 1), date(2028, 3, 31)) == []
        event, _ = history(session, case)[-1]
    assert (event.name, event.details["cost_pence"]) == ("appointment_ended", pence)


def test_a_cost_that_is_no_sum_is_refused(engine: Engine, settings: Settings, now: datetime, pool: None) -> None:
    case = a_childrens_case(engine, settings, now, stage=2)
    appoint(engine, case, INVESTIGATOR, "ivy", settings, now)
    with pytest.raises(GivenWrong, match="a sum in pounds"):
        use(engine, END_APPOINTMENT, case, {"who": email("ivy"), "cost": "a lot"}, settings=settings, now=now)


def test_an_appointment_that_runs_counts_with_its_fee(
    engine: Engine, settings: Settings, now: datetime, pool: None
) -> None:
    case = a_childrens_case(engine, settings, now, stage=2)
    appoint(engine, case, INVESTIGATOR, "ivy", settings, now)
    with reading(engine) as session:
        [found] = costs(session, date(2026, 4, 1), date(2027, 3, 31))
        assert (found.pence, found.is_expected) == (90_000, True)
        assert costs(session, date(2025, 4, 1), date(2026, 3, 31)) == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2026-27", (date(2026, 4, 1), date(2027, 3, 31))),
        ("2099-00", (date(2099, 4, 1), date(2100, 3, 31))),
        ("2026", (date(2026, 1, 1), date(2026, 12, 31))),
        ("2026-28", None),
        ("26-27", None),
        ("last year", None),
        ("٢٠٢٦", None),
    ],
)
def test_a_year_is_a_councils_or_a_calendars(text: str, span: tuple[date, date] | None) -> None:
    assert year_of(text) == span


def test_a_pool_that_is_too_small_is_warned_of(engine: Engine, settings: Settings, now: datetime, pool: None) -> None:
    cases = [a_childrens_case(engine, settings, now, stage=2, number=number) for number in (1, 2)]
    short = strength(engine, settings, INVESTIGATOR)
    assert (short.people, short.free, short.waiting) == (1, 1, tuple(case.reference for case in cases))
    assert short.warning == (
        f"As Investigating Officer 2 seats wait for somebody ({cases[0].reference}, {cases[1].reference}), "
        "and only 1 is free this month."
    )
    assert strength(engine, settings, PANEL).warning == ""
    appoint(engine, cases[0], INVESTIGATOR, "ivy", settings, now)
    busy = strength(engine, settings, INVESTIGATOR)
    assert (busy.free, busy.waiting) == (0, (cases[1].reference,))
    assert "nobody is free this month" in busy.warning


def test_free_this_month_is_who_has_a_day_left_in_it(engine: Engine, settings: Settings, pool: None) -> None:
    with writing(engine) as session:
        ivy = member(session, email("ivy"))
        be_unavailable(session, ivy, MONDAY, date(2026, 10, 20))
    assert strength(engine, settings, INVESTIGATOR).free == 1
    with writing(engine) as session:
        be_unavailable(session, member(session, email("ivy")), date(2026, 10, 21), date(2026, 11, 30))
    assert strength(engine, settings, INVESTIGATOR).free == 0
    assert strength(engine, settings, INVESTIGATOR, date(2026, 12, 1)).free == 1
