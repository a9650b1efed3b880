"""Cases given out: in turn, to whoever has fewest, never to somebody away or with enough, and once each."""

import threading
from collections import Counter
from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models import handling
from models.assigning import assign_all
from models.case import Case
from models.db import reading, writing
from models.outbox import OutboxEntry
from models.queries import get_case, history
from models.settings import Settings
from tests.build import a_case, a_letter, officer, reload
from tests.days import day
from tests.people import BEN, CARA
from tests.staff import a_case_of, goes_away, goes_on, has_left, with_team

MONDAY = day("Monday 12 October 2026")


@pytest.fixture
def rota(settings: Settings) -> Settings:
    return with_team(settings, assign="rota")


@pytest.fixture
def load(settings: Settings) -> Settings:
    return with_team(settings, assign="load")


def a_new_case(engine: Engine, settings: Settings, now: datetime, number: int = 1) -> Case:
    """One that triage has given to nobody: the test gives it out."""
    raw = a_letter(f"Pothole number {number} is back.", Message_ID=f"<{number}@residents.example>")
    return a_case(engine, settings=with_team(settings, assign="nobody"), now=now, raw=raw)


def assign(engine: Engine, case: Case, settings: Settings, now: datetime) -> str | None:
    with writing(engine) as session:
        given = assign_all(session, [get_case(session, case.number)], settings=settings, now=now)
        found = given.get(case.number)
    return found.slack_user if found else None


def assign_some(engine: Engine, settings: Settings, now: datetime, many: int) -> list[str | None]:
    return [assign(engine, a_new_case(engine, settings, now, number), settings, now) for number in range(many)]


def test_a_team_that_assigns_to_nobody_keeps_its_cases(engine: Engine, settings: Settings, now: datetime) -> None:
    assert assign_some(engine, settings, now, 1) == [None]


def test_cases_go_round(engine: Engine, rota: Settings, now: datetime) -> None:
    assert assign_some(engine, rota, now, 5) == [BEN, CARA, BEN, CARA, BEN]


def test_whoever_is_given_a_case_owns_it_and_is_told(engine: Engine, rota: Settings, now: datetime) -> None:
    case = a_new_case(engine, rota, now)
    assign(engine, case, rota, now)
    ben = officer(engine, BEN)
    assert reload(engine, case).owner_id == ben.id
    with reading(engine) as session:
        event, by = [each for each in history(session, case) if each[0].name == "assigned"][-1]
        line = session.exec(select(OutboxEntry).where(OutboxEntry.case_id == case.number)).all()[-1]
    assert (by, event.details) == (None, {"officer": ben.id, "to": "Ben Carter", "why": "rota"})
    assert line.payload["to"] == BEN
    assert line.payload["text"] == (
        f"{case.reference} (highways and transport) is yours now. The acknowledgement is due by Monday 19 October 2026."
    )


def test_a_case_that_somebody_has_stays_theirs(engine: Engine, rota: Settings, now: datetime) -> None:
    case = a_case_of(engine, CARA, settings=rota, now=now)
    assert assign(engine, case, rota, now) is None
    assert reload(engine, case).owner_id == officer(engine, CARA).id


def test_nobody_who_is_away_or_has_left_is_given_a_case(engine: Engine, rota: Settings, now: datetime) -> None:
    goes_away(engine, BEN, CARA, (MONDAY, MONDAY), settings=rota, now=now)
    assert assign_some(engine, rota, now, 2) == [CARA, CARA]
    has_left(engine, CARA)
    assert assign(engine, a_new_case(engine, rota, now, 9), rota, now) is None


def test_nobody_is_given_more_than_the_cap(engine: Engine, settings: Settings, now: datetime) -> None:
    capped = with_team(settings, assign="rota", most_cases=2)
    assert assign_some(engine, capped, now, 5) == [BEN, CARA, BEN, CARA, None]


def test_an_answered_case_no_longer_counts_towards_the_cap(engine: Engine, settings: Settings, now: datetime) -> None:
    capped = with_team(settings, assign="load", most_cases=1)
    case = a_case_of(engine, BEN, settings=settings, now=now)
    a_case_of(engine, CARA, settings=settings, now=now)
    assert assign_some(engine, capped, now, 1) == [None]
    with writing(engine) as session:
        ben, found = officer(engine, BEN), get_case(session, case.number)
        handling.acknowledge(session, found, by=ben, settings=settings, now=now)
        answer = handling.Answer(handling.Outcome.UPHELD, "We are sorry.")
        handling.respond(session, found, answer, by=ben, settings=settings, now=now)
    assert assign(engine, a_new_case(engine, capped, now, 7), capped, now) == BEN


def test_by_load_whoever_has_fewest_is_next(engine: Engine, load: Settings, now: datetime) -> None:
    for number in range(3):
        a_case_of(engine, BEN, settings=load, now=now, number=number)
    a_case_of(engine, CARA, settings=load, now=now)
    assert assign_some(engine, load, now, 4) == [CARA, CARA, BEN, CARA]


def test_those_who_stand_above_the_team_are_given_nothing(engine: Engine, settings: Settings, now: datetime) -> None:
    managed = with_team(settings, assign="rota", manager="Ben@council.example")
    assert assign_some(engine, managed, now, 2) == [CARA, CARA]


def test_whoever_decided_the_stage_before_is_passed_over(engine: Engine, rota: Settings, now: datetime) -> None:
    case = a_case_of(engine, BEN, settings=rota, now=now)
    goes_on(engine, case, BEN, settings=rota, now=now)
    assert assign(engine, case, rota, now) == CARA


def test_several_are_given_out_the_earliest_first(engine: Engine, rota: Settings, now: datetime) -> None:
    cases = [a_new_case(engine, rota, now, number) for number in range(3)]
    with writing(engine) as session:
        found = [get_case(session, case.number) for case in reversed(cases)]
        given_out = assign_all(session, found, settings=rota, now=now)
    assert [given_out[case.number].slack_user for case in cases] == [BEN, CARA, BEN]


@pytest.mark.parametrize("way", ["rota", "load"])
def test_of_many_given_out_at_once_everybody_has_as_many(
    engine: Engine, settings: Settings, now: datetime, way: str
) -> None:
    shared = with_team(settings, assign=way, most_cases=4)
    cases = [a_new_case(engine, shared, now, number) for number in range(8)]
    found: list[str | None] = []

    def some(mine: list[Case]) -> None:
        found.extend(assign(engine, case, shared, now) for case in mine)

    workers = [threading.Thread(target=some, args=(cases[number::4],)) for number in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert Counter(found) == {BEN: 4, CARA: 4}
