"""Presses and forms that come late, twice, together, or from where they should not: each has its sentence.

Nothing is done twice, and what somebody typed is still before them.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from demo.slack import PersonCannot
from demo.slack.world import BOT_USER_ID
from models.case import Case
from models.db import writing
from models.handling import acknowledge, close, correct_area, correct_kind
from models.people import Officer
from models.queries import get_case
from models.rules.labels import Area, Kind
from tests.bot.desk import Desk
from tests.build import officer
from tests.jobs.office import HIGHWAYS, Json, words_on
from tests.people import BEN, CARA, LENA

TYPED = "We mended the pothole on Friday; a photograph is in the file. " * 45
LONGEST = TYPED.ljust(3000, ".")[:3000]


def behind_the_card(desk: Desk, case: Case, *, ends: bool = False, moves: bool = False) -> None:
    """Cara acts elsewhere, and Slack does not show it yet."""
    parts, by = desk.office.parts, officer(desk.office.parts.engine, CARA)
    how: Json = {"by": by, "settings": parts.settings, "now": desk.office.clock.now()}
    with writing(parts.engine) as session:
        held = get_case(session, case.number)
        if moves:
            correct_area(session, held, Area.HOUSING, **how)
            return
        if ends:
            correct_kind(session, held, Kind.COMPLIMENT, **how)
        acknowledge(session, held, **how)
        if ends:
            close(session, held, reason="They said thanks.", by=by, now=desk.office.clock.now())


def names(desk: Desk, case: Case, name: str) -> int:
    return desk.office.event_names(case).count(name)


def a_close_form(desk: Desk) -> tuple[Case, Json]:
    """A case that may be closed, and the form that asks Ben for the reason."""
    case = desk.new_case()
    desk.fill(BEN, "wrong_kind", {"kind": "compliment"})
    desk.press(BEN, "acknowledge")
    desk.office.deliver()
    return case, desk.modal(BEN, "close")


def test_a_press_on_an_old_card_says_what_has_been_done(desk: Desk) -> None:
    case = desk.new_case()
    behind_the_card(desk, case)
    assert "acknowledged already" in desk.press(BEN, "acknowledge")
    assert names(desk, case, "acknowledged") == 1


def test_two_people_at_once_do_it_once_and_both_are_told(desk: Desk) -> None:
    case = desk.new_case()
    card = desk.office.card()
    slack = desk.office.slack
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda user: slack.press(user, card["channel"], card["ts"], "acknowledge"), (BEN, CARA)))
    slack.wait_for(lambda: slack.ephemerals(BEN) and slack.ephemerals(CARA))
    told = sorted([desk.told(BEN), desk.told(CARA)])
    assert sum("is acknowledged and the letter is on its way" in each for each in told) == 1
    assert sum("acknowledged already" in each for each in told) == 1
    assert names(desk, case, "acknowledged") == 1


def test_who_has_left_is_told_so(desk: Desk) -> None:
    case = desk.new_case()
    with writing(desk.office.parts.engine) as session:
        leaver = session.exec(select(Officer).where(Officer.slack_user == BEN)).one()
        leaver.is_active = False
        session.add(leaver)
    assert "not on the list of officers" in desk.press(BEN, "acknowledge")
    assert names(desk, case, "acknowledged") == 0


def test_a_closed_case_opens_no_answer_form(desk: Desk) -> None:
    case = desk.new_case()
    desk.press(BEN, "acknowledge")
    desk.office.deliver()
    old = desk.office.card()
    behind_closed(desk, case)
    form = desk.press_on(BEN, old, "answer")
    sent = form or fill_in_answer(desk)
    assert "closed" in sent.lower()
    assert names(desk, case, "responded") == 0


def behind_closed(desk: Desk, case: Case) -> None:
    by, now = officer(desk.office.parts.engine, CARA), desk.office.clock.now()
    with writing(desk.office.parts.engine) as session:
        held = get_case(session, case.number)
        correct_kind(session, held, Kind.COMPLIMENT, by=by, settings=desk.office.parts.settings, now=now)
        close(session, held, reason="They said thanks.", by=by, now=now)


def fill_in_answer(desk: Desk) -> str:
    view = desk.office.slack.views(BEN)[-1]
    done = desk.submit(BEN, view, {"outcome": "upheld", "letter": TYPED})
    assert done.response is not None
    return str(done.response["errors"])


def test_a_reason_as_long_as_slack_takes_is_kept_whole(desk: Desk) -> None:
    case, form = a_close_form(desk)
    desk.submit(BEN, form, {"reason": LONGEST})
    [event] = [each for each in desk.office.events(case) if each.name == "closed"]
    assert event.details["reason"] == LONGEST
    desk.office.deliver()
    assert LONGEST[:40] not in "".join(words_on(each["blocks"]) for each in desk.office.slack.messages(HIGHWAYS))


def test_a_longer_one_is_held_back_by_slack_and_stays_in_the_form(desk: Desk) -> None:
    case, form = a_close_form(desk)
    with pytest.raises(PersonCannot, match="too long"):
        desk.office.slack.submit(BEN, form["id"], {"reason": LONGEST + "."})
    assert [view["id"] for view in desk.office.slack.views(BEN)] == [form["id"]]
    assert desk.now(case).status == "acknowledged"


def test_a_form_sent_after_the_case_was_closed_keeps_what_was_typed(desk: Desk) -> None:
    case, form = a_close_form(desk)
    by, now = officer(desk.office.parts.engine, CARA), desk.office.clock.now()
    with writing(desk.office.parts.engine) as session:
        close(session, get_case(session, case.number), reason="Done.", by=by, now=now)
    done = desk.submit(BEN, form, {"reason": TYPED})
    assert done.response is not None
    assert "closed already" in done.response["errors"]["reason"]
    assert typed_in(desk, form) == TYPED
    assert names(desk, case, "closed") == 1


def test_a_form_sent_after_the_case_went_to_another_service_keeps_what_was_typed(desk: Desk) -> None:
    case, form = a_close_form(desk)
    behind_the_card(desk, case, moves=True)
    done = desk.submit(BEN, form, {"reason": TYPED})
    assert done.response is not None
    assert set(done.response["errors"]) == {"reason"}
    assert typed_in(desk, form) == TYPED
    assert names(desk, case, "closed") == 0


def typed_in(desk: Desk, form: Json) -> str:
    """What stands in the reason's field of a form that is still open before Ben."""
    [view] = [each for each in desk.office.slack.views(BEN) if each["id"] == form["id"]]
    return str(view["state"]["values"]["reason"]["reason"]["value"])


