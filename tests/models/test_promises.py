"""What was promised has a day, an owner and an end; nothing is settled twice, or on a day that cannot be."""

from datetime import date, datetime

import pytest
from sqlalchemy import Engine

from models.absence import Absence
from models.db import reading, writing
from models.duties import NewDuty, make
from models.duty import DutyKind, DutyState
from models.duty_list import Result, Which, duties, result
from models.queries import get_case
from models.rules.errors import GivenWrong, NotEntitled, StepNotAllowed
from models.settings import Settings
from models.verbs.duty_changes import DROP, MOVE, PASS_ON
from models.verbs.promise import DONE, NOT_DONE, PROMISE_ACTION, PROMISE_UPDATE, REMEDY, done_of, is_for_done
from tests.build import a_case, a_letter, officer
from tests.duty_desk import Desk, a_desk
from tests.people import BEN, CARA, DEV, LENA


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    return a_desk(engine, settings, now)


def promise(desk: Desk, what: str = "Fill the hole.", by: str = "2026-10-20", **also: str) -> int:
    desk.act(PROMISE_ACTION, what=what, by=by, **also)
    return desk.duty().number


def test_a_promise_is_a_duty_with_a_day_an_owner_and_an_event(desk: Desk) -> None:
    said = desk.act(PROMISE_ACTION, what="Fill the hole.", by="2026-10-20", owner="cara@council.example")
    duty = desk.duty()
    assert said.endswith("Cara Lewis owes it by Tuesday 20 October 2026.")
    assert (duty.kind, duty.due, duty.state) == (DutyKind.ACTION, date(2026, 10, 20), DutyState.OPEN)
    assert duty.owner_id == officer(desk.engine, CARA).id
    [event] = desk.events("duty_made")
    assert (event["duty"], event["due"], event["what"]) == (duty.number, "2026-10-20", "Fill the hole.")


def test_the_same_promise_twice_is_one_duty(desk: Desk) -> None:
    promise(desk)
    with pytest.raises(StepNotAllowed, match="noted already"):
        promise(desk)
    promise(desk, by="2026-10-21")
    assert len(desk.duties()) == 2


def test_an_update_promised_is_one_a_day(desk: Desk) -> None:
    desk.act(PROMISE_UPDATE, by="2026-10-14")
    with pytest.raises(StepNotAllowed):
        desk.act(PROMISE_UPDATE, by="2026-10-14")
    assert desk.duty().kind == DutyKind.UPDATE


def test_without_an_owner_named_it_is_whoever_promised(desk: Desk) -> None:
    promise(desk)
    assert desk.duty().owner_id == officer(desk.engine, BEN).id


@pytest.mark.parametrize(
    ("done_on", "came"), [("2026-10-20", Result.ON_TIME), ("2026-10-12", Result.ON_TIME), ("2026-10-21", Result.LATE)]
)
def test_on_time_or_late_follows_from_the_days(desk: Desk, done_on: str, came: Result) -> None:
    number = promise(desk)
    desk.later(days=30).act(DONE, duty=number, done_on=done_on, evidence="Job sheet 7.")
    assert result(desk.duty()) is came
    assert (desk.duty().evidence, desk.duty().look_again) == ("Job sheet 7.", None)


def test_a_day_in_the_future_is_not_believed(desk: Desk) -> None:
    number = promise(desk)
    with pytest.raises(GivenWrong, match="has not come yet") as wrong:
        desk.act(DONE, duty=number, done_on="2026-10-13", evidence="Soon.")
    assert wrong.value.field == "done_on"
    assert desk.duty().state == DutyState.OPEN


def test_nothing_was_done_before_the_case_began(desk: Desk) -> None:
    number = promise(desk)
    with pytest.raises(GivenWrong, match="The case began on Monday 12 October 2026"):
        desk.act(DONE, duty=number, done_on="2026-10-11", evidence="Before.")


@pytest.mark.parametrize("evidence", ["", "   "])
def test_evidence_is_asked_for(desk: Desk, evidence: str) -> None:
    number = promise(desk)
    with pytest.raises(GivenWrong) as wrong:
        desk.act(DONE, duty=number, done_on="2026-10-12", evidence=evidence)
    assert wrong.value.field == "evidence"


def test_nothing_is_promised_for_a_day_that_has_passed(desk: Desk) -> None:
    with pytest.raises(GivenWrong, match="has passed") as wrong:
        promise(desk, by="2026-10-11")
    assert (wrong.value.field, desk.duties()) == ("by", [])


