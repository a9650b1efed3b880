"""Whatever is drawn passes one door, and a resident's name, address or words stay behind it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import select

from intake.processing import process
from intake.receive import receive
from jobs.drawing import draw
from models.case import Case
from models.correspondence import Correspondence, HeldMessage
from models.db import reading, writing
from models.outbox import OutboxEntry, put_line
from models.people import Complainant
from tests.build import a_letter
from tests.jobs.contact import CONTACT, letters_to, lines_in
from tests.jobs.office import HIGHWAYS, Office, buttons, words_on
from tests.people import ASHA


def speaks_of_a_resident(office: Office, case: Case) -> str:
    return f"{case.reference}: Asha Okafor rang again"


def quotes_a_letter(office: Office, case: Case) -> str:
    with reading(office.parts.engine) as session:
        letter = session.exec(select(Correspondence).where(Correspondence.case_id == case.number)).first()
    assert letter is not None
    return f"{case.reference}: they say that {letter.text.strip()}"


def gives_an_address(_office: Office, case: Case) -> str:
    return f"{case.reference}: write to {ASHA}"


@pytest.mark.parametrize("leak", [speaks_of_a_resident, quotes_a_letter, gives_an_address])
def test_a_message_with_a_residents_words_is_held_back(told: Office, leak: Callable[[Office, Case], str]) -> None:
    case = told.new_case(a_letter("The pothole in Elm Road is back again, and nobody ever comes."))
    text = leak(told, case)
    with writing(told.parts.engine) as session:
        put_line(session, key="a slip", to=HIGHWAYS, text=text, case_id=None, now=told.clock.now())
    told.deliver()
    shown = [str(call.args) for call in told.slack.calls("chat.postMessage")]
    for words in ("Okafor", "nobody ever comes", ASHA):
        assert not any(words in each for each in shown)
    assert f"{case.reference}: held back here" in lines_in(told, HIGHWAYS)
    [letter] = letters_to(told, CONTACT)
    assert case.reference in letter
    assert "Okafor" not in letter


def test_a_card_that_is_held_back_keeps_its_buttons(told: Office) -> None:
    case = told.new_case()
    with writing(told.parts.engine) as session:
        theirs = session.get_one(Complainant, case.complainant_id)
        theirs.name = "Complaint"
        session.add(theirs)
    told.deliver()
    card = told.card()
    assert "held back" in words_on(card["blocks"])
    assert buttons(card)[:2] == ["acknowledge", "take"]


def test_a_held_messages_card_passes_the_same_door(told: Office, now: datetime) -> None:
    raw = a_letter("", Subject="", From="Noor Fernandez <noor@residents.example>", Message_ID="<empty@x.example>")
    with writing(told.parts.engine) as session:
        kept = receive(session, source="Noor Fernandez", raw=raw, now=now)
    process(told.parts.engine, kept.message_id, settings=told.parts.settings, now=now)
    with reading(told.parts.engine) as session:
        assert session.get_one(HeldMessage, kept.message_id).sender_name == "Noor Fernandez"
        [entry] = [each for each in session.exec(select(OutboxEntry)) if each.payload["draw"] == "held"]
        drawn = draw(session, entry.key, entry.payload, settings=told.parts.settings, now=now)
    assert drawn is not None
    assert "name" in drawn.held_back
    assert "Noor" not in str(drawn.blocks) + drawn.text
