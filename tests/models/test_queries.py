from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, update

from models import handling
from models.case import Case
from models.db import reading, writing
from models.queries import case_by_reference, get_case, history, letters, open_cases, overdue
from models.rules.errors import CaseUnknown
from models.rules.labels import Kind
from models.settings import Settings
from tests.build import a_case, a_letter, an_opinion, officer
from tests.days import day
from tests.people import BEN


def test_a_case_is_found_by_its_reference_in_any_case(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    with reading(engine) as session:
        assert case_by_reference(session, f" {case.reference.lower()} ").id == case.id
        with pytest.raises(CaseUnknown, match="T26-99999-X"):
            case_by_reference(session, "T26-99999-X")
        with pytest.raises(CaseUnknown):
            get_case(session, 99)


def test_a_case_that_was_seen_before_is_read_anew_when_it_is_locked(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    """Between the first look and the lock an officer may have answered it."""
    number = a_case(engine, settings=settings, now=now).number
    with writing(engine) as session:
        seen = session.get_one(Case, number)
        seen.look_again = None
        meanwhile = update(Case).where(col(Case.id) == number).values(version=70)
        session.connection().execute(meanwhile)
        locked = get_case(session, number)
        assert (locked is seen, locked.version, locked.look_again) == (True, 70, None)


def test_the_case_with_the_nearest_date_stands_first(engine: Engine, settings: Settings, now: datetime) -> None:
    early = a_case(engine, settings=settings, now=now)
    with writing(engine) as session:
        handling.acknowledge(
            session, get_case(session, early.number), by=officer(engine, BEN), settings=settings, now=now
        )
    later = now + timedelta(days=2)
    due_sooner = a_case(engine, settings=settings, now=later, raw=a_letter(Message_ID="<two@residents.example>"))
    with reading(engine) as session:
        found = [case.id for case in open_cases(session)]
    assert found == [due_sooner.id, early.id], "one is due on 21 October, the other’s answer on 26 October"


def test_a_case_is_overdue_after_the_last_day_of_its_clock(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    compliment = a_case(
        engine,
        settings=settings,
        now=now,
        raw=a_letter(Message_ID="<2@x.example>"),
        opinion=an_opinion(Kind.COMPLIMENT),
    )
    with reading(engine) as session:
        assert overdue(session, today=day("Monday 19 October 2026")) == []
        late = overdue(session, today=day("Tuesday 20 October 2026"))
    assert [each.id for each in late] == [case.id, compliment.id]
    with writing(engine) as session:
        for each in (case, compliment):
            handling.acknowledge(
                session, get_case(session, each.number), by=officer(engine, BEN), settings=settings, now=now
            )
    with reading(engine) as session:
        assert [c.id for c in overdue(session, today=day("Tuesday 27 October 2026"))] == [case.id]


def test_a_history_names_who_did_what_in_order(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    with writing(engine) as session:
        handling.take(session, get_case(session, case.number), by=officer(engine, BEN), now=now)
    with reading(engine) as session:
        told = [(event.name, name) for event, name in history(session, case)]
        assert [letter.direction for letter in letters(session, case)] == ["in", "out"]
    assert told == [("received", None), ("suggestion_recorded", None), ("taken", "Ben Carter")]