def test_nothing_is_promised_for_a_year_that_is_a_slip_of_the_pen(desk: Desk) -> None:
    for far in ("2206-10-20", "9999-12-31"):
        with pytest.raises(GivenWrong, match="Look at the year again"):
            promise(desk, by=far)
    number = promise(desk, by="2029-10-12")
    with pytest.raises(GivenWrong, match="Look at the year again"):
        desk.act(MOVE, duty=number, by="2036-10-12", reason="Later.")


def test_what_is_settled_is_not_settled_again(desk: Desk) -> None:
    number, other = promise(desk), promise(desk, what="Call them.")
    desk.act(DONE, duty=number, done_on="2026-10-12", evidence="Done.")
    for verb, given in ((NOT_DONE, {"reason": "No."}), (DONE, {"done_on": "2026-10-12", "evidence": "Again."})):
        with pytest.raises(GivenWrong, match=f"is one of: {other} – action"):
            desk.act(verb, duty=number, **given)
    assert len(desk.events("duty_settled")) == 1


def test_a_duty_of_another_case_is_not_found(desk: Desk) -> None:
    promise(desk)
    raw = a_letter("The lamp in Ash Lane is out.", Message_ID="<lamp@residents.example>")
    other = a_case(desk.engine, settings=desk.settings, now=desk.now, raw=raw)
    with pytest.raises(GivenWrong, match="nothing to choose from"):
        Desk(desk.engine, desk.settings, desk.now, other).act(NOT_DONE, duty=desk.duty().number, reason="No.")


def test_a_wrong_owner_or_number_is_a_sentence(desk: Desk) -> None:
    with pytest.raises(GivenWrong, match="is no officer's address") as wrong:
        promise(desk, owner="nobody@council.example")
    assert wrong.value.field == "owner"
    promise(desk)
    for given in ("x", "999999", "-1", "²"):
        with pytest.raises(GivenWrong, match="is one of"):
            desk.act(NOT_DONE, duty=given, reason="No.")


def test_whoever_owes_a_duty_may_settle_it_though_the_case_is_anothers(desk: Desk) -> None:
    number = promise(desk, owner="dev@council.example")
    with pytest.raises(NotEntitled):
        desk.act(PROMISE_ACTION, by_whom := DEV, what="More.", by="2026-10-20")
    desk.act(DONE, by_whom, duty=number, done_on="2026-10-12", evidence="Done.")
    assert desk.duty().state == DutyState.DONE


def test_done_of_one_duty_asks_for_no_other_and_for_a_time_only_where_hours_count(desk: Desk) -> None:
    promise(desk)
    duty = desk.duty()
    assert [asked.name for asked in done_of(duty).fields] == ["done_on", "evidence"]
    duty.due_at = desk.now
    assert [asked.name for asked in done_of(duty).fields] == ["done_on", "evidence", "done_at"]
    desk.act(done_of(duty), done_on="2026-10-12", evidence="Done.", done_at="09:30")
    assert desk.duty().state == DutyState.DONE


@pytest.mark.parametrize(
    ("kind", "key", "is_done"),
    [
        (DutyKind.HAZARD, "hazard_emergency_by", True),
        (DutyKind.HAZARD, "hazard_investigated_by", False),
        (DutyKind.MILESTONE, "stage 3 panel_by", False),
        (DutyKind.ACTION, "stage 3 panel_by", True),
    ],
)
def test_what_the_day_of_an_event_settles_is_not_for_done(desk: Desk, kind: DutyKind, key: str, is_done: bool) -> None:
    promise(desk)
    duty = desk.duty()
    duty.kind, duty.key = kind, f"{desk.case.reference} {key}"
    assert is_for_done(duty, desk.settings) is is_done


def covers(desk: Desk, who: str, whose: str) -> None:
    """Whoever it is stands in for somebody today."""
    today = desk.now.date()
    away, cover = (officer(desk.engine, each).id or 0 for each in (whose, who))
    with writing(desk.engine) as session:
        session.add(Absence(officer_id=away, cover_id=cover, from_day=today, until_day=today, entered_at=desk.now))


