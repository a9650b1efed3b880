"""Whether Slack is heard: silence in working hours opens the socket anew, is told of, and sends reminders by email."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from sqlmodel import select

from jobs.ear import Ear, listen, look, skip_a_jump
from models.db import writing
from models.outbox import Channel, Delivery, OutboxEntry
from models.settings_people import Hours
from models.working_hours import are_open
from tests.bot.listening import handler_of
from tests.jobs.office import HIGHWAYS, LEAD, Office
from tests.jobs.test_email_nags import letters, waiting
from tests.people import BEN

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def handler(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[SocketModeHandler]:
    monkeypatch.setattr("jobs.ear._BETWEEN_SECONDS", 0.3)
    with handler_of(office) as open_one:
        yield open_one


@pytest.fixture
def ear(office: Office, handler: SocketModeHandler) -> Ear:
    found = listen(office.parts, handler.client)
    look(office.parts, handler.client, found)
    office.slack.wait_for_socket()
    office.slack.wait_for(lambda: found.connections == 1)
    return found


def told(office: Office) -> list[str]:
    """What the technical contact was told of; here nobody is named, so the lead's channel hears."""
    return [entry.key.partition(" after")[0] for entry in office.entries() if entry.key.startswith("Slack ")]


def opened(office: Office) -> int:
    return len(office.slack.calls("apps.connections.open"))


def test_what_comes_over_the_socket_is_counted(office: Office, ear: Ear) -> None:
    office.clock.pass_time(minutes=10)
    assert office.slack.hands.open_home(BEN).acked
    office.slack.wait_for(lambda: ear.envelopes == 1)
    assert ear.silence(office.clock.now()).total_seconds() == 0


def test_a_silence_in_working_hours_opens_the_socket_anew_once_in_a_while(
    office: Office, handler: SocketModeHandler, ear: Ear
) -> None:
    before = opened(office)
    office.clock.pass_time(minutes=29)
    look(office.parts, handler.client, ear)
    assert opened(office) == before
    office.clock.pass_time(minutes=2)
    for _ in range(3):
        look(office.parts, handler.client, ear)
    assert opened(office) == before + 1
    office.slack.wait_for_socket()
    assert ear.connections == 1, "and no ghost of the old one"
    assert office.slack.hands.open_home(BEN).acked, "over the new one"
    assert told(office) == []


def test_a_longer_silence_is_told_of_once_a_day(office: Office, handler: SocketModeHandler, ear: Ear) -> None:
    for _ in range(5):
        office.clock.pass_time(minutes=40)
        look(office.parts, handler.client, ear)
    assert told(office) == ["Slack not heard on 2026-10-12"]
    office.deliver()
    assert "nothing for 120 minutes" in office.slack.messages(LEAD)[-1]["text"]


def test_a_silence_after_something_was_heard_is_told_of_on_the_same_day(
    office: Office, handler: SocketModeHandler, ear: Ear
) -> None:
    case = office.new_case()
    office.deliver()
    office.clock.pass_time(minutes=121)
    look(office.parts, handler.client, ear)
    office.slack.wait_for_socket()
    assert office.slack.press(BEN, HIGHWAYS, office.card()["ts"], "take").acked
    office.slack.wait_for(lambda: ear.envelopes == 1)
    for _ in range(2):
        office.clock.pass_time(minutes=121)
        look(office.parts, handler.client, ear)
    assert told(office) == ["Slack not heard on 2026-10-12"] * 2
    waiting(office, case, state=Delivery.SENT)
    office.work("email nags")
    assert letters(office) == [("ben@council.example", f"Due: {case.reference}")]


def test_a_socket_that_never_opened_is_told_of(office: Office, handler: SocketModeHandler) -> None:
    case = office.new_case()
    office.slack.fail("apps.connections.open", "500", times=None)
    ear = listen(office.parts, handler.client)
    for _ in range(4):
        look(office.parts, handler.client, ear)
        office.clock.pass_time(minutes=40)
    [line] = [entry.payload["text"] for entry in office.entries() if entry.key.startswith("Slack ")]
    assert "nothing for 120 minutes of working time, and the connection could not be opened" in line
    waiting(office, case, state=Delivery.SENT)
    office.work("email nags")
    assert letters(office) != []


def test_the_time_before_the_socket_opened_is_no_silence(office: Office, handler: SocketModeHandler) -> None:
    ear = listen(office.parts, handler.client)
    office.clock.pass_time(minutes=119)
    look(office.parts, handler.client, ear)
    office.slack.wait_for_socket()
    office.clock.pass_time(minutes=2)
    look(office.parts, handler.client, ear)
    assert told(office) == []


