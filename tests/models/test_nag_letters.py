"""What an officer reads in a reminder by email is true: what is due, how to acknowledge, and for how long."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models.act_link import ActLink
from models.acting_links import ACKNOWLEDGE
from models.case import Case
from models.clock import in_words, london_date
from models.db import reading, writing
from models.nag_letters import put_nag_letter
from models.outbox import Channel, OutboxEntry
from models.reminders import Nag
from models.rules.reminders import PAUSED
from models.rules.steps import CaseStatus
from models.settings import Settings
from tests.build import a_case, a_letter, a_nag, officer, the_settings
from tests.people import BEN

BY_REPLY = "You can also answer this letter"
BY_LINK = "Acknowledge it here, once, within 7 days: https://complaints.exampleshire.example/act/"


def settings_with(folder: Path, **changes: Any) -> Settings:
    links = {"address": "https://complaints.exampleshire.example/"}
    return the_settings(folder, **{"act_links": links, "intake": {"authserv_id": "mx.exampleshire.example"}} | changes)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_with(tmp_path)


@pytest.fixture
def case(engine: Engine, settings: Settings, now: datetime) -> Case:
    return a_case(engine, settings=settings, now=now)


@pytest.fixture
def other(engine: Engine, settings: Settings, now: datetime) -> Case:
    return a_case(engine, settings=settings, now=now, raw=a_letter("The lamp is out.", Message_ID="<b@c.example>"))


def written(engine: Engine, nags: list[Nag], settings: Settings, now: datetime) -> str:
    """The text of the letter that reminds Ben of these."""
    with writing(engine) as session:
        session.add_all(nags)
        session.flush()
        assert put_nag_letter(session, officer(engine, BEN), nags, told_in="nags", settings=settings, now=now)
    with reading(engine) as session:
        put = select(OutboxEntry).where(OutboxEntry.channel == Channel.EMAIL, col(OutboxEntry.key).startswith("nags"))
        return str(session.exec(put).one().payload["text"])


def test_it_tells_by_when_and_both_ways_to_acknowledge(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    text = written(engine, [a_nag(case, BEN, at=now)], settings, now)
    assert f"{case.reference}: acknowledge by {in_words(case.acknowledge_by)} (due today)." in text
    assert BY_LINK in text
    assert f"{BY_REPLY} from this address with “acknowledge” alone in the first line." in text


def test_what_is_only_to_be_answered_cannot_be_done_by_letter(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    with writing(engine) as session:
        fresh = session.get_one(Case, case.number)
        fresh.status = CaseStatus.ACKNOWLEDGED
    nag = a_nag(case, BEN, at=now)
    nag.clock, nag.due = "answer", case.respond_by
    text = written(engine, [nag], settings, now)
    assert case.respond_by
    assert text == f"{case.reference}: answer by {in_words(case.respond_by)} (due today).\n"


def test_a_case_that_stands_still_is_told_with_the_day_since_when(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    since = london_date(now) - timedelta(days=7)
    with writing(engine) as session:
        fresh = session.get_one(Case, case.number)
        fresh.status, fresh.paused_on = CaseStatus.ACKNOWLEDGED, since
    nag = a_nag(case, BEN, at=now)
    nag.clock, nag.due, nag.step = PAUSED, since, f"paused since {since}, week 1"
    assert written(engine, [nag], settings, now) == f"{case.reference}: paused since {in_words(since)}.\n"


def test_a_case_with_two_reminders_is_answered_with_the_one_word(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    earlier = a_nag(case, BEN, at=now)
    earlier.step = "coming up"
    text = written(engine, [earlier, a_nag(case, BEN, at=now)], settings, now)
    assert "with “acknowledge” alone" in text
    assert "leave out" not in text


@pytest.mark.parametrize(
    "unheard", [{"intake": {"authserv_id": ""}}, {"notify": {"template_id": "ours"}}], ids=["no server", "Notify"]
)
def test_no_answer_is_asked_for_that_could_do_nothing(
    engine: Engine, case: Case, now: datetime, tmp_path: Path, *, unheard: dict[str, Any]
) -> None:
    """Without the name of a server that vouches, and by Notify, whose letters bear no Message-ID of ours."""
    text = written(engine, [a_nag(case, BEN, at=now)], settings_with(tmp_path, **unheard), now)
    assert BY_LINK in text
    assert BY_REPLY not in text


def test_links_are_kept_in_the_order_of_the_cases_whatever_is_due_first(
    engine: Engine, case: Case, other: Case, settings: Settings, now: datetime
) -> None:
    """Each locks its case, and a merge locks the older of two first: neither may wait for the other."""
    text = written(engine, [a_nag(other, BEN, at=now), a_nag(case, BEN, at=now)], settings, now)
    assert text.index(f"{other.reference}: ") < text.index(f"{case.reference}: ")
    with reading(engine) as session:
        kept = session.exec(select(ActLink).order_by(col(ActLink.id))).all()
    assert [link.case_id for link in kept if link.act == ACKNOWLEDGE] == [case.number, other.number]
