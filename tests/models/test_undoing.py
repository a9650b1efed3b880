"""A correction is taken back whole, by name and instant, or refused with what has happened since."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models.case import PROCEDURE_CHANGED, Case
from models.db import reading, writing
from models.duty_list import open_duties
from models.queries import get_case
from models.record import note
from models.rules.errors import NotEntitled, StepNotAllowed
from models.rules.labels import Area, Kind
from models.settings import Settings
from models.undoing import UNDONE, correction_to_undo, undo_correction, undoable
from models.unsure import sort_case
from models.verbs.block import BLOCK
from models.verbs.handled import CORRECT_AREA, CORRECT_KIND, TAKE
from models.verbs.undo import UNDO
from tests.build import a_case, a_letter, a_reply, an_opinion, arrive, officer
from tests.desk import Desk
from tests.moving import a_procedure
from tests.people import BEN, CARA, DEV, LENA

FILED = (
    "kind",
    "kind_by_person",
    "areas",
    "areas_by_person",
    "owner_id",
    "procedure",
    "stage",
    "acknowledge_by",
    "respond_by",
)


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    return Desk(engine, settings, now)


def unsure(desk: Desk, **headers: str) -> Case:
    raw = a_letter("The lamp in Elm Road.", **headers)
    return a_case(desk.engine, settings=desk.settings, now=desk.now, raw=raw, opinion=an_opinion(None))


def filed(case: Case) -> dict[str, object]:
    return {name: getattr(case, name) for name in FILED}


@pytest.mark.parametrize("kind", [Kind.SERVICE_REQUEST, Kind.COMPLAINT, Kind.COMPLIMENT])
def test_kind_and_dates_are_as_they_were(desk: Desk, kind: Kind) -> None:
    case = unsure(desk)
    desk.use(CORRECT_KIND, case, kind=kind)
    assert desk.look(case).kind == kind
    said = desk.later(minutes=1).use(UNDO, case, CARA)
    assert filed(desk.look(case)) == filed(case)
    assert said == (
        f"{case.reference} is filed as it was before: nobody is sure what it is; Highways and transport. "
        "Acknowledgement: by Monday 19 October 2026. Answer: by Monday 2 November 2026."
    )


def test_the_event_says_who_when_and_what(desk: Desk) -> None:
    case = unsure(desk)
    desk.use(CORRECT_KIND, case, kind=Kind.COMPLIMENT)
    desk.later(minutes=1).use(UNDO, case, CARA)
    [event], [correction] = desk.events(case, UNDONE), desk.events(case, "kind_corrected")
    assert event.by_officer_id == officer(desk.engine, CARA).id
    assert event.at == desk.now + timedelta(minutes=1)
    assert (event.details["correction"], event.details["kind_before"]) == (correction.id, Kind.COMPLIMENT)


def test_service_and_owner_are_as_they_were(desk: Desk) -> None:
    case = desk.a_case()
    desk.use(TAKE, case)
    before = desk.look(case)
    desk.use(CORRECT_AREA, case, area=Area.HOUSING)
    assert desk.look(case).owner_id is None
    desk.use(UNDO, case, DEV)
    assert filed(desk.look(case)) == filed(before)


def test_an_owner_of_the_wrong_service_does_not_keep_the_case(desk: Desk) -> None:
    case = desk.a_case()
    desk.use(CORRECT_AREA, case, area=Area.HOUSING)
    desk.use(TAKE, case, DEV)
    desk.use(UNDO, case, LENA)
    assert desk.look(case).owner_id is None


def test_whoever_took_it_since_keeps_it(desk: Desk) -> None:
    case = unsure(desk)
    desk.use(CORRECT_KIND, case, kind=Kind.COMPLAINT)
    desk.use(TAKE, case, CARA)
    desk.use(UNDO, case)
    assert desk.look(case).owner_id == officer(desk.engine, CARA).id


def test_the_procedure_goes_back_with_its_dates_and_its_steps(desk: Desk) -> None:
    step = {"name": "panel", "what": "the panel meets", "of": "received", "within": "3 working days"}
    desk = desk.with_procedures(
        own=a_procedure({"further": [step]}, for_kinds=["complaint"]),
        praise=a_procedure(answers=["compliment"], for_kinds=["compliment"]),
    )
    case = desk.a_case()
    desk.use(CORRECT_KIND, case, kind=Kind.COMPLAINT)
    before = desk.look(case)
    assert (before.procedure, len(duties(desk, case))) == ("own", 1)
    desk.use(CORRECT_KIND, case, kind=Kind.COMPLIMENT)
    assert (desk.look(case).procedure, duties(desk, case)) == ("praise", [])
    desk.use(UNDO, case)
    assert filed(desk.look(case)) == filed(before)
    assert len(duties(desk, case)) == 1
    assert len(desk.events(case, PROCEDURE_CHANGED)) == 2, "the undoing is the event of the way back"


def duties(desk: Desk, case: Case) -> list[date]:
    with reading(desk.engine) as session:
        return [duty.due for duty in open_duties(session, case)]


def acknowledged(desk: Desk, case: Case) -> None:
    desk.acknowledge(case)


def answered(desk: Desk, case: Case) -> None:
    desk.acknowledge(case)
    desk.answer(case)


def corrected_again(desk: Desk, case: Case) -> None:
    desk.use(CORRECT_KIND, case, LENA, kind=Kind.COMPLAINT)
    desk.use(CORRECT_AREA, case, LENA, area=Area.HOUSING)
    desk.use(UNDO, case, LENA)


def with_a_closed_case(desk: Desk, case: Case) -> None:
    desk.acknowledge(case)
    desk.close(case)


@pytest.mark.parametrize(
    ("since", "sentence"),
    [
        (acknowledged, "Something has happened since: acknowledged by Ben Carter on Monday 12 October 2026."),
        (with_a_closed_case, "Something has happened since: acknowledged by Ben Carter"),
        (corrected_again, "The correction is undone already by Lena Moss on Monday 12 October 2026."),
    ],
)
def test_what_came_of_it_since_stands_in_the_way(desk: Desk, since: object, sentence: str) -> None:
    case = unsure(desk)
    desk.use(CORRECT_KIND, case, kind=Kind.SERVICE_REQUEST)
    since(desk, case)  # type: ignore[operator]  # a step from the table
    before = desk.look(case)
    with pytest.raises(StepNotAllowed, match=sentence):
        desk.use(UNDO, case)
    assert filed(desk.look(case)) == filed(before)


def test_reading_a_blocker_and_another_letter_do_not(desk: Desk) -> None:
    case = unsure(desk)
    desk.use(CORRECT_KIND, case, kind=Kind.SERVICE_REQUEST)
    arrive(desk.engine, a_reply(case), settings=desk.settings, now=desk.now)
    desk.use(BLOCK, case, missing="file access")
    desk.use(UNDO, case)
    assert desk.look(case).kind is None


@pytest.mark.parametrize(
    "name", ["letter_followed", "letter_delayed", "letter_in_doubt", "delivery_settled", "attachments_saved"]
)
def test_what_becomes_of_letters_and_files_does_not(desk: Desk, name: str) -> None:
    case = unsure(desk)
    desk.use(CORRECT_KIND, case, kind=Kind.SERVICE_REQUEST)
    with writing(desk.engine) as session:
        note(session, get_case(session, case.number), name, now=desk.now)
    desk.use(UNDO, case)
    assert desk.look(case).kind is None


def test_only_the_correction_that_is_meant_is_undone(desk: Desk) -> None:
    case = unsure(desk)
    desk.use(CORRECT_KIND, case, kind=Kind.SERVICE_REQUEST)
    [first] = desk.events(case, "kind_corrected")
    desk.use(CORRECT_KIND, case, LENA, kind=Kind.COMPLAINT)
    with writing(desk.engine) as session, pytest.raises(StepNotAllowed, match="corrected again since by Lena Moss"):
        undo(session, desk, case, BEN, first.id)
    assert desk.look(case).kind == Kind.COMPLAINT


def test_a_correction_below_one_that_was_undone_is_not_said_to_be_undone(desk: Desk) -> None:
    case = unsure(desk)
    desk.use(CORRECT_KIND, case, kind=Kind.SERVICE_REQUEST)
    desk.use(CORRECT_KIND, case, LENA, kind=Kind.COMPLAINT)
    first, second = desk.events(case, "kind_corrected")
    desk.use(UNDO, case, LENA)
    stands = "It stands: a later correction of the case was undone by Lena Moss on Monday 12 October 2026. Correct it"
    with writing(desk.engine) as session, pytest.raises(StepNotAllowed, match=stands):
        undo(session, desk, case, BEN, first.id)
    with writing(desk.engine) as session, pytest.raises(StepNotAllowed, match="undone already by Lena Moss"):
        undo(session, desk, case, BEN, second.id)
    assert desk.look(case).kind == Kind.SERVICE_REQUEST


def undo(session: Session, desk: Desk, case: Case, by: str, correction: int | None) -> str:
    who, fresh = officer(desk.engine, by), get_case(session, case.number)
    return undo_correction(session, fresh, by=who, settings=desk.settings, now=desk.now, correction=correction)


def test_an_uncorrected_case_has_nothing_to_undo(desk: Desk) -> None:
    case = unsure(desk)
    with pytest.raises(StepNotAllowed, match="nothing to undo"):
        desk.use(UNDO, case)
    with reading(desk.engine) as session:
        assert not UNDO.is_offered(session, case, desk.settings)


def test_another_service_undoes_nothing(desk: Desk) -> None:
    case = unsure(desk)
    desk.use(CORRECT_KIND, case, kind=Kind.SERVICE_REQUEST)
    with pytest.raises(NotEntitled):
        desk.use(UNDO, case, DEV)


def test_somebodys_own_corrections_of_the_day_are_listed_while_they_can_be_undone(desk: Desk) -> None:
    cases = [unsure(desk, Message_ID=f"<{n}@residents.example>") for n in range(3)]
    for case in cases:
        desk.use(CORRECT_KIND, case, kind=Kind.SERVICE_REQUEST)
    desk.acknowledge(cases[1])
    with reading(desk.engine) as session:
        ben, cara = officer(desk.engine, BEN), officer(desk.engine, CARA)
        mine = undoable(session, ben, since=desk.now)
        assert [case.reference for case, _ in mine] == [cases[2].reference, cases[0].reference]
        assert undoable(session, cara, since=desk.now) == []
        assert undoable(session, ben, since=desk.now + timedelta(seconds=1)) == []
        assert correction_to_undo(session, cases[1]) is None


def test_a_guess_overrules_nobody(desk: Desk) -> None:
    case = unsure(desk)
    assert "filed as: compliment" in sort(desk, case, Kind.COMPLIMENT, BEN)
    assert sort(desk, case, Kind.COMPLIMENT, CARA) == f"{case.reference} is filed as compliment already."
    with pytest.raises(StepNotAllowed, match="filed it as compliment meanwhile"):
        sort(desk, case, Kind.COMPLAINT, CARA)
    assert len(desk.events(case, "kind_corrected")) == 1


def sort(desk: Desk, case: Case, kind: Kind, by: str) -> str:
    with writing(desk.engine) as session:
        who, fresh = officer(desk.engine, by), get_case(session, case.number)
        return sort_case(session, fresh, kind, by=who, settings=desk.settings, now=desk.now)


def test_of_those_who_press_at_once_one_is_first(desk: Desk) -> None:
    case = unsure(desk)
    with ThreadPoolExecutor(6) as pool:
        kinds = [Kind.COMPLAINT, Kind.CHASER, Kind.COMMENT] * 2
        said = [pool.submit(sort, desk, case, kind, by) for kind, by in zip(kinds, (BEN, CARA) * 3, strict=True)]
    assert [each.exception() is None for each in said].count(True) in {1, 2}, "the first, and who thought the same"
    assert len(desk.events(case, "kind_corrected")) == 1


def test_of_those_who_undo_at_once_one_is_first(desk: Desk) -> None:
    case = unsure(desk)
    desk.use(CORRECT_KIND, case, kind=Kind.SERVICE_REQUEST)
    with ThreadPoolExecutor(6) as pool:
        tried = [pool.submit(desk.use, UNDO, case, by) for by in (BEN, CARA) * 3]
    assert [each.exception() is None for each in tried].count(True) == 1
    assert len(desk.events(case, UNDONE)) == 1


def test_a_case_that_speaks_for_others_is_not_undone(desk: Desk) -> None:
    parent, follower = unsure(desk), unsure(desk, Message_ID="<other@residents.example>")
    desk.use(CORRECT_KIND, parent, kind=Kind.SERVICE_REQUEST)
    desk.put(follower, campaign_of_id=parent.number)
    with pytest.raises(StepNotAllowed, match="part of a campaign"):
        desk.use(UNDO, parent)


def test_a_procedure_that_is_gone_is_not_gone_back_to(desk: Desk) -> None:
    praise = a_procedure(answers=["compliment"], for_kinds=["compliment"])
    old = desk.with_procedures(own=a_procedure(for_kinds=["complaint"]), praise=praise)
    case = old.a_case()
    old.use(CORRECT_KIND, case, kind=Kind.COMPLAINT)
    old.use(CORRECT_KIND, case, kind=Kind.COMPLIMENT)
    with pytest.raises(StepNotAllowed, match="no longer in the settings"):
        desk.with_procedures(praise=praise).use(UNDO, case)
