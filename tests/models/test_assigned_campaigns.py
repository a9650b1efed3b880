"""Campaigns in a team whose cases go round: a turn is no touch of a person's."""

from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import handling
from models.assigning import assign_all
from models.campaign_steps import follow_parent, lagging
from models.case import Case
from models.db import reading, writing
from models.queries import get_case
from models.rules.likeness import prints
from models.settings import Settings
from models.triaging import Judged, claim_unjudged, record_opinions
from tests.build import an_opinion, arrive, officer
from tests.campaign_letters import campaign_letter
from tests.people import BEN
from tests.staff import with_team


def arrives(engine: Engine, settings: Settings, now: datetime, number: int) -> None:
    """A campaign's letter comes in, is judged, and its case is given out."""
    reference = arrive(engine, campaign_letter(number), settings=settings, now=now).case
    with writing(engine) as session:
        for letter in claim_unjudged(session, now=now):
            judged = Judged(letter.letter_id, an_opinion(), letter.is_first, prints(letter.text))
            record_opinions(session, [judged], settings=settings, now=now)
        case = session.exec(select(Case).where(Case.reference == reference)).one()
        assign_all(session, [case], settings=settings, now=now)


def cases(session: Session) -> list[Case]:
    return list(session.exec(select(Case).order_by(col(Case.id))))


def test_cases_that_were_only_given_out_still_become_one_campaign(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    rota = with_team(settings, assign="rota")
    for number in range(3):
        arrives(engine, rota, now, number)
    with writing(engine) as session:
        for number in lagging(session):
            follow_parent(session, number, settings=rota, now=now)
    with reading(engine) as session:
        parent, *others = cases(session)
    assert [case.campaign_of_id for case in others] == [parent.id, parent.id]
    assert {case.owner_id for case in others} == {parent.owner_id}
    assert parent.owner_id is not None


def test_one_that_its_owner_has_begun_stands_apart(engine: Engine, settings: Settings, now: datetime) -> None:
    rota = with_team(settings, assign="rota")
    for number in range(2):
        arrives(engine, rota, now, number)
    with writing(engine) as session:
        begun = get_case(session, cases(session)[1].number)
        handling.acknowledge(session, begun, by=officer(engine, BEN), settings=rota, now=now)
    arrives(engine, rota, now, 2)
    with reading(engine) as session:
        parent, begun, third = cases(session)
    assert (begun.campaign_of_id, third.campaign_of_id) == (None, parent.id)