def test_the_technical_contact_is_written_to_where_an_address_is_set(
    office: Office, handler: SocketModeHandler, ear: Ear
) -> None:
    contact = office.parts.settings.technical_contact.model_copy(update={"email": "it@council.example"})
    settings = office.parts.settings.model_copy(update={"technical_contact": contact})
    object.__setattr__(office.parts, "settings", settings)
    office.clock.pass_time(minutes=121)
    look(office.parts, handler.client, ear)
    [letter] = office.entries(Channel.EMAIL)
    assert letter.payload["to"] == "it@council.example"
    assert "links to acknowledge by" in letter.payload["text"]


def test_nobody_need_be_heard_while_nobody_works(office: Office, handler: SocketModeHandler, ear: Ear) -> None:
    before = opened(office)
    office.clock.instant = datetime(2026, 10, 12, 20, tzinfo=UTC)
    look(office.parts, handler.client, ear)
    office.clock.instant = datetime(2026, 10, 13, 7, 59, tzinfo=UTC)
    look(office.parts, handler.client, ear)
    office.clock.pass_time(minutes=20)
    look(office.parts, handler.client, ear)
    assert (opened(office), told(office)) == (before, []), "the night does not count"


def test_a_ghost_among_the_connections_is_told_of(office: Office, handler: SocketModeHandler, ear: Ear) -> None:
    """Slack counts a socket that nobody reads; the next hello says so (python-slack-sdk #1940)."""
    office.slack.sockets.add_ghost()
    office.clock.pass_time(minutes=31)
    look(office.parts, handler.client, ear)
    office.slack.wait_for(lambda: ear.connections == 2)
    look(office.parts, handler.client, ear)
    assert told(office) == [], "it may have been the old connection: the socket is opened once more"
    office.slack.wait_for_socket(2)
    look(office.parts, handler.client, ear)
    assert told(office) == ["Slack too many connections on 2026-10-12"]


def test_slack_that_is_down_while_the_socket_is_opened_anew_stops_nothing(
    office: Office, handler: SocketModeHandler, ear: Ear, caplog: pytest.LogCaptureFixture
) -> None:
    office.slack.fail("apps.connections.open", "500", times=None)
    office.clock.pass_time(minutes=31)
    look(office.parts, handler.client, ear)
    assert "no socket to Slack" in caplog.text
    office.slack.recover()


def test_while_slack_is_not_heard_reminders_go_by_letter_at_once(
    office: Office, handler: SocketModeHandler, ear: Ear
) -> None:
    case = office.new_case()
    office.clock.pass_time(minutes=121)
    waiting(office, case, state=Delivery.SENT)
    office.clock.pass_time(minutes=1)
    office.work("email nags")
    assert letters(office) == [], "Slack has taken it, and nothing is known to be wrong"
    look(office.parts, handler.client, ear)
    office.work("email nags")
    office.work("email nags")
    assert letters(office) == [("ben@council.example", f"Due: {case.reference}")]


def test_once_slack_is_heard_reminders_stay_in_slack(office: Office, handler: SocketModeHandler, ear: Ear) -> None:
    case = office.new_case()
    office.deliver()
    office.clock.pass_time(minutes=121)
    look(office.parts, handler.client, ear)
    office.slack.wait_for_socket()
    office.clock.pass_time(minutes=1)
    assert office.slack.press(BEN, HIGHWAYS, office.card()["ts"], "take").acked
    waiting(office, case, state=Delivery.SENT)
    office.work("email nags")
    assert letters(office) == []


def test_hours_of_ones_own_are_somebodys_working_hours(office: Office) -> None:
    settings, sunday = office.parts.settings, datetime(2026, 10, 11, 10, tzinfo=UTC)
    assert not are_open(sunday, settings=settings)
    on_sundays = settings.officers[0].model_copy(update={"hours": Hours(days=("sunday",))})
    assert are_open(sunday, settings=settings.model_copy(update={"officers": (on_sundays,)}))


def test_the_alarm_is_one_entry_though_two_processes_hear_nothing(
    office: Office, handler: SocketModeHandler, ear: Ear
) -> None:
    office.clock.pass_time(minutes=121)
    for each in (ear, Ear(ear.last, ear.opened)):
        look(office.parts, handler.client, each)
    with writing(office.parts.engine) as session:
        keys = session.exec(select(OutboxEntry.key)).all()
    assert len([key for key in keys if key.startswith("Slack not heard")]) == 1


def test_time_that_was_jumped_over_is_no_silence(office: Office) -> None:
    now = office.clock.now()
    ear = Ear(now, now)
    a_minute, a_day = now + timedelta(minutes=1), now + timedelta(days=1)
    assert skip_a_jump(ear, now, a_minute) == a_minute
    assert ear.silence(a_minute) == timedelta(minutes=1)
    assert skip_a_jump(ear, a_minute, a_day) == a_day
    assert ear.silence(a_day) == timedelta(0)
