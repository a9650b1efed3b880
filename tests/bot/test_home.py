"""The Home tab: what is owed, to whom it matters, and the case's card behind each row."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.home import home_tab
from bot.home_view import HomeView, Row, Rows, Shown, TeamBoard
from demo.slack.blocks import problems_in
from models.absence import Absence
from models.absences import Leave, go_away
from models.db import writing
from models.rules.labels import SIGNALS, Area, Kind, Signal
from models.rules.steps import CaseStatus
from tests.bot.desk import Desk
from tests.build import officer
from tests.jobs.office import Json, words_on
from tests.people import BEN, CARA, DEV, EVE, LENA

TODAY = date(2026, 10, 12)
ROW = Row(7, "T26-00007-A", Kind.COMPLAINT, Area.HOUSING, 1, "answer", TODAY)
FULL = Rows(tuple(replace(ROW, case_id=n) for n in range(12)), 40)


def opened(desk: Desk, user: str) -> Json:
    """What somebody's tab shows once they open it."""
    before = now_shown(desk, user).get("id")
    desk.office.slack.hands.open_home(user)
    desk.office.slack.wait_for(lambda: now_shown(desk, user).get("id") != before)
    return now_shown(desk, user)


def now_shown(desk: Desk, user: str) -> Json:
    return desk.office.slack.home(user) or {}


def face(desk: Desk, user: str) -> str:
    return words_on(opened(desk, user)["blocks"])


def test_the_fullest_tab_keeps_slacks_limits() -> None:
    view = HomeView(
        "Lena Moss",
        TODAY,
        Shown.ALL,
        mine=FULL,
        covered=(("Ben", FULL), ("Cara", FULL)),
        unowned=FULL,
        asked=tuple((f"T26-0000{n}-A", TODAY) for n in range(9)),
        board=tuple(TeamBoard(f"Team {n}", 9, 1, 2) for n in range(10)),
    )
    tab = home_tab(view)
    assert problems_in(tab["blocks"], 100) == []
    assert "and 28 more. Choose “Only what is late” above, or type /case search" in words_on(tab["blocks"])


def test_a_long_list_under_the_filter_does_not_send_to_the_filter() -> None:
    words = words_on(home_tab(HomeView("Ben", TODAY, Shown.LATE, mine=FULL))["blocks"])
    assert "and 28 more. To find one of them, type /case search" in words


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (TODAY - timedelta(days=3), "⚠ MISSED: Answer by Friday 9 October 2026"),
        (TODAY, "Today: Answer by Monday 12 October 2026"),
        (TODAY + timedelta(days=1), "Answer by Tuesday 13 October 2026"),
        (None, "Nothing is due by a date"),
    ],
)
def test_a_row_says_in_words_when_it_is_due(due: date | None, said: str) -> None:
    view = HomeView("Ben", TODAY, Shown.ALL, mine=Rows((replace(ROW, due=due),), 1))
    assert said in words_on(home_tab(view)["blocks"])


@pytest.mark.parametrize(
    ("shown", "said"), [(Shown.LATE, "None of these is late."), (Shown.WEEK, "None of these is due within a week.")]
)
def test_an_empty_list_under_a_filter_says_only_what_is_known(shown: Shown, said: str) -> None:
    words = words_on(home_tab(HomeView("Ben", TODAY, shown, mine=Rows(), covered=(("Cara", Rows()),)))["blocks"])
    assert words.count(said) == 3
    assert "has an owner" not in words


def test_a_row_names_the_dangers_and_leaves_the_rest_to_the_card() -> None:
    row = replace(ROW, signals=(Signal.HAZARD, Signal.LEGAL_THREAT, Signal.CHILD_AT_RISK))
    words = words_on(home_tab(HomeView("Ben", TODAY, Shown.ALL, mine=Rows((row,), 1)))["blocks"])
    dangers = f"⚠ *{SIGNALS[Signal.HAZARD].name}*  ·  ⚠ *{SIGNALS[Signal.CHILD_AT_RISK].name}*\n"
    assert dangers in words
    assert SIGNALS[Signal.LEGAL_THREAT].name not in words


