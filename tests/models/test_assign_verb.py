"""A case given to somebody by a person."""

from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.case import Case
from models.db import reading, writing
from models.handling import Answer, Outcome, acknowledge, respond
from models.outbox import OutboxEntry
from models.queries import get_case, history
from models.rules.errors import GivenWrong, NotEntitled, StepNotAllowed
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.stages import go_to_next_stage
from models.verbs.assign import ASSIGN
from models.verbs.verb import Act, perform
from tests.build import a_case, officer, reload
from tests.days import day
from tests.people import BEN, CARA, DEV, LENA
from tests.staff import a_case_of, goes_away, lines_put

MONDAY = day("Monday 12 October 2026")
TO_CARA = {"who": "cara@council.example"}


def assign(
    engine: Engine, case: Case, given: dict[str, str], settings: Settings, now: datetime, *, by: str = BEN
) -> str:
    who = officer(engine, by)
    with writing(engine) as session:
        return perform(ASSIGN, Act(session, get_case(session, case.number), who, settings, now), given)


def test_somebody_else_owns_it_and_is_told(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case_of(engine, BEN, settings=settings, now=now)
    said = assign(engine, case, TO_CARA | {"reason": "She knows the road."}, settings, now)
    assert said == f"{case.reference} is Cara Lewis’s now."
    assert reload(engine, case).owner_id == officer(engine, CARA).id
    assert list(lines_put(engine, key=f"{case.reference} assigned")) == [CARA]
    with reading(engine) as session:
        event, by = history(session, case)[-1]
    assert (event.name, by, event.details["reason"]) == ("assigned", "Ben Carter", "She knows the road.")


def test_the_reason_is_told_to_nobody(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case_of(engine, BEN, settings=settings, now=now)
    assign(engine, case, TO_CARA | {"reason": "The Smiths asked for her."}, settings, now)
    with reading(engine) as session:
        put = [entry.payload for entry in session.exec(select(OutboxEntry))]
    assert put
    assert "Smith" not in str(put)


def test_whoever_takes_it_themselves_is_not_told(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    assign(engine, case, {"who": "ben@council.example"}, settings, now)
    assert reload(engine, case).owner_id == officer(engine, BEN).id
    assert not lines_put(engine, key=f"{case.reference} assigned")


def test_given_to_its_owner_nothing_happens(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case_of(engine, CARA, settings=settings, now=now)
    version = reload(engine, case).version
    assert assign(engine, case, TO_CARA, settings, now) == f"{case.reference} is Cara Lewis’s already."
    assert reload(engine, case).version == version


@pytest.mark.parametrize("email", ["dev@council.example", "eve@council.example"])
def test_only_officers_who_may_open_it_can_be_chosen(
    engine: Engine, settings: Settings, now: datetime, email: str
) -> None:
    case = a_case_of(engine, BEN, settings=settings, now=now)
    with pytest.raises(GivenWrong, match=r"ben@.+, cara@.+, lena@"):
        assign(engine, case, {"who": email}, settings, now)


def test_only_who_is_entitled_gives_it_away(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case_of(engine, BEN, settings=settings, now=now)
    with pytest.raises(NotEntitled):
        assign(engine, case, TO_CARA, settings, now, by=DEV)


def test_whoever_decided_the_stage_before_cannot_be_given_this_one(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    case = a_case_of(engine, CARA, settings=settings, now=now)
    with writing(engine) as session:
        found, cara = get_case(session, case.number), officer(engine, CARA)
        acknowledge(session, found, by=cara, settings=settings, now=now)
        respond(session, found, Answer(Outcome.NOT_UPHELD, "No."), by=cara, settings=settings, now=now)
        go_to_next_stage(session, found, requested_on=MONDAY, settings=settings, now=now)
    with pytest.raises(GivenWrong, match=f"Cara Lewis decided {case.reference} before"):
        assign(engine, case, TO_CARA, settings, now)


def test_whoever_is_away_may_be_given_it_and_it_is_said_who_covers(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    case = a_case_of(engine, BEN, settings=settings, now=now)
    goes_away(engine, CARA, LENA, (MONDAY, MONDAY), settings=settings, now=now)
    said = assign(engine, case, TO_CARA, settings, now)
    assert said.endswith("They are away; Lena Moss covers.")


def test_a_closed_case_is_given_to_nobody(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case_of(engine, BEN, settings=settings, now=now)
    with writing(engine) as session:
        get_case(session, case.number).status = CaseStatus.CLOSED
    with pytest.raises(StepNotAllowed):
        assign(engine, case, TO_CARA, settings, now)


def test_a_case_that_another_speaks_for_has_that_ones_owner(engine: Engine, settings: Settings, now: datetime) -> None:
    parent, case = (a_case_of(engine, BEN, settings=settings, now=now, number=number) for number in (1, 2))
    with writing(engine) as session:
        get_case(session, case.number).campaign_of_id = parent.number
    with pytest.raises(StepNotAllowed, match="Another case speaks for it"):
        assign(engine, case, TO_CARA, settings, now)
