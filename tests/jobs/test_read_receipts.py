"""What became of letters that Notify took: delivered is noted, given up is as a letter that came back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlmodel import select

from jobs.parts import Parts
from jobs.read_receipts import read_receipts_some
from jobs.transports.notify import NotifyTransport
from models import handling
from models.case import Case
from models.correspondence import Correspondence
from models.db import reading, writing
from models.delivered import claim_unconfirmed
from models.outbox import Channel, OutboxEntry
from models.queries import get_case
from models.rules.steps import CaseStatus
from models.settings_mail import NotifySettings
from tests.build import a_letter, officer, reload
from tests.jobs.office import Office
from tests.people import BEN
from tests.servers.notify import API_KEY, TEMPLATE, NotifyServer, Refusal


@pytest.fixture
def notify() -> Iterator[NotifyServer]:
    with NotifyServer() as server:
        yield server


@pytest.fixture
def by_notify(office: Office, notify: NotifyServer) -> Office:
    """The office with its letters going through Notify."""
    settings = NotifySettings(api_key=SecretStr(API_KEY), template_id=TEMPLATE, base_url=notify.url, timeout_seconds=2)
    transports = {**office.parts.transports, Channel.EMAIL: NotifyTransport(settings)}
    return replace(office, parts=replace(office.parts, transports=transports))


def acknowledged(office: Office) -> Case:
    """A case whose receipt and acknowledgement Notify has taken."""
    case = office.new_case()
    parts = office.parts
    with writing(parts.engine) as session:
        fresh, now = get_case(session, case.number), office.clock.now()
        handling.acknowledge(session, fresh, by=officer(parts.engine, BEN), settings=parts.settings, now=now)
    office.deliver()
    return case


def ask(parts: Parts) -> None:
    while read_receipts_some(parts):
        pass


def asked(notify: NotifyServer) -> int:
    return sum(line.startswith("GET /v2/notifications/") for line in notify.asked)


def test_a_delivered_letter_is_noted_and_not_asked_after_again(by_notify: Office, notify: NotifyServer) -> None:
    case = acknowledged(by_notify)
    version = reload(by_notify.parts.engine, case).version
    for number in range(2):
        notify.becomes("delivered", number)
    ask(by_notify.parts)
    by_notify.clock.pass_time(days=1)
    ask(by_notify.parts)
    assert asked(notify) == 2, "once each"
    followed = [event.details for event in by_notify.events(case) if event.name == "letter_followed"]
    assert [each["status"] for each in followed] == ["delivered", "delivered"]
    assert {each["letter"] for each in followed} == {entry.key for entry in by_notify.entries(Channel.EMAIL)}
    assert reload(by_notify.parts.engine, case).version == version, "the card need not be drawn again"


@pytest.mark.parametrize("status", ["permanent-failure", "temporary-failure", "technical-failure"])
def test_a_letter_notify_gave_up_has_come_back(by_notify: Office, notify: NotifyServer, status: str) -> None:
    case = acknowledged(by_notify)
    notify.becomes("delivered", 0)
    notify.becomes(status, 1)
    ask(by_notify.parts)
    now_is = reload(by_notify.parts.engine, case)
    assert (now_is.status, now_is.acknowledged_on) == (CaseStatus.NEW, None)
    with reading(by_notify.parts.engine) as session:
        came_back = session.exec(select(Correspondence).where(Correspondence.undelivered != "")).all()
    assert [(letter.subject, letter.undelivered) for letter in came_back] == [
        (f"Your complaint [{case.reference}]", status)
    ]
    by_notify.clock.pass_time(days=2)
    ask(by_notify.parts)
    assert by_notify.event_names(case).count("letter_bounced") == 1


def test_a_letter_still_on_its_way_is_asked_after_ever_more_seldom(by_notify: Office, notify: NotifyServer) -> None:
    by_notify.new_case()
    by_notify.deliver()
    for _ in range(7 * 24 * 60 // 5):
        ask(by_notify.parts)
        by_notify.clock.pass_time(minutes=5)
    assert 20 < asked(notify) < 60, "in seven days, looked at every five minutes"
    before = asked(notify)
    by_notify.clock.pass_time(days=1)
    ask(by_notify.parts)
    assert asked(notify) == before, "after that Notify has forgotten it"


def test_a_letter_given_up_on_the_third_day_is_learnt_of(by_notify: Office, notify: NotifyServer) -> None:
    case = by_notify.new_case()
    by_notify.deliver()
    by_notify.clock.pass_time(hours=72)
    ask(by_notify.parts)
    notify.becomes("temporary-failure")
    by_notify.clock.pass_time(hours=7)
    ask(by_notify.parts)
    assert "letter_bounced" in by_notify.event_names(case)


def test_a_letter_notify_no_longer_knows_is_let_go(by_notify: Office, notify: NotifyServer) -> None:
    case = by_notify.new_case()
    by_notify.deliver()
    notify.forgets()
    ask(by_notify.parts)
    by_notify.clock.pass_time(days=1)
    ask(by_notify.parts)
    assert asked(notify) == 1
    assert "letter_bounced" not in by_notify.event_names(case)


def test_while_notify_is_down_one_letter_is_asked_after_a_look(by_notify: Office, notify: NotifyServer) -> None:
    for number in range(3):
        by_notify.new_case(a_letter(Message_ID=f"<{number}@residents.example>"))
    by_notify.deliver()
    notify.always = Refusal(500)
    ask(by_notify.parts)
    assert asked(notify) == 1
    notify.always = None
    for number in range(3):
        notify.becomes("delivered", number)
    by_notify.clock.pass_time(minutes=2)
    ask(by_notify.parts)
    assert asked(notify) == 4, "and all of them once it is back"


def test_letters_sent_by_smtp_are_not_asked_after(office: Office, notify: NotifyServer) -> None:
    office.new_case()
    office.deliver()
    assert read_receipts_some(office.parts) is False
    with writing(office.parts.engine) as session:
        assert claim_unconfirmed(session, now=office.clock.now()) == [], "nor after a change to Notify"


def test_a_few_at_a_time_and_all_in_the_end(by_notify: Office, notify: NotifyServer) -> None:
    by_notify.new_case()
    with writing(by_notify.parts.engine) as session:
        [first] = by_notify.entries(Channel.EMAIL)
        for number in range(44):
            fields = first.model_dump(exclude={"id", "key", "lane"})
            session.add(OutboxEntry(**fields, key=f"letter {number}", lane=f"lane {number}"))
    by_notify.deliver()
    with writing(by_notify.parts.engine) as session:
        later = by_notify.clock.now() + timedelta(minutes=1)
        batches = [len(claim_unconfirmed(session, now=later)) for _ in range(4)]
    assert batches == [20, 20, 5, 0]
