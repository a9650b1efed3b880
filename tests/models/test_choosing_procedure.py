from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from models.case import Case
from models.choosing_procedure import agree_procedure, doubt_of_procedure
from models.db import reading, writing
from models.handling import acknowledge
from models.meant_procedure import procedure_for
from models.procedures_in_use import check_procedures_in_use
from models.queries import get_case
from models.rules.errors import GivenWrong, NotEntitled, ProcedureMissing, StepNotAllowed
from models.rules.labels import Area, Kind
from models.settings import Settings
from models.verbs.change_procedure import CHANGE_PROCEDURE
from models.verbs.extend import EXTEND
from models.verbs.pause import PAUSE
from tests.build import a_case, a_letter, officer, reload
from tests.moving import a_procedure, acknowledged, at, due, letters_sent, on, spoken, told_last, use
from tests.people import BEN, DEV

SOCIAL_CARE = {"for_areas": ["childrens_social_care"], "answers": ["complaint", "chaser"]}
QUICK = {"acknowledge": None, "respond": {"within": "5 working days", "of": "received"}}


@pytest.fixture
def several(settings: Settings) -> Settings:
    return on(
        settings,
        children=a_procedure({}, {}, {}, title="Children’s complaints", **SOCIAL_CARE),
        foi=a_procedure(QUICK, answers=["information_request"], for_kinds=["information_request"]),
        eir=a_procedure(
            QUICK,
            answers=["information_request"],
            for_kinds=["information_request"],
            for_areas=["planning_building"],
        ),
        scotland=a_procedure(for_kinds=["complaint"], nations=["scotland"]),
        quick=a_procedure(QUICK, for_areas=["highways_transport"]),
        enquiry=a_procedure(title="Never by itself"),
    )


def filed(kind: Kind | None, *areas: Area, procedure: str = "corporate", **changes: Any) -> Case:
    return Case(complainant_id=1, kind=kind, areas=[area.value for area in areas], procedure=procedure, **changes)


@pytest.mark.parametrize(
    ("kind", "area", "belongs"),
    [
        (Kind.COMPLAINT, Area.CHILDRENS_SOCIAL_CARE, "children"),
        (Kind.CHASER, Area.CHILDRENS_SOCIAL_CARE, "children"),
        (None, Area.CHILDRENS_SOCIAL_CARE, "children"),
        (Kind.COMPLIMENT, Area.CHILDRENS_SOCIAL_CARE, None),
        (Kind.INFORMATION_REQUEST, Area.CHILDRENS_SOCIAL_CARE, "foi"),
        (Kind.INFORMATION_REQUEST, Area.PLANNING_BUILDING, "eir"),
        (Kind.COMPLAINT, Area.HOUSING, None),
        (Kind.COMPLAINT, Area.HIGHWAYS_TRANSPORT, "quick"),
    ],
)
def test_a_case_belongs_where_its_kind_and_main_area_say(
    several: Settings, kind: Kind | None, area: Area, belongs: str | None
) -> None:
    assert procedure_for(filed(kind, area, Area.HOUSING), several) == belongs


def test_only_the_main_area_counts(several: Settings) -> None:
    assert procedure_for(filed(Kind.COMPLAINT, Area.HOUSING, Area.CHILDRENS_SOCIAL_CARE), several) is None


def test_another_nations_procedure_is_for_nobody_here_and_ones_own_comes_first(several: Settings) -> None:
    case = filed(Kind.COMPLAINT, Area.PARKS_LEISURE_LIBRARIES)
    assert procedure_for(case, several) is None
    scottish = several.model_copy(update={"nation": "scotland"})
    assert procedure_for(case, scottish) == "scotland"


def test_of_two_that_fit_alike_the_first_in_the_settings_is_taken(settings: Settings) -> None:
    first, second = (a_procedure(for_areas=["housing"]) for _ in range(2))
    assert procedure_for(filed(None, Area.HOUSING), on(settings, first=first, second=second)) == "first"


def test_a_case_whose_procedure_was_not_meant_for_it_goes_back_to_the_corporate_one(several: Settings) -> None:
    assert procedure_for(filed(Kind.COMPLAINT, Area.HOUSING, procedure="children"), several) == "corporate"
    assert procedure_for(filed(Kind.COMPLAINT, Area.HOUSING, procedure="enquiry"), several) is None


def agreed(engine: Engine, case: Case, settings: Settings, now: datetime) -> str:
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        return agree_procedure(session, fresh, by=officer(engine, BEN), settings=settings, now=now)


