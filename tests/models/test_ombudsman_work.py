"""An Ombudsman's case from its first letter to its last recommendation; every step stands in the history."""

from datetime import date, datetime

import pytest
from sqlalchemy import Engine

from models.db import reading
from models.duty import DutyKind, DutyState
from models.duty_list import Result, result
from models.ombudsman_list import Span, ombudsman_cases, premature_by_area
from models.rules.errors import GivenWrong, NotEntitled, StepNotAllowed
from models.rules.labels import Area
from models.settings import Settings
from models.verbs.duty_changes import DROP, MOVE
from models.verbs.ombudsman import (
    OMBUDSMAN_ADVICE,
    OMBUDSMAN_DECISION,
    OMBUDSMAN_DRAFT,
    OMBUDSMAN_ENQUIRY,
    OMBUDSMAN_OPEN,
    RECOMMENDATION,
    SIGN_OFF,
)
from models.verbs.promise import DONE, REMEDY
from tests.build import a_case, a_letter
from tests.duty_desk import Desk, a_desk
from tests.people import BEN, CARA, DEV, LENA

THEIRS = {"their_reference": "26 001 234"}
UPHELD = {"decided_on": "2026-10-12", "decision": "upheld", "words": "Upheld: fault and injustice."}


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    desk = a_desk(engine, settings, now)
    desk.act(OMBUDSMAN_OPEN, **THEIRS, received_on="2026-10-12")
    return desk


EVER = Span()


def listed(desk: Desk, span: Span = EVER, **which: bool) -> list[dict[str, object]]:
    with reading(desk.engine) as session:
        return [each.as_dict() for each in ombudsman_cases(session, span, **which)]


def enquiry(desk: Desk, by: str = "2026-11-09") -> int:
    desk.act(OMBUDSMAN_ENQUIRY, **THEIRS, what="Send the inspection log.", by=by)
    return desk.duty().number


def recommend(
    desk: Desk, what: str = "Apologise.", by: str = "2026-11-12", kind: str = "a remedy for the person"
) -> int:
    desk.act(RECOMMENDATION, **THEIRS, what=what, by=by, kind=kind)
    return desk.duty().number


def test_opening_warns_the_lead_and_names_the_procedures_ombudsman(desk: Desk) -> None:
    [case] = listed(desk)
    assert case["body"] == "Local Government and Social Care Ombudsman"
    assert (case["their_reference"], case["state"]) == ("26 001 234", "enquiry")
    assert len([sign for sign in desk.alerts() if sign.startswith("ombudsman")]) == 1
    assert len(desk.events("ombudsman_case_opened")) == 1


def test_one_reference_is_one_case(desk: Desk) -> None:
    with pytest.raises(StepNotAllowed, match="noted already"):
        desk.act(OMBUDSMAN_OPEN, **THEIRS, received_on="2026-10-12")
    desk.act(OMBUDSMAN_OPEN, **THEIRS, received_on="2026-10-12", body="Housing Ombudsman")
    assert len(listed(desk)) == 2


def test_somebody_may_go_there_before_they_write_to_us_but_not_tomorrow(desk: Desk) -> None:
    desk.act(OMBUDSMAN_OPEN, their_reference="2", received_on="2026-09-01", premature="yes")
    with pytest.raises(GivenWrong, match="has not come yet"):
        desk.act(OMBUDSMAN_OPEN, their_reference="3", received_on="2026-10-13")


def test_who_came_too_early_is_tallied_by_service(desk: Desk) -> None:
    desk.act(OMBUDSMAN_OPEN, their_reference="2", received_on="2026-10-01", premature="yes")
    with reading(desk.engine) as session:
        assert premature_by_area(session, EVER) == {Area.HIGHWAYS_TRANSPORT: 1}
        assert premature_by_area(session, Span(first=date(2026, 10, 2))) == {}


def test_what_came_too_early_may_be_taken_up_after_all(desk: Desk) -> None:
    desk.act(OMBUDSMAN_OPEN, their_reference="2", received_on="2026-10-01", premature="yes")
    desk.act(OMBUDSMAN_ENQUIRY, their_reference="2", what="Why?", by="2026-11-01")
    with reading(desk.engine) as session:
        assert premature_by_area(session, EVER) == {}


