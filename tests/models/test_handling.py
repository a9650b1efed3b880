from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models import handling
from models.case import Case
from models.clock import in_words
from models.db import reading, writing
from models.handling import Answer, Outcome
from models.people import Complainant, Officer
from models.queries import get_case, history, letters
from models.rules.errors import NotEntitled, StepNotAllowed
from models.rules.labels import Area, Kind
from models.rules.languages import Language
from models.rules.procedures import Procedure
from models.rules.steps import CaseStatus
from models.settings import Settings
from tests.build import a_case, a_letter, an_opinion, officer, reload
from tests.people import BEN, CARA, DEV, LENA

UPHELD = Answer(Outcome.UPHELD, "We are sorry. The hole was filled on Friday.")


@pytest.fixture
def case(engine: Engine, settings: Settings, now: datetime) -> Case:
    return a_case(engine, settings=settings, now=now)


@pytest.fixture
def ben(engine: Engine) -> Officer:
    return officer(engine, BEN)


@contextmanager
def changing(engine: Engine, case: Case) -> Iterator[tuple[Session, Case]]:
    with writing(engine) as session:
        yield session, get_case(session, case.number)


def acknowledged(engine: Engine, case: Case, by: Officer, settings: Settings, now: datetime) -> str:
    with changing(engine, case) as (session, fresh):
        return handling.acknowledge(session, fresh, by=by, settings=settings, now=now)


def answered(engine: Engine, case: Case, by: Officer, settings: Settings, now: datetime) -> str:
    with changing(engine, case) as (session, fresh):
        return handling.respond(session, fresh, UPHELD, by=by, settings=settings, now=now)


def closed(engine: Engine, case: Case, by: Officer, now: datetime) -> str:
    with changing(engine, case) as (session, fresh):
        return handling.close(session, fresh, reason="Done.", by=by, now=now)


def reopened(engine: Engine, case: Case, by: Officer, now: datetime) -> str:
    with changing(engine, case) as (session, fresh):
        return handling.reopen(session, fresh, reason="They wrote again.", by=by, now=now)


def told(engine: Engine, case: Case) -> list[tuple[str, str | None]]:
    with reading(engine) as session:
        return [(event.name, name) for event, name in history(session, case)]


def texts_sent(engine: Engine, case: Case) -> list[str]:
    with reading(engine) as session:
        return [letter.text for letter in letters(session, case) if letter.direction == "out"]


