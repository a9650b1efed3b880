"""What does not move stands on the Home tab of whoever manages it, with why; the digest leads to what is to be done."""

from dataclasses import replace
from datetime import date

import pytest

from bot.home import home_tab
from bot.home_view import HomeView, Rows, Shown
from demo.slack.blocks import problems_in
from jobs.morning_digest import morning_digest
from models.case import Case
from models.rules.labels import Area
from models.stuck import Reason, Stuck
from tests.bot.desk import Desk
from tests.build import a_letter, an_opinion, arrive
from tests.jobs.office import Json, words_on
from tests.people import BEN, CARA, LENA

TODAY = date(2026, 10, 12)
STUCK = Stuck("T26-00007-A", Area.HOUSING, (Reason("nobody has it (for 3 days)", TODAY),), case_id=7)


def home(desk: Desk, user: str) -> str:
    desk.office.slack.hands.open_home(user)
    desk.office.slack.wait_for(lambda: desk.office.slack.home(user))
    return words_on((desk.office.slack.home(user) or {})["blocks"])


def a_stuck_case(desk: Desk) -> Case:
    case = desk.new_case()
    desk.office.clock.pass_time(days=1)
    return case


def test_the_fullest_list_keeps_slacks_limits() -> None:
    whole = replace(STUCK, owner="<@U0BEN>", reasons=(Reason("its owner, <!here>, is away " * 40, TODAY),))
    view = HomeView("Lena", TODAY, Shown.ALL, mine=Rows(), stuck=(whole,) * 40)
    tab = home_tab(view)
    assert problems_in(tab["blocks"], 100) == []
    assert "and 28 more: they follow as these move." in words_on(tab["blocks"])
    assert "<@U0BEN>" not in words_on(tab["blocks"])
    assert "<!here>" not in words_on(tab["blocks"])


def test_the_lead_reads_what_is_stuck_and_others_do_not(desk: Desk) -> None:
    case = a_stuck_case(desk)
    said = home(desk, LENA)
    assert "*Stuck, and why*  (1)" in said
    assert f"*{case.reference}*  Highways and transport\nNobody has it (for 1 day)." in said
    assert "Stuck" not in home(desk, BEN)


def test_a_held_message_opens_its_card_from_there(desk: Desk) -> None:
    parts = desk.office.parts
    arrive(parts.engine, a_letter("", Subject=""), settings=parts.settings, now=desk.office.clock.now())
    assert "*Message 1*  Corporate and other\nIt is held (since today):" in home(desk, LENA)
    slack = desk.office.slack
    slack.hands.press_in_view(LENA, (slack.home(LENA) or {})["id"], "held_open", "1")
    assert desk.opened(LENA)["title"]["text"] == "Message 1"


def test_a_held_message_does_not_open_for_another_team(desk: Desk) -> None:
    parts = desk.office.parts
    arrive(parts.engine, a_letter("", Subject=""), settings=parts.settings, now=desk.office.clock.now())
    home(desk, LENA)
    slack = desk.office.slack
    slack.world.homes[BEN] = slack.world.homes[LENA]
    slack.hands.press_in_view(BEN, (slack.home(BEN) or {})["id"], "held_open", "1")
    assert "corporate complaints team" in words_on(desk.opened(BEN)["blocks"])


def digest(desk: Desk, user: str) -> Json:
    """Their morning, as it stands in their direct messages."""
    morning_digest(desk.office.parts)
    desk.office.deliver()
    return next(each for each in desk.office.slack.messages(user) if each["text"].startswith("Your day"))


def test_the_digest_opens_the_queue_where_a_press_sorts(desk: Desk) -> None:
    case = desk.new_case(opinion=an_opinion(None))
    slack, message = desk.office.slack, digest(desk, BEN)
    slack.press(BEN, message["channel"], message["ts"], "sort_here")
    sheet = desk.opened(BEN)
    assert case.reference in words_on(sheet["blocks"])
    slack.hands.press_in_view(BEN, sheet["id"], "guess_1")
    slack.wait_for(lambda: "You filed" in words_on(slack.views(BEN)[-1]["blocks"]))
    assert desk.now(case).kind_by_person
    slack.hands.press_in_view(BEN, sheet["id"], "undo_correction")
    slack.wait_for(lambda: "as it was before" in words_on(slack.views(BEN)[-1]["blocks"]))
    assert desk.now(case).kind is None


@pytest.mark.parametrize("user", [BEN, CARA])
def test_the_digest_opens_a_case(desk: Desk, user: str) -> None:
    case = desk.new_case()
    desk.press(user, "take")
    desk.office.clock.pass_time(days=8)
    message = digest(desk, user)
    desk.office.slack.press(user, message["channel"], message["ts"], "open_case")
    assert desk.opened(user)["title"]["text"] == case.reference
