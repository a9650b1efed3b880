"""The thread under a card: what happened to a case, each thing once and in order, whatever goes wrong on the way."""

from collections.abc import Callable

import pytest
from sqlmodel import Session

from demo.slack.faults import FaultKind
from jobs.deliver import deliver_slack_one
from jobs.transports import slack_threads
from models.case import Case
from models.db import writing
from models.handling import acknowledge, correct_area, note_reading, take
from models.people import Officer
from models.queries import get_case
from models.record import record
from models.rules.labels import Area
from tests.build import officer
from tests.jobs.office import HIGHWAYS, HOUSING, Json, Office, words_on
from tests.people import BEN, LENA

TAKEN = "Monday 12 October 2026, 10:00: Ben Carter took it."
ACKNOWLEDGED = "Monday 12 October 2026, 10:00: Ben Carter acknowledged it; a letter is on its way."


def do(office: Office, case: Case, verb: Callable[[Session, Case, Officer], object], by: str = BEN) -> None:
    who = officer(office.parts.engine, by)
    with writing(office.parts.engine) as session:
        verb(session, get_case(session, case.number), who)


def taken(office: Office, case: Case) -> None:
    do(office, case, lambda session, it, by: take(session, it, by=by, now=office.clock.now()))


def acknowledged(office: Office, case: Case) -> None:
    settings = office.parts.settings
    do(office, case, lambda s, it, by: acknowledge(s, it, by=by, settings=settings, now=office.clock.now()))


def moved(office: Office, case: Case, area: Area) -> None:
    settings = office.parts.settings
    do(
        office,
        case,
        lambda s, it, by: correct_area(s, it, area, by=by, settings=settings, now=office.clock.now()),
        LENA,
    )


def replies(office: Office, card: Json) -> list[Json]:
    """The messages under a card, as Slack tells them."""
    found = office.client.conversations_replies(channel=card["channel"], ts=card["ts"], include_all_metadata=True)
    messages: list[Json] = found["messages"]
    return messages[1:]


def thread(office: Office, channel: str = HIGHWAYS) -> list[str]:
    """The lines under the one card of a channel."""
    return [line for reply in replies(office, office.card(channel)) for line in words_on(reply["blocks"]).split("\n")]


