"""Cases that belong together: linked, merged into the older one, or split off with a clock of their own."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models.case import Case
from models.case_link import CaseLink, LinkKind
from models.db import reading, writing
from models.duty import Duty, DutyKind
from models.queries import case_by_reference, letters
from models.rules.errors import GivenWrong, NotEntitled, StepNotAllowed
from models.rules.labels import Area, Kind, Signal
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.verbs.escalate import ESCALATE
from models.verbs.link import LINK
from models.verbs.merge import MERGE
from models.verbs.split import SPLIT
from models.verbs.verb import Verb
from tests.desk import Desk
from tests.people import DEV, LENA

LAMP = "The street lamp at number 9."


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    return Desk(engine, settings, now)


@pytest.fixture
def case(desk: Desk) -> Case:
    return desk.a_case()


@pytest.fixture
def second(desk: Desk, case: Case) -> Case:
    assert case.id, "the first is there before it"
    return desk.again()


def somebody_elses(desk: Desk) -> Case:
    return desk.a_case("Mine too.", From="Bo <bo@residents.example>", Message_ID="<b@residents.example>")


def links(desk: Desk, case: Case) -> list[CaseLink]:
    with reading(desk.engine) as session:
        found = session.exec(select(CaseLink).order_by(col(CaseLink.id))).all()
    return [each for each in found if case.id in {each.case_id, each.other_id}]


def test_linked_cases_name_each_other_and_change_in_nothing_else(desk: Desk, case: Case) -> None:
    other = somebody_elses(desk)
    desk.use(LINK, case, other=other.reference.lower(), why="One road.")
    assert desk.details(case, "linked") == {"other": other.reference, "why": "One road."}
    assert desk.details(other, "linked") == {"other": case.reference, "why": "One road."}
    (link,) = links(desk, other)
    assert (link.case_id, link.other_id, link.kind) == (case.id, other.id, LinkKind.RELATED)
    after = desk.look(case)
    assert (after.status, after.acknowledge_by) == (case.status, case.acknowledge_by)


@pytest.mark.parametrize("is_turned", [False, True])
def test_cases_are_linked_once_from_whichever_side(desk: Desk, case: Case, second: Case, is_turned: bool) -> None:
    desk.use(LINK, case, other=second.reference)
    one, other = (second, case) if is_turned else (case, second)
    with pytest.raises(GivenWrong, match="linked to it already"):
        desk.use(LINK, one, other=other.reference)
    assert len(links(desk, case)) == 1


@pytest.mark.parametrize(("verb", "field"), [(LINK, "other"), (MERGE, "into")], ids=["link", "merge"])
def test_the_other_case_must_be_one_and_another(desk: Desk, case: Case, verb: Verb, field: str) -> None:
    for reference, sentence in ((case.reference, "this case itself"), ("T26-99999-X", "no such case")):
        with pytest.raises(GivenWrong, match=sentence) as refused:
            desk.use(verb, case, **{field: reference})
        assert refused.value.field == field


@pytest.mark.parametrize(("verb", "field"), [(LINK, "other"), (MERGE, "into")], ids=["link", "merge"])
def test_both_cases_must_be_the_officers_to_open(desk: Desk, case: Case, second: Case, verb: Verb, field: str) -> None:
    desk.put(case, areas=[Area.HOUSING.value])
    for one, other in ((case, second), (second, case)):
        with pytest.raises(NotEntitled):
            desk.use(verb, one, **{field: other.reference})


def test_a_merged_case_closes_and_its_letters_are_read_with_the_others(desk: Desk, case: Case, second: Case) -> None:
    said = desk.use(MERGE, second, into=case.reference)
    after = desk.look(second)
    assert (after.status, after.outcome, after.closed_on) == (CaseStatus.CLOSED, "merged", desk.now.date())
    assert f"merged into {case.reference}" in said
    (link,) = links(desk, case)
    assert (link.case_id, link.other_id, link.kind) == (second.id, case.id, LinkKind.MERGED_INTO)
    with reading(desk.engine) as session:
        read = letters(session, case)
        alone = {letter.id for letter in letters(session, second)}
    assert {letter.case_id for letter in read} == {case.id, second.id}
    assert alone < {letter.id for letter in read}
    assert [letter.at for letter in read] == sorted(letter.at for letter in read)


def test_the_resident_is_told_where_the_answer_comes_from(desk: Desk, case: Case, second: Case) -> None:
    desk.use(MERGE, second, into=case.reference)
    (letter,) = desk.letters(second, "merged")
    assert f"under the reference {case.reference}" in letter
    assert desk.details(second, "merged")["into"] == case.reference
    assert desk.details(case, "merged_in")["other"] == second.reference


def test_nobody_is_merged_in_silence(desk: Desk, case: Case, second: Case) -> None:
    desk.complainant(second, email=None)
    with pytest.raises(GivenWrong, match="stays open"):
        desk.use(MERGE, second, into=case.reference)
    assert desk.look(second).status == CaseStatus.NEW
    desk.use(MERGE, second, into=case.reference, told_another_way="yes")
    assert desk.look(second).outcome == "merged"


def test_a_case_is_merged_once(desk: Desk, case: Case, second: Case) -> None:
    desk.use(MERGE, second, into=case.reference)
    with pytest.raises(StepNotAllowed, match="It is closed"):
        desk.use(MERGE, second, into=case.reference)


def test_merging_across_people_is_refused(desk: Desk, case: Case) -> None:
    with pytest.raises(GivenWrong, match="another person"):
        desk.use(MERGE, somebody_elses(desk), into=case.reference)


def test_a_closed_or_answered_case_takes_nothing_in(desk: Desk, case: Case, second: Case) -> None:
    desk.acknowledge(case)
    desk.answer(case)
    with pytest.raises(GivenWrong, match="is answered"):
        desk.use(MERGE, second, into=case.reference)
    desk.close(case)
    with pytest.raises(GivenWrong, match="is closed: reopen it first"):
        desk.use(MERGE, second, into=case.reference)


def test_no_date_is_lost_by_merging(desk: Desk, case: Case, second: Case) -> None:
    with pytest.raises(GivenWrong, match="is the newer one"):
        desk.use(MERGE, case, into=second.reference)
    desk.put(second, stage=2)
    with pytest.raises(GivenWrong, match="at an earlier stage"):
        desk.use(MERGE, second, into=case.reference)
    desk.put(second, stage=1)
    desk.put(case, kind=Kind.COMPLIMENT, respond_by=None)
    with pytest.raises(GivenWrong, match="owed no answer"):
        desk.use(MERGE, second, into=case.reference)
    desk.put(case, procedure="foi")
    with pytest.raises(GivenWrong, match="another procedure"):
        desk.use(MERGE, second, into=case.reference)
    assert desk.look(second).status == CaseStatus.NEW


def test_a_case_with_something_promised_is_not_merged(desk: Desk, case: Case, second: Case) -> None:
    owed = Duty(
        key="a", case_id=second.number, kind=DutyKind.UPDATE, what="Ring.", due=date(2026, 11, 2), made_at=desk.now
    )
    with writing(desk.engine) as session:
        session.add(owed)
    with pytest.raises(StepNotAllowed, match="still open"):
        desk.use(MERGE, second, into=case.reference)


def test_what_takes_another_in_speaks_for_itself(desk: Desk, case: Case, second: Case) -> None:
    parent = somebody_elses(desk)
    desk.put(case, campaign_of_id=parent.id)
    desk.use(MERGE, second, into=case.reference)
    assert desk.look(case).campaign_of_id is None


def test_opened_again_a_merged_case_is_read_by_itself(desk: Desk, case: Case, second: Case) -> None:
    desk.use(MERGE, second, into=case.reference)
    desk.reopen(second)
    with reading(desk.engine) as session:
        assert {letter.case_id for letter in letters(session, case)} == {case.id}
    desk.use(MERGE, second, into=case.reference)
    with reading(desk.engine) as session:
        assert {letter.case_id for letter in letters(session, case)} == {case.id, second.id}


def split(desk: Desk, case: Case, matter: str = LAMP, **given: str) -> Case:
    said = desk.use(SPLIT, case, matter=matter, **given)
    with reading(desk.engine) as session:
        return case_by_reference(session, said.split()[0])


def test_a_matter_split_off_has_the_same_letter_person_and_day(desk: Desk, case: Case) -> None:
    new = split(desk.later(days=3), case)
    assert (new.received_on, new.acknowledge_by, new.respond_by) == (
        case.received_on,
        case.acknowledge_by,
        case.respond_by,
    )
    assert (new.status, new.complainant_id, new.owner_id) == (CaseStatus.NEW, case.complainant_id, None)
    with reading(desk.engine) as session:
        (copy,) = [letter for letter in letters(session, new) if letter.direction == "in"]
        first = letters(session, case)[0]
    assert (copy.text, copy.subject, copy.at, copy.judge_at) == (first.text, first.subject, first.at, None)


def test_it_is_filed_as_the_case_it_came_from_but_for_the_service(desk: Desk, case: Case) -> None:
    desk.put(case, signals=[Signal.HAZARD.value])
    new = split(desk, case, area="housing")
    assert (new.kind, new.areas, new.signals, new.is_triaged) == (case.kind, ["housing"], ["hazard"], True)
    assert new.areas_by_person, "a person said so, and no campaign draws it in"
    assert split(desk, case, "The bench.").areas == case.areas


def test_each_names_the_other_and_the_resident_hears_the_reference(desk: Desk, case: Case) -> None:
    new = split(desk, case)
    assert desk.details(case, "matter_split_off") == {"matter": LAMP, "new_case": new.reference}
    received = desk.details(new, "received")
    assert (received["split_from"], received["matter"]) == (case.reference, LAMP)
    (link,) = links(desk, case)
    assert (link.case_id, link.other_id, link.kind) == (new.id, case.id, LinkKind.SPLIT_FROM)
    assert len(desk.letters(new, "receipt")) == 1


def test_the_same_matter_is_split_off_once(desk: Desk, case: Case) -> None:
    new = split(desk, case)
    with pytest.raises(StepNotAllowed, match=f"has a case already: {new.reference}"):
        split(desk, case)
    split(desk, case, "The bench.")
    with reading(desk.engine) as session:
        assert len(session.exec(select(Case)).all()) == 3


def test_at_stage_2_its_time_runs_from_the_first_letter(desk: Desk, case: Case) -> None:
    desk.acknowledge(case)
    desk.answer(case)
    later = desk.later(days=5)
    later.use(ESCALATE, case, requested_on="2026-10-17")
    new = split(later, case)
    assert (new.stage, new.received_on) == (1, case.received_on)
    assert later.look(case).received_on == case.received_on + timedelta(days=5)


def test_only_who_may_open_a_case_splits_it(desk: Desk, case: Case) -> None:
    with pytest.raises(NotEntitled):
        desk.use(SPLIT, case, DEV, matter=LAMP)
    desk.use(SPLIT, case, LENA, matter=LAMP)
