"""Threads in the stand-in are what they are in Slack, down to the reply whose card is gone."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from demo.slack import SlackStandIn
from tests.demo.slack_program import BEN


def test_a_message_with_replies_says_how_many_and_the_channel_shows_it_alone(
    slack: SlackStandIn, client: WebClient
) -> None:
    first = str(client.chat_postMessage(channel="C0WASTE", text="one")["ts"])
    reply = client.chat_postMessage(channel="C0WASTE", text="under it", thread_ts=first)
    slack.say(BEN, "waste", "I see", thread_ts=first)
    [shown] = client.conversations_history(channel="C0WASTE")["messages"]
    assert (shown["thread_ts"], shown["reply_count"]) == (first, 2)
    assert reply["message"]["thread_ts"] == first
    thread = client.conversations_replies(channel="C0WASTE", ts=first)["messages"]
    assert [each["text"] for each in thread] == ["one", "under it", "I see"]


def test_a_broadcast_reply_stands_in_the_channel_too(client: WebClient) -> None:
    first = str(client.chat_postMessage(channel="C0WASTE", text="one")["ts"])
    client.chat_postMessage(channel="C0WASTE", text="for all", thread_ts=first, reply_broadcast=True)
    shown = client.conversations_history(channel="C0WASTE")["messages"]
    assert [each["text"] for each in shown] == ["for all", "one"]
    assert shown[0]["subtype"] == "thread_broadcast"


def test_a_reply_to_what_is_gone_stands_in_the_channel_and_its_answer_names_no_thread(client: WebClient) -> None:
    first = str(client.chat_postMessage(channel="C0WASTE", text="one")["ts"])
    client.chat_delete(channel="C0WASTE", ts=first)
    stray = client.chat_postMessage(channel="C0WASTE", text="under it", thread_ts=first)
    assert "thread_ts" not in stray["message"]
    assert [each["text"] for each in client.conversations_history(channel="C0WASTE")["messages"]] == ["under it"]


def test_what_is_no_time_stamp_is_refused(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as no:
        client.chat_postMessage(channel="C0WASTE", text="under it", thread_ts="soon")
    assert no.value.response["error"] == "invalid_thread_ts"