def test_an_answer_is_signed_off_before_it_counts(desk: Desk) -> None:
    number = enquiry(desk)
    answered = {"duty": number, "done_on": "2026-10-12", "evidence": "Sent with the log."}
    with pytest.raises(StepNotAllowed, match="signed off"):
        desk.act(DONE, **answered)
    desk.act(SIGN_OFF, LENA, duty=number)
    desk.act(DONE, **answered)
    assert result(desk.duty()) is Result.ON_TIME
    assert [event["duty"] for event in desk.events("signed_off")] == [number]


@pytest.mark.parametrize("who", [BEN, CARA])
def test_only_the_senior_sign_off(desk: Desk, who: str) -> None:
    number = enquiry(desk)
    with pytest.raises(NotEntitled, match="corporate lead or the head of service"):
        desk.act(SIGN_OFF, who, duty=number)


def test_the_head_of_service_signs_off(engine: Engine, settings: Settings, now: datetime) -> None:
    teams = tuple(team.model_copy(update={"head_of_service": "Cara@council.example"}) for team in settings.teams)
    desk = a_desk(engine, settings.model_copy(update={"teams": teams}), now)
    desk.act(OMBUDSMAN_OPEN, **THEIRS, received_on="2026-10-12")
    desk.act(SIGN_OFF, CARA, duty=enquiry(desk))
    assert desk.duty().signed_off_by_id is not None


def test_nobody_signs_off_what_they_wrote(desk: Desk) -> None:
    number = enquiry(desk)
    with pytest.raises(NotEntitled, match="does not sign it off"):
        desk.act(SIGN_OFF, LENA, duty=number, written_by="lena@council.example")
    desk.act(SIGN_OFF, LENA, duty=number)
    with pytest.raises(StepNotAllowed, match="already"):
        desk.act(SIGN_OFF, LENA, duty=number)


def test_comments_on_a_draft_are_owed_and_end_with_the_decision(desk: Desk) -> None:
    desk.act(OMBUDSMAN_DRAFT, **THEIRS, draft_on="2026-10-12", what="Fault found.", by="2026-10-26")
    assert desk.duty().kind == DutyKind.ENQUIRY
    assert listed(desk)[0]["state"] == "draft decision"
    desk.act(OMBUDSMAN_DECISION, **THEIRS, **UPHELD)
    assert desk.duty().state == DutyState.DROPPED
    assert listed(desk)[0]["state"] == "decided"


def test_one_decision_has_several_recommendations_with_days_of_their_own(desk: Desk) -> None:
    desk.act(OMBUDSMAN_DECISION, **THEIRS, **UPHELD)
    first = recommend(desk)
    second = recommend(desk, "Train the crew.", "2027-01-12", "a service improvement")
    later = desk.later(days=60)
    later.act(DONE, duty=first, done_on="2026-11-13", evidence="The letter of 13 November.")
    [case] = listed(later, only_upheld=True)
    assert [(each["duty"], each["for"], each["result"]) for each in case["remedies"]] == [  # type: ignore[attr-defined]
        (first, "the person", "complete late"),
        (second, "the service", "open"),
    ]
    assert listed(later, only_open=True) == [case]


def test_our_own_remedies_stand_beside_the_ombudsmans(desk: Desk) -> None:
    desk.act(REMEDY, what="Pay 100 pounds.", by="2026-10-30")
    desk.act(OMBUDSMAN_DECISION, **THEIRS, **UPHELD, remedied_before="yes")
    [case] = listed(desk, only_upheld=True)
    assert case["remedied_before"] is True
    assert [each["from"] for each in case["remedies"]] == ["us"]  # type: ignore[attr-defined]