def test_a_confirmed_area_takes_the_case_to_its_procedure_with_dates_counted_from_the_same_day(
    engine: Engine, several: Settings, now: datetime
) -> None:
    case = a_case(engine, settings=several, now=now)
    said = agreed(engine, case, several, at("Thursday 15 October 2026"))
    after = reload(engine, case)
    assert (after.procedure, spoken(after.received_on)) == ("quick", "Monday 12 October 2026")
    assert due(after) == "Monday 19 October 2026"
    assert not after.procedure_by_person
    assert said == (
        f"{case.reference} is now under: Ours, stage 1. Acknowledgement: by Monday 19 October 2026, as before. "
        "Answer: by Monday 19 October 2026 (before: by Monday 2 November 2026)."
    )
    name, who, details = told_last(engine, case)
    assert (name, who) == ("procedure_changed", "Ben Carter")
    assert details["before"] == {"acknowledge_by": "2026-10-19", "respond_by": "2026-11-02"}
    assert details["after"] == {"acknowledge_by": "2026-10-19", "respond_by": "2026-10-19"}
    assert (details["procedure_before"], details["procedure"]) == ("corporate", "quick")
    assert agreed(engine, case, several, now) == "", "it is there already"


@pytest.mark.parametrize("change", [{"procedure_by_person": True}, {"stage": 2}, {"status": "responded"}])
def test_what_a_person_chose_a_later_stage_and_an_answered_case_stay_where_they_are(
    engine: Engine, several: Settings, now: datetime, change: dict[str, Any]
) -> None:
    case = a_case(engine, settings=several, now=now)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        for name, value in change.items():
            setattr(fresh, name, value)
    assert agreed(engine, case, several, now) == ""
    assert reload(engine, case).procedure == "corporate"


def changed(engine: Engine, case: Case, settings: Settings, now: datetime, to: str, by: str = BEN, **more: str) -> str:
    given = {"procedure": to, "reason": "It is about a child in care."} | more
    return use(engine, case, CHANGE_PROCEDURE, settings, now, given, by)


def test_a_person_changes_the_procedure_and_sees_the_old_and_new_dates(
    engine: Engine, several: Settings, now: datetime
) -> None:
    case = acknowledged(engine, several, now)
    said = changed(engine, case, several, at("Wednesday 14 October 2026"), "foi")
    after = reload(engine, case)
    assert (after.procedure, after.procedure_by_person, after.stage) == ("foi", True, 1)
    assert spoken(after.acknowledged_on) == "Monday 12 October 2026"
    assert after.look_again == at("Wednesday 14 October 2026")
    assert said.endswith("Answer: not due (before: by Monday 26 October 2026)."), "a complaint is no request there"
    name, who, details = told_last(engine, case)
    assert (name, who, details["reason"]) == ("procedure_changed", "Ben Carter", "It is about a child in care.")


def test_a_new_date_that_is_over_already_is_said(engine: Engine, several: Settings, now: datetime) -> None:
    case = acknowledged(engine, several, now)
    said = changed(engine, case, several, at("Tuesday 20 October 2026"), "quick")
    assert "by Monday 19 October 2026 (before: by Monday 26 October 2026). That day is over" in said


def test_extensions_and_pauses_end_with_the_procedure_that_allowed_them(
    engine: Engine, several: Settings, now: datetime
) -> None:
    pausing = on(several, **several.procedures | {"pausing": a_procedure({"pauses": ["an advocate"]})})
    case = acknowledged(engine, pausing, now, "pausing")
    use(engine, case, EXTEND, pausing, now, {"reason": "Many papers.", "until": "2026-11-04"})
    use(engine, case, PAUSE, pausing, now, {"reason": "an advocate"})
    changed(engine, case, pausing, now, "children")
    after = reload(engine, case)
    assert (after.extended_to, after.paused_on, due(after)) == (None, None, "Monday 26 October 2026")
    assert told_last(engine, case)[2]["ended"] == {"extended_to": "2026-11-04", "paused_on": "2026-10-12"}
    use(engine, case, EXTEND, pausing, now, {"reason": "Many papers.", "until": "2026-11-04"})
    assert len(letters_sent(engine, "extension")) == 2, "it is told again"


