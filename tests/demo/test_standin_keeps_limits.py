"""The stand-in refuses what Slack refuses, by Slack's names and at the right place."""

import time

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from demo.slack import SlackStandIn
from demo.slack.blocks import problems_in
from demo.slack.world import Json
from tests.demo.slack_program import BEN, button, card, modal, plain


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def select(count: int, **option: object) -> Json:
    options = [{"text": plain("Highways"), "value": str(n)} | option for n in range(count)]
    return {"type": "static_select", "action_id": "area", "options": options}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


AT_THE_LIMIT = [
    [{"type": "divider"}] * 50,
    [section("x" * 3000)],
    [{"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 2000}] * 10}],
    [{"type": "header", "text": plain("x" * 150)}],
    [{"type": "context", "elements": [plain("x")] * 10}],
    [actions(*[button(str(n)) for n in range(25)])],
    [actions(button("a", "x" * 2000) | {"text": plain("x" * 75), "url": "https://a.example/" + "x" * 2982})],
    [actions(select(100, text=plain("x" * 75), value="x" * 150))],
    [section("x") | {"block_id": "x" * 255}],
]

OVER_THE_LIMIT = [
    ([{"type": "divider"}] * 51, "/blocks"),
    ([section("x" * 3001)], "/blocks/0/text/text"),
    ([section("")], "/blocks/0/text/text"),
    ([{"type": "section"}], "/blocks/0"),
    ([{"type": "section", "fields": [plain("x")] * 11}], "/blocks/0/fields"),
    ([{"type": "section", "fields": [plain("x" * 2001)]}], "/blocks/0/fields/0/text"),
    ([{"type": "header", "text": plain("x" * 151)}], "/blocks/0/text/text"),
    ([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}], "/blocks/0/text"),
    ([{"type": "context", "elements": [plain("x")] * 11}], "/blocks/0/elements"),
    ([actions(*[button(str(n)) for n in range(26)])], "/blocks/0/elements"),
    ([actions(button("a"), button("a"))], "/blocks/0/elements/1/action_id"),
    ([actions(button("a" * 256))], "/blocks/0/elements/0/action_id"),
    ([actions(button("a", "x" * 2001))], "/blocks/0/elements/0/value"),
    ([actions(button("a") | {"text": plain("x" * 76)})], "/blocks/0/elements/0/text/text"),
    ([actions(button("a") | {"style": "green"})], "/blocks/0/elements/0/style"),
    ([actions(select(101))], "/blocks/0/elements/0/options"),
    ([actions(select(1, text=plain("x" * 76)))], "/blocks/0/elements/0/options/0/text/text"),
    ([actions(select(1, value="x" * 151))], "/blocks/0/elements/0/options/0/value"),
    ([section("x") | {"block_id": "x" * 256}], "/blocks/0/block_id"),
    ([section("x") | {"block_id": "a"}, section("y") | {"block_id": "a"}], "/blocks/1/block_id"),
    ([{"type": "carousel"}], "/blocks/0/type"),
]


@pytest.mark.parametrize("blocks", AT_THE_LIMIT)
def test_blocks_at_the_limit_are_taken(blocks: list[Json]) -> None:
    assert problems_in(blocks) == []


@pytest.mark.parametrize(("blocks", "place"), OVER_THE_LIMIT)
def test_blocks_over_a_limit_name_the_place(blocks: list[Json], place: str) -> None:
    assert any(line.endswith(f"[json-pointer:{place}]") for line in problems_in(blocks))


def test_a_post_with_bad_blocks_says_where(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as no:
        client.chat_postMessage(channel="waste", text="x", blocks=[section("x" * 3001)])
    assert no.value.response["error"] == "invalid_blocks"
    assert no.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


def test_a_text_over_forty_thousand_is_too_long(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as no:
        client.chat_postMessage(channel="waste", text="x" * 40_001)
    assert no.value.response["error"] == "msg_too_long"


def test_an_update_holds_less_text_than_a_post(client: WebClient) -> None:
    ts = str(client.chat_postMessage(channel="waste", text="x" * 4001)["ts"])
    client.chat_update(channel="C0WASTE", ts=ts, text="x" * 4000)
    for too_long in ("x" * 4001, "é" * 2001, "&" * 801):
        with pytest.raises(SlackApiError) as no:
            client.chat_update(channel="C0WASTE", ts=ts, text=too_long)
        assert no.value.response["error"] == "msg_too_long"


def test_all_blocks_together_may_be_too_long(client: WebClient) -> None:
    client.chat_postMessage(channel="waste", text="x", blocks=[section("x" * 2600)] * 5)
    with pytest.raises(SlackApiError) as no:
        client.chat_postMessage(channel="waste", text="x", blocks=[section("x" * 2700)] * 5)
    assert no.value.response["error"] == "msg_blocks_too_long"


@pytest.mark.parametrize(
    "parts",
    [
        {"title": plain("x" * 25)},
        {"submit": plain("x" * 25)},
        {"close": plain("x" * 25)},
        {"submit": None},
        {"private_metadata": "x" * 3001},
        {"callback_id": "x" * 256},
        {"blocks": [{"type": "divider"}] * 101},
    ],
)
def test_a_view_over_a_limit_is_refused(slack: SlackStandIn, client: WebClient, parts: Json) -> None:
    with pytest.raises(SlackApiError) as no:
        client.views_open(trigger_id=slack.world.trigger(BEN), view=modal(**parts))
    assert no.value.response["error"] == "invalid_arguments"
    assert slack.views(BEN) == []


def test_a_trigger_opens_one_modal_and_soon() -> None:
    with SlackStandIn(trigger_seconds=0.2) as slack:
        slack.add_user(BEN, "Ben Carter")
        client = WebClient(slack.bot_token, base_url=slack.url)
        once, late = slack.world.trigger(BEN), slack.world.trigger(BEN)
        client.views_open(trigger_id=once, view=modal())
        errors = []
        expires = slack.world.triggers[late].expires
        slack.wait_for(lambda: time.monotonic() > expires)
        for trigger in (once, late, "made.up"):
            with pytest.raises(SlackApiError) as no:
                client.views_open(trigger_id=trigger, view=modal())
            errors.append(no.value.response["error"])
    assert errors == ["exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id"]


def test_a_view_changed_meanwhile_is_not_overwritten(slack: SlackStandIn, client: WebClient) -> None:
    view = client.views_open(trigger_id=slack.world.trigger(BEN), view=modal())["view"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=modal(title=plain("Second")))
    with pytest.raises(SlackApiError) as no:
        client.views_update(view_id=view["id"], hash=view["hash"], view=modal(title=plain("Third")))
    assert no.value.response["error"] == "hash_conflict"
    assert slack.views(BEN)[0]["title"]["text"] == "Second"


def test_fast_posts_to_one_channel_are_held_back_when_asked(slack: SlackStandIn, client: WebClient) -> None:
    slack.world.limit_posts = True
    client.chat_postMessage(channel="waste", text="one")
    with pytest.raises(SlackApiError) as no:
        client.chat_postMessage(channel="waste", text="two")
    client.chat_postMessage(channel=BEN, text="elsewhere", blocks=card())
    assert no.value.response.status_code == 429
    assert no.value.response.headers["Retry-After"] == "1"
