"""Delivery: kept while the other side is down, in order, once, and put before a person when only a person can tell."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from demo.slack.faults import FaultKind
from jobs.deliver import deliver_email_one, deliver_slack_one
from models.case import Case
from models.db import reading, writing
from models.handling import Answer, Outcome, acknowledge, correct_area, respond, take_alert
from models.outbox import Channel, Delivery, OutboxEntry, claim
from models.queries import get_case, letters, stuck_deliveries
from models.record import raise_alert, record
from models.reminders import Alert
from models.rules.labels import Area
from models.rules.warning_signs import WarningSign
from tests.build import a_letter, officer, reload
from tests.jobs.office import HIGHWAYS, HOUSING, LEAD, Office, buttons, words_on
from tests.people import ASHA, BEN, LENA


def acknowledged(office: Office, case: Case) -> None:
    by = officer(office.parts.engine, BEN)
    with writing(office.parts.engine) as session:
        acknowledge(
            session, get_case(session, case.number), by=by, settings=office.parts.settings, now=office.clock.now()
        )


def test_a_case_becomes_one_card_and_one_receipt(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    assert case.reference in words_on(office.card()["blocks"])
    assert [letter["To"] for letter in office.smtp.letters] == [ASHA]
    assert set(office.states()) == {"sent"}
    assert not deliver_slack_one(office.parts)
    assert not deliver_email_one(office.parts)


def test_slack_down_then_up_shows_everything_in_order_and_once(office: Office) -> None:
    case = office.new_case()
    office.slack.go_down()
    office.deliver()
    acknowledged(office, case)
    for _ in range(3):
        office.deliver()
        office.clock.pass_time(minutes=6)
    assert "sent" not in office.states(Channel.SLACK)
    assert len(office.smtp.letters) == 2, "letters do not wait for Slack"
    office.slack.recover()
    office.deliver()
    assert set(office.states()) == {"sent"}
    assert "answer" in buttons(office.card())
    assert [message.get("thread_ts") for message in office.slack.messages(HIGHWAYS)] == 2 * [office.card()["ts"]]


def test_the_mail_server_down_then_up_brings_letters_in_order_and_once(office: Office) -> None:
    office.smtp.stop()
    case = office.new_case()
    office.deliver()
    acknowledged(office, case)
    office.deliver()
    assert office.states(Channel.EMAIL) == ["waiting", "waiting"]
    assert "reached" in office.entries(Channel.EMAIL)[0].problem
    office.smtp.start()
    office.clock.pass_time(minutes=6)
    office.deliver()
    assert [subject.partition(" [")[0] for subject in office.smtp.subjects()] == [
        "We have your message",
        "Your complaint",
    ]
    assert set(office.states()) == {"sent"}


def test_slack_asking_to_wait_is_waited_for(office: Office) -> None:
    office.new_case()
    office.slack.fail("chat.postMessage", "429", seconds=90)
    office.deliver()
    assert office.cards() == []
    office.clock.pass_time(seconds=89)
    office.deliver()
    assert len(office.slack.calls("chat.postMessage")) == 1
    office.clock.pass_time(seconds=1)
    office.deliver()
    assert len(office.cards()) == 1


@pytest.mark.parametrize("kind", ["closed", "500"])
def test_a_post_whose_answer_was_lost_is_found_again(office: Office, kind: FaultKind) -> None:
    office.new_case()
    office.slack.fail("chat.postMessage", kind, after=True)
    office.deliver()
    assert office.states(Channel.SLACK) == ["waiting"]
    office.clock.pass_time(minutes=6)
    office.deliver()
    assert office.states(Channel.SLACK) == ["sent"]
    assert len(office.cards()) == 1
    assert len(office.slack.calls("chat.postMessage")) == 1


def test_a_post_that_hangs_is_found_again(office: Office) -> None:
    office.client.timeout = 1
    office.new_case()
    office.slack.fail("chat.postMessage", "hang", after=True, seconds=1.5)
    office.deliver()
    office.clock.pass_time(minutes=6)
    office.deliver()
    assert len(office.cards()) == 1
    assert office.states(Channel.SLACK) == ["sent"]


def test_an_alert_taken_before_its_lost_post_is_found_stands_once(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    with writing(office.parts.engine) as session:
        alert = raise_alert(
            session, get_case(session, case.number), WarningSign("k", "A sign."), now=office.clock.now()
        )
    assert alert is not None
    deliver_slack_one(office.parts)  # the card
    office.slack.fail("chat.postMessage", "closed", after=True)
    office.deliver()
    by = officer(office.parts.engine, BEN)
    with writing(office.parts.engine) as session:
        take_alert(
            session, session.get_one(Alert, alert), get_case(session, case.number), by=by, now=office.clock.now()
        )
    office.deliver()
    office.clock.pass_time(minutes=6)
    office.deliver()
    [message] = office.slack.messages(LEAD)
    assert "Ben Carter has it" in words_on(message["blocks"])


def test_an_interrupted_letter_is_never_sent_twice_and_is_put_before_a_person(office: Office) -> None:
    case = office.new_case()
    with writing(office.parts.engine) as session:
        claim(session, channel=Channel.EMAIL, now=office.clock.now(), lease=timedelta(seconds=120))
    office.clock.pass_time(seconds=121)
    office.deliver()
    assert office.smtp.letters == []
    assert office.states(Channel.EMAIL) == ["uncertain"]
    assert "may not have arrived" in words_on(office.card()["blocks"])
    [warning] = office.slack.messages(LEAD)
    assert "may not have arrived" in words_on(warning["blocks"])
    assert "letter_in_doubt" in office.event_names(case)
    with reading(office.parts.engine) as session:
        [stuck] = stuck_deliveries(session)
    assert "Message-ID" in stuck.problem
    acknowledged(office, case)
    office.deliver()
    assert len(office.smtp.letters) == 1, "a doubt about one letter keeps back no other"


def test_an_interrupted_post_is_looked_for_before_it_is_repeated(office: Office) -> None:
    office.new_case()
    with writing(office.parts.engine) as session:
        claim(session, channel=Channel.SLACK, now=office.clock.now(), lease=timedelta(seconds=120))
    office.deliver()
    assert office.cards() == []
    office.clock.pass_time(seconds=121)
    office.deliver()
    assert len(office.cards()) == 1
    looked = [call.args["channel"] for call in office.slack.calls("conversations.history")]
    assert looked[0] == office.card()["channel"]
    assert len(looked) == len(set(looked)), "once in each channel where it may have been, had the case moved meanwhile"


def test_a_card_that_was_posted_and_never_known_is_no_second_card_once_its_case_has_moved(office: Office) -> None:
    case = office.new_case()
    office.slack.fail("chat.postMessage", "closed", after=True)
    office.deliver()
    assert len(office.cards()) == 1
    corrected(office, case, Area.HOUSING)
    office.clock.pass_time(minutes=6)
    office.deliver()
    assert office.cards(HIGHWAYS) == []
    assert len(office.cards(HOUSING)) == 1
    assert "is now with" in words_on([each["blocks"] for each in office.slack.messages(HIGHWAYS)])


def test_a_card_that_a_worker_posted_before_it_died_is_looked_for_though_the_next_try_failed(office: Office) -> None:
    case = office.new_case()
    office.slack.fail("chat.postMessage", "closed", after=True)
    office.deliver()
    with writing(office.parts.engine) as session:  # it died before it could say where it had posted
        entry = session.exec(select(OutboxEntry).where(OutboxEntry.channel == Channel.SLACK)).one()
        entry.state, entry.payload = Delivery.SENDING, {"draw": "case", "case_id": case.number}
    corrected(office, case, Area.HOUSING)
    office.slack.fail("chat.postMessage", "500")
    office.clock.pass_time(minutes=6)
    office.deliver()
    assert len(office.cards(HIGHWAYS)) == 1, "the next try came to nothing"
    office.clock.pass_time(minutes=6)
    office.deliver()
    assert office.cards(HIGHWAYS) == []
    assert len(office.cards(HOUSING)) == 1


def test_a_case_that_moves_back_while_its_new_card_is_lost_has_one_card(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    corrected(office, case, Area.HOUSING)
    office.slack.fail("chat.postMessage", "closed", after=True)
    office.deliver()
    corrected(office, case, Area.HIGHWAYS_TRANSPORT)
    office.clock.pass_time(minutes=6)
    office.deliver()
    assert len(office.cards(HIGHWAYS)) == 1
    assert office.cards(HOUSING) == []


def corrected(office: Office, case: Case, area: Area) -> None:
    by, settings = officer(office.parts.engine, LENA), office.parts.settings
    with writing(office.parts.engine) as session:
        correct_area(session, get_case(session, case.number), area, by=by, settings=settings, now=office.clock.now())


@pytest.mark.parametrize(
    ("recipients", "data", "state", "code"),
    [
        ("550 no such mailbox", None, "failed", "550"),
        (None, "554 refused", "failed", "554"),
        ("451 later", None, "waiting", "451"),
        (None, "452 full", "waiting", "452"),
    ],
)
def test_a_refused_letter_fails_or_waits(
    office: Office, recipients: str | None, data: str | None, state: str, code: str
) -> None:
    office.new_case()
    office.smtp.refuse(recipients=recipients, data=data)
    office.deliver()
    [entry] = office.entries(Channel.EMAIL)
    assert entry.state.value == state
    assert code in entry.problem
    assert ASHA not in entry.problem
    assert office.slack.messages(LEAD) == [], "no duty hangs on a receipt"
    assert ("came back" in words_on(office.card()["blocks"])) is (state == "failed")
    office.smtp.refuse()
    office.clock.pass_time(hours=1)
    office.deliver()
    assert len(office.smtp.letters) == (state == "waiting")


def answered(office: Office, case: Case) -> None:
    by = officer(office.parts.engine, BEN)
    answer = Answer(Outcome.UPHELD, "We are sorry.\nIt was mended – on Monday.")
    with writing(office.parts.engine) as session:
        fresh = get_case(session, case.number)
        respond(session, fresh, answer, by=by, settings=office.parts.settings, now=office.clock.now())


@pytest.mark.parametrize(("write", "what"), [(acknowledged, "acknowledgement"), (answered, "response")])
def test_a_refused_letter_that_a_duty_hangs_on_warns_the_lead_once(
    office: Office, write: Callable[[Office, Case], None], what: str
) -> None:
    case = office.new_case()
    if what == "response":
        acknowledged(office, case)
    office.deliver()
    office.smtp.refuse(recipients="550 no such mailbox")
    write(office, case)
    office.deliver()
    [warning] = office.slack.messages(LEAD)
    assert f"Our {what} came back" in words_on(warning["blocks"])
    assert "letter_in_doubt" not in office.event_names(case), "it did not arrive, and nobody need find out"


def test_a_refused_letter_is_never_taken_for_one_that_came_in_under_its_message_id(office: Office) -> None:
    case = office.new_case()
    [entry] = office.entries(Channel.EMAIL)
    with writing(office.parts.engine) as session:
        letters(session, case)[0].message_id = entry.payload["message_id"]
    office.smtp.refuse(recipients="550 no such mailbox")
    office.deliver()
    with reading(office.parts.engine) as session:
        assert [letter.undelivered for letter in letters(session, case)] == ["", "refused"]


@pytest.mark.parametrize("why", ["token", "channel"])
def test_what_is_wrong_on_our_side_is_kept_until_it_is_mended(office: Office, why: str) -> None:
    world = office.slack.world
    channel = next(one for one in world.channels.values() if one.name == HIGHWAYS)
    client = office.client
    good = client.token
    if why == "token":
        client.token = "xoxb-withdrawn"
    else:
        channel.is_archived = True
    office.new_case()
    for _ in range(3):
        office.deliver()
        office.clock.pass_time(minutes=6)
    entry = office.entries(Channel.SLACK)[0]
    assert entry.state.value == "waiting"
    assert "doctor" in entry.problem
    client.token, channel.is_archived = good, False
    office.deliver()
    assert len(office.cards()) == 1


def test_a_missing_channel_is_waited_for_and_others_go_on(office: Office) -> None:
    case = office.new_case()
    by = officer(office.parts.engine, BEN)
    with writing(office.parts.engine) as session:
        area = Area.PLANNING_BUILDING
        correct_area(
            session, get_case(session, case.number), area, by=by, settings=office.parts.settings, now=office.clock.now()
        )
    office.new_case(raw=a_letter(Message_ID="<two@residents.example>"))
    office.deliver()
    assert len(office.cards()) == 1
    assert "no channel “complaints-planning”" in office.entries(Channel.SLACK)[0].problem
    office.slack.add_channel("complaints-planning")
    office.clock.pass_time(minutes=6)
    office.deliver()
    assert len(office.cards("complaints-planning")) == 1


def test_a_card_deleted_in_slack_is_posted_anew(office: Office) -> None:
    case = office.new_case()
    office.deliver()
    office.slack.world.messages.clear()
    acknowledged(office, case)
    office.deliver()
    assert "answer" in buttons(office.card())
    assert len(office.cards()) == 1


def test_a_card_follows_its_case_there_and_back_again(office: Office) -> None:
    case = office.new_case()
    by = officer(office.parts.engine, BEN)
    office.deliver()
    for area in (Area.HOUSING, Area.HIGHWAYS_TRANSPORT):
        with writing(office.parts.engine) as session:
            case = get_case(session, case.number)
            case.owner_id = by.id
            correct_area(session, case, area, by=by, settings=office.parts.settings, now=office.clock.now())
        office.slack.fail("chat.postMessage", "closed", after=True)
        office.deliver()
        office.clock.pass_time(minutes=6)
        office.deliver()
    assert len(office.cards()) == 1
    assert office.cards(HOUSING) == []
    assert "is now with Highways" in words_on(office.slack.messages(HOUSING)[0]["blocks"])


def test_many_changes_leave_one_card_that_shows_the_last(office: Office) -> None:
    case = office.new_case()
    office.slack.go_down()
    for number in range(5):
        with writing(office.parts.engine) as session:
            record(session, get_case(session, case.number), "something", now=office.clock.now(), number=number)
    office.slack.recover()
    office.deliver()
    assert len(office.cards()) == 1
    assert len(office.slack.calls("chat.update")) == 0, "one drawing shows the newest; older ones have nothing to add"
    assert set(office.states(Channel.SLACK)) == {"sent"}


def test_an_answer_reaches_the_resident_in_the_thread_of_their_letter(office: Office) -> None:
    case = office.new_case()
    acknowledged(office, case)
    answered(office, case)
    office.deliver()
    receipt, acknowledgement, answer = office.smtp.letters
    assert "mended – on Monday" in answer.get_content()
    assert receipt["Auto-Submitted"] == "auto-replied"
    assert answer["Auto-Submitted"] is None
    assert {str(letter["In-Reply-To"]) for letter in office.smtp.letters} == {"<one@residents.example>"}
    assert acknowledgement["To"] == ASHA
    assert reload(office.parts.engine, case).reference in str(answer["Subject"])
