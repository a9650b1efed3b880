"""What the card says of a further letter, and the two buttons that may follow from it."""

from dataclasses import replace

import pytest

from bot.cards import case_card
from demo.slack.blocks import problems_in
from models.case import Case
from models.rules.doubts import DOUBTS, Doubt
from models.rules.follow_ups import Sort
from models.rules.labels import Signal
from models.rules.steps import CaseStatus
from tests.bot.desk import Desk
from tests.bot.test_cards import VIEW
from tests.build import a_reply, arrive
from tests.jobs.office import HIGHWAYS, LEAD, buttons, words_on
from tests.people import BEN, CARA

ANSWER = {"outcome": "not upheld", "letter": "We are sorry.", "letter_on": "", "as_it_is": ["yes"]}


def writes(desk: Desk, case: Case, text: str) -> None:
    """The resident writes; it is judged, and whatever is to be said of it is delivered."""
    parts = desk.office.parts
    arrive(parts.engine, a_reply(case, text), settings=parts.settings, now=desk.office.clock.now())
    desk.office.work("triage")
    desk.office.deliver()


def answered(desk: Desk) -> Case:
    """A case that Ben acknowledged and answered."""
    case = desk.new_case()
    desk.press(BEN, "acknowledge")
    desk.office.deliver()
    desk.fill(BEN, "answer", ANSWER)
    desk.office.deliver()
    return case


def test_stage_2_from_the_letter_to_the_answer(desk: Desk) -> None:
    case = answered(desk)
    desk.office.clock.pass_time(days=2)
    writes(desk, case, "I am not happy with your answer. Stage 2 please.")
    face = desk.face()
    assert "Asks for stage 2" in face
    assert "New: not yet acknowledged (stage 2)" in face
    assert "Nobody yet" in face
    assert "Wednesday 21 October 2026" in face
    assert "The resident asks for stage 2." in words_on([m["blocks"] for m in desk.office.slack.messages(LEAD)])
    assert "somebody else looks at it afresh" in desk.press(BEN, "acknowledge")
    assert "somebody else looks at it afresh" in desk.press(BEN, "take")
    assert "is acknowledged" in desk.press(CARA, "acknowledge")
    assert "Asks for stage 2" not in desk.face(), "we have written since"
    assert "somebody else looks at it afresh" in desk.press(BEN, "answer"), "before the form, not after it"
    desk.fill(CARA, "answer", ANSWER)
    assert desk.now(case).status == CaseStatus.RESPONDED
    assert "next_stage" not in buttons(desk.office.card()), "there is no stage 3"


def test_what_no_machine_saw_is_passed_on_with_a_button(desk: Desk) -> None:
    case = answered(desk)
    assert "wants" not in desk.face().lower().replace("wants stage 2", "")
    said = desk.press(BEN, "next_stage")
    assert said.startswith(f"{case.reference} is at stage 2, asked for on Monday 12 October 2026.")
    assert desk.now(case).stage == 2
    desk.office.deliver()
    assert "next_stage" not in buttons(desk.office.card())


def test_a_new_issue_becomes_a_case_with_one_press(desk: Desk) -> None:
    case = desk.new_case()
    writes(desk, case, "On a separate matter, the street lamp at number 9 is out.")
    assert "May raise a new issue" in desk.face()
    old = desk.office.card()
    said = desk.press(BEN, "split")
    assert "is open. It is due an acknowledgement by Monday 19 October 2026." in said
    assert "cases already" in desk.press_on(BEN, old, "split")
    desk.office.work("triage")
    desk.office.deliver()
    first, second = desk.office.cards(HIGHWAYS)
    assert "split" not in buttons(first)
    assert "May raise a new issue" not in words_on(first["blocks"])
    assert said.split()[0] in words_on(second["blocks"])


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Any news please?", "Asks how it stands"),
        ("Thank you.", "Says thanks"),
        ("Please withdraw my complaint, it is sorted.", "Wants to withdraw"),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_card_says_what_the_newest_letter_wants_until_we_write(desk: Desk, text: str, flag: str) -> None:
    case = desk.new_case()
    writes(desk, case, text)
    assert flag in desk.face()
    assert desk.now(case).status == CaseStatus.NEW, "no machine closes anything"
    desk.press(BEN, "acknowledge")
    assert flag not in desk.face()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_ordinary_letter_has_no_flag_of_its_own(desk: Desk) -> None:
    case = desk.new_case()
    writes(desk, case, "The hole is by the post box.")
    face = desk.face()
    assert "1 more letter since" in face
    assert not any(flag in face for flag in ("Asks ", "Says thanks", "Wants to", "May raise"))


@pytest.mark.parametrize("status", [CaseStatus.RESPONDED, CaseStatus.CLOSED])
def test_after_the_last_answer_nobody_asks_for_a_stage(status: CaseStatus) -> None:
    words = words_on(case_card(replace(VIEW, stage=2, status=status, wants=Sort.ESCALATION)))
    assert "Does not accept the final answer" in words
    assert "Asks for" not in words


@pytest.mark.parametrize("doubt", Doubt)
def test_each_doubt_stands_on_the_card_with_its_sentence(doubt: Doubt) -> None:
    assert DOUBTS[doubt] in words_on(case_card(replace(VIEW, doubts=(doubt,))))
    assert DOUBTS[doubt] not in words_on(case_card(VIEW))


@pytest.mark.parametrize("status", CaseStatus)
@pytest.mark.parametrize("sort", [None, *Sort])
def test_everything_at_once_is_within_slacks_limits(status: CaseStatus, sort: Sort | None) -> None:
    view = replace(VIEW, status=status, wants=sort, may_split=True, next_stage="stage 2", stage=2, letter_problem=True)
    full = replace(view, doubts=tuple(Doubt), signals=tuple(Signal), owner="O’Neill & Søns " * 20, letters_since=999)
    card = case_card(full)
    assert problems_in(card) == []
    assert all(sentence in words_on(card) for sentence in DOUBTS.values()), "nothing is cut off"
