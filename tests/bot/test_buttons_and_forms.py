"""Every button and form through real Bolt over a socket: each does its verb, and only its verb."""

import pytest

from models.correspondence import Direction
from models.db import reading
from models.queries import letters
from models.rules.labels import Area, Kind
from models.rules.steps import CaseStatus
from tests.bot.desk import Desk
from tests.build import an_opinion, officer
from tests.jobs.office import HIGHWAYS, HOUSING, buttons, words_on
from tests.people import BEN, CARA, DEV, LENA

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

LETTER = "We were late because a crew was ill.\nThe road was mended – sorry."


def test_acknowledge_writes_to_the_resident_and_starts_the_answers_clock(desk: Desk) -> None:
    case = desk.new_case()
    before = desk.office.card()
    said = desk.press(BEN, "acknowledge")
    assert "acknowledged and the letter is on its way" in said
    assert "Monday 26 October 2026" in said
    assert desk.now(case).status is CaseStatus.ACKNOWLEDGED
    face = desk.face()
    assert "Ben Carter" in face
    assert "Acknowledged" in face
    after = desk.office.card()
    assert after["ts"] == before["ts"], "redrawn in place"
    assert buttons(after) == ["answer", "wrong_kind", "wrong_area", "read", "more"]
    assert desk.office.smtp.subjects() == [
        f"We have your message [{case.reference}]",
        f"Your complaint [{case.reference}]",
    ]
    assert desk.office.event_names(case).count("acknowledged") == 1


def test_take_makes_the_presser_the_owner_and_nothing_else(desk: Desk) -> None:
    case = desk.new_case()
    assert "is yours" in desk.press(CARA, "take")
    taken = desk.now(case)
    assert taken.owner_id == officer(desk.office.parts.engine, CARA).id
    assert taken.status is CaseStatus.NEW
    assert "Cara Lewis" in desk.face()
    assert "take" not in buttons(desk.office.card())
    assert len(desk.office.smtp.letters) == 1


def test_a_second_press_of_the_same_button_does_nothing_again(desk: Desk) -> None:
    case = desk.new_case()
    old = desk.office.card()
    desk.press_on(BEN, old, "acknowledge")
    assert "acknowledged already" in desk.press_on(BEN, old, "acknowledge")
    assert "acknowledged already" in desk.press_on(CARA, old, "acknowledge")
    desk.office.deliver()
    assert len(desk.office.smtp.letters) == 2
    assert desk.office.event_names(case).count("acknowledged") == 1
    assert desk.office.event_names(case).count("press_refused") == 2


def test_an_old_card_of_a_closed_case_offers_nothing_that_works(desk: Desk) -> None:
    case = desk.new_case(opinion=an_opinion(Kind.COMPLIMENT))
    old = desk.office.card()
    desk.press_on(BEN, old, "acknowledge")
    desk.office.deliver()
    desk.fill(BEN, "close", {"reason": "Passed on to the crew."})
    closed = desk.now(case)
    assert closed.status is CaseStatus.CLOSED
    assert buttons(desk.office.card())[0] == "close", "not redrawn yet"
    refused = desk.fill(CARA, "close", {"reason": "Again."})
    assert refused.response is not None
    assert "closed already" in refused.response["errors"]["reason"]
    assert "Closed" in desk.face()
    assert buttons(desk.office.card()) == ["read", "reopen", "more"]


def test_a_closed_case_opens_again_with_a_reason(desk: Desk) -> None:
    case = desk.new_case(opinion=an_opinion(Kind.COMPLIMENT))
    desk.press(BEN, "acknowledge")
    desk.office.deliver()
    desk.fill(BEN, "close", {"reason": "Passed on."})
    desk.office.deliver()
    desk.fill(LENA, "reopen", {"reason": "The resident wrote again."})
    assert desk.now(case).status is CaseStatus.ACKNOWLEDGED
    assert desk.now(case).closed_on is None
    [reopened] = [event for event in desk.office.events(case) if event.name == "reopened"]
    assert reopened.details["reason"] == "The resident wrote again."
    assert "Acknowledged" in desk.face()
    assert "close" in buttons(desk.office.card())


def test_wrong_kind_moves_the_deadline_with_the_kind(desk: Desk) -> None:
    case = desk.new_case()
    assert case.respond_by is not None
    view = desk.modal(BEN, "wrong_kind")
    assert view["blocks"][1]["element"]["initial_option"]["value"] == Kind.COMPLAINT
    desk.submit(BEN, view, {"kind": Kind.COMPLIMENT.value})
    assert "filed as: compliment" in desk.told(BEN)
    changed = desk.now(case)
    assert (changed.kind, changed.respond_by, changed.kind_by_person) == (Kind.COMPLIMENT, None, True)
    face = desk.face()
    assert "No answer owed" in face
    assert "A person" in face
    assert changed.status is CaseStatus.NEW
    desk.fill(BEN, "wrong_kind", {"kind": Kind.COMPLAINT.value})
    assert desk.now(case).respond_by == case.respond_by


