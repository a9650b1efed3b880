"""The Web API stand-in takes, changes and shows messages as Slack does."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from demo.slack import SlackStandIn
from tests.demo.slack_program import BEN, card


def error_of(refusal: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(refusal.value.response["error"])


def test_the_token_decides_who_may_call(slack: SlackStandIn, client: WebClient) -> None:
    assert "chat:write" in client.auth_test().headers["x-oauth-scopes"]
    with pytest.raises(SlackApiError) as wrong:
        WebClient("xoxb-of-another-place", base_url=slack.url).auth_test()
    with pytest.raises(SlackApiError) as none:
        WebClient(base_url=slack.url).auth_test()
    assert (error_of(wrong), error_of(none)) == ("invalid_auth", "not_authed")


def test_a_missing_scope_is_named(slack: SlackStandIn, client: WebClient) -> None:
    slack.api.scopes.discard("users:read")
    with pytest.raises(SlackApiError) as no:
        client.users_list()
    assert no.value.response["needed"] == "users:read"


def test_to_ask_about_direct_messages_takes_a_scope_of_its_own(slack: SlackStandIn, client: WebClient) -> None:
    slack.api.scopes.discard("im:read")
    direct = client.chat_postMessage(channel=BEN, text="Yours now")["channel"]
    with pytest.raises(SlackApiError) as no:
        client.conversations_info(channel=direct)
    assert (error_of(no), no.value.response["needed"]) == ("missing_scope", "im:read")
    assert client.conversations_info(channel="C0WASTE")["channel"]["name"] == "waste"


def test_an_unknown_method_is_refused(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as no:
        client.api_call("chat.shout")
    assert error_of(no) == "unknown_method"


@pytest.mark.parametrize("named", ["C0WASTE", "waste", "#waste"])
def test_posting_takes_a_channel_id_or_name(slack: SlackStandIn, client: WebClient, named: str) -> None:
    client.chat_postMessage(channel=named, text="Bins")
    assert [message["text"] for message in slack.messages("waste")] == ["Bins"]


def test_posting_to_a_person_opens_direct_messages(slack: SlackStandIn, client: WebClient) -> None:
    posted = client.chat_postMessage(channel=BEN, text="Yours now")
    opened = client.conversations_open(users=BEN)
    assert opened["channel"]["id"] == posted["channel"] == slack.messages(BEN)[0]["channel"]


def test_updating_needs_the_channel_id(client: WebClient) -> None:
    posted = client.chat_postMessage(channel="waste", text="Bins")
    with pytest.raises(SlackApiError) as no:
        client.chat_update(channel="waste", ts=str(posted["ts"]), text="Bins, taken")
    assert error_of(no) == "channel_not_found"


def test_an_update_keeps_blocks_and_metadata_left_out(slack: SlackStandIn, client: WebClient) -> None:
    metadata = {"event_type": "case", "event_payload": {"reference": "T26-00042-K"}}
    posted = client.chat_postMessage(channel="C0WASTE", text="Bins", blocks=card(), metadata=metadata)
    client.chat_update(channel="C0WASTE", ts=str(posted["ts"]), text="Bins, taken")
    [message] = slack.messages("waste")
    assert (message["text"], message["metadata"]) == ("Bins, taken", metadata)
    assert message["blocks"] == posted["message"]["blocks"]
    assert message["revisions"][0]["text"] == "Bins"


def test_history_is_newest_first_with_metadata_on_request(client: WebClient) -> None:
    metadata = {"event_type": "case", "event_payload": {}}
    first = client.chat_postMessage(channel="C0WASTE", text="one", metadata=metadata)
    client.chat_postMessage(channel="C0WASTE", text="two")
    client.chat_postMessage(channel="C0WASTE", text="under one", thread_ts=str(first["ts"]))
    plainly = client.conversations_history(channel="C0WASTE")["messages"]
    fully = client.conversations_history(channel="C0WASTE", include_all_metadata=True)["messages"]
    assert [message["text"] for message in plainly] == ["two", "one"]
    assert ["metadata" in plainly[1], "metadata" in fully[1]] == [False, True]
    newer = client.conversations_history(channel="C0WASTE", oldest=str(first["ts"]))["messages"]
    assert [message["text"] for message in newer] == ["two"]


def test_history_is_read_in_pages(client: WebClient) -> None:
    for number in range(5):
        client.chat_postMessage(channel="C0WASTE", text=str(number))
    pages = client.conversations_history(channel="C0WASTE", limit=2)
    assert [m["text"] for page in pages for m in page["messages"]] == ["4", "3", "2", "1", "0"]


def test_only_one_person_sees_a_whisper(slack: SlackStandIn, client: WebClient) -> None:
    client.chat_postEphemeral(channel="C0WASTE", user=BEN, text="Already taken")
    assert slack.messages("waste") == []
    assert [line["text"] for line in slack.ephemerals(BEN)] == ["Already taken"]


def test_channels_the_bot_cannot_post_to_say_why(slack: SlackStandIn, client: WebClient) -> None:
    slack.add_channel("secret", private=True, bot_inside=False)
    slack.add_channel("open", private=False, bot_inside=False)
    slack.add_channel("old")
    slack.archive("old")
    refused = {}
    for name in ("nowhere", "secret", "open", "old"):
        with pytest.raises(SlackApiError) as no:
            client.chat_postMessage(channel=name, text="Bins")
        refused[name] = error_of(no)
    assert refused == {
        "nowhere": "channel_not_found",
        "secret": "channel_not_found",
        "open": "not_in_channel",
        "old": "is_archived",
    }


def test_a_persons_message_cannot_be_changed(slack: SlackStandIn, client: WebClient) -> None:
    slack.say(BEN, "waste", "Morning")
    ts = slack.messages("waste")[0]["ts"]
    with pytest.raises(SlackApiError) as theirs:
        client.chat_update(channel="C0WASTE", ts=ts, text="Evening")
    with pytest.raises(SlackApiError) as gone:
        client.chat_update(channel="C0WASTE", ts="1.000000", text="Evening")
    assert (error_of(theirs), error_of(gone)) == ("cant_update_message", "message_not_found")


def test_channels_and_people_can_be_listed(client: WebClient) -> None:
    private = client.conversations_list(types="private_channel")["channels"]
    assert [channel["name"] for channel in private] == ["waste"]
    assert client.conversations_list()["channels"] == []
    assert client.conversations_info(channel="C0WASTE")["channel"]["is_private"] is True
    assert client.users_info(user=BEN)["user"]["real_name"] == "Ben Carter"
