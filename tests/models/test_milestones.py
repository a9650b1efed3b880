"""A procedure's further dates: a panel's days, a hazard's hours; made once, counted anew when something happens."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from models.case import Case
from models.db import writing
from models.duties import duty_by_key
from models.duty import Duty, DutyKind, DutyState
from models.duty_list import Result, result
from models.rules.errors import GivenWrong, StepNotAllowed
from models.rules.procedures import FurtherLimit
from models.settings import Settings
from models.verbs.duty_changes import MOVE
from models.verbs.milestone import HAPPENED
from models.verbs.promise import DONE
from models.verbs.split import SPLIT
from tests.days import day
from tests.duty_desk import HAZARD, Desk, a_desk, start
from tests.jobs.office import HOUSING, LEAD
from tests.people import DEV, LENA


@pytest.fixture
def panel(engine: Engine, settings: Settings, now: datetime) -> Desk:
    """A children's case whose third stage was asked for on Monday 12 October 2026."""
    desk = a_desk(engine, settings, now)
    start(desk, procedure="children", stage=3, areas=["childrens_social_care"])
    return desk


@pytest.fixture
def hazard(engine: Engine, settings: Settings, now: datetime) -> Desk:
    desk = a_desk(engine, settings, now, opinion=HAZARD)
    start(desk, procedure="housing")
    return desk


def named(desk: Desk, name: str) -> Duty:
    with writing(desk.engine) as session:
        case = desk.case.reference
        found = duty_by_key(session, f"{case} {name}") or duty_by_key(session, f"{case} stage 3 {name}")
        assert found is not None
        return found


def test_a_panels_dates_are_duties_with_their_latest_days(panel: Desk) -> None:
    assert named(panel, "panel_by").due == day("Monday 23 November 2026")
    assert named(panel, "panel_report_by").due == day("Monday 30 November 2026")
    assert {duty.kind for duty in panel.duties()} == {DutyKind.MILESTONE}
    assert panel.reloaded().respond_by == day("Monday 21 December 2026")


def test_starting_again_changes_nothing(panel: Desk) -> None:
    before = len(panel.events("duty_made"))
    assert start(panel) == []
    assert (len(panel.duties()), len(panel.events("duty_made")), panel.events("duty_moved")) == (2, before, [])


def test_a_meeting_settles_its_date_and_moves_what_follows(panel: Desk) -> None:
    later = panel.later(days=30)
    said = later.act(HAPPENED, LENA, event="panel met", on="2026-11-09")
    assert "Monday 16 November 2026: the panel reports" in said
    met = named(panel, "panel_by")
    assert (met.state, met.done_on, met.evidence) == (DutyState.DONE, date(2026, 11, 9), "panel met")
    assert named(panel, "panel_report_by").due == day("Monday 16 November 2026")
    assert panel.reloaded().respond_by == day("Monday 7 December 2026")
    later.act(HAPPENED, LENA, event="panel reported", on="2026-11-11")
    assert panel.reloaded().respond_by == day("Wednesday 2 December 2026")


def test_a_wrong_day_is_put_right(panel: Desk) -> None:
    later = panel.later(days=30)
    later.act(HAPPENED, LENA, event="panel met", on="2026-11-09")
    later.act(HAPPENED, LENA, event="panel met", on="2026-11-10")
    assert named(panel, "panel_report_by").due == day("Tuesday 17 November 2026")
    assert [event["before"] for event in panel.events("happened")] == [None, "2026-11-09"]


def test_a_wrong_day_that_was_late_is_late_no_longer_once_put_right(panel: Desk) -> None:
    later = panel.later(days=50)
    assert "That was late." in later.act(HAPPENED, LENA, event="panel met", on="2026-11-30")
    assert "late" not in later.act(HAPPENED, LENA, event="panel met", on="2026-11-20")
    met = named(panel, "panel_by")
    assert (met.done_on, result(met)) == (date(2026, 11, 20), Result.ON_TIME)


