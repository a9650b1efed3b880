"""The demo's page over HTTP: what it shows to whom, and what it passes on."""

import re
from collections.abc import Iterator

import httpx
import pytest

from demo.page import Enclosed, Written, create_page
from demo.slack import SlackStandIn
from demo.slack.running import ServerInThread
from demo.slack.world import Json
from tests.demo.pretend_council import PretendCouncil
from tests.demo.slack_program import BEN, card, client_of, listening, plain, workspace


@pytest.fixture
def slack() -> Iterator[SlackStandIn]:
    with workspace() as running:
        running.add_user("U02", "Ada Obi")
        yield running


@pytest.fixture
def council() -> PretendCouncil:
    return PretendCouncil()


@pytest.fixture
def page(slack: SlackStandIn, council: PretendCouncil) -> Iterator[httpx.Client]:
    server = ServerInThread(create_page(slack, council))
    server.start()
    with httpx.Client(base_url=server.url, timeout=10) as browser:
        yield browser
    server.stop()


def now(page: httpx.Client, **asked: str) -> Json:
    shown: Json = page.get("/now", params={"as": BEN, "channel": "C0WASTE"} | asked).json()
    return shown


def html_of(parts: list[Json]) -> str:
    return "".join(part["html"] for part in parts)


def test_the_page_stands_by_itself(page: httpx.Client) -> None:
    answer = page.get("/")
    assert "Wednesday 14 October 2026" in answer.text
    assert "Ben Carter – Waste officer (Waste)" in answer.text
    assert "They said &#34;no&#34;." in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    for name in ("page.css", "slack.css", "page.js", "post.js", "panes.js", "modal.js"):
        assert "http" not in page.get(f"/static/{name}").raise_for_status().text


def test_nothing_is_sent_again_while_nothing_changes(slack: SlackStandIn, page: httpx.Client) -> None:
    stamp = now(page)["stamp"]
    asked = {"as": BEN, "channel": "C0WASTE", "stamp": stamp}
    assert page.get("/now", params=asked).status_code == 204
    client_of(slack).chat_postMessage(channel="waste", text="Bins")
    assert page.get("/now", params=asked).status_code == 200


def test_a_card_is_drawn_with_its_buttons(slack: SlackStandIn, page: httpx.Client) -> None:
    client_of(slack).chat_postMessage(channel="waste", text="x", blocks=card("acknowledge", "read"))
    html = html_of(now(page)["messages"])
    assert "T26-00042-K  Complaint" in html
    assert 'data-press="acknowledge"' in html


def test_the_options_of_a_menu_stand_under_the_headings_of_their_groups(
    slack: SlackStandIn, page: httpx.Client
) -> None:
    named = [("Its time", "extend", "pause"), ("Deciding", "respond")]
    groups = [
        {"label": plain(name), "options": [{"text": plain(each), "value": each} for each in verbs]}
        for name, *verbs in named
    ]
    menu = {"type": "static_select", "action_id": "verb", "placeholder": plain("Choose"), "option_groups": groups}
    client_of(slack).chat_postMessage(channel="waste", text="x", blocks=[{"type": "actions", "elements": [menu]}])
    html = html_of(now(page)["messages"])
    assert re.findall(r'<optgroup label="([^"]+)">|<option value="([a-z]+)"', html) == [
        ("Its time", ""),
        ("", "extend"),
        ("", "pause"),
        ("Deciding", ""),
        ("", "respond"),
    ]


def test_the_home_tab_is_listed_before_it_was_ever_drawn(slack: SlackStandIn, page: httpx.Client) -> None:
    assert slack.home(BEN) is None
    assert "Tocsin home" in now(page)["sidebar"]
    assert "has not drawn this page yet" in html_of(now(page, channel="home")["messages"])


def test_what_a_message_says_never_becomes_markup(slack: SlackStandIn, page: httpx.Client) -> None:
    evil = "<img src=x onerror=alert(1)>"
    blocks: list[Json] = [{"type": "header", "text": plain(evil)}, {"type": "section", "fields": [plain(evil)]}]
    client_of(slack).chat_postMessage(channel="waste", text=evil)
    client_of(slack).chat_postMessage(channel="waste", text=evil, blocks=blocks)
    assert "<img" not in html_of(now(page)["messages"])


def test_messages_elsewhere_are_counted_until_they_are_read(slack: SlackStandIn, page: httpx.Client) -> None:
    for text in ("one", "two"):
        client_of(slack).chat_postMessage(channel=BEN, text=text)
    assert "2<span" in now(page)["sidebar"]
    direct = slack.world.direct_messages(BEN).id
    assert "unread" not in now(page, channel=direct)["sidebar"]
    assert "unread" not in now(page)["sidebar"]