def test_recommendations_come_with_a_decision_and_not_before_it(desk: Desk) -> None:
    with pytest.raises(StepNotAllowed, match="decision first"):
        recommend(desk)
    desk.act(OMBUDSMAN_DECISION, **THEIRS, **UPHELD)
    with pytest.raises(GivenWrong, match="cannot be due before"):
        recommend(desk, by="2026-10-11")
    recommend(desk)
    with pytest.raises(StepNotAllowed, match="noted already"):
        recommend(desk)


def test_a_year_that_is_a_slip_of_the_pen_is_refused(desk: Desk) -> None:
    with pytest.raises(GivenWrong, match="Look at the year again"):
        enquiry(desk, by="2206-11-09")
    desk.act(OMBUDSMAN_DECISION, **THEIRS, **UPHELD)
    with pytest.raises(GivenWrong, match="Look at the year again"):
        recommend(desk, by="9999-12-31")


def test_a_recommendations_day_moves_only_with_the_ombudsmans_agreement(desk: Desk) -> None:
    desk.act(OMBUDSMAN_DECISION, **THEIRS, **UPHELD)
    number = recommend(desk)
    with pytest.raises(GivenWrong) as wrong:
        desk.act(MOVE, duty=number, by="2026-12-01", reason="The author is ill.")
    assert wrong.value.field == "agreement"
    desk.act(MOVE, duty=number, by="2026-12-01", reason="The author is ill.", agreement="Ms Fell, 9 November.")
    assert desk.duty().due == date(2026, 12, 1)
    assert "Ms Fell" in desk.events("duty_moved")[0]["why"]
    with pytest.raises(StepNotAllowed, match="not dropped"):
        desk.act(DROP, duty=number, reason="We forgot.")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"decided_on": "2026-10-13"}, "decided_on"),
        ({"decided_on": "2026-10-11"}, "decided_on"),
        ({"decision": "perhaps"}, "decision"),
        ({"decision": "not upheld", "remedied_before": "yes"}, "remedied_before"),
        ({"words": ""}, "words"),
        ({"their_reference": "999"}, "their_reference"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(desk: Desk, given: dict[str, str], field: str) -> None:
    with pytest.raises(GivenWrong) as wrong:
        desk.act(OMBUDSMAN_DECISION, **(THEIRS | UPHELD | given))
    assert wrong.value.field == field
    assert listed(desk)[0]["decided_on"] is None


def test_a_decision_is_made_once(desk: Desk) -> None:
    desk.act(OMBUDSMAN_DECISION, **THEIRS, **UPHELD)
    with pytest.raises(StepNotAllowed, match="decided"):
        desk.act(OMBUDSMAN_DECISION, **THEIRS, **UPHELD)
    with pytest.raises(StepNotAllowed, match="decided"):
        enquiry(desk)


def test_spans_and_states_narrow_the_list(desk: Desk) -> None:
    assert len(listed(desk, Span(date(2026, 10, 12), date(2026, 10, 12)), only_open=True)) == 1
    assert listed(desk, Span(first=date(2026, 10, 13))) == []
    assert listed(desk, only_upheld=True) == []


def test_advice_is_an_event_and_another_service_may_note_nothing(desk: Desk) -> None:
    desk.act(OMBUDSMAN_ADVICE, on="2026-10-12", of="The link officer's desk", advice="Stage 2 first.")
    [advice] = desk.events("ombudsman_advice")
    assert advice["advice"] == "Stage 2 first."
    for verb, given in (
        (OMBUDSMAN_ADVICE, {"on": "2026-10-12", "of": "x", "advice": "y"}),
        (OMBUDSMAN_DECISION, UPHELD),
    ):
        with pytest.raises(NotEntitled):
            desk.act(verb, DEV, **(THEIRS | given if verb is OMBUDSMAN_DECISION else given))


def test_their_case_on_another_of_ours_is_not_offered(desk: Desk) -> None:
    raw = a_letter("The lamp in Ash Lane is out.", Message_ID="<lamp@residents.example>")
    other = a_case(desk.engine, settings=desk.settings, now=desk.now, raw=raw)
    with pytest.raises(GivenWrong, match="nothing to choose from"):
        Desk(desk.engine, desk.settings, desk.now, other).act(OMBUDSMAN_DECISION, **THEIRS, **UPHELD)
