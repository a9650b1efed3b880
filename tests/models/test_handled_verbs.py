"""The everyday verbs as values: what they ask, the answer point by point, and remedies that are followed."""

from datetime import date, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models.campaign_steps import follow_parent
from models.case import Case
from models.db import reading, writing
from models.duty import Duty, DutyKind, DutyState
from models.handling import Answer, Outcome, respond
from models.queries import get_case
from models.rules.errors import AnswerLacks, GivenWrong, NotEntitled, StepNotAllowed
from models.rules.labels import Kind
from models.rules.languages import Language
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.verbs.handled import ACKNOWLEDGE, CLOSE, CORRECT_AREA, CORRECT_KIND, HANDLED, REOPEN, RESPOND, TAKE
from models.verbs.points import POINTS
from models.verbs.verb import Verb
from tests.build import officer
from tests.desk import ANSWERED, Desk
from tests.people import BEN, CARA, DEV

TWO = "1. The bin was missed.\n2. Nobody rang back."
DECIDED = "1. The bin was missed. | upheld | The log shows it.\n2. Nobody rang back. | not upheld | We rang on Friday."


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    return Desk(engine, settings, now)


@pytest.fixture
def case(desk: Desk) -> Case:
    return desk.acknowledge(desk.a_case())


def remedies(desk: Desk) -> list[Duty]:
    with reading(desk.engine) as session:
        return list(session.exec(select(Duty).order_by(col(Duty.id))))


def test_a_case_goes_its_way_by_verbs_alone(desk: Desk) -> None:
    case = desk.a_case()
    desk.use(TAKE, case, CARA)
    desk.use(CORRECT_KIND, case, kind="complaint")
    desk.use(CORRECT_AREA, case, area="highways_transport")
    desk.use(ACKNOWLEDGE, case)
    assert desk.use(RESPOND, case, **ANSWERED) == f"{case.reference} is answered and the letter is on its way."
    desk.use(CLOSE, case, reason="Done.")
    assert desk.look(case).status == CaseStatus.CLOSED
    desk.use(REOPEN, case, reason="More.")
    after = desk.look(case)
    assert (after.status, after.kind, after.areas) == (CaseStatus.ACKNOWLEDGED, Kind.COMPLAINT, ["highways_transport"])


@pytest.mark.parametrize("verb", HANDLED, ids=[verb.name for verb in HANDLED])
def test_every_field_that_is_needed_is_asked_for(desk: Desk, case: Case, verb: Verb) -> None:
    needed = [asked.name for asked in verb.fields if asked.is_required]
    for field in needed:
        given = {"outcome": "upheld", "letter": "Sorry.", "reason": "Why.", "kind": "comment", "area": "housing"}
        with pytest.raises(GivenWrong) as refused:
            desk.use(verb, case, **{name: given[name] for name in needed if name != field})
        assert refused.value.field == field


def test_an_answer_keeps_its_word(desk: Desk, case: Case) -> None:
    assert desk.answer(case, outcome="partly upheld").outcome == "partly upheld"
    assert desk.details(case, "responded")["outcome"] == "partly upheld"


def test_a_decision_is_in_the_words_of_its_stage(desk: Desk, case: Case) -> None:
    desk.put(case, procedure="foi", kind=Kind.INFORMATION_REQUEST)
    with pytest.raises(GivenWrong, match="is one of: information given, partly given"):
        desk.answer(case, outcome="upheld")
    by, wrong = officer(desk.engine, BEN), Answer(Outcome.UPHELD, "Here.")
    with writing(desk.engine) as session:
        fresh = get_case(session, case.number)
        with pytest.raises(StepNotAllowed, match="the decision is one of"):
            respond(session, fresh, wrong, by=by, settings=desk.settings, now=desk.now)
    assert desk.answer(case, outcome="partly given").outcome == "partly given"


def test_a_decision_of_another_procedure_has_its_welsh(desk: Desk, case: Case) -> None:
    desk.complainant(case, language=Language.WELSH)
    desk.put(case, procedure="foi")
    desk.answer(case, outcome="not held")
    assert "nid yw'r wybodaeth gennym" in desk.letters(case, "response")[0]


def test_what_an_answer_lacks_is_said_before_it_goes(desk: Desk, case: Case) -> None:
    with pytest.raises(AnswerLacks, match="send it although"):
        desk.use(RESPOND, case, outcome="upheld", letter="No.")
    assert desk.look(case).status == CaseStatus.ACKNOWLEDGED
    desk.use(RESPOND, case, outcome="upheld", letter="No.", as_it_is="yes")
    assert "without" in desk.details(case, "responded")["sent_as_it_is"]


def test_no_answer_goes_out_while_a_point_is_undecided(desk: Desk, case: Case) -> None:
    assert desk.use(POINTS, case, points=TWO) == f"{case.reference} has 2 points; not yet decided: 1, 2."
    with pytest.raises(StepNotAllowed, match="Points 1, 2 have no decision yet"):
        desk.answer(case)
    desk.use(POINTS, case, points=TWO + " | upheld | We forgot.")
    with pytest.raises(StepNotAllowed, match="Point 1 has no decision yet"):
        desk.answer(case)
    assert desk.use(POINTS, case, points=DECIDED).endswith("2 points; each is decided.")
    assert desk.answer(case).status == CaseStatus.RESPONDED