def test_where_the_bot_was_removed_the_press_is_done_and_told_in_a_direct_message(desk: Desk) -> None:
    case = desk.new_case()
    card = desk.office.card()
    slack = desk.office.slack
    with slack.world.changing():
        slack.world.channels[card["channel"]].members.discard(BOT_USER_ID)
    assert slack.press(BEN, card["channel"], card["ts"], "acknowledge").acked
    slack.wait_for(lambda: slack.messages(BEN))
    assert "is acknowledged and the letter is on its way" in slack.messages(BEN)[-1]["text"]
    assert names(desk, case, "acknowledged") == 1


def test_who_sends_a_form_hears_first_what_another_did_meanwhile_and_nothing_is_lost(desk: Desk) -> None:
    case = desk.new_case()
    card = desk.office.card()
    hers = opened_by(desk, LENA, card)
    desk.fill(BEN, "wrong_kind", {"kind": "complaint"})
    refused = desk.submit(LENA, hers, {"kind": "comment"})
    assert refused.response is not None
    said = refused.response["errors"]["kind"]
    assert "Ben Carter" in said
    assert "send it again" in said
    assert desk.now(case).kind == "complaint", "nothing was done yet"
    assert desk.submit(LENA, hers, {"kind": "comment"}).response is None, "she said so a second time"
    assert desk.now(case).kind == "comment"


def test_what_a_third_does_after_that_is_told_too(desk: Desk) -> None:
    case = desk.new_case()
    card = desk.office.card()
    hers = opened_by(desk, LENA, card)
    desk.fill(BEN, "wrong_kind", {"kind": "complaint"})
    assert desk.submit(LENA, hers, {"kind": "comment"}).response is not None
    desk.press_on(CARA, card, "take")
    again = desk.submit(LENA, hers, {"kind": "comment"})
    assert again.response is not None
    assert "Cara" in again.response["errors"]["kind"]
    assert "Ben" not in again.response["errors"]["kind"]
    assert desk.now(case).kind == "complaint"


def test_what_one_did_oneself_meanwhile_is_no_news(desk: Desk) -> None:
    case = desk.new_case()
    card = desk.office.card()
    his = opened_by(desk, BEN, card)
    desk.press_on(BEN, card, "take")
    assert desk.submit(BEN, his, {"kind": "comment"}).response is None
    assert desk.now(case).kind == "comment"


def opened_by(desk: Desk, user: str, card: Json) -> Json:
    """The form of another kind, opened and left open."""
    assert desk.press_on(user, card, "wrong_kind") == ""
    return desk.office.slack.views(user)[-1]
