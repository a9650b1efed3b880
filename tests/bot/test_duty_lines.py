"""What the card says of the duties on its case, and what it never says."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.cards import case_card
from bot.case_view import case_view
from bot.duty_lines import duty_lines
from bot.modals import read_modal
from models.case import Case
from models.correspondence import Correspondence, Direction
from models.db import reading, writing
from models.duty import Duty, DutyKind
from models.queries import get_case
from models.rules.follow_ups import Sort
from models.settings import Settings
from models.verbs.block import BLOCK
from models.verbs.promise import PROMISE_ACTION, PROMISE_UPDATE, REMEDY
from models.verbs.request import REQUEST
from tests.duty_desk import Desk, a_desk

PRIVATE = ("Asha", "Okafor", "Highways Ltd", "Elm", "ring Mr Bell", "office@")


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    return a_desk(engine, settings, now)


def card(desk: Desk) -> str:
    with reading(desk.engine) as session:
        view = case_view(session, get_case(session, desk.case.number), settings=desk.settings, now=desk.now)
    return str(case_card(view))


def owed(desk: Desk) -> tuple[str, ...]:
    with reading(desk.engine) as session:
        return case_view(session, get_case(session, desk.case.number), settings=desk.settings, now=desk.now).owed


def promise_all(desk: Desk) -> None:
    desk.act(REMEDY, what="We ring Mr Bell about Elm Road.", by="2026-10-20")
    desk.act(
        REQUEST, party="Highways Ltd", party_email="office@highways.example", what="Is Elm Road ours?", by="2026-10-21"
    )
    desk.act(BLOCK, missing="file access", what="ring Mr Bell", since="2026-10-12", by="2026-10-22")


def test_the_nearest_three_are_said_in_our_own_words(desk: Desk) -> None:
    promise_all(desk)
    assert owed(desk) == (
        "Promised: a remedy by Tuesday 20 October 2026",
        "Waiting for a partner’s answer since Monday 12 October 2026, wanted by Wednesday 21 October 2026",
        "Waiting for file access since Monday 12 October 2026, wanted by Thursday 22 October 2026",
    )
    assert [word for word in PRIVATE if word in card(desk)] == []


@pytest.mark.parametrize(("more", "said"), [(1, "and 1 more that is owed"), (2, "and 2 more that are owed")])
def test_more_than_three_are_counted(desk: Desk, more: int, said: str) -> None:
    promise_all(desk)
    for verb in (PROMISE_UPDATE, PROMISE_ACTION)[:more]:
        given = {"by": "2026-11-02"} | ({"what": "ring Mr Bell"} if verb is PROMISE_ACTION else {})
        desk.act(verb, **given)
    assert len(owed(desk)) == 4
    assert said in card(desk)


def test_what_is_late_says_so(desk: Desk) -> None:
    desk.act(PROMISE_UPDATE, by="2026-10-14")
    assert owed(desk.later(days=2)) == ("Promised: an update by Wednesday 14 October 2026",)
    assert owed(desk.later(days=3)) == ("Promised: an update by Wednesday 14 October 2026  ⚠ MISSED",)


@pytest.mark.parametrize("kind", list(DutyKind))
def test_every_kind_has_its_words(kind: DutyKind, now: datetime) -> None:
    [line] = duty_lines([a_duty(kind, now)], its_case(now), now=now)
    assert "20 October 2026" in line
    assert ("the panel meets" in line) is (kind in {DutyKind.MILESTONE, DutyKind.HAZARD})


def test_a_limit_in_hours_says_its_hour(now: datetime) -> None:
    duty = a_duty(DutyKind.HAZARD, now, due_at=now + timedelta(hours=24))
    assert ":" in duty_lines([duty], its_case(now), now=now)[0]


def test_a_partners_letter_waits_to_be_read(now: datetime) -> None:
    duty = a_duty(DutyKind.REQUEST, now, done_on=date(2026, 10, 13))
    [line] = duty_lines([duty], its_case(now), now=now)
    assert line == "A partner’s letter of Tuesday 13 October 2026 waits to be read"


def test_a_report_is_not_late_while_the_clock_of_the_answer_stands_still(now: datetime) -> None:
    late, report = now + timedelta(days=30), a_duty(DutyKind.INVESTIGATION, now)
    [line] = duty_lines([report], its_case(now, paused_on=date(2026, 10, 14)), now=late)
    assert line.endswith("due by Tuesday 20 October 2026; its date stands still with the answer’s")
    [line] = duty_lines([report], its_case(now), now=late)
    assert line.endswith("MISSED")


def its_case(now: datetime, **also: Any) -> Case:
    day = now.date()
    return Case(reference="T26-00001-M", complainant_id=1, received_on=day, logged_at=now, acknowledge_by=day, **also)


def a_duty(kind: DutyKind, now: datetime, **also: Any) -> Duty:
    return Duty(key="k", case_id=1, kind=kind, what="the panel meets", due=date(2026, 10, 20), made_at=now, **also)


def partner_wrote(desk: Desk, *, before: Sort | None = None) -> None:
    with writing(desk.engine) as session:
        common: dict[str, Any] = {"case_id": desk.case.number, "at": desk.now, "text": "In May."}
        session.add(Correspondence(**common, direction=Direction.IN, sort=before))
        session.flush()
        session.add(Correspondence(**common, direction=Direction.PARTNER))


def test_a_partners_letter_does_not_hide_what_the_resident_wants(desk: Desk) -> None:
    partner_wrote(desk, before=Sort.CHASER)
    assert "Asks how it stands" in card(desk)


def test_the_form_says_that_a_partner_wrote(desk: Desk) -> None:
    partner_wrote(desk)
    with reading(desk.engine) as session:
        view = case_view(session, get_case(session, desk.case.number), settings=desk.settings, now=desk.now)
    letter = Correspondence(case_id=1, direction=Direction.PARTNER, at=desk.now, text="In May.")
    assert "From a partner" in str(read_modal(view, [letter]))
