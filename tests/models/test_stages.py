"""From stage to stage: who may not decide, late requests, and cases that begin at a later stage."""

from datetime import date, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models.case import Case
from models.clock import in_words
from models.db import reading
from models.reminders import Alert
from models.rules.errors import GivenWrong, NotEntitled, StepNotAllowed
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.verbs.change_procedure import CHANGE_PROCEDURE
from models.verbs.decline import DECLINE
from models.verbs.escalate import ESCALATE, ESCALATE_DIRECT
from tests.desk import Desk
from tests.moving import a_procedure
from tests.people import BEN, CARA, DEV, LENA

THREE = a_procedure({}, {"independent_of": [1]}, {"independent_of": [1, 2]})
LOOSE = a_procedure({}, {}, {"independent_of": [1]})
DIRECT = a_procedure({"ask_within": "10 working days"}, {"respond": {"within": "20 working days", "of": "received"}})


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    direct = DIRECT.model_copy(update={"may_begin_at": (2,)})
    return Desk(engine, settings, now).with_procedures(three=THREE, loose=LOOSE, direct=direct)


@pytest.fixture
def case(desk: Desk) -> Case:
    return desk.a_case()


def decided(desk: Desk, case: Case, by: str) -> None:
    desk.acknowledge(case, by)
    desk.answer(case, by)
    desk.use(ESCALATE, case, LENA)


def test_stage_3_shuts_out_the_deciders_of_both_stages_before(desk: Desk, case: Case) -> None:
    desk.put(case, procedure="three")
    decided(desk, case, BEN)
    decided(desk, case, CARA)
    assert desk.look(case).stage == 3
    for by in (BEN, CARA):
        with pytest.raises(NotEntitled, match="At stage 3 somebody else"):
            desk.acknowledge(case, by)
    desk.acknowledge(case, LENA)


def test_a_stage_shuts_out_only_whom_its_procedure_names(desk: Desk, case: Case) -> None:
    desk.put(case, procedure="loose")
    decided(desk, case, BEN)
    decided(desk, case, CARA)
    with pytest.raises(NotEntitled):
        desk.acknowledge(case, BEN)
    assert desk.acknowledge(case, CARA).status == CaseStatus.ACKNOWLEDGED


def test_who_only_closed_an_unanswered_case_decided_it(desk: Desk, case: Case) -> None:
    desk.acknowledge(case, BEN)
    desk.put(case, respond_by=None)
    desk.close(case, CARA)
    desk.use(ESCALATE, case, LENA)
    with pytest.raises(NotEntitled):
        desk.acknowledge(case, CARA)
    desk.acknowledge(case, BEN)


def test_only_before_the_last_stage_is_the_ombudsman_all_that_is_left(desk: Desk, case: Case) -> None:
    desk.put(case, procedure="three")
    for by in (BEN, CARA):
        decided(desk, case, by)
    with reading(desk.engine) as session:
        said = [
            alert.reason for alert in session.exec(select(Alert).order_by(col(Alert.id))) if "requested" in alert.sign
        ]
    assert said == [
        "The resident asks for stage 2.",
        "The resident asks for stage 3. After its answer only the Ombudsman is left.",
    ]


def test_no_reason_is_asked_for_the_next_stage() -> None:
    assert [field.name for field in ESCALATE.fields if field.is_required] == []


def test_a_stage_counts_from_the_day_it_was_asked_for(desk: Desk, case: Case) -> None:
    desk.acknowledge(case)
    desk.answer(case)
    later = desk.later(days=4)
    said = later.use(ESCALATE, case, requested_on="2026-10-14")
    assert later.look(case).received_on == date(2026, 10, 14)
    assert said.endswith("asked for on Wednesday 14 October 2026. Somebody else must take it.")


@pytest.mark.parametrize("day", ["2026-10-11", "2026-10-17"])
def test_nobody_asks_before_the_answer_or_tomorrow(desk: Desk, case: Case, day: str) -> None:
    desk.acknowledge(case)
    desk.answer(case)
    with pytest.raises(GivenWrong, match="between the day of our answer and today") as refused:
        desk.later(days=4).use(ESCALATE, case, requested_on=day)
    assert refused.value.field == "requested_on"


def test_a_late_request_is_taken_and_the_event_says_so(desk: Desk, case: Case) -> None:
    desk.put(case, procedure="direct")
    desk.acknowledge(case)
    desk.answer(case)
    later = desk.later(days=30)
    said = later.use(ESCALATE, case, requested_on="2026-10-27")
    assert "It could be asked for until Monday 26 October 2026, and was taken all the same." in said
    details = later.details(case, "escalation_requested")
    assert (details["could_ask_until"], details["discretion"]) == ("2026-10-26", "taken though it came late")