def test_acknowledging_starts_the_answers_clock(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    said = acknowledged(engine, case, ben, settings, now + timedelta(days=1))
    after = reload(engine, case)
    assert after.status == CaseStatus.ACKNOWLEDGED
    assert in_words(after.acknowledged_on or now.date()) == "Tuesday 13 October 2026"
    assert in_words(after.respond_by or now.date()) == "Tuesday 27 October 2026"
    assert after.owner_id == ben.id
    assert said.endswith("The answer is due by Tuesday 27 October 2026.")
    assert ("acknowledged", "Ben Carter") in told(engine, case)


def test_acknowledging_keeps_an_owner(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    cara = officer(engine, CARA)
    with changing(engine, case) as (session, fresh):
        handling.take(session, fresh, by=cara, now=now)
    acknowledged(engine, case, ben, settings, now)
    assert reload(engine, case).owner_id == cara.id


def test_acknowledging_twice_is_refused(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    acknowledged(engine, case, ben, settings, now)
    with pytest.raises(StepNotAllowed, match="acknowledged already"):
        acknowledged(engine, case, ben, settings, now)


def test_the_day_of_an_acknowledgement_is_londons(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    acknowledged(engine, case, ben, settings, now.replace(hour=23, minute=30))
    assert in_words(reload(engine, case).acknowledged_on or now.date()) == "Tuesday 13 October 2026"


def test_taking_a_case_makes_it_yours_once(engine: Engine, case: Case, ben: Officer, now: datetime) -> None:
    for expected in ("is yours.", "is yours already."):
        with changing(engine, case) as (session, fresh):
            assert handling.take(session, fresh, by=ben, now=now).endswith(expected)
    assert reload(engine, case).owner_id == ben.id
    assert told(engine, case).count(("taken", "Ben Carter")) == 1


def test_a_corrected_kind_moves_the_answers_clock(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    for kind, owed in ((Kind.COMPLIMENT, False), (Kind.COMPLAINT, True), (Kind.SERVICE_REQUEST, False)):
        with changing(engine, case) as (session, fresh):
            said = handling.correct_kind(session, fresh, kind, by=ben, settings=settings, now=now)
        after = reload(engine, case)
        assert (after.respond_by is not None) is owed
        assert after.kind_by_person
        assert kind.replace("_", " ") in said


def test_a_corrected_area_moves_the_case_to_its_team(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    with changing(engine, case) as (session, fresh):
        said = handling.correct_area(session, fresh, Area.HOUSING, by=ben, settings=settings, now=now)
    assert said.startswith(f"{case.reference} is now with Housing. {case.reference} is now under: ")
    assert reload(engine, case).areas == ["housing"]
    with changing(engine, case) as (session, fresh):
        handling.take(session, fresh, by=officer(engine, DEV), now=now)


def test_a_service_with_limits_of_its_own_gives_them_to_a_case_that_is_filed_there(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    slower = {"stage": 1, "services": ["planning_building"], "respond": {"within": "20 working days", "of": "received"}}
    corporate = Procedure(**(settings.procedures["corporate"].model_dump() | {"overrides": [slower]}))
    own = settings.model_copy(update={"procedures": {**settings.procedures, "corporate": corporate}})
    with changing(engine, case) as (session, fresh):
        handling.correct_area(session, fresh, Area.PLANNING_BUILDING, by=ben, settings=own, now=now)
    there = reload(engine, case)
    assert (there.procedure, there.respond_by, there.look_again) == ("corporate", date(2026, 11, 9), now)


def test_an_answer_reaches_the_resident_and_ends_the_clock(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    acknowledged(engine, case, ben, settings, now)
    assert answered(engine, case, ben, settings, now).endswith("the letter is on its way.")
    after = reload(engine, case)
    assert (after.status, after.look_again) == (CaseStatus.RESPONDED, None)
    assert "The hole was filled on Friday." in texts_sent(engine, case)[-1]


def test_an_answer_comes_after_the_acknowledgement(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    with pytest.raises(StepNotAllowed, match="Acknowledge it first"):
        answered(engine, case, ben, settings, now)
    assert reload(engine, case).status == CaseStatus.NEW


def test_a_complaint_is_answered_before_it_is_closed(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    acknowledged(engine, case, ben, settings, now)
    with pytest.raises(StepNotAllowed, match="owed an answer"):
        closed(engine, case, ben, now)
    answered(engine, case, ben, settings, now)
    assert closed(engine, case, ben, now).endswith("is closed.")
    after = reload(engine, case)
    assert (after.status, after.look_again, after.closed_on) == (CaseStatus.CLOSED, None, now.date())


def test_a_service_request_is_closed_without_an_answer(
    engine: Engine, settings: Settings, ben: Officer, now: datetime
) -> None:
    asked = a_case(engine, settings=settings, now=now, opinion=an_opinion(Kind.SERVICE_REQUEST))
    acknowledged(engine, asked, ben, settings, now)
    closed(engine, asked, ben, now)
    assert reload(engine, asked).status == CaseStatus.CLOSED


def test_a_reopened_case_keeps_its_dates(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    acknowledged(engine, case, ben, settings, now)
    answered(engine, case, ben, settings, now)
    closed(engine, case, ben, now)
    before = reload(engine, case)
    reopened(engine, case, ben, now + timedelta(days=3))
    after = reload(engine, case)
    assert (after.status, after.closed_on, after.look_again) == (CaseStatus.ACKNOWLEDGED, None, now + timedelta(days=3))
    assert (after.received_on, after.acknowledged_on, after.respond_by) == (
        before.received_on,
        before.acknowledged_on,
        before.respond_by,
    )


def test_a_reopened_case_can_be_answered_again(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    acknowledged(engine, case, ben, settings, now)
    answered(engine, case, ben, settings, now)
    closed(engine, case, ben, now)
    reopened(engine, case, ben, now)
    second = Answer(Outcome.PARTLY_UPHELD, "We looked again and were wrong.")
    with changing(engine, case) as (session, fresh):
        said = handling.respond(session, fresh, second, by=ben, settings=settings, now=now)
    assert "We looked again and were wrong." in texts_sent(engine, case)[-1]
    assert said.endswith("the letter is on its way.")


def test_an_answer_to_nobody_is_kept_all_the_same(
    engine: Engine, settings: Settings, ben: Officer, now: datetime
) -> None:
    case = a_case(engine, settings=settings, now=now, raw=a_letter(From=""))
    said = acknowledged(engine, case, ben, settings, now)
    assert "tell the resident another way" in said
    assert "send the answer another way" in answered(engine, case, ben, settings, now)
    with reading(engine) as session:
        kept = [letter.text for letter in letters(session, case)] + [str(e.details) for e, _ in history(session, case)]
    assert any("The hole was filled on Friday." in text for text in kept), "the officer's words must not be lost"


@pytest.mark.parametrize(("slack_user", "may"), [(BEN, True), (CARA, True), (LENA, True), (DEV, False)])
def test_a_case_is_for_its_areas_and_the_lead(engine: Engine, case: Case, slack_user: str, may: bool) -> None:
    by = officer(engine, slack_user)
    if may:
        handling.check_entitled(case, by)
    else:
        with pytest.raises(NotEntitled, match="belongs to another service"):
            handling.check_entitled(case, by)


def test_a_case_with_an_owner_is_still_closed_to_other_areas(
    engine: Engine, case: Case, ben: Officer, now: datetime
) -> None:
    with writing(engine) as session:
        owned = get_case(session, case.number)
        handling.take(session, owned, by=ben, now=now)
        with pytest.raises(NotEntitled):
            handling.check_entitled(owned, officer(engine, DEV))


def test_an_owner_keeps_a_case_that_moved_away(engine: Engine, case: Case, ben: Officer, now: datetime) -> None:
    owned = case.model_copy(update={"areas": ["housing"], "owner_id": ben.id})
    handling.check_entitled(owned, ben)


def test_no_verb_works_for_a_stranger_to_the_area(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    dev = officer(engine, DEV)
    verbs: list[Callable[[Session, Case], object]] = [
        lambda s, c: handling.acknowledge(s, c, by=dev, settings=settings, now=now),
        lambda s, c: handling.take(s, c, by=dev, now=now),
        lambda s, c: handling.correct_kind(s, c, Kind.COMMENT, by=dev, settings=settings, now=now),
        lambda s, c: handling.correct_area(s, c, Area.HOUSING, by=dev, settings=settings, now=now),
        lambda s, c: handling.respond(s, c, UPHELD, by=dev, settings=settings, now=now),
        lambda s, c: handling.close(s, c, reason="", by=dev, now=now),
        lambda s, c: handling.reopen(s, c, reason="", by=dev, now=now),
        lambda s, c: handling.note_reading(s, c, by=dev, now=now),
    ]
    before = told(engine, case)
    for verb in verbs:
        with pytest.raises(NotEntitled), changing(engine, case) as (session, fresh):
            verb(session, fresh)
    assert told(engine, case) == before


def test_reading_is_recorded_and_changes_no_card(engine: Engine, case: Case, ben: Officer, now: datetime) -> None:
    before = reload(engine, case).version
    with changing(engine, case) as (session, fresh):
        handling.note_reading(session, fresh, by=ben, now=now)
    assert told(engine, case)[-1] == ("read", "Ben Carter")
    assert reload(engine, case).version == before


def test_the_last_stages_answer_says_it_is_final(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    with changing(engine, case) as (session, fresh):
        fresh.stage = 2
        handling.acknowledge(session, fresh, by=ben, settings=settings, now=now)
        handling.respond(session, fresh, UPHELD, by=ben, settings=settings, now=now)
        final = letters(session, fresh)[-1]
    assert final.subject == f"Our final answer to your complaint [{case.reference}]"


def test_an_answer_in_welsh_is_not_judged_by_english_words(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    bare = Answer(Outcome.UPHELD, "Mae'n ddrwg gennym.")
    with changing(engine, case) as (session, fresh):
        assert [each.element for each in handling.missing_from(session, fresh, bare, settings=settings)]
        session.get_one(Complainant, fresh.complainant_id).language = Language.WELSH
        assert handling.missing_from(session, fresh, bare, settings=settings) == ()