def test_points_can_stand_before_the_officers_words(desk: Desk, case: Case) -> None:
    desk.use(POINTS, case, points=DECIDED)
    desk.answer(case, with_points="yes", letter="We are sorry for the bin.")
    (letter,) = desk.letters(case, "response")
    said = "Point 1: The bin was missed.\nUpheld. The log shows it.\n\nPoint 2: Nobody rang back.\nNot upheld. We rang"
    assert said in letter
    assert letter.index("Point 2") < letter.index("We are sorry for the bin.")


def test_points_are_in_the_residents_language(desk: Desk, case: Case) -> None:
    desk.complainant(case, language=Language.WELSH)
    desk.use(POINTS, case, points=DECIDED)
    desk.answer(case, with_points="yes")
    assert "Pwynt 1: The bin was missed.\nCadarnhawyd y gŵyn. The log" in desk.letters(case, "response")[0]


def test_a_wrong_line_is_named_at_the_field(desk: Desk, case: Case) -> None:
    with pytest.raises(GivenWrong, match="Line 1") as refused:
        desk.use(POINTS, case, points="The bin.")
    assert refused.value.field == "points"


def test_points_are_of_their_stage_and_of_an_open_case(desk: Desk, case: Case) -> None:
    desk.use(POINTS, case, points=DECIDED)
    desk.answer(case)
    with pytest.raises(StepNotAllowed, match="answered"):
        desk.use(POINTS, case, points=TWO)
    desk.put(case, stage=2, status=CaseStatus.ACKNOWLEDGED)
    desk.use(POINTS, case, points="1. The first answer is wrong.")
    with pytest.raises(StepNotAllowed, match="Point 1 has"):
        desk.answer(case)


def test_points_are_for_who_may_open_the_case(desk: Desk, case: Case) -> None:
    with pytest.raises(NotEntitled):
        desk.use(POINTS, case, DEV, points=TWO)


def test_a_remedy_with_a_date_is_a_duty_of_the_owner(desk: Desk, case: Case) -> None:
    said = desk.use(
        RESPOND, case, **ANSWERED, remedies="An apology\nMend the lamp by 2026-11-30\nPay 50 pounds by 6 November 2026"
    )
    lamp, pay = remedies(desk)
    assert (lamp.key, lamp.what, lamp.due) == (
        f"{case.reference} stage 1 remedy 1",
        "Mend the lamp",
        date(2026, 11, 30),
    )
    assert (pay.key, pay.due) == (f"{case.reference} stage 1 remedy 2", date(2026, 11, 6))
    assert (lamp.kind, lamp.state, lamp.is_personal) == (DutyKind.REMEDY, DutyState.OPEN, True)
    assert (lamp.owner_id, lamp.look_again) == (case.owner_id, desk.now)
    assert said.endswith("Followed until done: 2 of its remedies. Without a date, so nobody is reminded of it: 1.")
    assert desk.details(case, "responded")["remedies"] == [
        ["An apology", None],
        ["Mend the lamp", "2026-11-30"],
        ["Pay 50 pounds", "2026-11-06"],
    ]


def test_a_second_answer_adds_to_what_the_first_promised(desk: Desk, case: Case) -> None:
    desk.answer(case, remedies="Mend the lamp by 2026-11-30")
    desk.close(case)
    desk.reopen(case)
    desk.answer(case, remedies="Ring by 2026-11-06")
    assert [duty.what for duty in remedies(desk)] == ["Mend the lamp", "Ring"]


def test_a_campaigns_answer_reaches_its_followers_and_what_it_promises_is_owed_once(desk: Desk) -> None:
    case = desk.a_case()
    follower = desk.a_case("Mine.", From="Bo <bo@residents.example>", Message_ID="<b@residents.example>")
    desk.put(follower, campaign_of_id=case.id)
    desk.put(case, procedure="foi", procedure_by_person=True)
    desk.put(follower, procedure="foi", procedure_by_person=True)
    desk.acknowledge(case)
    desk.answer(case, outcome="partly given", remedies="Mend the lamp by 2026-11-30")
    with writing(desk.engine) as session:
        follow_parent(session, follower.number, settings=desk.settings, now=desk.now)
    after = desk.look(follower)
    assert (after.status, after.outcome, after.campaign_of_id) == (CaseStatus.RESPONDED, "partly given", case.id)
    assert [duty.case_id for duty in remedies(desk)] == [case.id]


def test_a_promise_that_is_over_is_refused_at_its_field(desk: Desk, case: Case) -> None:
    with pytest.raises(GivenWrong, match="over already") as refused:
        desk.answer(case, remedies="Mend the lamp by 2026-10-01")
    assert refused.value.field == "remedies"
    assert (remedies(desk), desk.look(case).status) == ([], CaseStatus.ACKNOWLEDGED)
