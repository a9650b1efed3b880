"""A form that fails is told of once: to whoever waits for it, or to the log when nobody waits any longer."""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from slack_bolt import Ack
from slack_sdk import WebClient
from sqlalchemy import Engine

from bot import listeners, receiving, skeletons
from bot.modals import said
from bot.receiving import Receiver, TooSlow
from bot.skeletons import fill, open_skeleton
from jobs.taking_in import window_of
from tests.jobs.office import open_office
from tests.servers.between import NONSENSE, answering, http
from tests.servers.program import wait_until

BODY = {"view": {"id": "V1", "hash": "1", "state": {"values": {}}}}
TYPED = "Asha Okafor of 4 Elm Road"


@pytest.fixture
def receiver(engine: Engine, tmp_path: Path, now: datetime) -> Iterator[Receiver]:
    with open_office(engine, tmp_path, now) as office:
        receiver = Receiver(window_of(office.parts), office.client, lambda *_: None)
        yield receiver
        receiver.close()


def listener(monkeypatch: pytest.MonkeyPatch, does: Callable[[Ack], object]) -> None:
    """The form "odd" does this with its acknowledgement, and then fails."""

    def listen(_window: object, ack: Ack, *_: object) -> None:
        does(ack)
        raise ZeroDivisionError(TYPED)

    monkeypatch.setitem(listeners.VIEWS, "odd", listen)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def test_one_that_fails_when_nobody_waits_any_longer_is_logged_once(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    go_on = threading.Event()
    listener(monkeypatch, lambda _ack: go_on.wait(10))
    monkeypatch.setattr(receiving, "_FORM_SECONDS", 0.05)
    with pytest.raises(TooSlow):
        receiver.take_form("odd", BODY)
    assert told(caplog) == []
    go_on.set()
    wait_until(lambda: told(caplog), 5, "nobody hears of it")
    assert told(caplog) == ["form failed when nobody waited"]
    assert TYPED not in caplog.text


def test_one_that_fails_in_time_is_told_to_whoever_waits_and_not_logged_here(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    listener(monkeypatch, lambda _ack: None)
    with pytest.raises(ZeroDivisionError):
        receiver.take_form("odd", BODY)
    assert told(caplog) == []


def test_one_that_fails_after_it_was_answered_is_logged_once(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    listener(monkeypatch, lambda ack: ack())
    assert receiver.take_form("odd", BODY).status == 200
    wait_until(lambda: told(caplog), 5, "nobody hears of it")
    assert told(caplog) == ["form failed when nobody waited"]


@pytest.mark.parametrize("answer", [NONSENSE, http("403 Forbidden", "<html>no</html>")])
def test_what_a_proxy_answers_in_slacks_place_opens_and_fills_nothing_and_stops_nothing(
    answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(skeletons, "_AGAIN_AFTER_SECONDS", (0.0,))
    with answering(answer) as between:
        client = WebClient("xoxb-none", base_url=between.url, retry_handlers=[])
        open_skeleton(client, {"trigger_id": "1"})
        assert not fill(client, "1", said("One moment…"))
    assert between.asked == 3
