"""Not accepted, signposted, withdrawn: each is told, recorded with who, when and why, and never silent."""

from datetime import datetime

import pytest
from sqlalchemy import Engine

from models.campaigns import leave_campaign
from models.case import Case
from models.db import writing
from models.people import Officer
from models.queries import get_case
from models.rules.errors import GivenWrong, NotEntitled, StepNotAllowed
from models.rules.grounds import GROUNDS, Ground
from models.rules.labels import Kind
from models.rules.languages import Language
from models.rules.routes import DEADLINE, ROUTES
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.verbs.decline import DECLINE
from models.verbs.escalate import ESCALATE
from models.verbs.signpost import SIGNPOST
from models.verbs.verb import Verb
from models.verbs.withdraw import WITHDRAW
from tests.build import officer
from tests.desk import Desk
from tests.moving import a_procedure
from tests.people import BEN, CARA, DEV, LENA

REASON = "The county court gave its judgment on this in March."
EVIDENCE = "Judgment of 3 March, in the legal folder."
DECLINED = {"ground": "court or tribunal", "reason": REASON, "evidence": EVIDENCE}
OLD = DECLINED | {"ground": "out of time", "since": "2025-09-01", "discretion": "yes"}
TO_TRIBUNAL = {"route": "penalty charge", "why": "Only the adjudicator can cancel the charge."}
BY_PHONE = {"who": "Asha Okafor", "how": "By telephone this morning, unasked."}
ENDS: list[tuple[Verb, dict[str, str], str]] = [
    (DECLINE, DECLINED, "not accepted"),
    (SIGNPOST, TO_TRIBUNAL, "signposted"),
    (WITHDRAW, BY_PHONE, "withdrawn"),
]
every_end = pytest.mark.parametrize(("verb", "given", "outcome"), ENDS, ids=[verb.name for verb, _, _ in ENDS])


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    return Desk(engine, settings, now)


@pytest.fixture
def case(desk: Desk) -> Case:
    return desk.a_case()


def ben(desk: Desk) -> Officer:
    return officer(desk.engine, BEN)


@every_end
@pytest.mark.parametrize("is_acknowledged", [False, True])
def test_an_open_case_ends_with_its_outcome(
    desk: Desk, case: Case, verb: Verb, given: dict[str, str], outcome: str, is_acknowledged: bool
) -> None:
    if is_acknowledged:
        desk.acknowledge(case)
    said = desk.use(verb, case, **given)
    after = desk.look(case)
    assert (after.status, after.outcome, after.look_again) == (CaseStatus.CLOSED, outcome, None)
    assert after.closed_on == desk.now.date()
    assert case.reference in said


@every_end
def test_who_may_not_open_a_case_does_not_end_it(
    desk: Desk, case: Case, verb: Verb, given: dict[str, str], outcome: str
) -> None:
    with pytest.raises(NotEntitled):
        desk.use(verb, case, DEV, **given)
    desk.use(verb, case, LENA, **given)
    assert desk.look(case).outcome == outcome


@every_end
def test_an_answered_or_closed_case_is_not_ended_so(
    desk: Desk, case: Case, verb: Verb, given: dict[str, str], outcome: str
) -> None:
    desk.acknowledge(case)
    desk.answer(case)
    for _ in ("answered", "closed"):
        with pytest.raises(StepNotAllowed) as refused:
            desk.use(verb, case, **given)
        assert len(str(refused.value)) > len(str(StepNotAllowed())), "it says why"
        if desk.look(case).status == CaseStatus.RESPONDED:
            desk.close(case)
    assert desk.look(case).outcome == "upheld", f"not {outcome}"


@every_end
def test_a_case_that_speaks_for_others_is_not_ended(
    desk: Desk, case: Case, verb: Verb, given: dict[str, str], outcome: str
) -> None:
    follower = desk.a_case("And mine.", From="Bo <bo@residents.example>", Message_ID="<b@residents.example>")
    desk.put(follower, campaign_of_id=case.id)
    with pytest.raises(StepNotAllowed, match="speaks for other people"):
        desk.use(verb, case, **given)
    with writing(desk.engine) as session:
        leave_campaign(session, get_case(session, follower.number), why="asked", now=desk.now)
    desk.use(verb, case, **given)
    assert desk.look(case).outcome == outcome


