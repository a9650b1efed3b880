"""The page behind a link: it shows the least, and takes the act."""

from datetime import datetime
from pathlib import Path

import httpx

from models.acting_links import ACKNOWLEDGE, Allowed, duties_by_key, give_link
from models.db import reading, writing
from models.duty import DutyState
from models.rules.steps import CaseStatus
from models.rules.threads import keys_in
from models.verbs.request import REQUEST
from tests.build import a_case, officer, the_settings
from tests.duty_desk import a_desk
from tests.people import BEN
from tests.web.conftest import Site


def a_page(site: Site, folder: Path, now: datetime) -> tuple[str, str]:
    """A case, and where the link to acknowledge it leads."""
    settings = the_settings(folder, act_links={"address": site.url, "valid_days": 7})
    case = a_case(site.engine, settings=settings, now=now)
    with writing(site.engine) as session:
        ben = officer(site.engine, BEN)
        address = give_link(session, Allowed(ACKNOWLEDGE, case.number, ben.id), settings=settings, now=now)
    return case.reference, address


def test_the_page_shows_the_reference_and_nothing_of_the_resident(site: Site, tmp_path: Path, now: datetime) -> None:
    reference, address = a_page(site, tmp_path, now)
    shown = httpx.get(address)
    assert shown.status_code == 200
    assert f"Acknowledge {reference}" in shown.text
    for private in ("Asha", "Okafor", "residents.example", "pothole", "Elm Road"):
        assert private not in shown.text
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert shown.headers["cache-control"] == "no-store"


def test_opening_the_page_does_nothing(site: Site, tmp_path: Path, now: datetime) -> None:
    _, address = a_page(site, tmp_path, now)
    httpx.get(address)
    httpx.head(address)
    assert [case.status for case in site.cases()] == [CaseStatus.NEW]


def test_pressing_the_button_acknowledges_once(site: Site, tmp_path: Path, now: datetime) -> None:
    _, address = a_page(site, tmp_path, now)
    first, second = httpx.post(address), httpx.post(address)
    assert (first.status_code, second.status_code) == (200, 410)
    assert "is acknowledged" in first.text
    assert "It was used already" in second.text
    assert [case.status for case in site.cases()] == [CaseStatus.ACKNOWLEDGED]


def test_a_link_that_is_none_says_so(site: Site) -> None:
    answer = site.browser.get("/act/abcdefgh")
    assert answer.status_code == 410
    assert "There is no such link: copy the whole of it from the letter." in answer.text


def test_the_key_in_a_letter_to_a_partner_opens_no_page_and_settles_nothing(
    site: Site, tmp_path: Path, now: datetime
) -> None:
    settings = the_settings(tmp_path, act_links={"address": site.url, "valid_days": 7})
    desk = a_desk(site.engine, settings, now)
    desk.act(REQUEST, party="Highways", party_email="desk@highways.example", what="When?", by="2026-10-21")
    [letter] = desk.letters("desk@highways.example")
    [key] = keys_in((letter["reply_to"],), ours=settings.letters.from_address)
    with reading(site.engine) as session:
        assert duties_by_key(session, [key], now=now) == [desk.duty().number], "it is known for an answer"
    answers = [site.browser.get(f"/act/{key}"), site.browser.post(f"/act/{key}", data={"answer": "On 3 May."})]
    assert [answer.status_code for answer in answers] == [410, 410]
    assert desk.duty().state == DutyState.OPEN