def test_a_panel_meets_no_earlier_than_it_was_asked_for(panel: Desk) -> None:
    start(panel, received_on=date(2026, 10, 20))
    with pytest.raises(GivenWrong, match="cannot come before “escalation requested”, Tuesday 20 October 2026"):
        panel.later(days=30).act(HAPPENED, LENA, event="panel met", on="2026-10-19")


@pytest.mark.parametrize(
    ("event", "on", "field"),
    [
        ("panel met", "2026-11-12", "on"),
        ("panel met", "2026-10-11", "on"),
        ("panel reported", "2026-11-10", "event"),
        ("hazard known", "2026-11-10", "event"),
        ("acknowledged", "2026-11-10", "event"),
        ("panel met", "2026-02-29", "on"),
    ],
)
def test_an_event_that_cannot_be_is_refused(panel: Desk, event: str, on: str, field: str) -> None:
    with pytest.raises(GivenWrong) as wrong:
        panel.later(days=30).act(HAPPENED, LENA, event=event, on=on)
    assert (wrong.value.field, panel.events("happened"), panel.reloaded().happened) == (field, [], {})


def test_a_panel_reports_no_earlier_than_it_meets(panel: Desk) -> None:
    later = panel.later(days=30)
    later.act(HAPPENED, LENA, event="panel met", on="2026-11-09")
    with pytest.raises(GivenWrong, match="cannot come before “panel met”"):
        later.act(HAPPENED, LENA, event="panel reported", on="2026-11-06")


def test_another_procedure_drops_the_panels_dates(panel: Desk) -> None:
    start(panel, procedure="corporate", stage=1)
    assert {duty.state for duty in panel.duties()} == {DutyState.DROPPED}


def test_the_procedures_date_is_not_moved_by_hand(panel: Desk) -> None:
    with pytest.raises(StepNotAllowed, match="The procedure sets this date"):
        panel.act(MOVE, LENA, duty=named(panel, "panel_by").number, by="2026-12-24", reason="Later.")


def test_a_hazards_hours_run_from_its_letter_and_are_told_at_once(hazard: Desk, now: datetime) -> None:
    emergency = named(hazard, "hazard_emergency_by")
    assert emergency.due_at == datetime(2026, 10, 13, 9, 0, tzinfo=UTC)
    assert (emergency.kind, emergency.due) == (DutyKind.HAZARD, date(2026, 10, 13))
    assert named(hazard, "hazard_investigated_by").due == day("Monday 26 October 2026")
    told = [line for line in hazard.lines() if "Hours count" in line["text"]]
    assert [line["to"] for line in told] == [LEAD, HOUSING]
    assert "Tuesday 13 October 2026, 10:00" in told[0]["text"]
    assert "Asha" not in str(told)


def test_a_hazard_that_waited_for_its_reading_counts_from_when_it_came(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    desk = a_desk(engine, settings, now, opinion=HAZARD).later(hours=5)
    start(desk, procedure="housing")
    assert named(desk, "hazard_emergency_by").due_at == datetime(2026, 10, 13, 9, 0, tzinfo=UTC)


def test_a_hazard_that_was_known_earlier_has_ended_earlier(hazard: Desk) -> None:
    start(hazard, received_on=date(2026, 10, 8))
    hazard.act(HAPPENED, DEV, event="hazard known", on="2026-10-09")
    emergency = named(hazard, "hazard_emergency_by")
    assert (emergency.due_at, emergency.due) == (datetime(2026, 10, 9, 23, 0, tzinfo=UTC), date(2026, 10, 10))
    assert named(hazard, "hazard_investigated_by").due == day("Friday 23 October 2026")


def test_a_day_named_later_than_the_letter_gives_no_more_time(hazard: Desk) -> None:
    hazard.later(days=3).act(HAPPENED, DEV, event="hazard known", on="2026-10-15")
    assert named(hazard, "hazard_emergency_by").due_at == datetime(2026, 10, 13, 9, 0, tzinfo=UTC)
    assert named(hazard, "hazard_investigated_by").due == day("Monday 26 October 2026")


def test_at_night_a_hazard_is_told_as_by_day(engine: Engine, settings: Settings) -> None:
    saturday_night = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)  # the clocks go back in that night
    desk = a_desk(engine, settings, saturday_night, opinion=HAZARD)
    start(desk, procedure="housing")
    assert named(desk, "hazard_emergency_by").due_at == datetime(2026, 10, 25, 22, 30, tzinfo=UTC)
    assert "Sunday 25 October 2026, 22:30" in desk.lines()[0]["text"]


