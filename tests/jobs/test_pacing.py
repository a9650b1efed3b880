"""Slack is written to no faster than it takes: about a message a second in a channel, and other channels go on."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from jobs.deliver import deliver_slack_one
from models.db import writing
from models.outbox import Channel, put_line
from models.queries import get_case
from models.record import record
from tests.jobs.office import CORPORATE, HIGHWAYS, HOUSING, Office, open_office


@pytest.fixture
def paced(engine: Engine, tmp_path: Path, now: datetime) -> Iterator[Office]:
    with open_office(engine, tmp_path, now, posts_a_second_per_channel=1) as office:
        yield office


def put(office: Office, to: str, text: str) -> None:
    with writing(office.parts.engine) as session:
        put_line(session, key=f"{to} {text}", to=to, text=text, case_id=None, now=office.clock.now())


def tick(office: Office) -> None:
    while deliver_slack_one(office.parts):
        pass


def texts(office: Office, channel: str) -> list[str]:
    return [str(message["text"]) for message in office.slack.messages(channel)]


def test_a_channel_gets_one_message_a_second_in_order_and_others_go_on(paced: Office) -> None:
    for number in range(4):
        put(paced, HIGHWAYS, f"Line {number}")
    put(paced, HOUSING, "Here too")
    tick(paced)
    assert texts(paced, HIGHWAYS) == ["Line 0"]
    assert texts(paced, HOUSING) == ["Here too"]
    paced.clock.pass_time(seconds=0.9)
    tick(paced)
    assert len(texts(paced, HIGHWAYS)) == 1
    for number in range(1, 4):
        paced.clock.pass_time(seconds=1)
        tick(paced)
        assert texts(paced, HIGHWAYS) == [f"Line {each}" for each in range(number + 1)]


def test_what_waits_costs_nothing_until_its_channel_is_free(paced: Office) -> None:
    for number in range(20):
        put(paced, HIGHWAYS, f"Line {number}")
    tick(paced)
    assert [entry.attempts for entry in paced.entries()] == [1] + 19 * [0]
    stood = [entry.not_before for entry in paced.entries()]
    tick(paced)
    assert [entry.not_before for entry in paced.entries()] == stood
    paced.clock.pass_time(seconds=1)
    tick(paced)
    assert [entry.state.value for entry in paced.entries()].count("sent") == 2


def test_redraws_are_paced_too(paced: Office) -> None:
    case = paced.new_case()
    tick(paced)
    put(paced, HIGHWAYS, "A line")
    paced.clock.pass_time(seconds=1)
    tick(paced)
    redraw(paced, case.number)
    tick(paced)
    assert paced.slack.calls("chat.update") == []
    paced.clock.pass_time(seconds=1)
    tick(paced)
    assert len(paced.slack.calls("chat.update")) == 1


def redraw(office: Office, number: int) -> None:
    with writing(office.parts.engine) as session:
        record(session, get_case(session, number), "signed_off", now=office.clock.now(), duty=1, writer=1)


def test_a_channel_that_is_asked_to_wait_holds_up_no_other(office: Office) -> None:
    put(office, HIGHWAYS, "First")
    put(office, HIGHWAYS, "Second")
    put(office, HOUSING, "Here too")
    office.slack.fail("chat.postMessage", "429", seconds=30)
    tick(office)
    assert texts(office, HIGHWAYS) == []
    assert texts(office, HOUSING) == ["Here too"]
    assert len(office.slack.calls("chat.postMessage")) == 2
    office.clock.pass_time(seconds=29)
    tick(office)
    assert len(office.slack.calls("chat.postMessage")) == 2
    office.clock.pass_time(seconds=1)
    tick(office)
    assert texts(office, HIGHWAYS) == ["First", "Second"]


def test_redrawing_that_is_asked_to_wait_waits_everywhere_and_posting_goes_on(office: Office) -> None:
    case = office.new_case()
    tick(office)
    redraw(office, case.number)
    office.slack.fail("chat.update", "429", seconds=30)
    tick(office)
    redraw(office, case.number)
    put(office, CORPORATE, "A line")
    tick(office)
    assert len(office.slack.calls("chat.update")) == 1
    assert texts(office, CORPORATE) == ["A line"]
    office.clock.pass_time(seconds=30)
    tick(office)
    assert set(office.states(Channel.SLACK)) == {"sent"}