def test_whoever_stands_in_for_the_one_who_owes_it_may_settle_it_that_day(desk: Desk) -> None:
    number = promise(desk, owner="cara@council.example")
    covers(desk, DEV, CARA)
    done = {"duty": number, "done_on": "2026-10-12", "evidence": "Done."}
    with pytest.raises(NotEntitled, match="the duty to somebody else"):
        desk.later(days=1).act(DONE, DEV, **done)
    desk.act(DONE, DEV, **done)
    assert desk.duty().state == DutyState.DONE


def test_a_cover_who_is_not_reminded_of_it_may_not(desk: Desk) -> None:
    """The case is Ben's and so is the duty; his cover of another service may not open the case."""
    with writing(desk.engine) as session:
        get_case(session, desk.case.number).owner_id = officer(desk.engine, BEN).id
    number = promise(desk)
    covers(desk, DEV, BEN)
    with pytest.raises(NotEntitled, match="the duty to somebody else"):
        desk.act(DONE, DEV, duty=number, done_on="2026-10-12", evidence="Done.")


def test_a_stranger_to_case_and_duty_may_not(desk: Desk) -> None:
    number = promise(desk)
    with pytest.raises(NotEntitled):
        desk.act(NOT_DONE, DEV, duty=number, reason="No.")


def test_a_remedy_not_given_is_explained_by_a_day(desk: Desk) -> None:
    desk.act(REMEDY, what="Pay 100 pounds.", by="2026-10-20")
    said = desk.act(NOT_DONE, duty=desk.duty().number, reason="The budget is spent.")
    assert "offer an alternative" in said
    assert "right to go to the Local Government and Social Care Ombudsman" in said
    remedy, letter = desk.duties()
    assert result(remedy) is Result.NOT_COMPLETE
    assert (letter.kind, letter.due, letter.owner_id) == (DutyKind.ACTION, date(2026, 10, 19), remedy.owner_id)


def test_what_is_no_longer_owed_counts_as_neither(desk: Desk) -> None:
    number = promise(desk)
    desk.act(DROP, duty=number, reason="They moved away.")
    assert result(desk.duty()) is Result.DROPPED
    assert desk.events("duty_settled")[0]["reason"] == "They moved away."


def test_a_duty_passes_to_another_and_moves_with_a_reason(desk: Desk) -> None:
    number = promise(desk)
    desk.act(PASS_ON, duty=number, to="cara@council.example")
    assert "already" in desk.act(PASS_ON, duty=number, to="cara@council.example")
    desk.act(MOVE, duty=number, by="2026-10-30", reason="The crew is ill.")
    assert desk.duty().owner_id == officer(desk.engine, CARA).id
    assert desk.duty().due == date(2026, 10, 30)
    [moved] = desk.events("duty_moved")
    assert (moved["before"], moved["due"], moved["why"]) == ("2026-10-20", "2026-10-30", "The crew is ill.")
    with pytest.raises(GivenWrong):
        desk.act(MOVE, duty=number, by="2026-10-01", reason="Earlier.")


def test_lists_are_of_a_case_an_officer_and_what_is_overdue(desk: Desk) -> None:
    soon, far = promise(desk, by="2026-10-13", owner="cara@council.example"), promise(desk, by="2026-11-13")
    desk.act(DONE, LENA, duty=promise(desk, what="Call."), done_on="2026-10-12", evidence="Called.")
    late = desk.later(days=2).now
    with reading(desk.engine) as session:
        case = get_case(session, desk.case.number)

        def numbers(**which: object) -> list[int]:
            return [duty.number for duty, _ in duties(session, Which(**which))]  # type: ignore[arg-type]  # as named

        assert numbers(case=case) == [soon, far]
        assert len(numbers(case=case, include_settled=True)) == 3
        assert numbers(owner=officer(desk.engine, CARA)) == [soon]
        assert numbers(late_at=late) == [soon]
        assert numbers(late_at=late.replace(day=13)) == []


def test_what_names_no_owner_is_owed_by_whoever_has_the_case(desk: Desk) -> None:
    ben = officer(desk.engine, BEN)
    with writing(desk.engine) as session:
        case = get_case(session, desk.case.number)
        case.owner_id = ben.id
        wanted = NewDuty("one", DutyKind.MILESTONE, "the panel meets", date(2026, 10, 20))
        assert make(session, case, wanted, by=None, now=desk.now) is not None
        assert make(session, case, wanted, by=None, now=desk.now) is None
    with reading(desk.engine) as session:
        assert len(duties(session, Which(owner=ben))) == 1
        assert len(duties(session, Which(owner=officer(desk.engine, CARA)))) == 0
