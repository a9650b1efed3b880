"""The pool of independent people: who may be in it, who is free, and who may sit where."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from models.case import Case
from models.db import reading, writing
from models.independent import Independent
from models.pool import Seat, be_unavailable, empty_seats, free_on, member, people, pool_roles, retire
from models.queries import get_case, history
from models.rules.errors import GivenWrong, NotEntitled, StepNotAllowed
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.verbs.appoint import APPOINT, END_APPOINTMENT
from tests.build import a_case
from tests.independents import (
    INVESTIGATOR,
    MONDAY,
    PANEL,
    PERSON,
    ROLES,
    a_childrens_case,
    appoint,
    at_stage,
    email,
    join,
    use,
)
from tests.people import DEV


def test_the_roles_are_those_of_the_procedures_without_the_councils_own(settings: Settings) -> None:
    assert set(pool_roles(settings)) >= {INVESTIGATOR, PERSON, PANEL}
    assert "adjudicator" not in pool_roles(settings)


def test_an_officer_of_the_council_is_not_independent(engine: Engine, settings: Settings) -> None:
    with pytest.raises(GivenWrong, match="officer of the council"):
        join(engine, settings, "ben", PERSON, at=" Ben@Council.example")


@pytest.mark.parametrize(
    ("role", "at", "field"), [("referee", "", "role"), (PERSON, "nowhere", "email"), (PERSON, email("ivy"), "email")]
)
def test_what_cannot_be_is_refused(
    engine: Engine, settings: Settings, pool: None, role: str, at: str, field: str
) -> None:
    with pytest.raises(GivenWrong) as refused:
        join(engine, settings, "new", role, at=at)
    assert refused.value.field == field


def test_somebody_who_left_the_pool_can_come_back(engine: Engine, settings: Settings, pool: None) -> None:
    with writing(engine) as session:
        retire(session, member(session, email("ivy")))
    with reading(engine) as session, pytest.raises(GivenWrong, match="Nobody of the pool"):
        member(session, email("ivy"))
    join(engine, settings, "ivy", PERSON)
    with reading(engine) as session:
        assert member(session, email("ivy")).roles == [PERSON]
        assert len(people(session)) == len(ROLES)


def test_nobody_is_free_on_days_they_gave_both_ends_included(engine: Engine, pool: None) -> None:
    with writing(engine) as session:
        be_unavailable(session, member(session, email("ivy")), MONDAY, MONDAY + timedelta(days=1))
        with pytest.raises(GivenWrong, match="before it begins"):
            be_unavailable(session, member(session, email("ivy")), MONDAY, MONDAY - timedelta(days=1))
    with reading(engine) as session:
        days = [MONDAY + timedelta(days=number) for number in range(-1, 3)]
        free = ["Ivy" in {person.name for person in free_on(session, each)} for each in days]
    assert free == [True, False, False, True]


def test_somebody_free_is_appointed_to_a_seat_of_the_stage(
    engine: Engine, settings: Settings, now: datetime, pool: None
) -> None:
    case = a_childrens_case(engine, settings, now, stage=2)
    said = appoint(engine, case, INVESTIGATOR, "ivy", settings, now)
    assert said == f"Ivy is {INVESTIGATOR} on {case.reference} from today. Still to be appointed: {PERSON}."
    with reading(engine) as session:
        event, by = history(session, case)[-1]
        assert empty_seats(session, settings) == [Seat(case.reference, 2, PERSON)]
    assert (event.name, by, event.details["role"]) == ("appointed", "Ben Carter", INVESTIGATOR)


def test_a_stage_without_independent_people_has_no_seats(
    engine: Engine, settings: Settings, now: datetime, pool: None
) -> None:
    case = a_case(engine, settings=settings, now=now)
    with pytest.raises(GivenWrong):
        appoint(engine, case, INVESTIGATOR, "ivy", settings, now)


def test_somebody_appointed_elsewhere_in_the_case_has_no_second_part(
    engine: Engine, settings: Settings, now: datetime, pool: None
) -> None:
    """The Independent Person of stage 2 may not sit on the panel, though she is in the pool for panels too."""
    case = a_childrens_case(engine, settings, now, stage=2)
    appoint(engine, case, PERSON, "ines", settings, now)
    use(engine, END_APPOINTMENT, case, {"who": email("ines")}, settings=settings, now=now)
    at_stage(engine, case, 3)
    with pytest.raises(
        GivenWrong, match=r"Ines was Independent Person at stage 2 of .+ Nobody has two parts in one case"
    ):
        appoint(engine, case, "panel chair", "ines", settings, now)


def test_a_panel_has_three_seats_and_three_people(
    engine: Engine, settings: Settings, now: datetime, pool: None
) -> None:
    case = a_childrens_case(engine, settings, now, stage=3)
    with reading(engine) as session:
        seats = [seat.role for seat in empty_seats(session, settings)]
    assert len(seats) == 3
    for seat, name in zip(seats, ("pat", "pia", "paul"), strict=True):
        appoint(engine, case, seat, name, settings, now)
    with reading(engine) as session:
        assert empty_seats(session, settings) == []
    with pytest.raises(GivenWrong) as refused:
        appoint(engine, case, seats[0], "ines", settings, now)
    assert refused.value.field == "role"


def test_nobody_is_appointed_who_is_not_free_or_of_another_role(
    engine: Engine, settings: Settings, now: datetime, pool: None
) -> None:
    case = a_childrens_case(engine, settings, now, stage=2)
    with pytest.raises(GivenWrong, match="Ivy is not in the pool as Independent Person"):
        appoint(engine, case, PERSON, "ivy", settings, now)
    with writing(engine) as session:
        be_unavailable(session, member(session, email("ines")), MONDAY, MONDAY)
    with pytest.raises(GivenWrong, match="Ines is not free today"):
        appoint(engine, case, PERSON, "ines", settings, now)


def test_somebody_who_became_an_officer_is_not_appointed(
    engine: Engine, settings: Settings, now: datetime, pool: None
) -> None:
    case = a_childrens_case(engine, settings, now, stage=2)
    with writing(engine) as session:
        member(session, email("ines")).email = "dev@council.example"
    with pytest.raises(GivenWrong, match="officer of the council"):
        use(engine, APPOINT, case, {"role": PERSON, "who": "dev@council.example"}, settings=settings, now=now)


def test_only_who_is_entitled_to_the_case_appoints_and_only_while_it_is_open(
    engine: Engine, settings: Settings, now: datetime, pool: None
) -> None:
    case, given = a_childrens_case(engine, settings, now, stage=2), {"role": INVESTIGATOR, "who": email("ivy")}
    with pytest.raises(NotEntitled):
        use(engine, APPOINT, case, given, by=DEV, settings=settings, now=now)
    with writing(engine) as session:
        get_case(session, case.number).status = CaseStatus.CLOSED
    with pytest.raises(StepNotAllowed):
        use(engine, APPOINT, case, given, settings=settings, now=now)


def test_who_leaves_the_pool_or_is_not_free_is_named_with_what_they_sit_on(
    engine: Engine, settings: Settings, now: datetime, pool: None
) -> None:
    case = a_childrens_case(engine, settings, now, stage=2)
    appoint(engine, case, INVESTIGATOR, "ivy", settings, now)
    with writing(engine) as session:
        ivy: Independent = member(session, email("ivy"))
        assert f"They sit on {case.reference}" in be_unavailable(session, ivy, MONDAY, MONDAY)
        assert f"They sit on {case.reference}" in retire(session, ivy)


def test_the_verbs_are_offered_where_they_have_something_to_do(
    engine: Engine, settings: Settings, now: datetime, pool: None
) -> None:
    def offered() -> tuple[bool, bool]:
        with reading(engine) as session:
            found = session.get_one(Case, case.number)
            return APPOINT.is_offered(session, found, settings), END_APPOINTMENT.is_offered(session, found, settings)

    case = a_case(engine, settings=settings, now=now)
    assert offered() == (False, False)
    at_stage(engine, case, 2)
    assert offered() == (True, False)
    appoint(engine, case, INVESTIGATOR, "ivy", settings, now)
    assert offered() == (True, True)
    appoint(engine, case, PERSON, "ines", settings, now)
    assert offered() == (False, True)
