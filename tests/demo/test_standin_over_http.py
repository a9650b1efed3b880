"""The stand-in's Events API: signed posts, and events sent again with their number when no 200 came in time."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from demo.slack import SlackStandIn
from demo.slack.running import ServerInThread
from demo.slack.world import Message
from tests.demo.slack_program import BEN, card


@dataclass
class Door:
    """A program that answers as it is told to, one answer after another; then always 200."""

    statuses: list[int] = field(default_factory=list)
    slow_seconds: float = 0.0
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def answer(self, request: Request) -> Response:
        self.came.append((dict(request.headers), await request.body()))
        if self.slow_seconds and len(self.came) == 1:
            await asyncio.sleep(self.slow_seconds)
        return PlainTextResponse("", status_code=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
def door(slack: SlackStandIn) -> Iterator[Door]:
    at_the_door = Door()
    server = ServerInThread(Starlette(routes=[Route("/slack/events", at_the_door.answer, methods=["POST"])]))
    server.start()
    slack.post_to(f"{server.url}/slack/events", again_after=(0.0, 0.1, 0.1))
    yield at_the_door
    server.stop()


def test_what_is_posted_is_signed(slack: SlackStandIn, door: Door) -> None:
    assert slack.command(BEN, "waste", "/tocsin", "overdue").acked
    [(headers, body)] = door.came
    assert SignatureVerifier(slack.signing_secret).is_valid_request(body, headers)
    assert parse_qs(body.decode())["text"] == ["overdue"]


def test_a_press_is_posted_as_a_form_and_never_again(slack: SlackStandIn, door: Door) -> None:
    ts = slack.world.next_ts()
    with slack.world.changing():
        slack.world.messages.append(Message("C0WASTE", ts, "card", [b | {"block_id": "b"} for b in card()]))
    door.statuses = [500]
    assert slack.press(BEN, "waste", ts, "acknowledge").outcome == "no ack"
    [(_, body)] = door.came
    assert json.loads(parse_qs(body.decode())["payload"][0])["type"] == "block_actions"


def test_an_event_is_posted_again_with_its_number_until_it_is_taken(slack: SlackStandIn, door: Door) -> None:
    door.statuses = [500, 503]
    assert slack.say(BEN, BEN, "done").acked
    numbers = [(h.get("x-slack-retry-num"), h.get("x-slack-retry-reason")) for h, _ in door.came]
    assert numbers == [(None, None), ("1", "http_error"), ("2", "http_error")]
    assert len({body for _, body in door.came}) == 1, "the same event"


def test_an_event_that_is_not_answered_in_time_is_posted_again(slack: SlackStandIn, door: Door) -> None:
    assert slack.sockets.posting is not None
    slack.sockets.posting.ack_seconds, door.slow_seconds = 0.3, 1.0
    assert slack.say(BEN, BEN, "done").acked
    assert door.came[1][0]["x-slack-retry-reason"] == "http_timeout"


def test_an_event_is_given_up_after_three_more_tries(slack: SlackStandIn, door: Door) -> None:
    door.statuses = [500] * 9
    assert slack.say(BEN, BEN, "done").outcome == "no ack"
    assert len(door.came) == 4