def test_somebody_who_is_away_reads_until_when() -> None:
    away = Absence(
        officer_id=1, from_day=TODAY, until_day=TODAY + timedelta(days=4), entered_at=datetime(2026, 10, 1, tzinfo=UTC)
    )
    view = HomeView("Ben", TODAY, Shown.ALL, mine=Rows(), away=(away,))
    assert "You are away until Friday 16 October 2026." in words_on(home_tab(view)["blocks"])


def test_an_officer_sees_their_own_and_what_nobody_has(desk: Desk) -> None:
    mine = desk.new_case()
    assert f"*{mine.reference}*" in face(desk, BEN)
    assert "Every case has an owner." not in face(desk, BEN)
    desk.press(BEN, "take")
    told = face(desk, BEN)
    assert "*My cases*  (1)" in told
    assert "Every case has an owner." in told
    assert mine.reference not in face(desk, CARA), "it is Ben's now"


def test_nothing_of_the_resident_stands_in_the_tab(desk: Desk) -> None:
    desk.new_case()
    told = face(desk, BEN)
    assert [word for word in ("Asha", "Okafor", "Elm", "pothole", "residents.example") if word in told] == []


def test_another_service_sees_nothing_of_it(desk: Desk) -> None:
    case = desk.new_case()
    assert case.reference not in face(desk, DEV)


def test_who_is_no_officer_is_told_so(desk: Desk) -> None:
    desk.new_case()
    assert "not on the list of officers" in face(desk, EVE)


def test_a_cover_sees_the_cases_they_cover(desk: Desk) -> None:
    case = desk.new_case()
    desk.press(BEN, "take")
    parts, today = desk.office.parts, desk.office.clock.now().date()
    with writing(parts.engine) as session:
        ben, cara = (officer(parts.engine, each) for each in (BEN, CARA))
        leave = Leave(today, today + timedelta(days=3), cover=session.merge(cara))
        go_away(session, session.merge(ben), leave, by=None, settings=parts.settings, now=desk.office.clock.now())
    told = face(desk, CARA)
    assert "*I cover for Ben Carter*  (1)" in told
    assert case.reference in told


def test_the_lead_sees_the_whole_board_and_others_do_not(desk: Desk) -> None:
    desk.new_case()
    assert "*Highways*: 1 owed, 0 late, 1 without an owner" in face(desk, LENA)
    assert "The whole board" not in face(desk, BEN)


def test_a_filter_leaves_out_what_is_not_late(desk: Desk) -> None:
    case = desk.new_case()
    opened(desk, BEN)
    desk.office.slack.hands.press_in_view(BEN, now_shown(desk, BEN)["id"], "home_shown", "late")
    desk.office.slack.wait_for(lambda: case.reference not in words_on(now_shown(desk, BEN)["blocks"]))
    desk.office.clock.pass_time(days=30)
    desk.office.slack.hands.press_in_view(BEN, now_shown(desk, BEN)["id"], "home_shown", "late")
    desk.office.slack.wait_for(lambda: case.reference in words_on(now_shown(desk, BEN)["blocks"]))


def test_a_row_opens_the_card_and_its_buttons_work_there(desk: Desk) -> None:
    case = desk.new_case()
    slack = desk.office.slack
    opened(desk, BEN)
    slack.hands.press_in_view(BEN, now_shown(desk, BEN)["id"], "open_case", str(case.number))
    sheet = desk.opened(BEN)
    assert sheet["title"]["text"] == case.reference
    slack.hands.press_in_view(BEN, sheet["id"], "acknowledge")
    slack.wait_for(lambda: "is acknowledged" in words_on(slack.views(BEN)[-1]["blocks"]))
    assert desk.now(case).status == CaseStatus.ACKNOWLEDGED


def test_a_form_opened_from_the_card_says_itself_that_it_is_done(desk: Desk) -> None:
    case = desk.new_case()
    slack = desk.office.slack
    opened(desk, BEN)
    slack.hands.press_in_view(BEN, now_shown(desk, BEN)["id"], "open_case", str(case.number))
    slack.hands.press_in_view(BEN, desk.opened(BEN)["id"], "wrong_kind")
    slack.wait_for(lambda: len(slack.views(BEN)) > 1)
    done = slack.submit(BEN, desk.opened(BEN)["id"], {"kind": "chaser"})
    assert done.problem == ""
    assert "is now filed as: chaser" in words_on((done.response or {})["view"]["blocks"])