def test_without_the_signal_no_hazard_runs(engine: Engine, settings: Settings, now: datetime) -> None:
    desk = a_desk(engine, settings, now)
    assert start(desk, procedure="housing") == []


def visited(settings: Settings) -> Settings:
    """The settings, with a clock of every corporate case."""
    visit = FurtherLimit(name="visit_by", what="somebody has been there", within="3 working days", of="received")
    corporate = settings.procedures["corporate"].model_copy(update={"clocks": (visit,)})
    return settings.model_copy(update={"procedures": {**settings.procedures, "corporate": corporate}})


def test_a_clock_that_waits_for_no_signal_begins_with_the_case(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    desk = a_desk(engine, visited(settings), now)
    assert named(desk, "visit_by").due == day("Thursday 15 October 2026")


def test_a_matter_split_off_has_such_a_clock_too(engine: Engine, settings: Settings, now: datetime) -> None:
    desk = a_desk(engine, visited(settings), now)
    desk.act(SPLIT, matter="The lamp is out.")
    assert [duty.what for duty in desk.duties()] == ["somebody has been there"] * 2


def test_a_clock_of_its_own_procedure_hides_no_danger(engine: Engine, settings: Settings, now: datetime) -> None:
    desk = a_desk(engine, visited(settings), now, opinion=HAZARD)
    assert desk.reloaded().procedure == "corporate"
    assert {duty.kind for duty in desk.duties()} == {DutyKind.MILESTONE, DutyKind.HAZARD}


def test_a_hazard_named_by_a_person_starts_the_clocks(engine: Engine, settings: Settings, now: datetime) -> None:
    desk = a_desk(engine, settings, now)
    start(desk, procedure="housing")
    desk.act(HAPPENED, event="hazard known", on="2026-10-12")
    assert len(desk.duties()) == 4
    assert desk.reloaded().signals == ["hazard"]
    assert named(desk, "hazard_emergency_by").due_at == datetime(2026, 10, 12, 23, 0, tzinfo=UTC)


def test_an_investigation_moves_summary_and_works(hazard: Desk) -> None:
    hazard.later(days=2).act(HAPPENED, LENA, event="hazard investigated", on="2026-10-14")
    assert named(hazard, "hazard_investigated_by").state == DutyState.DONE
    assert named(hazard, "hazard_summary_by").due == day("Monday 19 October 2026")
    assert named(hazard, "hazard_safe_by").due == day("Wednesday 21 October 2026")


def test_a_hazard_outlives_the_procedure(hazard: Desk) -> None:
    start(hazard, procedure="corporate")
    assert {duty.state for duty in hazard.duties()} == {DutyState.OPEN}


def test_within_hours_the_time_of_day_is_asked_and_counts(hazard: Desk) -> None:
    number, later = named(hazard, "hazard_emergency_by").number, hazard.later(days=2)
    given = {"duty": number, "done_on": "2026-10-13", "evidence": "Propped."}
    for wrong in ({}, {"done_at": "soon"}, {"done_at": "25:00"}):
        with pytest.raises(GivenWrong) as refused:
            later.act(DONE, LENA, **given, **wrong)
        assert refused.value.field == "done_at"
    assert later.act(DONE, LENA, **given, done_at="10:01").endswith("late.")


def test_made_safe_within_the_hours_is_on_time(hazard: Desk) -> None:
    number = named(hazard, "hazard_emergency_by").number
    said = hazard.later(days=2).act(DONE, LENA, duty=number, done_on="2026-10-13", evidence="Propped.", done_at="09:59")
    assert said.endswith("in time.")


def test_a_case_knows_its_events_after_it_is_read_again(panel: Desk) -> None:
    panel.later(days=30).act(HAPPENED, LENA, event="panel met", on="2026-11-09")
    case: Case = panel.reloaded()
    assert case.happened == {"panel met": "2026-11-09"}
