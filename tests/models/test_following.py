"""What a further letter leads to: who is told, which clock starts, and what is left to a person."""

from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models import handling
from models.case import Case, CaseEvent
from models.correspondence import Correspondence, Direction
from models.db import reading, writing
from models.following import ask_next_stage, follow
from models.handling import Answer, Outcome
from models.outbox import OutboxEntry
from models.queries import get_case
from models.reminders import Alert
from models.rules.errors import NotEntitled, StepNotAllowed
from models.rules.follow_ups import FollowUp, Sort
from models.rules.labels import Kind
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.stages import has_answer
from models.triaging import Judged, claim_unjudged, record_opinions
from tests.build import a_case, a_reply, an_opinion, arrive, officer, reload
from tests.days import day
from tests.people import BEN, CARA, DEV, LENA

HIGHWAYS = "complaints-highways"
ANSWER = Answer(Outcome.NOT_UPHELD, "We are sorry you are unhappy. The hole was filled on Friday.")


class Council(NamedTuple):
    """A database with its officers and a clock that a test moves by hand."""

    engine: Engine
    settings: Settings
    now: datetime

    def later(self, **how_long: float) -> "Council":
        return self._replace(now=self.now + timedelta(**how_long))

    def acknowledge(self, case: Case, user: str) -> None:
        with writing(self.engine) as session:
            by = officer(self.engine, user)
            handling.acknowledge(session, get_case(session, case.number), by=by, settings=self.settings, now=self.now)

    def respond(self, case: Case, user: str) -> None:
        with writing(self.engine) as session:
            fresh, by = get_case(session, case.number), officer(self.engine, user)
            handling.respond(session, fresh, ANSWER, by=by, settings=self.settings, now=self.now)

    def close(self, case: Case, user: str) -> None:
        with writing(self.engine) as session:
            fresh = get_case(session, case.number)
            handling.close(session, fresh, reason="Done.", by=officer(self.engine, user), now=self.now)

    def reopen(self, case: Case, user: str) -> None:
        with writing(self.engine) as session:
            fresh = get_case(session, case.number)
            handling.reopen(session, fresh, reason="More.", by=officer(self.engine, user), now=self.now)

    def ask(self, case: Case, user: str) -> str:
        with writing(self.engine) as session:
            fresh, by = get_case(session, case.number), officer(self.engine, user)
            return ask_next_stage(session, fresh, by=by, settings=self.settings, now=self.now)

    def writes(self, case: Case, sort: Sort, text: str = "And again.") -> int:
        """The resident writes and it is judged; the letter's number."""
        assert arrive(self.engine, a_reply(case, text), settings=self.settings, now=self.now).case == case.reference
        with writing(self.engine) as session:
            [letter] = claim_unjudged(session, now=self.now)
            wants = FollowUp(sort, "A reason of ours.")
            judged = Judged(letter.letter_id, an_opinion(), is_first=False, follow_up=wants)
            assert record_opinions(session, [judged], settings=self.settings, now=self.now)
        return letter.letter_id

    def letter(self, number: int) -> Correspondence:
        with reading(self.engine) as session:
            return session.get_one(Correspondence, number)

    def lines(self, letter: int) -> list[tuple[str, str]]:
        """Where a line about that letter went, and what it says."""
        with reading(self.engine) as session:
            found = session.exec(select(OutboxEntry).order_by(col(OutboxEntry.id))).all()
        told = [entry for entry in found if f"further letter {letter}" in entry.key]
        return [(entry.payload["to"], entry.payload["text"].partition(": ")[2]) for entry in told]

    def signs(self, case: Case) -> list[str]:
        with reading(self.engine) as session:
            return list(session.exec(select(Alert.sign).where(Alert.case_id == case.number).order_by(col(Alert.id))))

    def event(self, case: Case, name: str) -> CaseEvent:
        with reading(self.engine) as session:
            found = session.exec(select(CaseEvent).where(CaseEvent.case_id == case.number, CaseEvent.name == name))
            return found.one()


@pytest.fixture
def council(engine: Engine, settings: Settings, now: datetime) -> Council:
    return Council(engine, settings, now)


