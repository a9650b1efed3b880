"""What a merged case leaves to the other: its signals and doubts, no later date, and the letters that still come."""

from datetime import date, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models.case import Case
from models.correspondence import Correspondence, Direction
from models.db import reading, writing
from models.outbox import OutboxEntry
from models.queries import letters
from models.reminders import Alert
from models.rules.errors import GivenWrong, StepNotAllowed
from models.rules.follow_ups import FollowUp, Sort
from models.rules.labels import Area, Signal
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.triaging import Judged, claim_unjudged, record_opinions
from models.verbs.extend import EXTEND
from models.verbs.merge import MERGE
from models.verbs.pause import PAUSE, RESUME
from tests.build import a_reply, an_opinion, arrive
from tests.desk import Desk
from tests.moving import a_procedure
from tests.people import ASHA, BEN, CARA, LENA

CHILD = Signal.CHILD_AT_RISK
PAUSES = a_procedure({"pauses": ["an advocate"]}, {})
BACK = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example
To: complaints@exampleshire.example
Subject: Undelivered
Content-Type: multipart/report; report-type=delivery-status; boundary=r

--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {to}
Action: failed
Status: 5.1.1

--r
Content-Type: message/rfc822

Message-ID: {ours}

--r--
"""


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    return Desk(engine, settings, now).with_procedures(corporate=PAUSES)


@pytest.fixture
def case(desk: Desk) -> Case:
    return desk.a_case()


@pytest.fixture
def second(desk: Desk, case: Case) -> Case:
    assert case.id, "the first is there before it"
    return desk.again()


def test_its_signals_and_doubts_are_the_others_too(desk: Desk, case: Case, second: Case) -> None:
    desk.put(case, signals=[Signal.HAZARD], doubts=["signed"])
    desk.put(second, signals=[Signal.HAZARD, CHILD], doubts=["signed", "cut_short"])
    desk.use(MERGE, second, into=case.reference)
    after = desk.look(case)
    assert (after.signals, after.doubts) == ([Signal.HAZARD, CHILD], ["signed", "cut_short"])
    assert desk.details(case, "signals_raised") == {"signals": [CHILD]}
    with reading(desk.engine) as session:
        [alert] = session.exec(select(Alert.sign).where(Alert.case_id == case.id)).all()
        drawn = session.exec(select(OutboxEntry.key).where(OutboxEntry.case_id == case.id)).all()
    assert alert == f"signals {CHILD}", "the lead looks at the case that is answered"
    assert f"{case.reference} card version {after.version}" in drawn


def test_a_danger_with_dates_of_its_own_is_not_merged_away(desk: Desk, case: Case, second: Case) -> None:
    for each in (case, second):
        desk.put(each, areas=[Area.HOUSING])
    desk.put(second, signals=[Signal.HAZARD])
    with pytest.raises(StepNotAllowed, match="count from a danger"):
        desk.use(MERGE, second, LENA, into=case.reference)
    assert desk.look(second).status == CaseStatus.NEW
    desk.put(case, signals=[Signal.HAZARD])
    desk.use(MERGE, second, LENA, into=case.reference)
    assert desk.look(second).outcome == "merged", "the other has the same dates"


def test_no_case_is_merged_into_one_that_is_answered_later(desk: Desk, case: Case, second: Case) -> None:
    desk.acknowledge(case)
    desk.use(EXTEND, case, reason="The survey is being read.", until="2026-11-04")
    assert (second.respond_by, desk.look(case).respond_by) == (date(2026, 11, 4), date(2026, 11, 4))
    desk.put(second, respond_by=date(2026, 11, 3))
    with pytest.raises(GivenWrong, match="answer later than this one"):
        desk.use(MERGE, second, into=case.reference)
    desk.put(second, respond_by=date(2026, 11, 4))
    desk.use(MERGE, second, into=case.reference)
    assert desk.look(second).outcome == "merged"


def test_no_case_is_merged_into_one_that_stands_still(desk: Desk, case: Case, second: Case) -> None:
    desk.acknowledge(case)
    desk.use(PAUSE, case, reason="an advocate")
    with pytest.raises(GivenWrong, match="stands still"):
        desk.use(MERGE, second, into=case.reference)
    desk.use(RESUME, case)
    desk.use(MERGE, second, into=case.reference)
    assert desk.look(second).outcome == "merged"


def test_a_letter_to_it_joins_the_case_that_is_answered(desk: Desk, case: Case, second: Case) -> None:
    desk.use(MERGE, second, into=case.reference)
    before = desk.look(second)
    joined = arrive(desk.engine, a_reply(before), settings=desk.settings, now=desk.later(days=3).now)
    assert joined.case == case.reference
    assert len(desk.events(case, "letter_received")) == 1
    assert desk.look(second) == before
    desk.reopen(second)
    desk.writes(second, "And once more.")


def test_of_a_case_merged_twice_the_last_is_answered(desk: Desk, case: Case, second: Case) -> None:
    third = desk.later(days=3).a_case("It is deeper now.", Message_ID="<deeper@residents.example>")
    desk.use(MERGE, third, into=case.reference)
    desk.reopen(third)
    desk.use(MERGE, third, into=second.reference)
    desk.use(MERGE, second, into=case.reference)
    joined = arrive(desk.engine, a_reply(third), settings=desk.settings, now=desk.later(days=4).now)
    assert joined.case == case.reference
    desk.reopen(second)
    again = a_reply(third, Message_ID="<again-still@residents.example>")
    assert arrive(desk.engine, again, settings=desk.settings, now=desk.later(days=4).now).case == second.reference


def test_a_request_for_stage_2_is_about_the_answer_of_the_other(desk: Desk, case: Case, second: Case) -> None:
    desk.use(MERGE, second, into=case.reference)
    desk = desk.later(days=3)
    desk.acknowledge(case)
    asks(desk, second)
    assert (desk.look(second).status, desk.look(second).stage, desk.look(case).stage) == (CaseStatus.CLOSED, 1, 1)
    desk.answer(case)
    asks(desk.later(days=1), second)
    assert (desk.look(second).stage, desk.look(case).stage) == (1, 2)
    assert desk.look(case).received_on == desk.later(days=1).now.date()


def test_a_letter_read_only_after_the_merging_takes_nothing_further(desk: Desk, case: Case, second: Case) -> None:
    desk.acknowledge(case, CARA)
    desk = desk.later(days=2)
    desk.writes(desk.acknowledge(second))
    desk.use(MERGE, second, into=case.reference)
    judge(desk, Sort.ESCALATION)
    after = desk.look(second)
    assert (after.status, after.stage, after.outcome) == (CaseStatus.CLOSED, 1, "merged")
    with reading(desk.engine) as session:
        letter = session.exec(select(Correspondence).where(col(Correspondence.sort).is_not(None))).one()
        lines = select(OutboxEntry).where(col(OutboxEntry.key).contains("further letter")).order_by(col(OutboxEntry.id))
        told = {entry.payload["to"]: entry.payload["text"] for entry in session.exec(lines)}
    assert letter.sort is Sort.CHASER
    said = f"the resident asks how it stands, though the case is merged into {case.reference}. Is there more to do?"
    assert told == {BEN: f"{second.reference}: {said}", CARA: f"{second.reference}: {said}"}


def test_a_report_on_a_letter_of_its_own_stays_with_it(desk: Desk, case: Case, second: Case) -> None:
    desk.use(MERGE, second, into=case.reference)
    with reading(desk.engine) as session:
        ours = next(each for each in letters(session, second) if each.direction is Direction.OUT).message_id
    raw = BACK.format(to=ASHA, ours=ours).encode()
    done = arrive(desk.engine, raw, settings=desk.settings, now=desk.later(days=3).now)
    assert (done.rule, done.case) == ("reports_on_our_letter", second.reference)


def asks(desk: Desk, case: Case) -> None:
    """The resident asks for stage 2 in answer to a letter of that case's."""
    raw = a_reply(case, "Stage 2!", Message_ID=f"<{desk.now.timestamp()}@residents.example>")
    arrive(desk.engine, raw, settings=desk.settings, now=desk.now)
    judge(desk, Sort.ESCALATION)


def judge(desk: Desk, sort: Sort) -> None:
    with writing(desk.engine) as session:
        [letter] = claim_unjudged(session, now=desk.now)
        judged = Judged(letter.letter_id, an_opinion(), is_first=False, follow_up=FollowUp(sort, "A reason of ours."))
        record_opinions(session, [judged], settings=desk.settings, now=desk.now)
