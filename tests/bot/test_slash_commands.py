"""Slash commands: find a case, take one down, go away; each refused to whom it is no business of."""

import pytest

from models.covering import stands_in
from models.db import reading
from models.outbox import Channel
from models.queries import case_by_reference, history, letters
from tests.bot.desk import Desk
from tests.build import officer
from tests.jobs.office import HIGHWAYS, words_on
from tests.people import BEN, DEV, EVE

TOLD = {
    "happened": "The lamp outside number nine has been dark for a month.",
    "told_details": "I rang in August.",
    "put_right": "",
    "name": "Grace Adeyemi",
    "email": "grace.adeyemi@residents.example",
    "other_contact": "",
}


def typed(desk: Desk, user: str, command: str, text: str = "") -> str:
    """Type a command; what this person alone is told, "" when a form opens."""
    told, shown = len(desk.office.slack.ephemerals(user)), desk.office.slack.views(user)
    done = desk.office.slack.command(user, HIGHWAYS, command, text)
    assert done.acked, done.outcome
    return desk.answered(user, told, shown)


def form_of(desk: Desk, user: str, command: str, text: str = "") -> dict[str, object]:
    assert typed(desk, user, command, text) == ""
    return desk.opened(user)


def words_to(desk: Desk, address: str) -> str:
    """The letters that went to an address."""
    return "\n".join(str(e.payload) for e in desk.office.entries(Channel.EMAIL) if e.payload["to"] == address)


def test_a_reference_opens_the_case(desk: Desk) -> None:
    case = desk.new_case()
    sheet = form_of(desk, BEN, "/case", case.reference.lower())
    assert sheet["title"]["text"] == case.reference  # type: ignore[index]  # Slack's own JSON


def test_a_case_of_another_service_is_not_opened(desk: Desk) -> None:
    case = desk.new_case()
    assert "belongs to another service" in typed(desk, DEV, "/case", case.reference)
    assert desk.forms(DEV) == []


@pytest.mark.parametrize("text", ["", "hello", "T26-99-A"])
def test_what_is_no_reference_is_answered_with_how(desk: Desk, text: str) -> None:
    desk.new_case()
    assert "Type /case and a reference" in typed(desk, BEN, "/case", text)


def test_a_slip_of_the_pen_in_a_reference_is_told(desk: Desk) -> None:
    right = desk.new_case().reference
    slip = right[:-1] + ("A" if right[-1] != "A" else "B")
    said = typed(desk, BEN, "/case", slip.lower())
    assert f"No case has the reference {slip}. Its last letter checks the others" in said
    assert right not in said


def test_a_search_finds_by_words_of_the_letter(desk: Desk) -> None:
    case = desk.new_case()
    assert case.reference in typed(desk, BEN, "/case", "search POTHOLE elm")
    assert "No case of your services" in typed(desk, BEN, "/case", "search pothole oak")


def test_a_search_finds_nothing_of_other_services(desk: Desk) -> None:
    desk.new_case()
    assert "No case of your services" in typed(desk, DEV, "/case", "search pothole")


def test_a_stranger_searches_nothing(desk: Desk) -> None:
    desk.new_case()
    assert "not on the list of officers" in typed(desk, EVE, "/case", "search pothole")


def test_a_percent_sign_is_only_a_percent_sign(desk: Desk) -> None:
    desk.new_case()
    assert "No case" in typed(desk, BEN, "/case", "search %%%")


def test_a_complaint_by_telephone_becomes_a_case_with_a_receipt(desk: Desk) -> None:
    desk.submit(BEN, form_of(desk, BEN, "/complaint", "new"), TOLD)
    said = desk.told(BEN)
    assert "is open. Give the person this reference." in said
    reference = said.split()[0]
    desk.office.deliver()
    parts = desk.office.parts
    with reading(parts.engine) as session:
        case = case_by_reference(session, reference)
        text = letters(session, case)[0].text
        names = [(event.name, by) for event, by in history(session, case)]
    assert "dark for a month" in text
    assert ("taken_down", "Ben Carter") in names
    assert reference in words_to(desk, "grace.adeyemi@residents.example")


def test_what_is_wrong_is_said_at_its_field(desk: Desk) -> None:
    form = form_of(desk, BEN, "/complaint", "new")
    done = desk.submit(BEN, form, TOLD | {"email": "nowhere"})
    assert list((done.response or {})["errors"]) == ["email"]
    assert "Write an email address" in (done.response or {})["errors"]["email"]


def test_going_away_names_the_cover(desk: Desk) -> None:
    form = form_of(desk, BEN, "/away")
    values = {"from": "2026-10-12", "until": "2026-10-16", "cover": "cara@council.example", "back": []}
    desk.submit(BEN, form, values)
    assert "Ben Carter is away from Monday 12 October 2026 to Friday 16 October 2026. Cara Lewis covers." in desk.told(
        BEN
    )
    with reading(desk.office.parts.engine) as session:
        found = stands_in(session, officer(desk.office.parts.engine, BEN), desk.office.clock.now().date())
    assert found is not None
    assert found.name == "Cara Lewis"


def test_who_is_away_already_is_told_how_to_call_it_off_here(desk: Desk) -> None:
    values = {"from": "2026-10-12", "until": "2026-10-16", "cover": "cara@council.example", "back": []}
    desk.submit(BEN, form_of(desk, BEN, "/away"), values)
    done = desk.submit(BEN, form_of(desk, BEN, "/away"), values)
    said = (done.response or {})["errors"]["from"]
    assert "already. To change that, save this form with “I am back” ticked first" in said
    assert "tocsin" not in said


def test_only_who_could_open_the_cases_may_cover(desk: Desk) -> None:
    form = form_of(desk, BEN, "/away")
    told = words_on(form["blocks"])
    assert "Cara Lewis" in told
    assert "Dev Patel" not in told