@pytest.fixture
def case(council: Council) -> Case:
    return a_case(council.engine, settings=council.settings, now=council.now)


@pytest.fixture
def answered(council: Council, case: Case) -> Case:
    """Ben acknowledged and answered it on the Monday it came."""
    council.acknowledge(case, BEN)
    council.respond(case, BEN)
    return reload(council.engine, case)


@pytest.fixture
def at_stage_2(council: Council, answered: Case) -> Case:
    council.later(days=2).writes(answered, Sort.ESCALATION)
    return reload(council.engine, answered)


def test_asking_for_stage_2_starts_its_clock_on_the_day_it_was_asked(council: Council, answered: Case) -> None:
    council.later(days=2).writes(answered, Sort.ESCALATION)
    after = reload(council.engine, answered)
    assert (after.stage, after.status) == (2, CaseStatus.NEW)
    assert after.received_on == day("Wednesday 14 October 2026")
    assert after.acknowledge_by == day("Wednesday 21 October 2026")
    # twenty working days after the last day it may be acknowledged
    assert after.respond_by == day("Wednesday 18 November 2026")
    assert (after.acknowledged_on, after.responded_on, after.closed_on) == (None, None, None)
    assert after.look_again == council.later(days=2).now


def test_a_letter_late_at_night_counts_from_londons_day(council: Council, answered: Case) -> None:
    night = council.later(days=2)._replace(now=council.now.replace(day=14, hour=23, minute=30))
    night.writes(answered, Sort.ESCALATION)
    assert reload(council.engine, answered).received_on == day("Thursday 15 October 2026")


def test_the_event_keeps_what_the_stage_before_was(council: Council, at_stage_2: Case) -> None:
    details = council.event(at_stage_2, "escalation_requested").details
    ben = officer(council.engine, BEN).id
    assert details["stage"] == 2
    assert details["requested_on"] == "2026-10-14"
    assert (details["decided_by"], details["owner_taken_off"]) == ([ben], ben)
    assert details["before"] == {
        "received_on": "2026-10-12",
        "acknowledged_on": "2026-10-12",
        "responded_on": "2026-10-12",
        "closed_on": None,
    }


def test_the_team_and_the_lead_hear_of_stage_2(council: Council, answered: Case) -> None:
    letter = council.later(days=2).writes(answered, Sort.ESCALATION)
    said = (
        "the resident asks for stage 2. Acknowledge it by Wednesday 21 October 2026; whoever decided it before may not."
    )
    assert council.lines(letter) == [(HIGHWAYS, said)]
    assert council.signs(answered) == ["stage 2 requested"]


def test_a_closed_case_goes_to_stage_2_as_well(council: Council, answered: Case) -> None:
    council.close(answered, BEN)
    council.later(days=2).writes(answered, Sort.ESCALATION)
    after = reload(council.engine, answered)
    assert (after.stage, after.status, after.closed_on) == (2, CaseStatus.NEW, None)


def test_who_decided_stage_1_may_not_decide_stage_2(council: Council, at_stage_2: Case) -> None:
    assert at_stage_2.owner_id is None
    with pytest.raises(NotEntitled, match="somebody else looks at it afresh"):
        council.acknowledge(at_stage_2, BEN)
    with pytest.raises(NotEntitled), writing(council.engine) as session:
        handling.take(session, get_case(session, at_stage_2.number), by=officer(council.engine, BEN), now=council.now)
    council.acknowledge(at_stage_2, CARA)
    with pytest.raises(NotEntitled):
        council.respond(at_stage_2, BEN)
    council.respond(at_stage_2, CARA)
    assert reload(council.engine, at_stage_2).status == CaseStatus.RESPONDED


def test_who_only_closed_an_answered_case_may_look_afresh(council: Council, answered: Case) -> None:
    council.close(answered, CARA)
    council.later(days=2).writes(answered, Sort.ESCALATION)
    council.acknowledge(answered, CARA)
    after = reload(council.engine, answered)
    assert (after.stage, after.status, after.owner_id) == (2, CaseStatus.ACKNOWLEDGED, officer(council.engine, CARA).id)


