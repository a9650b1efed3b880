"""Every button, form, event, command and shortcut reaches its listener over a socket and over HTTP, only from Slack."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from slack_bolt import Ack
from slack_sdk import WebClient

from bot import receiving
from bot.answering import Body
from bot.window import Window
from demo.slack import payloads
from demo.slack.posting import Posting, as_sent
from demo.slack.world import Json, Message
from models.council import sync_officers
from models.db import open_engine, writing
from models.keeping_envelopes import FORM
from tests.bot.listening import Mode, listening
from tests.build import the_settings
from tests.jobs.office import HIGHWAYS, Office, open_office
from tests.people import BEN

EVERY = [(kind, name) for kind, table in receiving.LISTENERS.items() for name in table]


class Heard:
    """Listeners that only take note."""

    def __init__(self) -> None:
        self.bodies: list[tuple[str, str, Body]] = []

    def listener(self, kind: str, name: str) -> Callable[..., None]:
        def listen(_window: Window, ack: Ack, body: Body, _client: WebClient) -> None:
            self.bodies.append((kind, name, body))
            if kind == FORM:
                ack()

        return listen


@contextmanager
def ears(folder: Path, template: Path, mode: Mode) -> Iterator[tuple[Office, Heard]]:
    shutil.copy(template, folder / "tocsin.db")
    engine, heard = open_engine(f"sqlite:///{folder / 'tocsin.db'}"), Heard()
    with writing(engine) as session:
        sync_officers(session, the_settings(folder))
    tables = {kind: {name: heard.listener(kind, name) for name in table} for kind, table in receiving.LISTENERS.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(receiving, "LISTENERS", tables)
        with open_office(engine, folder, datetime(2026, 10, 12, 9, tzinfo=UTC)) as office, listening(office, mode):
            yield office, heard
    engine.dispose()


@pytest.fixture(scope="module", params=["socket", "http"])
def heard_in(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[tuple[Office, Heard]]:
    with ears(tmp_path_factory.mktemp("ears"), sqlite_template, request.param) as both:
        yield both


def sent(office: Office, kind: str, name: str) -> tuple[str, Json]:
    """What Slack sends for this, and as what."""
    world = office.slack.world
    person, channel = world.people[BEN], next(c for c in world.channels.values() if c.name == HIGHWAYS)
    message = Message(channel.id, world.next_ts(), "A card", [])
    if kind == "action":
        element = {"type": "button", "action_id": name, "value": "7", "text": {"type": "plain_text", "text": "x"}}
        return "interactive", payloads.press_on_message(world, person, message, ({"block_id": "b"}, element, None))
    if kind == "shortcut":
        return "interactive", payloads.message_shortcut(world, person, message, name)
    if kind == "command":
        return "slash_commands", payloads.command(world, person, channel.id, (name, "x"))
    if kind == FORM:
        view = {"id": world.number("V"), "type": "modal", "callback_id": name, "hash": "1.a", "state": {"values": {}}}
        return "interactive", payloads._base(world, person, "view_submission") | {"view": view}
    return "events_api", payloads.event({"type": name, "user": BEN, "tab": "home"})


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_everything_reaches_its_listener_and_is_acknowledged(
    heard_in: tuple[Office, Heard], kind: str, name: str
) -> None:
    office, heard = heard_in
    before = len(heard.bodies)
    done = office.slack.sockets.deliver(*sent(office, kind, name))
    assert done.acked, done
    office.slack.wait_for(lambda: len(heard.bodies) > before)
    assert heard.bodies[-1][:2] == (kind, name)


@pytest.mark.parametrize("kind", ["action", "event", "command", "shortcut"])
def test_what_is_sent_twice_is_acknowledged_twice_and_heard_once(heard_in: tuple[Office, Heard], kind: str) -> None:
    office, heard = heard_in
    what = sent(office, kind, next(iter(receiving.LISTENERS[kind])))
    before = len(heard.bodies)
    assert all(office.slack.sockets.deliver(*what).acked for _ in range(2))
    another = sent(office, kind, next(iter(receiving.LISTENERS[kind])))
    assert office.slack.sockets.deliver(*another).acked
    office.slack.wait_for(lambda: len(heard.bodies) == before + 2)


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    return httpx.post(url, content=body, headers=raw).status_code


SIGNATURES: dict[str, Callable[[Posting, bytes], dict[str, str]]] = {
    "none": lambda _slack, _body: {},
    "with another secret": lambda slack, body: Posting(slack.url, signing_secret="another").headers(body),
    "of another body": lambda slack, body: slack.headers(body + b" "),
    "six minutes old": lambda slack, body: slack.headers(body, age=360),
    "from the future": lambda slack, body: slack.headers(body, age=-360),
    "of no time": lambda slack, body: slack.headers(body) | {"X-Slack-Request-Timestamp": "now"},
    "that is no text": lambda slack, body: slack.headers(body) | {"X-Slack-Signature": "v0=\xe4"},
}


@pytest.mark.parametrize("signature", SIGNATURES)
def test_what_slack_did_not_sign_just_now_is_refused(tmp_path: Path, sqlite_template: Path, signature: str) -> None:
    with ears(tmp_path, sqlite_template, "http") as (office, heard):
        slack = office.slack.sockets.posting
        assert slack is not None
        kind, body = as_sent(*sent(office, "command", "/case"))
        assert post(slack.url, body, SIGNATURES[signature](slack, body) | {"Content-Type": kind}) == 401
        assert heard.bodies == []
        assert post(slack.url, body, slack.headers(body) | {"Content-Type": kind}) == 200, "and the same, signed, is in"


def test_a_body_that_is_no_text_or_too_large_is_refused(tmp_path: Path, sqlite_template: Path) -> None:
    with ears(tmp_path, sqlite_template, "http") as (office, _):
        slack = office.slack.sockets.posting
        assert slack is not None
        assert post(slack.url, b"\xff\xfe", slack.headers(b"x")) == 401
        assert post(slack.url, b"x" * 2_000_001, slack.headers(b"x")) == 413


def test_slacks_question_at_set_up_is_answered(tmp_path: Path, sqlite_template: Path) -> None:
    with ears(tmp_path, sqlite_template, "http") as (office, _):
        asked: dict[str, Any] = {"type": "url_verification", "challenge": "3eZbrw1aB", "token": "t"}
        done = office.slack.sockets.deliver("events_api", asked)
        assert json.dumps(done.response) == json.dumps({"challenge": "3eZbrw1aB"})
