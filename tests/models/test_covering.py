"""Who stands in for whom, and who hears of a case when its owner is away."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from models import handling
from models.absence import Absence
from models.case import Case
from models.covering import Roster, roster, stands_in, told_about
from models.db import reading, writing
from models.people import Officer
from models.queries import get_case
from models.settings import Settings
from tests.build import a_case, an_opinion, officer
from tests.days import day
from tests.people import BEN, CARA, DEV, LENA
from tests.staff import HIGHWAYS, a_case_of, goes_on, has_left, with_team

MONDAY = day("Monday 12 October 2026")


def away(engine: Engine, who: str, cover: str | None, *, first: date = MONDAY, last: date = MONDAY) -> None:
    covered_by = officer(engine, cover).id if cover else None
    with writing(engine) as session:
        entered = datetime.combine(first, datetime.min.time()).astimezone()
        session.add(
            Absence(
                officer_id=officer(engine, who).id or 0,
                from_day=first,
                until_day=last,
                cover_id=covered_by,
                entered_at=entered,
            )
        )


def acts_for(engine: Engine, who: str, on: date = MONDAY) -> str | None:
    with reading(engine) as session:
        found = stands_in(session, session.exec(select(Officer).where(Officer.slack_user == who)).one(), on)
    return found.slack_user if found else None


def told(engine: Engine, case: Case, settings: Settings, on: date = MONDAY) -> str:
    with reading(engine) as session:
        return told_about(session, session.get_one(Case, case.number), settings=settings, on=on)


def managed(settings: Settings, email: str) -> Settings:
    """The same settings, with a manager for the team on highways."""
    return with_team(settings, manager=email)


def test_whoever_is_here_acts_themselves(engine: Engine) -> None:
    assert acts_for(engine, BEN) == BEN


def test_an_absence_includes_both_its_ends(engine: Engine) -> None:
    away(engine, BEN, CARA, first=MONDAY, last=MONDAY + timedelta(days=4))
    days = [MONDAY + timedelta(days=number) for number in range(-1, 6)]
    assert [acts_for(engine, BEN, each) for each in days] == [BEN, CARA, CARA, CARA, CARA, CARA, BEN]


def test_an_absence_of_one_day_may_be_29_february(engine: Engine) -> None:
    leap = date(2028, 2, 29)
    away(engine, BEN, CARA, first=leap, last=leap)
    assert [acts_for(engine, BEN, leap + timedelta(days=number)) for number in (-1, 0, 1)] == [BEN, CARA, BEN]


def test_a_cover_who_is_away_has_a_cover_of_their_own(engine: Engine) -> None:
    away(engine, BEN, CARA)
    away(engine, CARA, LENA)
    assert acts_for(engine, BEN) == LENA


def test_people_who_cover_for_each_other_and_are_all_away_are_nobody(engine: Engine) -> None:
    away(engine, BEN, CARA)
    away(engine, CARA, BEN)
    assert acts_for(engine, BEN) is None


def test_nobody_stands_in_for_somebody_with_no_cover(engine: Engine) -> None:
    away(engine, BEN, None)
    assert acts_for(engine, BEN) is None


def test_a_leaver_is_away_for_ever_unless_somebody_covers_for_them(engine: Engine) -> None:
    later = MONDAY + timedelta(days=4000)
    away(engine, BEN, CARA)
    has_left(engine, BEN)
    assert [acts_for(engine, BEN), acts_for(engine, BEN, later)] == [CARA, None]


def test_a_line_about_a_case_goes_to_the_cover_on_the_day(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case_of(engine, BEN, settings=settings, now=now)
    away(engine, BEN, CARA)
    assert [told(engine, case, settings), told(engine, case, settings, MONDAY + timedelta(days=1))] == [CARA, BEN]


def test_with_nobody_to_stand_in_the_manager_is_told_and_then_the_team(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    case = a_case_of(engine, BEN, settings=settings, now=now)
    away(engine, BEN, None)
    with_manager = managed(settings, "Cara@council.example")
    assert told(engine, case, settings) == HIGHWAYS
    assert told(engine, case, with_manager) == CARA
    away(engine, CARA, LENA)
    assert told(engine, case, with_manager) == LENA, "the manager’s cover"
    away(engine, LENA, None)
    assert told(engine, case, with_manager) == HIGHWAYS


def test_a_case_that_nobody_owns_is_the_teams_and_not_the_managers(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    case = a_case(engine, settings=settings, now=now)
    assert told(engine, case, managed(settings, "cara@council.example")) == HIGHWAYS


def test_a_cover_who_may_not_open_the_case_is_not_told_of_it(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case_of(engine, BEN, settings=settings, now=now)
    away(engine, BEN, DEV)
    assert told(engine, case, settings) == HIGHWAYS
    assert told(engine, case, managed(settings, "cara@council.example")) == CARA


def test_a_cover_who_decided_the_stage_before_is_not_told_of_this_one(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    case = a_case_of(engine, CARA, settings=settings, now=now)
    goes_on(engine, case, CARA, settings=settings, now=now)
    with writing(engine) as session:
        handling.take(session, get_case(session, case.number), by=officer(engine, BEN), now=now)
    away(engine, BEN, CARA)
    assert told(engine, case, settings) == HIGHWAYS


def test_a_case_of_another_service_keeps_its_own_team(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now, opinion=an_opinion(area=settings.teams[0].areas[0]))
    assert told(engine, case, settings) == settings.teams[0].channel


COVERS = st.dictionaries(st.integers(1, 8), st.none() | st.integers(1, 8), max_size=8)


@given(COVERS, st.integers(1, 8))
def test_whoever_stands_in_is_here_and_only_somebody_away_is_replaced(
    away_on: dict[int, int | None], number: int
) -> None:
    officers = {each: Officer(id=each, name="", email=str(each), slack_user=str(each)) for each in range(1, 9)}
    here = Roster(officers, away_on)
    found = here.stands_in(officers[number])
    assert found is None or not here.is_away(found)
    assert (found is officers[number]) == (number not in away_on)


def test_a_roster_of_the_day_knows_leavers_too(engine: Engine) -> None:
    has_left(engine, DEV)
    with reading(engine) as session:
        here = roster(session, MONDAY)
    assert [each.slack_user for each in here.officers.values() if here.is_away(each)] == [DEV]


def test_the_questions_asked_do_not_grow_with_the_chain(engine: Engine) -> None:
    """Two: one of the officers, one of the absences."""
    asked: list[str] = []
    away(engine, BEN, CARA)
    away(engine, CARA, LENA)
    with Session(engine) as session:
        event.listen(session, "do_orm_execute", lambda state: asked.append(str(state.statement)))
        roster(session, MONDAY)
    assert len(asked) == 2