def test_a_whisper_is_shown_to_one_officer(slack: SlackStandIn, page: httpx.Client) -> None:
    client_of(slack).chat_postEphemeral(channel="waste", user=BEN, text="Already taken")
    assert "Only visible to you" in html_of(now(page)["messages"])
    assert "Already taken" not in html_of(now(page, **{"as": "U02"})["messages"])


def test_an_officer_outside_a_channel_does_not_see_it(slack: SlackStandIn, page: httpx.Client) -> None:
    slack.add_channel("lead", "C0LEAD", people=["U02"])
    assert "lead" not in now(page)["sidebar"]
    assert now(page, channel="C0LEAD")["channel"] == "C0WASTE"
    assert now(page, channel="C0LEAD", **{"as": "U02"})["channel"] == "C0LEAD"


@pytest.mark.parametrize(
    ("headline", "word"),
    [("Early warning: one street", "Early warning"), (":rotating_light: Overdue: T26-1", "Overdue"), ("T26-1", "")],
)
def test_an_alert_is_marked_by_a_word(slack: SlackStandIn, page: httpx.Client, headline: str, word: str) -> None:
    blocks = [{"type": "header", "text": plain(headline)}]
    client_of(slack).chat_postMessage(channel="waste", text="x", blocks=blocks)
    html = html_of(now(page)["messages"])
    assert ("alert-word" in html) == bool(word)
    assert f"</svg> {word}</p>" in html or not word


def test_an_email_reaches_the_council_and_its_letter_the_page(page: httpx.Client, council: PretendCouncil) -> None:
    written = {"name": "Joan Ellis", "address": "joan@resident.example", "subject": "Bin", "body": "Not emptied."}
    assert page.post("/do/email", json=written).json() == {}
    assert council.emails == [Written("Joan Ellis", "joan@resident.example", "Bin", "Not emptied.")]
    assert "Dear &lt;resident&gt;" in html_of(now(page)["letters"])


def test_a_reply_names_its_letter_and_brings_its_file(page: httpx.Client, council: PretendCouncil) -> None:
    written = {"name": "Joan Ellis", "address": "joan@resident.example", "subject": "Re: Bin", "body": "Look."}
    file = {"name": "bin.png", "type": "image/png", "content": "aGVsbG8="}
    assert page.post("/do/email", json=written | {"answers": "<1@council.example>", "file": file}).json() == {}
    assert council.emails[0].answers == "<1@council.example>"
    assert council.emails[0].enclosed == Enclosed("bin.png", "image/png", b"hello")


def test_a_letter_that_came_back_says_so_and_cannot_come_back_again(page: httpx.Client) -> None:
    page.post("/do/email", json={"name": "J", "address": "j@resident.example", "subject": "Bin", "body": "Full."})
    assert 'data-letter="&lt;1@council.example&gt;"' in html_of(now(page)["letters"])
    page.post("/do/send-back", json={"letter": "<1@council.example>"})
    html = html_of(now(page)["letters"])
    assert "came back" in html
    assert "data-send-back" not in html


def test_the_button_moves_the_clock(page: httpx.Client) -> None:
    page.post("/do/next-day", json={})
    assert now(page)["date"] == "Thursday 15 October 2026"


def test_only_json_from_the_page_itself_is_an_act(page: httpx.Client, council: PretendCouncil) -> None:
    assert page.post("/do/next-day", content="{}").status_code == 404
    assert page.post("/do/anything", json={}).status_code == 404
    assert council.at.day == 14


def test_a_press_nobody_hears_is_said_so(slack: SlackStandIn, page: httpx.Client) -> None:
    ts = client_of(slack).chat_postMessage(channel="waste", text="x", blocks=card())["ts"]
    press = {"as": BEN, "channel": "C0WASTE", "ts": ts, "action_id": "acknowledge"}
    assert page.post("/do/press", json=press).json() == {"warning": "The program is not connected to Slack."}


@pytest.mark.slow
def test_a_modal_is_opened_refused_and_sent_by_the_page(slack: SlackStandIn, page: httpx.Client) -> None:
    with listening(slack) as program:
        ts = program.client.chat_postMessage(channel="waste", text="x", blocks=card("wrong_area"))["ts"]
        press = {"as": BEN, "channel": "C0WASTE", "ts": ts, "action_id": "wrong_area", "value": "T26-00042-K"}
        assert page.post("/do/press", json=press).json() == {}
        view = slack.wait_for(lambda: slack.views(BEN))[-1]
        assert "Wrong area" in now(page)["modal"]["html"]
        form = {"as": BEN, "view_id": view["id"], "values": {"why": {"text": "?"}}}
        assert page.post("/do/submit", json=form).json() == {"errors": {"why": "Say why in a sentence."}}
        form["values"] = {"why": {"text": "It is a road."}}
        assert page.post("/do/submit", json=form).json() == {"errors": {}}
        assert now(page)["modal"] is None