def test_who_closed_a_case_nobody_answered_may_not(council: Council) -> None:
    request = a_case(
        council.engine, settings=council.settings, now=council.now, opinion=an_opinion(Kind.SERVICE_REQUEST)
    )
    council.acknowledge(request, BEN)
    council.close(request, BEN)
    council.later(days=2).writes(request, Sort.ESCALATION)
    after = reload(council.engine, request)
    assert (after.kind, after.respond_by) == (None, day("Wednesday 18 November 2026")), "it keeps a complaint's clock"
    with pytest.raises(NotEntitled):
        council.acknowledge(request, BEN)
    council.acknowledge(request, CARA)
    assert reload(council.engine, request).respond_by is not None


def test_stage_2_is_acknowledged_and_answered_with_letters_of_its_own(council: Council, at_stage_2: Case) -> None:
    council.acknowledge(at_stage_2, LENA)
    council.respond(at_stage_2, LENA)
    with reading(council.engine) as session:
        ours = select(Correspondence).where(Correspondence.direction == Direction.OUT).order_by(col(Correspondence.id))
        texts = [letter.text for letter in session.exec(ours)]
    assert len(texts) == 5, "a receipt, and two letters at each stage"
    assert "at stage 2 of our complaints procedure" in texts[3]
    assert "the last stage of our complaints procedure" in texts[4]


def test_a_second_request_while_stage_2_runs_is_a_chaser(council: Council, at_stage_2: Case) -> None:
    again = council.later(days=3)
    letter = again.writes(at_stage_2, Sort.ESCALATION, "I said stage 2!")
    after = reload(council.engine, at_stage_2)
    assert (after.stage, after.received_on) == (2, day("Wednesday 14 October 2026"))
    assert council.letter(letter).sort is Sort.CHASER


def test_after_the_last_stage_the_way_on_is_the_ombudsman(council: Council, at_stage_2: Case) -> None:
    council.acknowledge(at_stage_2, CARA)
    council.respond(at_stage_2, CARA)
    before = reload(council.engine, at_stage_2)
    letter = council.later(days=9).writes(at_stage_2, Sort.ESCALATION, "Still no.")
    after = reload(council.engine, at_stage_2)
    assert (after.stage, after.status, after.owner_id) == (2, CaseStatus.RESPONDED, before.owner_id)
    [(to, said)] = council.lines(letter)
    assert to == CARA
    assert said.startswith("the resident does not accept our final answer. The way on is the Local Government")
    assert council.signs(at_stage_2) == ["stage 2 requested", "final answer refused"]


def test_a_request_before_any_answer_is_a_chaser(council: Council, case: Case) -> None:
    letter = council.writes(case, Sort.ESCALATION)
    assert (reload(council.engine, case).stage, council.letter(letter).sort) == (1, Sort.CHASER)
    assert council.lines(letter) == [(HIGHWAYS, "the resident asks how it stands.")]
    assert council.signs(case) == []


def test_a_request_older_than_the_answer_takes_nothing_further(council: Council, case: Case) -> None:
    """It was held, say, and released after the answer, which it cannot be about."""
    early = council.now
    council = council.later(days=2)
    council.acknowledge(case, BEN)
    council.respond(case, BEN)
    old = Council(council.engine, council.settings, early)
    letter = old.writes(case, Sort.ESCALATION)
    assert old.letter(letter).sort is Sort.CHASER
    assert reload(council.engine, case).stage == 1
    council.writes(case, Sort.ESCALATION, "Still not.")
    assert reload(council.engine, case).received_on == day("Wednesday 14 October 2026")


def test_an_answer_that_was_opened_again_can_be_taken_further(council: Council, answered: Case) -> None:
    council.close(answered, BEN)
    council.reopen(answered, BEN)
    assert has_answer(reload(council.engine, answered))
    council.later(days=2).writes(answered, Sort.ESCALATION)
    assert reload(council.engine, answered).stage == 2


