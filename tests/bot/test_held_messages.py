"""Held messages in Slack: the channel sees why and never what; the corporate team reads, releases or puts aside."""

import logging

import pytest
from sqlmodel import select

from jobs.drawing import draw
from models.correspondence import Disposition, InboundMessage
from models.db import reading
from models.queries import letters, open_cases
from models.rules.letters import Email
from models.rules.references import make_reference
from tests.bot.desk import Desk
from tests.build import a_letter, arrive
from tests.jobs.office import CORPORATE, Json, buttons, words_on
from tests.models.test_held import LETTER, NAMED, put_aside
from tests.people import BEN, EVE, LENA

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def number(desk: Desk) -> int:
    """A held message whose card stands in the corporate team's channel."""
    return a_held_one(desk)


def a_held_one(desk: Desk, email: Email = LETTER, named: tuple[str, ...] = NAMED) -> int:
    parts, now = desk.office.parts, desk.office.clock.now()
    number = put_aside(parts.engine, settings=parts.settings, now=now, email=email, named=named)
    desk.office.deliver()
    return number


def card(desk: Desk) -> Json:
    """The one message in the corporate team's channel."""
    desk.office.deliver()
    [message] = desk.office.slack.messages(CORPORATE)
    return message


def opened(desk: Desk, user: str, action_id: str) -> Json:
    """Press a button that opens a form; the form."""
    assert desk.press_on(user, card(desk), action_id) == "", "a line came instead of a form"
    return desk.office.slack.views(user)[-1]


def kept(desk: Desk, number: int) -> InboundMessage:
    with reading(desk.office.parts.engine) as session:
        return session.get_one(InboundMessage, number)


def test_the_card_says_why_and_nothing_of_who_wrote_what(desk: Desk, number: int) -> None:
    shown = card(desk)
    face = words_on(shown["blocks"])
    assert buttons(shown) == ["held_look", "held_new", "held_join", "held_dismiss"]
    for words in ("It names two cases", *NAMED, "Monday 12 October 2026, 10:00", "complaints", "51 kB"):
        assert words in face, words
    for private in (LETTER.sender, "Bartholomew", "Quill", LETTER.subject, "hedge"):
        assert private not in str(shown), private


def test_a_card_that_stands_as_it_is_is_not_drawn_again(desk: Desk, number: int) -> None:
    parts, (entry,) = desk.office.parts, desk.office.entries()
    with reading(parts.engine) as session:
        assert draw(session, entry.key, entry.payload, settings=parts.settings, now=parts.clock.now()) is None
    desk.press_on(LENA, card(desk), "held_new")
    with reading(parts.engine) as session:
        drawn = draw(session, entry.key, entry.payload, settings=parts.settings, now=parts.clock.now())
    assert drawn is not None
    assert (drawn.subject, drawn.version) == (f"held {number}", 2)
    assert drawn.stands_at is not None