@every_end
def test_a_follower_that_a_person_ends_leaves_its_campaign(
    desk: Desk, case: Case, verb: Verb, given: dict[str, str], outcome: str
) -> None:
    follower = desk.a_case("And mine.", From="Bo <bo@residents.example>", Message_ID="<b@residents.example>")
    desk.put(follower, campaign_of_id=case.id)
    desk.use(verb, follower, **given)
    after = desk.look(follower)
    assert (after.campaign_of_id, after.outcome, after.look_again) == (None, outcome, None)
    assert desk.look(case).status == CaseStatus.NEW


@every_end
def test_opened_again_it_is_owed_what_was_owed_before(
    desk: Desk, case: Case, verb: Verb, given: dict[str, str], outcome: str
) -> None:
    desk.use(verb, case, **given)
    after = desk.reopen(case)
    assert (after.status, after.outcome, after.closed_on) == (CaseStatus.NEW, "", None), f"no longer {outcome}"
    assert (after.acknowledge_by, after.look_again) == (case.acknowledge_by, desk.now)
    assert desk.acknowledge(case).status == CaseStatus.ACKNOWLEDGED
    desk.use(verb, case, **given)
    again = desk.reopen(case)
    assert again.status == CaseStatus.ACKNOWLEDGED, "it was acknowledged this time"


def test_a_refusal_tells_ground_reasons_and_the_ombudsman(desk: Desk, case: Case) -> None:
    desk.use(DECLINE, case, **DECLINED)
    (letter,) = desk.letters(case, "not_accepted")
    assert "a court or tribunal has decided it" in letter
    assert REASON in letter
    assert "right to take this decision to the Local Government and Social Care Ombudsman" in letter
    assert EVIDENCE not in letter, "evidence stays on the record"


def test_a_refusal_is_a_record_of_who_when_and_why(desk: Desk, case: Case) -> None:
    desk.use(DECLINE, case, **DECLINED)
    (event,) = desk.events(case, "declined")
    assert (event.by_officer_id, event.at) == (ben(desk).id, desk.now)
    assert event.details == {
        "stage": 1,
        "outcome": "not accepted",
        "ground": "court or tribunal",
        "evidence": EVIDENCE,
        "reason": REASON,
        "since": None,
        "discretion": False,
        "told_another_way": False,
        "letter": True,
    }


@pytest.mark.parametrize("missing", ["ground", "reason", "evidence"])
def test_a_refusal_needs_ground_reasons_and_evidence(desk: Desk, case: Case, missing: str) -> None:
    with pytest.raises(GivenWrong) as refused:
        desk.use(DECLINE, case, **(DECLINED | {missing: ""}))
    assert refused.value.field == missing


def test_a_ground_we_do_not_know_is_none(desk: Desk, case: Case) -> None:
    with pytest.raises(GivenWrong, match="is one of: out of time"):
        desk.use(DECLINE, case, **(DECLINED | {"ground": "nuisance"}))


@pytest.mark.parametrize("verb", [DECLINE, SIGNPOST])
@pytest.mark.parametrize("why", ["no address", "may not answer"])
def test_nobody_is_refused_in_silence(desk: Desk, case: Case, verb: Verb, why: str) -> None:
    given = DECLINED if verb is DECLINE else TO_TRIBUNAL
    if why == "no address":
        desk.complainant(case, email=None)
    else:
        desk.put(case, may_answer=False)
    with pytest.raises(GivenWrong, match="the case stays open") as refused:
        desk.use(verb, case, **given)
    assert refused.value.field == "told_another_way"
    assert desk.look(case).status == CaseStatus.NEW
    said = desk.use(verb, case, **given, told_another_way="yes")
    assert said.startswith(case.reference)
    assert "told another way" in said
    assert desk.look(case).status == CaseStatus.CLOSED


def test_a_letter_that_can_go_goes_though_the_resident_was_told_as_well(desk: Desk, case: Case) -> None:
    desk.use(DECLINE, case, **DECLINED, told_another_way="yes")
    assert len(desk.letters(case, "not_accepted")) == 1


def test_what_came_too_late_may_be_refused_once_discretion_was_considered(desk: Desk, case: Case) -> None:
    for lacking, field in ((OLD | {"since": ""}, "since"), (OLD | {"discretion": ""}, "discretion")):
        with pytest.raises(GivenWrong) as refused:
            desk.use(DECLINE, case, **lacking)
        assert refused.value.field == field
    desk.use(DECLINE, case, **OLD)
    assert desk.details(case, "declined")["since"] == "2025-09-01"


