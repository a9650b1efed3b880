"""Links that act without Slack: once, in time, for one person, and nothing of their secret is kept."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.act_link import ActLink
from models.acting_links import ACKNOWLEDGE, ANSWER_REQUEST, Allowed, give_link, look_at, use
from models.case import Case
from models.council import sync_officers
from models.db import reading, writing
from models.duty import Duty, DutyKind, DutyState
from models.people import Officer
from models.rules.errors import LinkSpent, NotEntitled, StepNotAllowed
from models.rules.steps import CaseStatus
from models.settings import Settings
from tests.build import a_case, officer, reload, the_settings
from tests.people import BEN, DEV

ADDRESS = "https://complaints.exampleshire.example/"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return the_settings(tmp_path, act_links={"address": ADDRESS, "valid_days": 7})


@pytest.fixture
def case(engine: Engine, settings: Settings, now: datetime) -> Case:
    return a_case(engine, settings=settings, now=now)


@pytest.fixture
def ben(engine: Engine) -> Officer:
    return officer(engine, BEN)


def a_link(engine: Engine, allowed: Allowed, settings: Settings, now: datetime) -> str:
    with writing(engine) as session:
        address = give_link(session, allowed, settings=settings, now=now)
    return address.rpartition("/")[2]


def used(engine: Engine, secret: str, settings: Settings, now: datetime, answer: str = "") -> str:
    with writing(engine) as session:
        return use(session, secret, answer, settings=settings, now=now)


def a_request(engine: Engine, case: Case, now: datetime) -> int:
    with writing(engine) as session:
        asked = Duty(
            key=f"{case.reference} request 1",
            case_id=case.number,
            kind=DutyKind.REQUEST,
            what="When was the drain last emptied?",
            due=now.date(),
            party="Water company",
            made_at=now,
        )
        session.add(asked)
        session.flush()
        return asked.number


def test_a_link_leads_to_our_own_address(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    with writing(engine) as session:
        address = give_link(session, Allowed(ACKNOWLEDGE, case.number, ben.id), settings=settings, now=now)
    assert address.startswith(f"{ADDRESS}act/")


def test_without_an_address_no_link_is_given(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    closed = settings.model_copy(update={"act_links": settings.act_links.model_copy(update={"address": ""})})
    with writing(engine) as session:
        assert give_link(session, Allowed(ACKNOWLEDGE, case.number, ben.id), settings=closed, now=now) == ""
    with reading(engine) as session:
        assert session.exec(select(ActLink)).all() == []


def test_the_secret_itself_is_not_kept(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    secret = a_link(engine, Allowed(ACKNOWLEDGE, case.number, ben.id), settings, now)
    with reading(engine) as session:
        kept = session.exec(select(ActLink)).one()
    assert secret not in str(kept.model_dump())


def test_a_link_acknowledges_for_the_officer_it_was_given_to(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    secret = a_link(engine, Allowed(ACKNOWLEDGE, case.number, ben.id), settings, now)
    assert "is acknowledged" in used(engine, secret, settings, now)
    after = reload(engine, case)
    assert (after.status, after.owner_id) == (CaseStatus.ACKNOWLEDGED, ben.id)


def test_looking_at_a_link_uses_nothing_up(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    secret = a_link(engine, Allowed(ACKNOWLEDGE, case.number, ben.id), settings, now)
    for _ in range(3):
        with reading(engine) as session:
            offered = look_at(session, secret, now=now)
    assert (offered.reference, offered.officer, offered.what) == (case.reference, "Ben Carter", "")
    assert reload(engine, case).status == CaseStatus.NEW


def test_a_link_works_once(engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime) -> None:
    secret = a_link(engine, Allowed(ACKNOWLEDGE, case.number, ben.id), settings, now)
    used(engine, secret, settings, now)
    with pytest.raises(LinkSpent, match="used already"):
        used(engine, secret, settings, now)


def test_a_link_ends_with_its_days(engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime) -> None:
    secret = a_link(engine, Allowed(ACKNOWLEDGE, case.number, ben.id), settings, now)
    with pytest.raises(LinkSpent, match="time is over"):
        used(engine, secret, settings, now + timedelta(days=7))
    assert reload(engine, case).status == CaseStatus.NEW


def test_a_made_up_link_is_none(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    with pytest.raises(LinkSpent, match="no such link"):
        used(engine, case.reference, settings, now)


def test_a_link_that_is_refused_is_not_used_up(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    secret = a_link(engine, Allowed(ACKNOWLEDGE, case.number, officer(engine, DEV).id), settings, now)
    with pytest.raises(NotEntitled):
        used(engine, secret, settings, now)
    with reading(engine) as session:
        assert look_at(session, secret, now=now).officer == "Dev Patel"


def test_who_left_the_council_acts_no_more(
    engine: Engine, case: Case, ben: Officer, settings: Settings, now: datetime
) -> None:
    secret = a_link(engine, Allowed(ACKNOWLEDGE, case.number, ben.id), settings, now)
    without = settings.model_copy(update={"officers": settings.officers[1:]})
    with writing(engine) as session:
        sync_officers(session, without)
    with pytest.raises(NotEntitled, match="no longer works here"):
        used(engine, secret, settings, now)


def test_a_partner_answers_without_an_account(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    number = a_request(engine, case, now)
    secret = a_link(engine, Allowed(ANSWER_REQUEST, case.number, duty_id=number), settings, now)
    with reading(engine) as session:
        assert look_at(session, secret, now=now).what == "When was the drain last emptied?"
    used(engine, secret, settings, now, "On 3 October.")
    with reading(engine) as session:
        duty = session.get_one(Duty, number)
    assert (duty.state, duty.evidence, duty.look_again) == (DutyState.DONE, "On 3 October.", None)


def test_a_request_that_was_settled_meanwhile_takes_no_answer(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    number = a_request(engine, case, now)
    links = [a_link(engine, Allowed(ANSWER_REQUEST, case.number, duty_id=number), settings, now) for _ in range(2)]
    used(engine, links[0], settings, now, "On 3 October.")
    with pytest.raises(StepNotAllowed, match="meanwhile"):
        used(engine, links[1], settings, now, "On 4 October.")
    with reading(engine) as session:
        assert session.get_one(Duty, number).evidence == "On 3 October."
