"""Properties of the dates of a case, whatever happened to it."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from models.case import Case
from models.reckoning import end_pause, longest_extension, reckon
from models.settings import Settings
from tests.build import the_settings
from tests.days import day
from tests.moving import a_procedure, due, on

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
MAYBE = st.none() | DAYS
steady = hypothesis_settings(deadline=None, derandomize=True, database=None)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The corporate procedure, one in calendar days, and one that counts from the agreed record."""
    folder: Path = tmp_path_factory.mktemp("settings")
    in_days = {"respond": {"within": "30 days", "of": "received"}, "longest_extension": "60 days"}
    from_record = {"respond": {"within": "25 working days", "of": "record agreed"}}
    ours = {"in_days": a_procedure(in_days), "from_record": a_procedure(from_record)}
    return on(the_settings(folder), **ours)


def a_case_received(received: date) -> Case:
    logged_at = datetime.combine(received, time(9), tzinfo=UTC)
    given: dict[str, Any] = {
        "reference": "T26-00001-M",
        "complainant_id": 1,
        "received_on": received,
        "acknowledge_by": received,
    }
    return Case(logged_at=logged_at, **given)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """An acknowledged case to which anything may have happened."""
    received = draw(DAYS)
    case = a_case_received(received)
    case.procedure = draw(st.sampled_from(["corporate", "in_days", "from_record"]))
    case.acknowledged_on = draw(st.none() | st.dates(received, received + timedelta(days=60)))
    case.scope_agreed_on, case.agreed_by, case.extended_to = draw(MAYBE), draw(MAYBE), draw(MAYBE)
    case.paused_days = draw(st.integers(0, 40))
    return case


def reckoned(case: Case, settings: Settings) -> tuple[date, date]:
    reckon(case, settings=settings)
    assert case.respond_by is not None
    return case.acknowledge_by, case.respond_by


@steady
@given(case=cases())
def test_reckoning_again_changes_nothing(lasting: Settings, case: Case) -> None:
    assert reckoned(case, lasting) == reckoned(case, lasting)


@steady
@given(case=cases(), until=DAYS)
def test_extending_never_shortens(lasting: Settings, case: Case, until: date) -> None:
    case.extended_to = None
    before = reckoned(case, lasting)
    case.extended_to = until
    assert reckoned(case, lasting) == (before[0], max(before[1], until))


@steady
@given(case=cases())
def test_the_longest_extension_ends_after_the_limit(lasting: Settings, case: Case) -> None:
    case.agreed_by = case.extended_to = None
    longest = longest_extension(case, lasting)
    assert longest is not None
    assert longest > reckoned(case, lasting)[1]


@steady
@given(case=cases(), paused_on=DAYS, length=st.integers(0, 40))
def test_a_pause_of_so_many_working_days_moves_the_date_by_exactly_those(
    lasting: Settings, case: Case, paused_on: date, length: int
) -> None:
    calendar = lasting.calendar(case.procedure)
    acknowledge_by, before = reckoned(case, lasting)
    case.paused_on = paused_on
    assert end_pause(case, today=calendar.last_day(paused_on, length), settings=lasting) == length
    assert reckoned(case, lasting) == (acknowledge_by, calendar.last_day(before, length))
    assert case.paused_on is None


@steady
@given(case=cases(), paused_on=DAYS, first=st.integers(0, 30), second=st.integers(0, 30))
def test_two_pauses_on_end_give_back_what_one_as_long_does(
    lasting: Settings, case: Case, paused_on: date, first: int, second: int
) -> None:
    days = [paused_on, paused_on + timedelta(days=first), paused_on + timedelta(days=first + second)]
    case.paused_on = days[0]
    parts = end_pause(case, today=days[1], settings=lasting)
    case.paused_on = days[1]
    parts += end_pause(case, today=days[2], settings=lasting)
    case.paused_on = days[0]
    assert parts == end_pause(case, today=days[2], settings=lasting)


def test_a_pause_moves_dates_that_were_told_to_the_person_too(lasting: Settings) -> None:
    for told in ("agreed_by", "extended_to"):
        case = a_case_received(day("Monday 12 October 2026"))
        setattr(case, told, day("Friday 13 November 2026"))
        case.paused_on = day("Friday 16 October 2026")
        end_pause(case, today=day("Tuesday 20 October 2026"), settings=lasting)
        assert due(case) == "Tuesday 17 November 2026"


def test_no_pause_to_end_changes_nothing(lasting: Settings) -> None:
    case = a_case_received(day("Monday 12 October 2026"))
    assert end_pause(case, today=case.received_on, settings=lasting) == 0
    assert case.respond_by is None
