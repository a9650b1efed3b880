"""An officer of another service investigates: in no line of the complaint, and reminded of the report."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from models.absence import Absence
from models.case import Case
from models.clock import london_date
from models.db import reading, writing
from models.digest import digest_of
from models.duty import DutyKind, DutyState
from models.duty_list import Which, duties
from models.pool import empty_seats
from models.queries import get_case
from models.reckoning import reckon
from models.record import record
from models.rules.errors import GivenWrong, StepNotAllowed
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.verbs.appoint import APPOINT, END_APPOINTMENT
from models.verbs.duty_changes import MOVE
from tests.build import officer, the_settings
from tests.duty_desk import Desk
from tests.independents import INVESTIGATOR, PANEL, PERSON, a_childrens_case, join, use
from tests.people import BEN, CARA, DEV, LENA

EMAILS = {BEN: "ben", CARA: "cara", DEV: "dev", LENA: "lena"}


def address(who: str) -> str:
    return f"{EMAILS[who]}@council.example"


@pytest.fixture
def case(engine: Engine, settings: Settings, now: datetime) -> Case:
    made = a_childrens_case(engine, settings, now, stage=2)
    change(engine, made, settings)
    return made


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime, case: Case) -> Desk:
    for who, name in EMAILS.items():
        join(engine, settings, name, INVESTIGATOR, at=address(who))
    return Desk(engine, settings, now, case)


def change(engine: Engine, case: Case, settings: Settings, **values: Any) -> None:
    with writing(engine) as session:
        found = get_case(session, case.number)
        for name, value in values.items():
            setattr(found, name, value)
        reckon(found, settings=settings)


def appoint(desk: Desk, who: str = DEV, role: str = INVESTIGATOR) -> str:
    given = {"role": role, "who": address(who)}
    return use(desk.engine, APPOINT, desk.case, given, settings=desk.settings, now=desk.now)


def test_an_officer_is_taken_in_as_investigating_officer_and_as_nothing_else(
    engine: Engine, settings: Settings
) -> None:
    for roles in ([PERSON], [PANEL], [INVESTIGATOR, PERSON]):
        with pytest.raises(GivenWrong, match="not independent"):
            join(engine, settings, "dev", *roles, at=address(DEV))
    assert "other services than their own" in join(engine, settings, "dev", INVESTIGATOR, at=address(DEV))


def test_an_officer_of_another_service_takes_the_seat(desk: Desk) -> None:
    said = appoint(desk)
    assert "Their report is due by Monday 16 November 2026, and they are reminded of it." in said
    with reading(desk.engine) as session:
        assert INVESTIGATOR not in {seat.role for seat in empty_seats(session, desk.settings)}


def test_nobody_of_the_service_or_over_all_investigates(desk: Desk) -> None:
    for who, why in ((CARA, "works for the service concerned"), (LENA, "oversees every complaint")):
        with pytest.raises(GivenWrong, match=why):
            appoint(desk, who)


def test_nobody_above_the_service_investigates(engine: Engine, tmp_path: Path, now: datetime, desk: Desk) -> None:
    plain = the_settings(tmp_path)
    teams = [
        team.model_dump() | ({"head_of_service": "Dev@council.example"} if team.name == "Highways" else {})
        for team in plain.teams
    ]
    settings = the_settings(tmp_path, teams=teams)
    with pytest.raises(GivenWrong, match="stands above the service concerned"):
        appoint(Desk(engine, settings, now, desk.case))


def owns_it(desk: Desk) -> None:
    change(desk.engine, desk.case, desk.settings, owner_id=officer(desk.engine, DEV).id)


def decided_it(desk: Desk) -> None:
    with writing(desk.engine) as session:
        case = get_case(session, desk.case.number)
        record(session, case, "responded", by=officer(desk.engine, DEV), now=desk.now)


@pytest.mark.parametrize(("did", "why"), [(owns_it, "has the case"), (decided_it, "decided it before")])
def test_nobody_who_was_at_it_investigates(desk: Desk, did: Callable[[Desk], None], why: str) -> None:
    did(desk)
    with pytest.raises(GivenWrong, match=why):
        appoint(desk)


def test_nobody_who_is_away_is_appointed(desk: Desk) -> None:
    today = london_date(desk.now)
    with writing(desk.engine) as session:
        number = officer(desk.engine, DEV).id or 0
        session.add(Absence(officer_id=number, from_day=today, until_day=today, entered_at=desk.now))
    with pytest.raises(GivenWrong, match="away today"):
        appoint(desk)


def test_the_other_seats_are_for_people_from_outside(desk: Desk) -> None:
    with pytest.raises(GivenWrong, match="not independent"):
        appoint(desk, role=PERSON)


def test_the_officer_hears_of_it_and_is_reminded_of_the_report(desk: Desk) -> None:
    appoint(desk)
    [line] = [each for each in desk.lines() if each["to"] == DEV]
    assert "you are its Investigating Officer. Ben Carter sees to it that you have the file." in line["text"]
    desk.until(days=37)
    of_report = [nag for nag in desk.nags() if nag.clock.endswith(str(desk.duty().number))]
    assert {(nag.step, nag.recipient) for nag in of_report} >= {("due today", DEV), ("missed", DEV)}


def test_the_report_follows_the_date_of_the_answer(desk: Desk) -> None:
    appoint(desk)
    later = desk.duty().due + timedelta(days=14)
    change(desk.engine, desk.case, desk.settings, extended_to=later)
    assert desk.reloaded().respond_by == later
    desk.until(days=36)
    assert desk.duty().due == later
    assert [nag for nag in desk.nags() if nag.step == "due today"] == []
    with pytest.raises(StepNotAllowed, match="extend that"):
        desk.act(MOVE, duty=desk.duty().number, by="2026-12-24", reason="More time.")


def test_nobody_is_reminded_of_a_report_while_the_clock_stands_still(desk: Desk) -> None:
    appoint(desk)
    change(desk.engine, desk.case, desk.settings, paused_on=london_date(desk.now))
    desk.until(days=37)
    assert desk.nags() == []
    assert desk.duty().look_again is not None


def test_a_report_is_not_overdue_while_the_clock_stands_still(desk: Desk) -> None:
    appoint(desk)
    week_before, day_after, report = desk.later(days=30), desk.later(days=36), [DutyKind.INVESTIGATION]
    assert (late(week_before), told(week_before)) == ([], report)
    assert (late(day_after), told(day_after)) == ([desk.duty().number], report)
    change(desk.engine, desk.case, desk.settings, paused_on=london_date(desk.now))
    assert (late(day_after), told(day_after), told(week_before)) == ([], [], [])


def late(desk: Desk) -> list[int]:
    """What “tocsin duties --overdue” lists."""
    with reading(desk.engine) as session:
        return [duty.number for duty, _ in duties(session, Which(late_at=desk.now))]


def told(desk: Desk) -> list[DutyKind | None]:
    """What Dev's morning tells as missed, due or coming."""
    with reading(desk.engine) as session:
        found = digest_of(session, officer(desk.engine, DEV), settings=desk.settings, now=desk.now)
    return [due.duty for due in (*found.own.missed, *found.own.today, *found.own.coming)] if found else []


@pytest.mark.parametrize("over", [{"status": CaseStatus.RESPONDED}, {"stage": 3}], ids=["answered", "next stage"])
def test_the_report_is_no_longer_owed_once_the_stage_is_over(desk: Desk, over: dict[str, Any]) -> None:
    appoint(desk)
    change(desk.engine, desk.case, desk.settings, **over)
    desk.until(days=37)
    assert (desk.duties()[0].state, desk.nags()) == (DutyState.DROPPED, [])


def test_to_end_the_appointment_settles_the_report(desk: Desk) -> None:
    appoint(desk)
    use(desk.engine, END_APPOINTMENT, desk.case, {"who": address(DEV)}, settings=desk.settings, now=desk.now)
    assert (desk.duty().kind, desk.duty().state) == (DutyKind.INVESTIGATION, DutyState.DONE)