def test_a_request_on_the_last_day_is_not_late(desk: Desk, case: Case) -> None:
    desk.put(case, procedure="direct")
    desk.acknowledge(case)
    desk.answer(case)
    assert "all the same" not in desk.later(days=30).use(ESCALATE, case, requested_on="2026-10-26")
    assert "discretion" not in desk.details(case, "escalation_requested")


def test_there_is_no_stage_before_an_answer_or_after_the_last(desk: Desk, case: Case) -> None:
    with pytest.raises(StepNotAllowed, match="no answer to take further"):
        desk.use(ESCALATE, case)
    decided(desk, case, BEN)
    desk.acknowledge(case, CARA)
    desk.answer(case, CARA)
    with pytest.raises(StepNotAllowed, match="no stage after this one"):
        desk.use(ESCALATE, case)


def test_some_cases_begin_at_stage_2_from_the_day_they_came(desk: Desk, case: Case) -> None:
    desk.put(case, procedure="direct")
    said = desk.later(days=1).use(ESCALATE_DIRECT, case, stage="2", reason="It is grave.")
    after = desk.look(case)
    assert said == f"{case.reference} is at stage 2 from the day it was received."
    assert (after.stage, after.received_on, after.status) == (2, case.received_on, CaseStatus.NEW)
    assert in_words(after.respond_by or after.received_on) == "Monday 9 November 2026"
    kept = {"stage": 2, "before": 1, "reason": "It is grave.", "decided_by": []}
    assert desk.details(case, "began_at_stage") == kept
    assert desk.acknowledge(case, BEN).status == CaseStatus.ACKNOWLEDGED, "nobody decided it before"


def test_who_decided_a_case_that_began_at_stage_2_is_known(desk: Desk, case: Case) -> None:
    three = THREE.model_copy(update={"may_begin_at": (2,)})
    there = desk.with_procedures(three=three)
    there.put(case, procedure="three")
    there.use(ESCALATE_DIRECT, case, stage="2", reason="It is grave.")
    decided(there, case, BEN)
    with pytest.raises(NotEntitled, match="At stage 3"):
        there.acknowledge(case, BEN)


def test_who_refused_a_case_does_not_decide_it_when_it_goes_straight_on(desk: Desk, case: Case) -> None:
    there = desk.with_procedures(direct=a_procedure({}, {"independent_of": [1]}, may_begin_at=(2,)))
    there.put(case, procedure="direct")
    given = {"ground": "not ours", "reason": "It is the county's.", "evidence": "The road's register."}
    there.use(DECLINE, case, BEN, **given)
    there.reopen(case, CARA)
    there.use(ESCALATE_DIRECT, case, CARA, stage="2", reason="It is grave.")
    with pytest.raises(NotEntitled, match="At stage 2"):
        there.acknowledge(case, BEN)
    assert there.acknowledge(case, CARA).status == CaseStatus.ACKNOWLEDGED


def test_another_procedures_later_stage_shuts_out_the_deciders_too(desk: Desk, case: Case) -> None:
    desk.acknowledge(case, BEN)
    desk.answer(case, BEN)
    desk.close(case, BEN)
    desk.reopen(case, CARA)
    desk.use(CHANGE_PROCEDURE, case, CARA, procedure="three", stage="2", reason="It is the other kind.")
    with pytest.raises(NotEntitled, match="At stage 2"):
        desk.answer(case, BEN)
    assert desk.answer(case, CARA).status == CaseStatus.RESPONDED


def test_a_procedure_that_knows_no_such_beginning_refuses_it(desk: Desk, case: Case) -> None:
    with pytest.raises(GivenWrong):
        desk.use(ESCALATE_DIRECT, case, stage="2", reason="It is grave.")


def test_no_case_goes_straight_on_after_its_answer_or_backwards(desk: Desk, case: Case) -> None:
    desk.put(case, procedure="direct")
    desk.acknowledge(case)
    desk.answer(case)
    with pytest.raises(StepNotAllowed, match="asked for, not begun at"):
        desk.use(ESCALATE_DIRECT, case, stage="2", reason="It is grave.")
    desk.use(ESCALATE, case, LENA)
    with pytest.raises(StepNotAllowed, match="straight away"):
        desk.use(ESCALATE_DIRECT, case, stage="2", reason="It is grave.")


def test_strangers_to_the_service_move_no_case_on(desk: Desk, case: Case) -> None:
    desk.put(case, procedure="direct")
    for verb, given in ((ESCALATE, {}), (ESCALATE_DIRECT, {"stage": "2", "reason": "Grave."})):
        with pytest.raises(NotEntitled):
            desk.use(verb, case, DEV, **given)
