"""A stand-in for Slack with a channel and a person, and a real Bolt program listening to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from demo.slack import SlackStandIn
from demo.slack.world import Json
from tests.servers.hanging_up import hang_up

BEN = "U01"


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(action_id: str, value: str = "T26-00042-K") -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(action_id), "value": value}


def card(*action_ids: str) -> list[Json]:
    elements = [button(action_id) for action_id in action_ids or ("acknowledge",)]
    return [{"type": "header", "text": plain("T26-00042-K  Complaint")}, {"type": "actions", "elements": elements}]


def modal(**parts: object) -> Json:
    why = {"type": "plain_text_input", "action_id": "text", "max_length": 50}
    view = {
        "type": "modal",
        "callback_id": "explain",
        "private_metadata": "T26-00042-K",
        "title": plain("Wrong area"),
        "submit": plain("Send"),
        "blocks": [{"type": "input", "block_id": "why", "label": plain("Why?"), "element": why}],
    }
    return view | parts


@dataclass
class Program:
    """A small Bolt program: a button opens a form, and the form may be refused."""

    client: WebClient
    app: App
    handlers: list[SocketModeHandler] = field(default_factory=list)
    heard: list[Json] = field(default_factory=list)

    def connect(self) -> None:
        handler = SocketModeHandler(self.app, SlackStandIn.app_token, ping_interval=1)
        self.handlers.append(handler)
        handler.connect()  # type: ignore[no-untyped-call]  # slack_bolt left this one without types


@contextmanager
def workspace() -> Iterator[SlackStandIn]:
    with SlackStandIn(ack_seconds=3) as running:
        running.add_channel("waste", "C0WASTE")
        running.add_user(BEN, "Ben Carter")
        yield running


def client_of(slack: SlackStandIn) -> WebClient:
    return WebClient(slack.bot_token, base_url=slack.url, retry_handlers=[])


@contextmanager
def listening(slack: SlackStandIn) -> Iterator[Program]:
    client = client_of(slack)
    running = Program(client, App(client=client, token_verification_enabled=False))
    _listen(running)
    running.connect()
    slack.wait_for_socket()
    yield running
    for handler in running.handlers:
        hang_up(handler)


def _listen(program: Program) -> None:
    def acknowledge(ack: Ack, body: Json) -> None:
        ack()
        program.heard.append(body)

    def explain(ack: Ack, body: Json) -> None:
        ack()
        program.client.views_open(trigger_id=body["trigger_id"], view=modal())
        program.heard.append(body)

    def say_nothing(body: Json) -> None:
        program.heard.append(body)

    def take_form(ack: Ack, body: Json) -> None:
        text = body["view"]["state"]["values"]["why"]["text"]["value"]
        program.heard.append(body)
        if text == "?":
            ack(response_action="errors", errors={"why": "Say why in a sentence."})
        else:
            ack()

    program.app.action("acknowledge")(acknowledge)
    program.app.action("wrong_area")(explain)
    program.app.action("kind")(acknowledge)
    program.app.action("deaf")(say_nothing)
    program.app.view("explain")(take_form)
    program.app.command("/tocsin")(lambda ack, command: ack(f"You wrote {command['text']}"))
    program.app.event("message")(say_nothing)
