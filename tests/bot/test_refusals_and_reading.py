"""Who may do what, who was first, and the text of a letter, which nothing in Slack reads as more than text."""

import json
import logging
import threading

import pytest

from bot import modals
from demo.slack.faults import FaultKind
from demo.slack.views import check_view
from jobs.logs import PlainFormatter
from models.db import reading, writing
from models.people import Officer
from models.queries import get_case
from models.record import raise_alert
from models.reminders import Alert
from models.rules.labels import Area
from models.rules.warning_signs import WarningSign
from tests.bot.desk import Desk
from tests.build import a_letter, officer
from tests.jobs.office import HIGHWAYS, LEAD, words_on
from tests.people import ASHA, BEN, CARA, DEV, EVE, LENA

LETTER = "Hello <!channel>, <@U0BEN> is *bold* and https://evil.example/x <https://evil.example|click> &lt;b&gt; `ls`"
ODD_WORDS = "my Bartholomew keeps seventeen geese"


def in_full(caplog: pytest.LogCaptureFixture) -> str:
    """The log as it is written down, data and tracebacks included."""
    return "\n".join(map(PlainFormatter().format, caplog.records))


@pytest.mark.parametrize(("user", "because"), [(EVE, "NotAnOfficer"), (DEV, "NotEntitled")])
@pytest.mark.parametrize("action_id", ["acknowledge", "take", "read", "wrong_kind"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_who_may_not_is_told_so_privately_and_changes_nothing(
    desk: Desk, user: str, because: str, action_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="tocsin")
    case = desk.new_case(a_letter(ODD_WORDS))
    said = desk.press(user, action_id)
    assert "not on the list of officers" in said or "not entitled to this case" in said
    assert desk.forms(user) == []
    assert desk.now(case) == case
    refused = desk.office.events(case)[-1]
    assert (refused.name, refused.details) == (
        "press_refused",
        {"action": action_id, "slack_user": user, "because": because},
    )
    [line] = [record for record in caplog.records if record.getMessage() == "press refused"]
    assert (vars(line)["slack_user"], vars(line)["error"]) == (user, because)
    assert len(desk.office.slack.messages(HIGHWAYS)) == 1
    for word in ("Bartholomew", "geese", "Asha", "Okafor", ASHA):
        assert word not in in_full(caplog), "a log holds no word of a letter, no name and no address"


def test_who_left_between_opening_a_form_and_sending_it_is_refused(desk: Desk) -> None:
    case = desk.new_case()
    view = desk.modal(BEN, "wrong_area")
    with writing(desk.office.parts.engine) as session:
        session.get_one(Officer, officer(desk.office.parts.engine, BEN).id).is_active = False
    refused = desk.submit(BEN, view, {"area": Area.HOUSING.value})
    assert refused.response is not None
    assert "not on the list" in refused.response["errors"]["area"]
    assert desk.now(case).areas == [Area.HIGHWAYS_TRANSPORT]


def test_two_people_say_they_have_it_and_the_first_has_it(desk: Desk) -> None:
    case = desk.new_case()
    engine, now = desk.office.parts.engine, desk.office.clock.now()
    with writing(engine) as session:
        raise_alert(session, get_case(session, case.number), WarningSign("k", "A sign & a <warning>."), now=now)
    desk.office.deliver()
    [alert] = desk.office.slack.messages(LEAD)
    assert "A sign &amp; a &lt;warning&gt;." in words_on(alert["blocks"])
    people = [LENA, BEN, CARA]
    begin, pressed = threading.Barrier(len(people)), []

    def press(user: str) -> None:
        begin.wait()
        pressed.append(desk.office.slack.press(user, LEAD, alert["ts"], "have_it"))

    threads = [threading.Thread(target=press, args=(user,)) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert all(done.acked for done in pressed)
    desk.office.slack.wait_for(lambda: all(desk.told(user) for user in people))
    lines = sorted(desk.told(user) for user in people)
    with reading(engine) as session:
        taken = session.get_one(Alert, 1)
        holder = session.get_one(Officer, taken.taken_by_id).name
    assert [line for line in lines if line.startswith("You have")] == [f"You have {case.reference}."]
    assert lines.count(f"{holder} has it already.") == 2
    assert desk.office.event_names(case).count("alert_taken") == 1
    desk.office.deliver()
    [alert] = desk.office.slack.messages(LEAD)
    assert f"✔ {holder} has it" in words_on(alert["blocks"])


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_reading_shows_the_letter_as_text_and_is_an_event(desk: Desk) -> None:
    case = desk.new_case(a_letter(LETTER, Subject="<!here> *now*"))
    view = desk.modal(BEN, "read")
    shown = [block["text"] for block in view["blocks"] if block["type"] == "section"]
    assert {text["type"] for text in shown} == {"plain_text"}
    whole = "\n".join(text["text"] for text in shown)
    assert LETTER in whole
    assert "<!here> *now*" in whole
    assert "We have your message" in whole, "what we wrote is there too"
    [read] = [event for event in desk.office.events(case) if event.name == "read"]
    assert read.by_officer_id == officer(desk.office.parts.engine, BEN).id
    version = desk.now(case).version
    assert version == case.version, "reading changes nothing on the card"


@pytest.mark.parametrize("text", ["a" * 400_000, "щ" * 120_000, "😀" * 60_000, "\n" * 9_000 + "end", ""])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_letter_of_any_length_can_be_read(desk: Desk, text: str) -> None:
    case = desk.new_case(a_letter(text))
    view = desk.modal(BEN, "read")
    asked = desk.office.slack.calls("views.update")[-1].args["view"]
    check_view(asked)
    assert len(json.dumps(asked)) < 250_000, "Slack refuses a larger view (view_too_large)"
    assert (f"tocsin case {case.reference}" in words_on(view["blocks"])) is (len(text) > 50_000)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_modal_that_slack_does_not_open_is_told_of(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    desk.new_case(a_letter(ODD_WORDS))
    desk.office.slack.sockets.ack_seconds = 0.5
    desk.office.slack.fail("views.open", "500")
    assert "again" in desk.press(BEN, "read")
    assert "geese" not in in_full(caplog)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("kind", "times"), [("429", 1), ("500", 2), ("closed", 2)])
def test_a_form_that_slack_does_not_fill_in_at_first_is_filled_in_a_moment_later(
    desk: Desk, kind: FaultKind, times: int
) -> None:
    case = desk.new_case()
    desk.office.slack.fail("views.update", kind, times=times)
    assert desk.modal(BEN, "read")["title"]["text"] == case.reference
    assert len(desk.office.slack.calls("views.update")) == times + 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_error_nobody_foresaw_reaches_the_log_without_its_words(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise ZeroDivisionError(ODD_WORDS)

    desk.new_case()
    monkeypatch.setattr(modals, "read_modal", stumble)
    card = desk.office.card()
    desk.office.slack.sockets.ack_seconds = 0.5
    desk.office.slack.press(BEN, HIGHWAYS, card["ts"], "read")
    desk.office.slack.wait_for(lambda: "ZeroDivisionError" in caplog.text)
    desk.office.slack.wait_for(lambda: "tries again by itself" in words_on(desk.office.slack.views(BEN)[-1]["blocks"]))
    assert "geese" not in in_full(caplog)
    assert "is yours" in desk.press(BEN, "take"), "and the next press works"
