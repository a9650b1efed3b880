"""The triage queue: one press files a case, one takes that back, wherever it is shown and whoever else has pressed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, select

from bot.cards import case_card
from bot.triage_cards import glance, queue_sheet
from bot.triage_view import JustSorted, Sorting, ToSort, Waiting
from demo.slack.blocks import problems_in
from demo.slack.views import check_view
from models.case import Case
from models.db import reading, writing
from models.held_list import Held
from models.rules.labels import Area, Kind, Signal
from models.rules.opinions import KindOpinion, Opinion
from models.rules.reminders import Clock
from models.triage import Suggestion
from models.undoing import UNDONE
from models.unsure import Guess
from tests.bot.desk import Desk
from tests.bot.test_cards import VIEW
from tests.build import a_letter, an_opinion, arrive
from tests.jobs.office import HIGHWAYS, Json, buttons, words_on
from tests.people import ASHA, BEN, CARA, DEV, EVE, LENA

TODAY = date(2026, 10, 12)
GUESSES = (Guess(Kind.COMPLAINT, 0.48), Guess(Kind.SERVICE_REQUEST, 0.31), Guess(Kind.CHASER, 0.12))
LIKELY = tuple(KindOpinion(guess.kind, guess.chance) for guess in GUESSES)
ROW = ToSort(
    7,
    "T26-00007-A",
    Area.HOUSING,
    GUESSES,
    ("Says it was reported before.",),
    (Signal.HAZARD,),
    Clock("acknowledge", TODAY),
)
HELD = Held(7, datetime(2026, 10, 12, tzinfo=UTC), "complaints", 4711, "is_empty", "The message is empty.")


def opinion(area: Area = Area.HIGHWAYS_TRANSPORT, *signals: Signal) -> Opinion:
    return replace(an_opinion(None, area, *signals), guess=Kind.COMPLAINT, confidence=0.48, likely=LIKELY)


def unsure(desk: Desk, number: int = 1, area: Area = Area.HIGHWAYS_TRANSPORT, *signals: Signal) -> Case:
    raw = a_letter(f"The lamp in Elm Road, number {number}.", Message_ID=f"<{number}@residents.example>")
    return desk.new_case(raw, opinion=opinion(area, *signals))


def held(desk: Desk) -> None:
    parts = desk.office.parts
    arrive(parts.engine, a_letter("", Subject=""), settings=parts.settings, now=desk.office.clock.now())
    desk.office.deliver()


def home(desk: Desk, user: str) -> Json:
    return desk.office.slack.home(user) or {}


def face(desk: Desk, user: str) -> str:
    return words_on(home(desk, user).get("blocks", []))


def sorts(desk: Desk, user: str) -> str:
    """They open their tab and choose what is to be sorted; what it then says."""
    slack = desk.office.slack
    slack.hands.open_home(user)
    slack.wait_for(lambda: home(desk, user))
    slack.hands.press_in_view(user, home(desk, user)["id"], "home_shown", "to sort")
    slack.wait_for(lambda: "My cases" not in face(desk, user))
    return face(desk, user)


def press(desk: Desk, user: str, action_id: str, value: str, *, until: str) -> str:
    """Press a button in the tab, and wait until it says something."""
    slack = desk.office.slack
    slack.hands.press_in_view(user, home(desk, user)["id"], action_id, value)
    slack.wait_for(lambda: until in face(desk, user))
    return face(desk, user)


def undo_on(desk: Desk, user: str) -> Json:
    """The newest line that only this person sees, which has the way back."""
    line = desk.office.slack.ephemerals(user)[-1]
    assert buttons(line) == ["undo_correction"]
    return line


def test_the_fullest_queue_keeps_slacks_limits() -> None:
    done = JustSorted(8, "T26-00008-B", None, Area.HOUSING, 4711)
    rows = tuple(replace(ROW, case_id=n, signals=tuple(Signal), reasons=("Says & <so>. " * 20,) * 9) for n in range(15))
    sorting = Sorting(
        Waiting(400, 30), TODAY, rows, (HELD,) * 15, (done,) * 5, note="Something <!here> happened. " * 30
    )
    sheet = queue_sheet(sorting)
    check_view(sheet)
    assert problems_in(sheet["blocks"], 100) == []
    assert "<!here>" not in words_on(sheet["blocks"])
    assert "and 385 more cases" in words_on(sheet["blocks"])
    assert "and 15 more messages: they follow as these are settled." in words_on(sheet["blocks"])


@pytest.mark.parametrize(
    ("waits", "said"),
    [
        (Waiting(), "*To sort*: nothing waits."),
        (Waiting(1, 0), "*To sort*: 1 case that nobody is sure of"),
        (Waiting(3, 1), "*To sort*: 3 cases that nobody is sure of, 1 held message"),
        (Waiting(0, 2), "*To sort*: 2 held messages"),
    ],
)
def test_the_glance_counts_in_words(waits: Waiting, said: str) -> None:
    assert glance(waits) == said


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (Clock("acknowledge", date(2026, 10, 9)), "⚠ MISSED: Acknowledge by Friday 9 October 2026"),
        (Clock("answer", TODAY), "Today: Answer by Monday 12 October 2026"),
        (Clock("answer", date(2026, 10, 13)), "\nAnswer by Tuesday 13 October 2026"),
        (None, "Nothing is due by a date"),
    ],
)
def test_a_row_says_what_is_due(clock: Clock | None, said: str) -> None:
    sheet = queue_sheet(Sorting(Waiting(1), TODAY, (replace(ROW, clock=clock),)))
    assert said in words_on(sheet["blocks"])


def test_a_card_nobody_is_sure_of_has_its_guesses_as_buttons() -> None:
    card = case_card(replace(VIEW, kind=None, guesses=GUESSES))
    assert problems_in(card) == []
    assert buttons({"blocks": card})[:3] == ["guess_1", "guess_2", "guess_3"]
    assert "The likeliest: complaint (48%), service request (31%), chaser (12%)." in words_on(card)
    assert "guess_1" not in buttons({"blocks": case_card(VIEW)})


def test_one_press_on_the_card_files_it_and_the_line_takes_it_back(desk: Desk) -> None:
    case = unsure(desk)
    assert buttons(desk.office.card())[:3] == ["guess_1", "guess_2", "guess_3"]
    assert "is now filed as: service request" in desk.press(BEN, "guess_2")
    assert (desk.now(case).kind, desk.now(case).kind_by_person) == (Kind.SERVICE_REQUEST, True)
    assert "What is it?" not in desk.face()
    said = desk.press_on(BEN, undo_on(desk, BEN), "undo_correction")
    assert said.startswith(f"{case.reference} is filed as it was before: nobody is sure what it is")
    assert (desk.now(case).kind, desk.now(case).respond_by) == (None, case.respond_by)
    assert "What is it?" in desk.face()


def test_an_older_case_has_the_one_guess_there_is(desk: Desk) -> None:
    case = unsure(desk)
    with writing(desk.office.parts.engine) as session:
        session.exec(select(Suggestion).where(Suggestion.case_id == case.number)).one().likely = []
    assert "The likeliest: complaint (48%)" in sorts(desk, BEN)
    assert "guess_2" not in buttons(home(desk, BEN))


def test_an_undo_that_came_too_late_says_why(desk: Desk) -> None:
    case = unsure(desk)
    desk.press(BEN, "guess_1")
    line = undo_on(desk, BEN)
    desk.office.deliver()
    desk.press(CARA, "acknowledge")
    said = desk.press_on(BEN, line, "undo_correction")
    assert "acknowledged by Cara Lewis on Monday 12 October 2026" in said
    assert desk.now(case).kind == Kind.COMPLAINT


def test_a_correction_by_the_form_has_its_way_back_too(desk: Desk) -> None:
    case = desk.new_case()
    desk.fill(BEN, "wrong_kind", {"kind": Kind.CHASER.value})
    assert "as it was before: complaint" in desk.press_on(BEN, undo_on(desk, BEN), "undo_correction")
    assert (desk.now(case).kind, desk.now(case).kind_by_person) == (Kind.COMPLAINT, False)


def test_who_gave_the_case_to_another_service_has_no_way_back(desk: Desk) -> None:
    desk.new_case()
    desk.fill(BEN, "wrong_area", {"area": Area.HOUSING.value})
    assert "is now with Housing" in desk.told(BEN)
    assert "Undo" not in words_on(desk.office.slack.ephemerals(BEN)[-1])


def test_the_lead_takes_a_service_back(desk: Desk) -> None:
    case = desk.new_case()
    desk.fill(LENA, "wrong_area", {"area": Area.HOUSING.value})
    assert "Highways and transport" in desk.press_on(LENA, undo_on(desk, LENA), "undo_correction")
    assert desk.now(case).areas == case.areas


def test_more_offers_to_undo_only_what_can_be_undone(desk: Desk) -> None:
    unsure(desk)
    assert "Undo the correction" not in words_on(desk.modal(BEN, "more")["blocks"])
    desk.press(BEN, "guess_1")
    desk.office.deliver()
    assert "Undo the correction" in words_on(desk.modal(BEN, "more")["blocks"])


def test_each_button_is_read_aloud_with_what_it_is_about() -> None:
    [queue] = [queue_sheet(Sorting(Waiting(1, 1), TODAY, (ROW,), (HELD,)))["blocks"]]
    elements = [e for b in queue for e in [*b.get("elements", []), b.get("accessory")] if e and e["type"] == "button"]
    assert [each["accessibility_label"] for each in elements] == [
        "File T26-00007-A as: complaint",
        "File T26-00007-A as: service request",
        "File T26-00007-A as: chaser",
        "Read: T26-00007-A",
        "Open: T26-00007-A",
        "Open: message 7",
    ]


def test_an_undo_is_done_once(desk: Desk) -> None:
    case = unsure(desk)
    desk.press(BEN, "guess_1")
    line = undo_on(desk, BEN)
    desk.press_on(BEN, line, "undo_correction")
    assert "undone already by Ben Carter" in desk.press_on(BEN, line, "undo_correction")
    assert desk.office.event_names(case).count(UNDONE) == 1


def test_a_press_on_an_old_card_overrules_nobody(desk: Desk) -> None:
    case = unsure(desk)
    card = desk.office.card()
    desk.press_on(BEN, card, "guess_3")
    assert "filed it as chaser meanwhile" in desk.press_on(CARA, card, "guess_1")
    assert "is filed as chaser already" in desk.press_on(CARA, card, "guess_3")
    assert "Undo" not in words_on(desk.office.slack.ephemerals(CARA)[-1]), "it is not hers"
    assert desk.office.event_names(case).count("kind_corrected") == 1


def test_another_service_and_a_stranger_sort_nothing(desk: Desk) -> None:
    case = unsure(desk)
    card = desk.office.card()
    assert "belongs to another service" in desk.press_on(DEV, card, "guess_1")
    assert "not on the list of officers" in desk.press_on(EVE, card, "guess_1")
    assert desk.now(case).kind is None
    assert "nothing waits" in sorts(desk, DEV)


def test_the_queue_says_why_what_it_may_be_and_what_must_not_wait(desk: Desk) -> None:
    unsure(desk, 1)
    urgent = unsure(desk, 2, Area.HIGHWAYS_TRANSPORT, Signal.HAZARD)
    said = sorts(desk, BEN)
    assert "*To sort*: 2 cases that nobody is sure of" in said
    assert said.index(urgent.reference) < said.index("The likeliest")
    assert "⚠ *Hazard" in said
    assert "• Says it was reported before." in said
    assert "Acknowledge by Monday 19 October 2026" in said
    assert [word for word in ("Asha", "Okafor", "Elm", "lamp", ASHA) if word in said] == []


def test_a_press_in_the_tab_moves_the_case_to_what_can_be_undone(desk: Desk) -> None:
    case = unsure(desk)
    sorts(desk, BEN)
    said = press(desk, BEN, "guess_1", f"{case.number} complaint", until="You filed")
    assert "nothing waits" in said
    assert "is now filed as: complaint" in said, "the tab says what the press did"
    [element] = [b["accessory"] for b in home(desk, BEN)["blocks"] if b.get("accessory")]
    press(desk, BEN, "undo_correction", element["value"], until="is filed as it was before")
    assert "1 case that nobody is sure of" in face(desk, BEN)
    assert desk.now(case).kind is None


def test_somebody_elses_correction_is_theirs_to_undo(desk: Desk) -> None:
    unsure(desk)
    desk.press(BEN, "guess_1")
    assert "You filed" in sorts(desk, BEN)
    assert "You filed" not in sorts(desk, CARA)


def test_held_messages_are_counted_for_the_corporate_team_alone_and_open_their_card(desk: Desk) -> None:
    held(desk)
    assert "nothing waits" in sorts(desk, BEN)
    assert "1 held message" in sorts(desk, LENA)
    slack = desk.office.slack
    slack.hands.press_in_view(LENA, home(desk, LENA)["id"], "held_open", "1")
    sheet = desk.opened(LENA)
    assert sheet["title"]["text"] == "Message 1"
    assert buttons(sheet) == ["held_look", "held_new", "held_join", "held_dismiss"]
    slack.hands.press_in_view(LENA, sheet["id"], "held_new")
    slack.wait_for(lambda: "becomes a new case" in words_on(slack.views(LENA)[-1]["blocks"]))


def test_the_usual_tab_counts_what_waits_and_leads_there(desk: Desk) -> None:
    unsure(desk)
    desk.office.slack.hands.open_home(BEN)
    desk.office.slack.wait_for(lambda: "1 case that nobody is sure of" in face(desk, BEN))
    press(desk, BEN, "sort_here", "0", until="What is it?")
    slack, before = desk.office.slack, home(desk, BEN)
    slack.hands.press_in_view(BEN, before["id"], "home_refresh", "0")
    slack.wait_for(lambda: home(desk, BEN)["hash"] != before["hash"])
    assert "My cases" not in face(desk, BEN), "what was chosen stays chosen"


def test_reading_from_the_queue_is_an_event(desk: Desk) -> None:
    case = unsure(desk)
    sorts(desk, BEN)
    desk.office.slack.hands.press_in_view(BEN, home(desk, BEN)["id"], "read", str(case.number))
    assert "The lamp in Elm Road" in words_on(desk.opened(BEN)["blocks"])
    assert "read" in desk.office.event_names(case)


def test_a_case_opened_from_the_queue_is_sorted_in_its_form(desk: Desk) -> None:
    case = unsure(desk)
    sorts(desk, BEN)
    slack = desk.office.slack
    slack.hands.press_in_view(BEN, home(desk, BEN)["id"], "open_case", str(case.number))
    sheet = desk.opened(BEN)
    slack.hands.press_in_view(BEN, sheet["id"], "guess_1")
    slack.wait_for(lambda: "is now filed as" in words_on(slack.views(BEN)[-1]["blocks"]))
    slack.hands.press_in_view(BEN, slack.views(BEN)[-1]["id"], "undo_correction")
    slack.wait_for(lambda: "as it was before" in words_on(slack.views(BEN)[-1]["blocks"]))
    assert desk.now(case).kind is None


def test_every_press_leaves_who_and_when(desk: Desk) -> None:
    case = unsure(desk)
    desk.press(BEN, "guess_1")
    desk.press_on(BEN, undo_on(desk, BEN), "undo_correction")
    named = {event.name: event for event in desk.office.events(case)}
    assert [named[name].by_officer_id is not None for name in ("kind_corrected", UNDONE)] == [True, True]
    with reading(desk.office.parts.engine) as session:
        assert session.exec(select(Case).where(col(Case.kind_by_person))).all() == []


def test_the_card_stands_in_its_channel_with_the_guesses(desk: Desk) -> None:
    unsure(desk)
    [card] = desk.office.cards(HIGHWAYS)
    assert card["text"].endswith("Not sure (perhaps: complaint)")
