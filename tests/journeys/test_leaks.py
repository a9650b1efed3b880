"""After a year of careless officers no message in Slack names a resident, or quotes one."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.db import writing
from models.outbox import put_line
from tests.jobs.office import HIGHWAYS, Office, open_office
from tests.journeys.leaks_year import Year, happened, kinds_put, live

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]


@pytest.fixture
def office(engine: Engine, tmp_path: Path, now: datetime) -> Iterator[Office]:
    with open_office(engine, tmp_path, now) as office:
        yield office


@pytest.mark.timeout(600)
def test_a_year_shows_no_resident(office: Office) -> None:
    year = live(office, fortnights=26)
    texts = list(year.shown())
    assert year.leaks(texts) == []
    assert len(texts) > 3_000, "something was shown"
    assert kinds_put(year) >= {"case", "alert", "nags", "held", "line", "thread", "digest"}
    assert year.acts > 100
    assert {"responded", "area_corrected", "kind_corrected", "closed", "nagged", "letter_received"} <= happened(year)
    assert {channel for channel, _ in texts if channel.startswith("C")} > set(), "in channels"
    assert held_back(year) == [], "the last check is for mistakes: what we draw is made of our own words"


def held_back(year: Year) -> list[str]:
    return sorted({text for _, text in year.shown() if "held back here" in text})


def words_of_a_letter(year: Year) -> str:
    return " ".join(year.written[0].split()[9:17])


def test_the_checker_finds_what_the_door_lets_pass(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobs.drawing.leak_in", lambda _shown, _private: "")
    year = live(office, fortnights=1)
    found = set(year.leaks(year.shown()))
    assert found == set()
    for what in ("name", "email", "phone", "postcode", "street", "letter"):
        said = words_of_a_letter(year) if what == "letter" else str(getattr(year.residents[0], what))
        slip = f"By the way: {said}."
        with writing(office.parts.engine) as session:
            put_line(session, key=f"a slip: {what}", to=HIGHWAYS, text=slip, case_id=None, now=office.clock.now())
        office.deliver()
        now_found = set(year.leaks(year.shown()))
        assert now_found > found, what
        found = now_found


def test_the_checker_looks_at_what_stood_before_an_edit_and_in_threads(office: Office) -> None:
    year = live(office, fortnights=1)
    name, client = year.residents[0].name, office.client
    posted = client.chat_postMessage(channel=HIGHWAYS, text=name)
    client.chat_update(channel=str(posted["channel"]), ts=str(posted["ts"]), text="Nothing here.")
    edited = len(year.leaks(year.shown()))
    assert edited > 0
    client.chat_postMessage(channel=HIGHWAYS, thread_ts=str(posted["ts"]), text="Below:", blocks=[_block(name)])
    assert len(year.leaks(year.shown())) > edited


def _block(text: str) -> dict[str, object]:
    return {"type": "section", "text": {"type": "plain_text", "text": text}}