def test_wrong_area_moves_the_card_and_leaves_a_line_behind(desk: Desk) -> None:
    case = desk.new_case()
    old = desk.office.card()
    desk.fill(BEN, "wrong_area", {"area": Area.HOUSING.value})
    assert "is now with Housing" in desk.told(BEN)
    desk.office.deliver()
    assert case.reference in words_on(desk.office.card(HOUSING)["blocks"])
    [left] = desk.office.slack.messages(HIGHWAYS)
    assert left["ts"] == old["ts"]
    assert buttons(left) == []
    assert "is now with Housing" in words_on(left["blocks"])
    assert desk.press(DEV, "take", HOUSING).endswith("is yours.")


def test_an_answer_sends_the_letter_and_the_case_closes_afterwards(desk: Desk) -> None:
    case = desk.new_case()
    desk.press(BEN, "acknowledge")
    desk.office.deliver()
    desk.fill(BEN, "answer", {"outcome": "partly upheld", "letter": LETTER})
    assert desk.now(case).status is CaseStatus.RESPONDED
    assert "Answered" in desk.face()
    answer = desk.office.smtp.letters[-1]
    assert "The road was mended – sorry." in answer.get_content()
    assert "Our decision: partly upheld" in answer.get_content()
    desk.fill(BEN, "close", {"reason": "Answered."})
    assert desk.now(case).status is CaseStatus.CLOSED
    with reading(desk.office.parts.engine) as session:
        said = [letter.direction for letter in letters(session, case)]
    assert said == [Direction.IN, Direction.OUT, Direction.OUT, Direction.OUT]


def test_an_answer_after_opening_again_reaches_the_resident_too(desk: Desk) -> None:
    desk.new_case()
    desk.press(BEN, "acknowledge")
    desk.office.deliver()
    desk.fill(BEN, "answer", {"outcome": "not upheld", "letter": f"The first answer. {LETTER}"})
    desk.office.deliver()
    desk.fill(BEN, "close", {"reason": "Answered."})
    desk.office.deliver()
    desk.fill(BEN, "reopen", {"reason": "We had it wrong."})
    desk.office.deliver()
    desk.fill(BEN, "answer", {"outcome": "upheld", "letter": f"The second answer. {LETTER}"})
    desk.office.deliver()
    assert "letter is on its way" in desk.told(BEN)
    assert "The second answer." in desk.office.smtp.letters[-1].get_content()


def test_a_complaint_cannot_be_closed_unanswered(desk: Desk) -> None:
    case = desk.new_case(opinion=an_opinion(Kind.COMPLIMENT))
    desk.press(BEN, "acknowledge")
    desk.office.deliver()
    view = desk.modal(BEN, "close")
    desk.fill(CARA, "wrong_kind", {"kind": Kind.COMPLAINT.value})
    refused = desk.submit(BEN, view, {"reason": "Nobody will notice."})
    assert refused.response is not None
    assert "owed an answer" in refused.response["errors"]["reason"]
    assert desk.now(case).status is CaseStatus.ACKNOWLEDGED
    desk.office.deliver()
    assert "close" not in buttons(desk.office.card())


def test_an_answer_without_a_word_in_it_is_not_sent(desk: Desk) -> None:
    case = desk.new_case()
    desk.press(BEN, "acknowledge")
    desk.office.deliver()
    refused = desk.fill(BEN, "answer", {"outcome": "upheld", "letter": "  \n "})
    assert refused.response is not None
    assert "letter" in refused.response["errors"]
    assert desk.now(case).status is CaseStatus.ACKNOWLEDGED


def test_what_an_answer_lacks_is_said_before_it_is_sent(desk: Desk) -> None:
    case = desk.new_case()
    desk.press(BEN, "acknowledge")
    desk.office.deliver()
    view = desk.modal(BEN, "answer")
    bare = {"outcome": "upheld", "letter": "We will look into it."}
    refused = desk.submit(BEN, view, bare)
    assert refused.response is not None
    said = refused.response["errors"]["letter"]
    for words in ("no reasons", "no remedy", "by when", "tick the box"):
        assert words in said
    assert "stage" not in said, "the template says it"
    assert desk.now(case).status is CaseStatus.ACKNOWLEDGED
    assert desk.submit(BEN, view, bare | {"as_it_is": ["yes"]}).response is None
    assert desk.now(case).status is CaseStatus.RESPONDED
    [responded] = [event for event in desk.office.events(case) if event.name == "responded"]
    assert responded.details["sent_as_it_is"] == "without reasons, remedy, actions"


def test_a_ticked_box_on_a_whole_letter_is_not_recorded(desk: Desk) -> None:
    case = desk.new_case()
    desk.press(BEN, "acknowledge")
    desk.office.deliver()
    desk.fill(BEN, "answer", {"outcome": "upheld", "letter": LETTER, "as_it_is": ["yes"]})
    [responded] = [event for event in desk.office.events(case) if event.name == "responded"]
    assert "sent_as_it_is" not in responded.details


def test_an_answer_to_a_mere_request_is_not_measured_by_the_code(desk: Desk) -> None:
    case = desk.new_case(opinion=an_opinion(Kind.INFORMATION_REQUEST))
    desk.press(BEN, "acknowledge")
    desk.office.deliver()
    assert desk.fill(BEN, "answer", {"outcome": "information given", "letter": "At nine."}).response is None
    assert desk.now(case).status is CaseStatus.RESPONDED