def test_the_first_stage_of_the_new_procedure_has_letters_of_its_own(
    engine: Engine, several: Settings, now: datetime
) -> None:
    case = acknowledged(engine, several, now)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        fresh.stage, fresh.status, fresh.acknowledged_on = 2, "new", None  # type: ignore[assignment]  # as stored
    changed(engine, case, several, now, "children")
    assert reload(engine, case).stage == 1
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        said = acknowledge(session, fresh, by=officer(engine, BEN), settings=several, now=now)
    assert "the letter is on its way" in said
    assert len(letters_sent(engine, "acknowledgement")) == 2


def test_a_stage_of_the_new_procedure_may_be_named(engine: Engine, several: Settings, now: datetime) -> None:
    case = acknowledged(engine, several, now)
    with pytest.raises(GivenWrong, match="has stages 1 to 3") as refused:
        changed(engine, case, several, now, "children", stage="4")
    assert refused.value.field == "stage"
    changed(engine, case, several, now, "children", stage="2")
    assert reload(engine, case).stage == 2


@pytest.mark.parametrize("to", ["corporate", "scotland", "planning"])
def test_the_present_procedure_another_nations_and_an_unknown_one_are_not_offered(
    engine: Engine, several: Settings, now: datetime, to: str
) -> None:
    with pytest.raises(GivenWrong, match="one of: children, foi, eir, quick, enquiry"):
        changed(engine, acknowledged(engine, several, now), several, now, to)


def test_a_council_with_one_procedure_has_no_other(engine: Engine, settings: Settings, now: datetime) -> None:
    with pytest.raises(StepNotAllowed, match="no other procedure"):
        changed(engine, acknowledged(engine, settings, now), on(settings), now, "children")


def test_an_answered_or_closed_case_keeps_its_procedure(engine: Engine, several: Settings, now: datetime) -> None:
    case = acknowledged(engine, several, now)
    with pytest.raises(NotEntitled):
        changed(engine, case, several, now, "children", by=DEV)
    for status, says in (("responded", "answered already"), ("closed", "reopen it first")):
        with writing(engine) as session:
            get_case(session, case.number).status = status  # type: ignore[assignment]  # as the database has it
        with pytest.raises(StepNotAllowed, match=says):
            changed(engine, case, several, now, "children")


@pytest.mark.parametrize(
    ("case", "warns"),
    [
        (filed(Kind.COMPLAINT, Area.HOUSING, Area.CHILDRENS_SOCIAL_CARE), True),
        (filed(None, Area.ADULT_SOCIAL_CARE), True),
        (filed(Kind.INFORMATION_REQUEST, Area.ADULT_SOCIAL_CARE), False),
        (filed(Kind.COMPLAINT, Area.ADULT_SOCIAL_CARE, procedure="adults"), False),
        (filed(Kind.COMPLAINT, Area.HOUSING), False),
    ],
)
def test_a_social_care_complaint_under_the_corporate_procedure_is_doubted(case: Case, warns: bool) -> None:
    said = doubt_of_procedure(case)
    assert bool(said) is warns
    assert ("runs under the corporate procedure. The law may want its own; please check." in said) is warns


def test_a_procedure_that_cases_use_cannot_be_taken_out_of_the_settings(
    engine: Engine, several: Settings, now: datetime
) -> None:
    for place in range(3):
        raw = a_letter(From=f"Resident {place} <resident{place}@residents.example>", Message_ID=f"<{place}@r.example>")
        case = a_case(engine, settings=several, now=now, raw=raw)
        with writing(engine) as session:
            fresh = get_case(session, case.number)
            fresh.procedure, fresh.procedure_by_person = "children", True
            if place == 2:
                acknowledge(session, fresh, by=officer(engine, BEN), settings=several, now=now)
                fresh.status = "closed"  # type: ignore[assignment]  # as the database has it
    without = on(several, foi=several.procedures["foi"])
    with reading(engine) as session:
        check_procedures_in_use(session, several)
        with pytest.raises(ProcedureMissing) as refused:
            check_procedures_in_use(session, without)
    assert "There is no procedure “children” (2 open cases and 1 closed case). Hint: put it back" in str(refused.value)


def test_a_stage_that_cases_are_at_cannot_be_taken_out_either(engine: Engine, several: Settings, now: datetime) -> None:
    case = acknowledged(engine, several, now, "children")
    with writing(engine) as session:
        get_case(session, case.number).stage = 3
    shorter = on(several, children=a_procedure({}, {}))
    with (
        reading(engine) as session,
        pytest.raises(ProcedureMissing, match=r"no stage 3 of “children” \(1 open case\)") as refused,
    ):
        check_procedures_in_use(session, shorter)
    assert "closed" not in str(refused.value)