def test_what_is_done_to_a_case_stands_in_its_thread_in_order(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    assert thread(office) == []
    taken(office, case)
    office.deliver()
    office.clock.pass_time(hours=1)
    acknowledged(office, case)
    office.deliver()
    assert thread(office) == [TAKEN, ACKNOWLEDGED.replace("10:00", "11:00")]
    assert all("reply_broadcast" not in call.args for call in office.slack.calls("chat.postMessage"))
    assert all(reply["thread_ts"] == office.card()["ts"] for reply in replies(office, office.card()))


def test_what_happened_at_once_is_one_message(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    taken(office, case)
    acknowledged(office, case)
    office.deliver()
    assert thread(office) == [TAKEN, ACKNOWLEDGED]
    assert len(replies(office, office.card())) == 1


def test_the_first_card_says_what_was_found_and_needs_no_thread(office: Office) -> None:
    office.new_case()
    office.deliver()
    assert [entry.payload["draw"] for entry in office.entries() if "draw" in entry.payload] == ["case"]


def test_what_was_done_before_the_card_stood_is_told_after_it(office: Office) -> None:
    case = office.new_case()
    office.slack.go_down()
    taken(office, case)
    office.deliver()
    office.slack.recover()
    office.clock.pass_time(minutes=6)
    office.deliver()
    assert thread(office) == [TAKEN]
    [card, reply] = office.slack.messages(HIGHWAYS)
    assert float(card["ts"]) < float(reply["ts"])


@pytest.mark.parametrize("kind", ["closed", "500"])
def test_a_reply_whose_answer_was_lost_is_found_and_filled_up(office: Office, kind: FaultKind) -> None:
    case = office.new_case()
    office.deliver()
    taken(office, case)
    office.slack.fail("chat.postMessage", kind, after=True)
    office.deliver()
    acknowledged(office, case)
    office.clock.pass_time(minutes=6)
    office.deliver()
    assert thread(office) == [TAKEN, ACKNOWLEDGED]
    assert len(replies(office, office.card())) == 1


def test_a_lost_reply_is_found_on_the_last_page_of_a_long_thread(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slack_threads, "_A_PAGE", 10)
    case = office.new_case()
    office.deliver()
    card = office.card()
    for number in range(25):
        office.client.chat_postMessage(channel=card["channel"], thread_ts=card["ts"], text=f"We talk {number}")
    taken(office, case)
    office.slack.fail("chat.postMessage", "closed", after=True)
    office.deliver()
    office.clock.pass_time(minutes=6)
    office.deliver()
    found = office.client.conversations_replies(channel=card["channel"], ts=card["ts"], limit=999)
    assert [each["text"] for each in found["messages"]].count(f"{case.reference}\n{TAKEN}") == 1


def test_a_case_that_moves_says_where_it_came_from(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    taken(office, case)
    office.deliver()
    moved(office, case, Area.HOUSING)
    office.deliver()
    name = office.parts.settings.team_for(Area.HIGHWAYS_TRANSPORT).name
    first, second, *_ = thread(office, HOUSING)
    assert first == f"It came from {name}: what happened before stands in the thread there."
    assert "Lena Moss corrected the service from “Highways and transport” to “Housing”." in second


def test_a_case_that_moves_with_all_told_says_where_it_came_from(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    office.slack.fail("chat.update", "500", times=1)
    taken(office, case)
    office.deliver()
    moved(office, case, Area.HOUSING)
    office.clock.pass_time(minutes=6)
    office.deliver()
    assert thread(office, HOUSING)[0].startswith("It came from")


def test_a_long_story_goes_on_in_the_next_message(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    for _ in range(15):
        do(office, case, lambda s, it, by: close_and_open(s, it, by, office))
    office.deliver()
    assert len(thread(office)) == 30
    assert [len(words_on(reply["blocks"]).split("\n")) for reply in replies(office, office.card())] == [20, 10]


def close_and_open(session: Session, case: Case, by: Officer, office: Office) -> None:
    record(session, case, "closed", by=by, now=office.clock.now(), reason="Asha Okafor moved away.")
    record(session, case, "reopened", by=by, now=office.clock.now(), reason="She came back.")


def test_a_reason_somebody_typed_stays_out_and_so_does_a_reading(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    do(office, case, lambda s, it, by: note_reading(s, it, by=by, now=office.clock.now()))
    acknowledged(office, case)
    do(office, case, lambda s, it, by: record(s, it, "closed", by=by, now=office.clock.now(), reason="Mould at No 4"))
    office.deliver()
    assert thread(office) == [ACKNOWLEDGED, "Monday 12 October 2026, 10:00: Ben Carter closed it."]


def test_a_card_somebody_deleted_draws_no_stray_message_and_loses_nothing(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    card = office.card()
    taken(office, case)
    # the card goes while its thread's message is on the way
    office.slack.fail("chat.postMessage", "500", times=1)
    office.deliver()
    office.client.chat_delete(channel=card["channel"], ts=card["ts"])
    office.clock.pass_time(minutes=6)
    office.deliver()
    assert office.slack.messages(HIGHWAYS) == []
    acknowledged(office, case)
    office.deliver()
    assert thread(office)[1:] == [TAKEN, ACKNOWLEDGED.replace("10:00", "10:06")]
    assert thread(office)[0] == "The card was posted again; what happened before stands in the case’s history."


def test_a_reply_that_slack_puts_into_the_channel_itself_is_taken_back(office: Office) -> None:
    """Slack does so, without a word, where the card was deleted a moment before."""
    case = office.new_case()
    office.deliver()
    card = office.card()
    taken(office, case)
    deliver_slack_one(office.parts)
    office.client.chat_delete(channel=card["channel"], ts=card["ts"])
    office.deliver()
    assert office.slack.messages(HIGHWAYS) == []
    assert "waiting" not in office.states()
    acknowledged(office, case)
    office.deliver()
    assert thread(office)[1:] == [TAKEN, ACKNOWLEDGED]


def test_a_name_cannot_ping_anybody(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    do(office, case, lambda s, it, by: record(s, it, "assigned", by=by, now=office.clock.now(), to="<!channel> & co"))
    office.deliver()
    assert thread(office) == ["Monday 12 October 2026, 10:00: Ben Carter gave it to &lt;!channel&gt; &amp; co."]