@pytest.mark.parametrize(("since", "sentence"), [("2025-10-12", "came in time"), ("2026-10-13", "in the future")])
def test_what_came_in_time_is_not_out_of_time(desk: Desk, case: Case, since: str, sentence: str) -> None:
    """Received on 12 October 2026; twelve months from 12 October 2025 end on that very day."""
    with pytest.raises(GivenWrong, match=sentence):
        desk.use(DECLINE, case, **(OLD | {"since": since}))
    assert desk.look(case).status == CaseStatus.NEW


def test_a_day_later_it_is_out_of_time(desk: Desk, case: Case) -> None:
    desk.use(DECLINE, case, **(OLD | {"since": "2025-10-11"}))
    assert desk.look(case).outcome == "not accepted"


def test_a_matter_that_was_taken_at_stage_1_does_not_grow_old(desk: Desk, case: Case) -> None:
    desk.acknowledge(case)
    desk.answer(case)
    later = desk.later(days=30)
    later.use(ESCALATE, case)
    with pytest.raises(GivenWrong, match="came in time"):
        later.use(DECLINE, case, CARA, **(OLD | {"since": "2025-10-20"}))


def test_a_procedure_without_a_limit_knows_no_out_of_time(desk: Desk, case: Case) -> None:
    endless = desk.with_procedures(corporate=a_procedure())
    with pytest.raises(GivenWrong, match="sets no limit") as refused:
        endless.use(DECLINE, case, **OLD)
    assert refused.value.field == "ground"


def test_who_decided_stage_1_does_not_refuse_stage_2(desk: Desk, case: Case) -> None:
    desk.acknowledge(case)
    desk.answer(case)
    desk.use(ESCALATE, case)
    with pytest.raises(NotEntitled, match="afresh"):
        desk.use(DECLINE, case, BEN, **DECLINED)
    desk.use(DECLINE, case, CARA, **DECLINED)
    assert desk.details(case, "declined")["stage"] == 2


def test_who_refused_it_does_not_decide_the_next_stage(desk: Desk, case: Case) -> None:
    desk.use(DECLINE, case, **DECLINED)
    desk.use(ESCALATE, case)
    with pytest.raises(NotEntitled, match="afresh"):
        desk.acknowledge(case, BEN)


@pytest.mark.parametrize("ground", GROUNDS, ids=lambda ground: ground.name)
def test_every_ground_reads_well_in_both_languages(desk: Desk, ground: Ground) -> None:
    case = desk.a_case()
    desk.complainant(case, language=Language.WELSH)
    given = (OLD if ground.name == "out of time" else DECLINED) | {"ground": ground.name}
    desk.use(DECLINE, case, **given)
    (letter,) = desk.letters(case, "not_accepted")
    assert ground.in_welsh in letter
    assert ground.sentence not in letter


def test_a_signpost_names_the_route_and_says_that_time_may_run(desk: Desk, case: Case) -> None:
    said = desk.use(SIGNPOST, case, **TO_TRIBUNAL)
    (letter,) = desk.letters(case, "signpost")
    assert "an appeal to the independent adjudicator." in letter
    assert TO_TRIBUNAL["why"] in letter
    assert DEADLINE[Language.ENGLISH] in letter
    assert "Ombudsman" in letter, "a complaint was not taken up"
    assert said.endswith("The resident has a time limit of their own there.")


def test_a_signposted_request_is_no_refused_complaint(desk: Desk, case: Case) -> None:
    desk.put(case, kind=Kind.SERVICE_REQUEST)
    desk.use(SIGNPOST, case, route="first report", why="The highways service mends it.")
    (letter,) = desk.letters(case, "signpost")
    assert "Ombudsman" not in letter
    assert DEADLINE[Language.ENGLISH] not in letter


def test_names_of_grounds_and_routes_are_their_own() -> None:
    for names in ([ground.name for ground in GROUNDS], [route.name for route in ROUTES]):
        assert len(set(names)) == len(names)


def test_a_withdrawal_says_who_wished_it_and_is_confirmed(desk: Desk, case: Case) -> None:
    desk.use(WITHDRAW, case, **BY_PHONE)
    details = desk.details(case, "withdrawn")
    assert (details["who"], details["how"], details["letter"]) == (BY_PHONE["who"], BY_PHONE["how"], True)
    (letter,) = desk.letters(case, "withdrawn")
    assert "Reply to this letter and say so. We will open the case again." in letter


def test_a_withdrawal_nobody_can_be_written_about_is_confirmed_another_way(desk: Desk, case: Case) -> None:
    desk.complainant(case, email=None)
    assert "another way" in desk.use(WITHDRAW, case, **BY_PHONE)
    assert desk.look(case).outcome == "withdrawn"