@pytest.mark.parametrize(
    ("sort", "waiting", "closed"),
    [
        (Sort.CHASER, "asks how it stands.", "though the case is closed. Is there more to do?"),
        (Sort.NEW_ISSUE, "Deal with it in this case, or press", "its time runs from Wednesday 14 October 2026."),
        (Sort.THANKS, "says thanks.", "says thanks."),
        (Sort.WITHDRAWAL, "Make sure of it with them before you close it.", "Make sure of it with them"),
        (Sort.INFORMATION, "has written again.", "has written on a case that is closed. If they do not accept"),
    ],
)
def test_the_owner_hears_what_a_letter_wants_and_nothing_else_moves(
    council: Council, case: Case, sort: Sort, waiting: str, closed: str
) -> None:
    council.acknowledge(case, BEN)
    before = reload(council.engine, case)
    letter = council.writes(case, sort)
    [(to, said)] = council.lines(letter)
    assert to == BEN
    assert waiting in said
    after = reload(council.engine, case)
    assert (after.status, after.stage, after.owner_id, after.respond_by) == (
        before.status,
        before.stage,
        before.owner_id,
        before.respond_by,
    )
    council.respond(case, BEN)
    council.close(case, BEN)
    number = council.later(days=2).writes(case, sort, "Once more.")
    told = council.lines(number)
    assert told[0][0] == BEN
    assert all(closed in words for _, words in told)
    assert reload(council.engine, case).status == CaseStatus.CLOSED
    assert council.signs(case) == []


def test_the_team_hears_too_of_a_new_issue_on_an_answered_case(council: Council, answered: Case) -> None:
    letter = council.writes(answered, Sort.NEW_ISSUE)
    assert [to for to, _ in council.lines(letter)] == [BEN, HIGHWAYS]


def test_a_letter_is_followed_once(council: Council, answered: Case) -> None:
    number = council.later(days=2).writes(answered, Sort.ESCALATION)
    before = reload(council.engine, answered)
    with writing(council.engine) as session:
        fresh, letter = get_case(session, answered.number), session.get_one(Correspondence, number)
        follow(session, fresh, letter, FollowUp(Sort.THANKS, "x"), settings=council.settings, now=council.now)
    assert reload(council.engine, answered) == before
    assert council.letter(number).sort is Sort.ESCALATION
    assert len(council.lines(number)) == 1


def test_what_a_letter_wants_is_an_event_in_our_words(council: Council, case: Case) -> None:
    letter = council.writes(case, Sort.THANKS, "Ta very much, my dear Bartholomew.")
    details = council.event(case, "letter_sorted").details
    assert details == {"letter": letter, "sort": "thanks", "reason": "A reason of ours."}


def test_an_officer_passes_on_a_request_that_no_machine_saw(council: Council, answered: Case) -> None:
    council.later(days=2).writes(answered, Sort.INFORMATION)
    said = council.later(days=5).ask(answered, BEN)
    assert "asked for on Wednesday 14 October 2026" in said, "it counts from the letter"
    after = reload(council.engine, answered)
    assert (after.stage, after.acknowledge_by) == (2, day("Wednesday 21 October 2026"))
    assert council.event(answered, "escalation_requested").by_officer_id == officer(council.engine, BEN).id


def test_a_request_by_phone_counts_from_the_day_it_is_passed_on(council: Council, case: Case) -> None:
    council.acknowledge(case, BEN)
    council.later(days=1).respond(case, BEN)
    council.later(days=3).ask(case, BEN)
    assert reload(council.engine, case).received_on == day("Thursday 15 October 2026")


@pytest.mark.parametrize("stage", [1, 2])
def test_nothing_is_passed_on_before_an_answer_or_after_the_last(council: Council, case: Case, stage: int) -> None:
    if stage == 2:
        for number, user in enumerate((BEN, CARA), 1):
            council.acknowledge(case, user)
            council.respond(case, user)
            if number == 1:
                council.ask(case, LENA)
    before = reload(council.engine, case)
    with pytest.raises(StepNotAllowed, match="no stage after"):
        council.ask(case, LENA)
    assert reload(council.engine, case) == before


def test_a_stranger_to_the_service_passes_nothing_on(council: Council, answered: Case) -> None:
    with pytest.raises(NotEntitled):
        council.ask(answered, DEV)
