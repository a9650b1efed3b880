"""What the stand-in can be made to do to a program: refuse, break, lose an answer, be down."""

import http.client

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from demo.slack import SlackStandIn
from tests.demo.slack_program import BEN, card


def post(client: WebClient) -> str:
    try:
        client.chat_postMessage(channel="waste", text="Bins")
    except SlackApiError as no:
        return str(no.response.status_code)
    except (http.client.RemoteDisconnected, ConnectionError):
        return "broken"
    return "ok"


def test_the_next_calls_fail_and_then_succeed(slack: SlackStandIn, client: WebClient) -> None:
    slack.fail("chat.postMessage", "429", times=2, seconds=7)
    assert [post(client) for _ in range(3)] == ["429", "429", "ok"]
    assert [call.outcome for call in slack.calls("chat.postMessage")] == ["429 before", "429 before", "ok"]


def test_a_broken_connection_before_has_no_effect(slack: SlackStandIn, client: WebClient) -> None:
    slack.fail("chat.postMessage", "closed")
    assert post(client) == "broken"
    assert slack.messages("waste") == []


def test_a_lost_answer_leaves_the_message_standing(slack: SlackStandIn, client: WebClient) -> None:
    slack.fail("chat.postMessage", "closed", after=True)
    assert post(client) == "broken"
    assert len(slack.messages("waste")) == 1


def test_slack_sdk_repeats_a_lost_post_by_itself(slack: SlackStandIn) -> None:
    slack.fail("chat.postMessage", "closed", after=True)
    assert post(WebClient(slack.bot_token, base_url=slack.url)) == "ok"
    assert len(slack.messages("waste")) == 2


def test_a_share_of_calls_fails_the_same_each_run(slack: SlackStandIn, client: WebClient) -> None:
    slack.fail("*", "500", times=None, share=0.5)
    outcomes = [post(client) for _ in range(20)]
    assert 3 < outcomes.count("ok") < 17
    assert outcomes.count("ok") == len(slack.messages("waste"))


def test_a_slow_answer_runs_into_the_callers_patience(slack: SlackStandIn) -> None:
    slack.fail("chat.postMessage", "hang", seconds=1.5)
    hasty = WebClient(slack.bot_token, base_url=slack.url, timeout=1, retry_handlers=[])
    with pytest.raises(TimeoutError):
        hasty.chat_postMessage(channel="waste", text="Bins")


def test_slack_can_be_down_and_come_back(slack: SlackStandIn, client: WebClient) -> None:
    slack.go_down()
    down = post(client)
    slack.recover()
    assert (down, post(client)) == ("503", "ok")


def test_everything_is_there_for_another_process(slack: SlackStandIn, client: WebClient) -> None:
    ts = client.chat_postMessage(channel="waste", text="card", blocks=card())["ts"]
    with httpx.Client(base_url=slack.url.removesuffix("/api/")) as control:
        assert control.get("/control/messages?channel=waste").json()["result"][0]["ts"] == ts
        press = {"user": BEN, "channel": "waste", "ts": ts, "action_id": "acknowledge"}
        assert control.post("/control/press", json=press).json()["result"]["outcome"] == "no socket"
        assert control.post("/control/press", json=press | {"action_id": "x"}).status_code == 409
        assert control.post("/control/press", content="{}").status_code == 404
        control.post("/control/fail", json={"method": "auth.test", "kind": "500"})
    with pytest.raises(SlackApiError):
        client.auth_test()
