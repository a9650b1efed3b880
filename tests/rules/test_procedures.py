"""What a procedure can say, and which of its limits hold for a case."""

from typing import Any

import pytest
from pydantic import ValidationError

from models.rules.labels import Area
from models.rules.procedures import Letter, Procedure, Stage, TimeLimit
from models.settings import Settings
from tests.build import ROOT
from tests.days import day


def test_a_clock_starts_from_a_known_event() -> None:
    with pytest.raises(ValidationError, match="'received', 'acknowledged', 'escalation requested'"):
        TimeLimit.model_validate({"within": "5 days", "of": "dreamt of"})


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_stage_that_is_not_there_says_so(settings: Settings, number: int) -> None:
    with pytest.raises(LookupError, match=f"this procedure has stages 1 to 2, not {number}"):
        settings.procedures["corporate"].stage(number)


def test_a_procedure_of_one_stage_says_so(settings: Settings) -> None:
    with pytest.raises(LookupError, match="this procedure has stage 1 alone, not 2"):
        settings.procedures["foi"].stage(2)


def test_a_procedure_needs_a_stage(settings: Settings) -> None:
    told = settings.procedures["corporate"].model_dump() | {"stages": []}
    with pytest.raises(ValidationError, match="at least 1 item"):
        Procedure.model_validate(told)


def test_every_letter_a_stage_may_need_can_be_written() -> None:
    from typing import get_args

    written = {path.stem for path in (ROOT / "models/letter_templates/en").iterdir()}
    assert set(get_args(Letter)) <= written


def with_overrides(settings: Settings, *overrides: dict[str, Any]) -> Procedure:
    told = settings.procedures["corporate"].model_dump() | {"overrides": overrides}
    return Procedure.model_validate(told)


def days(stage: Stage) -> int:
    assert stage.respond
    return stage.respond.within.number


PLANNING = {
    "stage": 1,
    "services": ["planning_building"],
    "respond": {"within": "20 working days", "of": "acknowledged"},
}
SPRING = {
    "stage": 1,
    "received_from": "2026-04-01",
    "received_until": "2026-05-31",
    "respond": {"within": "15 working days", "of": "acknowledged"},
}


def test_a_service_may_have_a_limit_of_its_own(settings: Settings) -> None:
    rules = with_overrides(settings, PLANNING)
    assert days(rules.stage(1, area=Area.PLANNING_BUILDING)) == 20
    assert days(rules.stage(1, area=Area.HOUSING)) == 10
    assert days(rules.stage(1)) == 10
    assert days(rules.stage(2, area=Area.PLANNING_BUILDING)) == 20, "the stage's own"
    assert rules.stage(1, area=Area.PLANNING_BUILDING).acknowledge == rules.stage(1).acknowledge


@pytest.mark.parametrize(
    ("received", "limit"),
    [
        ("Tuesday 31 March 2026", 10),
        ("Wednesday 1 April 2026", 15),
        ("Sunday 31 May 2026", 15),
        ("Monday 1 June 2026", 10),
    ],
)
def test_a_limit_may_hold_between_two_days(settings: Settings, received: str, limit: int) -> None:
    assert days(with_overrides(settings, SPRING).stage(1, received=day(received))) == limit


def test_a_limit_between_two_days_needs_to_know_the_day(settings: Settings) -> None:
    assert days(with_overrides(settings, SPRING).stage(1)) == 10


@pytest.mark.parametrize("order", [(PLANNING, SPRING), (SPRING, PLANNING)])
def test_a_service_of_its_own_goes_before_all_services(
    settings: Settings, order: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    rules, received = with_overrides(settings, *order), day("Wednesday 1 April 2026")
    assert days(rules.stage(1, area=Area.PLANNING_BUILDING, received=received)) == 20
    assert days(rules.stage(1, area=Area.HOUSING, received=received)) == 15