def test_look_shows_it_to_the_presser_alone_as_plain_text(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    said = "<!channel> <https://x.example|here> *bold* " + LETTER.text
    number = a_held_one(desk, Email(sender=LETTER.sender, subject="<@U0BEN>", text=said))
    with caplog.at_level(logging.INFO, "tocsin"):
        view = opened(desk, LENA, "held_look")
    for words in (said, "<@U0BEN>", LETTER.sender):
        assert words in words_on(view["blocks"])
    assert {block["text"]["type"] for block in view["blocks"]} == {"plain_text"}
    [line] = [each for each in caplog.records if each.getMessage() == "press"]
    assert (vars(line)["message_number"], vars(line)["slack_user"]) == (number, LENA)
    assert LETTER.sender not in caplog.text + str([vars(each) for each in caplog.records])


def test_a_new_case_comes_of_it_and_the_card_says_so(desk: Desk, number: int) -> None:
    before = card(desk)
    assert desk.press_on(LENA, before, "held_new") == f"Message {number} becomes a new case, in a moment."
    assert (kept(desk, number).release, kept(desk, number).disposition) == ("new", None)
    after = card(desk)
    assert after["ts"] == before["ts"], "redrawn in place"
    assert "Released as a new case by Lena Moss." in words_on(after["blocks"])
    assert buttons(after) == []


def test_a_second_press_is_told_that_it_is_settled(desk: Desk, number: int) -> None:
    old = card(desk)
    desk.press_on(LENA, old, "held_new")
    assert "Released as a new case by Lena Moss." in desk.press_on(LENA, old, "held_new")
    view = opened_on(desk, old, "held_dismiss")
    refused = desk.submit(LENA, view, {"reason": "Spam."})
    assert refused.response is not None
    assert "settled it already" in refused.response["errors"]["reason"]
    assert kept(desk, number).release == "new"


def opened_on(desk: Desk, old: Json, action_id: str) -> Json:
    assert desk.press_on(LENA, old, action_id) == ""
    return desk.office.slack.views(LENA)[-1]


def test_it_joins_the_case_it_names_with_the_first_chosen_already(desk: Desk) -> None:
    case = desk.new_case()
    number = a_held_one(desk, named=(case.reference, NAMED[0]))
    desk.submit(LENA, opened(desk, LENA, "held_join"), {})
    assert kept(desk, number).release == case.reference
    assert f"joins {case.reference}" in desk.told(LENA)
    assert f"Put with {case.reference} by Lena Moss." in words_on(card(desk)["blocks"])


def test_a_reference_that_is_typed_counts_and_a_wrong_one_is_told_at_the_field(desk: Desk) -> None:
    case = desk.new_case()
    number = a_held_one(desk)
    view = opened(desk, LENA, "held_join")
    refused = desk.submit(LENA, view, {"reference": "T26-00001-Z"})
    assert refused.response is not None
    assert "no such case" in refused.response["errors"]["reference"]
    assert kept(desk, number).disposition is Disposition.HELD
    unknown = desk.submit(LENA, view, {"reference": make_reference(4711, 2026)})
    assert unknown.response is not None
    desk.submit(LENA, view, {"reference": case.reference})
    assert kept(desk, number).release == case.reference


def test_a_message_that_names_no_case_is_asked_for_one(desk: Desk) -> None:
    a_held_one(desk, named=())
    [_, field] = opened(desk, LENA, "held_join")["blocks"]
    assert (field["block_id"], field["optional"]) == ("reference", False)


def test_put_aside_asks_why_and_the_channel_does_not_see_the_reason(desk: Desk, number: int) -> None:
    view = opened(desk, LENA, "held_dismiss")
    refused = desk.submit(LENA, view, {"reason": "  "})
    assert refused.response is not None
    assert "only with a reason" in refused.response["errors"]["reason"]
    desk.submit(LENA, view, {"reason": "Bartholomew rang: he takes it back."})
    assert kept(desk, number).disposition is Disposition.IGNORED
    assert kept(desk, number).reason == "Put aside by Lena Moss: Bartholomew rang: he takes it back."
    shown = card(desk)
    assert "Put aside by Lena Moss." in words_on(shown["blocks"])
    assert "Bartholomew" not in str(shown)


@pytest.mark.parametrize(("user", "why"), [(BEN, "corporate complaints team"), (EVE, "not on the list of officers")])
@pytest.mark.parametrize("action_id", ["held_look", "held_new", "held_join", "held_dismiss"])
def test_who_is_not_of_the_corporate_team_gets_a_line_and_nothing_else(
    desk: Desk, number: int, user: str, why: str, action_id: str
) -> None:
    assert why in desk.press_on(user, card(desk), action_id)
    assert desk.forms(user) == []
    assert kept(desk, number).disposition is Disposition.HELD


def test_a_refusal_is_kept_in_the_log(desk: Desk, number: int, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "tocsin"):
        desk.press_on(BEN, card(desk), "held_new")
    [line] = [vars(each) for each in caplog.records if each.getMessage() == "press refused"]
    assert (line["message_number"], line["slack_user"], line["error"]) == (number, BEN, "NotEntitled")


def test_a_strangers_letter_goes_from_held_to_the_case_it_names(desk: Desk) -> None:
    case, parts = desk.new_case(), desk.office.parts
    written = a_letter(f"About {case.reference}.", From=LETTER.sender, Message_ID="<b@residents.example>")
    arrive(parts.engine, written, settings=parts.settings, now=desk.office.clock.now())
    assert case.reference in words_on(card(desk)["blocks"])
    desk.submit(LENA, opened(desk, LENA, "held_join"), {})
    desk.office.work("process inbound")
    with reading(parts.engine) as session:
        (first, _, joined) = letters(session, case)
    assert (joined.text.strip(), joined.case_id) == (f"About {case.reference}.", first.case_id)
    settled = words_on(card(desk)["blocks"])
    assert f"Put with {case.reference} by Lena Moss." in settled


def test_a_held_letter_becomes_the_case_that_it_was_not_taken_for(desk: Desk) -> None:
    parts = desk.office.parts
    robot = a_letter("The road is closed.", Auto_Submitted="auto-replied", Message_ID="<r@residents.example>")
    held = arrive(parts.engine, robot, settings=parts.settings, now=desk.office.clock.now())
    assert (held.disposition, held.case) == (Disposition.HELD, None)
    desk.press_on(LENA, card(desk), "held_new")
    desk.office.work("process inbound")
    with reading(parts.engine) as session:
        (opened_case,) = open_cases(session)
        (message,) = session.exec(select(InboundMessage)).all()
    assert (message.disposition, message.rule, message.case_id) == (Disposition.CASE, "released", opened_case.id)
