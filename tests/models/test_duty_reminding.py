"""Reminders of duties: in time, to the right people, each once; what is grave reaches the top at once."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from models.absence import Absence
from models.db import writing
from models.handling import acknowledge, close
from models.milestones import start_clocks
from models.queries import get_case
from models.settings import Settings
from models.settings_people import ChiefExecutive, Hours
from models.verbs.duty_changes import MOVE
from models.verbs.ombudsman import OMBUDSMAN_DECISION, OMBUDSMAN_OPEN, RECOMMENDATION
from models.verbs.promise import DONE, NOT_DONE, PROMISE_ACTION
from tests.build import officer
from tests.duty_desk import HAZARD, Desk, a_desk, start
from tests.jobs.office import HOUSING, LEAD
from tests.people import BEN, CARA, DEV, LENA

CHIEF = "chief@council.example"


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    teams = [
        team.model_copy(update={"manager": "cara@council.example", "head_of_service": "dev@council.example"})
        if "highways" in team.channel
        else team
        for team in settings.teams
    ]
    changed = {"teams": tuple(teams), "chief_executive": ChiefExecutive(email=CHIEF)}
    return a_desk(engine, settings.model_copy(update=changed), now)


def steps(desk: Desk) -> list[tuple[str, str, str]]:
    """Each nag: its day, step and recipient, in order."""
    return [(nag.at.date().isoformat(), nag.step, nag.recipient) for nag in desk.nags() if "duty" in nag.clock]


def recommended(desk: Desk, by: str = "2026-11-02") -> int:
    desk.act(OMBUDSMAN_OPEN, their_reference="26001", received_on="2026-10-12")
    decision = {"decided_on": "2026-10-12", "decision": "upheld", "words": "Upheld: fault and injustice."}
    desk.act(OMBUDSMAN_DECISION, their_reference="26001", **decision)
    given = {"what": "Apologise to Asha.", "by": by, "kind": "a remedy for the person"}
    desk.act(RECOMMENDATION, their_reference="26001", **given)
    return desk.duty().number


def test_an_owner_is_reminded_and_then_those_above_each_once(desk: Desk) -> None:
    desk.act(PROMISE_ACTION, what="Fill the hole.", by="2026-10-21")
    desk.until(days=28, every_hours=6)
    assert steps(desk) == [
        ("2026-10-14", "in 5 working days", BEN),
        ("2026-10-20", "in 1 working day", BEN),
        ("2026-10-21", "due today", BEN),
        ("2026-10-22", "missed", BEN),
        ("2026-10-22", "missed, told manager", CARA),
        ("2026-10-26", "missed, told head of service", DEV),
        ("2026-10-29", "missed, told corporate lead", LENA),
    ]


def test_a_manager_does_not_wait_for_an_owner_who_works_another_day(desk: Desk) -> None:
    part_time = Hours(days=("wednesday",))
    officers = tuple(
        each.model_copy(update={"hours": part_time}) if each.slack_user == BEN else each
        for each in desk.settings.officers
    )
    there = replace(desk, settings=desk.settings.model_copy(update={"officers": officers}))
    there.act(PROMISE_ACTION, what="Fill the hole.", by="2026-10-21")
    there.until(days=14, every_hours=6)
    assert [step for step in steps(there) if "told" in step[1]] == [
        ("2026-10-22", "missed, told manager", CARA),
        ("2026-10-26", "missed, told head of service", DEV),
    ]


def test_what_is_settled_is_not_reminded_of(desk: Desk) -> None:
    desk.act(PROMISE_ACTION, what="Fill the hole.", by="2026-10-21")
    desk.act(DONE, duty=desk.duty().number, done_on="2026-10-12", evidence="Filled.")
    desk.until(days=20)
    assert steps(desk) == []


def test_a_sweep_that_finds_nothing_leaves_the_duty_alone(desk: Desk) -> None:
    desk.act(PROMISE_ACTION, what="Fill the hole.", by="2026-11-30")
    desk.look()
    again = desk.duty().look_again
    assert again is not None
    assert again.date().isoformat() == "2026-11-23"


def test_after_the_last_step_nothing_is_looked_at_and_the_duty_stays_open(desk: Desk) -> None:
    desk.act(PROMISE_ACTION, what="Fill the hole.", by="2026-10-21")
    desk.until(days=40)
    assert (desk.duty().look_again, desk.duty().state.value) == (None, "open")
    desk.later(days=41).act(NOT_DONE, duty=desk.duty().number, reason="The road was closed.")


def test_a_late_recommendation_reaches_lead_and_chief_executive_once(desk: Desk) -> None:
    number = recommended(desk)
    desk.until(days=21)
    assert desk.letters(CHIEF) == []
    desk.until(days=40, every_hours=12)
    assert desk.alerts().count(f"recommendation {number} late: Monday 2 November 2026") == 1
    [letter] = desk.letters(CHIEF)
    assert letter["text"].startswith(f"A recommendation of the Ombudsman on {desk.case.reference} is 1 day late.")
    assert "Asha" not in str(letter)
    assert "Apologise" not in str(letter)


def test_a_recommendation_that_is_late_again_after_its_date_was_moved_warns_again_once(desk: Desk) -> None:
    number = recommended(desk)
    moved_on = desk.until(days=23)
    moved_on.act(MOVE, duty=number, by="2026-11-16", reason="Ill.", agreement="M Jones, 3 November.")
    moved_on.until(days=40, every_hours=12)
    dates = ["Monday 2 November 2026", "Monday 16 November 2026"]
    assert [sign for sign in desk.alerts() if "late" in sign] == [f"recommendation {number} late: {d}" for d in dates]


def test_recommendations_have_a_ladder_of_their_own(desk: Desk) -> None:
    recommended(desk)
    desk.until(days=22)
    coming = [step for _, step, who in steps(desk) if who == BEN]
    assert coming[:4] == ["in 10 working days", "in 5 working days", "in 1 working day", "due today"]


def test_without_an_address_only_the_lead_hears(engine: Engine, settings: Settings, now: datetime) -> None:
    desk = a_desk(engine, settings, now)
    number = recommended(desk)
    desk.until(days=25)
    assert desk.alerts().count(f"recommendation {number} late: Monday 2 November 2026") == 1
    assert desk.letters(CHIEF) == []


def test_a_recommendation_that_will_not_be_done_warns_the_lead(desk: Desk) -> None:
    number = recommended(desk)
    assert "corporate lead is told" in desk.act(NOT_DONE, duty=number, reason="Not agreed.")
    assert f"recommendation {number} not done" in desk.alerts()


@pytest.fixture
def hazard(engine: Engine, settings: Settings, now: datetime) -> Desk:
    desk = a_desk(engine, settings, now, opinion=HAZARD)
    start(desk, procedure="housing")
    return desk


def test_missed_hours_are_told_at_once_and_at_any_hour(hazard: Desk) -> None:
    before = len(hazard.lines())
    hazard.look()
    hazard.later(hours=20).look()
    assert [line["to"] for line in hazard.lines()[before:]] == [LEAD, HOUSING]
    assert "ends soon" in hazard.lines()[-1]["text"]
    missed = hazard.later(hours=24, minutes=1)
    missed.look()
    missed.later(minutes=1).look()
    assert [line["to"] for line in hazard.lines()[before + 2 :]] == [LEAD, HOUSING]
    [number] = [duty.number for duty in hazard.duties() if duty.due_at]
    assert hazard.alerts().count(f"duty {number} missed") == 1


def test_made_safe_in_time_nothing_more_is_said(hazard: Desk) -> None:
    [number] = [duty.number for duty in hazard.duties() if duty.due_at]
    hazard.later(hours=3).act(DONE, DEV, duty=number, done_on="2026-10-12", evidence="Propped.", done_at="12:30")
    before = len(hazard.lines())
    for hours in (4, 20, 25):
        hazard.later(hours=hours).look()
    assert len(hazard.lines()) == before
    assert f"duty {number} missed" not in hazard.alerts()


def test_a_closed_case_has_no_milestones_but_keeps_its_promises(desk: Desk) -> None:
    ben: Any = officer(desk.engine, BEN)
    desk.act(PROMISE_ACTION, what="Fill the hole.", by="2026-11-20")
    with writing(desk.engine) as session:
        case = get_case(session, desk.case.number)
        case.procedure, case.stage = "children", 3
        start_clocks(session, case, settings=desk.settings, now=desk.now)
        acknowledge(session, case, by=ben, settings=desk.settings, now=desk.now)
        case.respond_by = None
        close(session, case, reason="Done.", by=ben, now=desk.now)
    desk.look()
    assert [duty.state.value for duty in desk.duties()] == ["open", "dropped", "dropped"]


def test_a_manager_for_whom_nobody_stands_in_hears_of_a_missed_duty_when_they_are_back(desk: Desk) -> None:
    desk.act(PROMISE_ACTION, what="Fill the hole.", by="2026-10-21")
    with writing(desk.engine) as session:
        cara, first = officer(desk.engine, CARA), date(2026, 10, 19)
        away = Absence(officer_id=cara.id or 0, from_day=first, until_day=date(2026, 11, 2), entered_at=desk.now)
        session.add(away)
    desk.until(days=28, every_hours=6)
    assert [day for day, _, who in steps(desk) if who == CARA] == ["2026-11-03"]
