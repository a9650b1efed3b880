"""Foreign words are words: no mention, link, ping or formatting of theirs comes alive in anything that is shown."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards import alert_card, case_card, moved_card
from bot.held_cards import held_card, look_modal
from bot.home import home_tab
from bot.home_view import TeamBoard
from bot.inert import inert
from bot.modals import read_modal, said
from bot.nag_lines import NagView, nag_message
from bot.thread_lines import came_from
from models.correspondence import Correspondence, Direction, HeldMessage
from tests.house.rooms import ROOT
from tests.house.test_buttons import ALERT, HELD, HELD_ROW, HOME, VIEW

NASTY = st.lists(
    st.sampled_from(
        [
            "<@U0BEN>",
            "<!channel>",
            "<!here>",
            "<#C1>",
            "<https://x.example|Press>",
            "@here",
            "@channel",
            "#general",
            "*bold*",
            "_so_",
            "~no~",
            "`code`",
            "```\n",
            "> quoted",
            ":smile:",
            "&lt;!channel&gt;",
            "&",
            "<",
            ">",
            "|",
            "https://x.example/a",
            "mailto:a@x.example",
            "secret_expires",
            "Asha",
            " ",
            "\n",
            "12:30",
        ]
    ),
    max_size=8,
).map(" ".join)

ALIVE = re.compile(r"<|>|&(?!amp;|lt;|gt;)|[*~`]|(?<!\w)_\w|\w_(?!\w)|(?<!\w)[@#]\w|\w://")
A_QUOTE = re.compile(r"^\s*(>|&gt;)", re.MULTILINE)


@given(NASTY | st.text(max_size=200))
def test_nothing_alive_is_left(text: str) -> None:
    assert ALIVE.search(inert(text)) is None, inert(text)
    assert A_QUOTE.search(inert(text)) is None, inert(text)
    assert not re.search(r":[a-z_+-]+:", inert(text), re.IGNORECASE)


@pytest.mark.parametrize("text", ["Ben Carter", "From 12:30 to 14:00", "set secret_expires to its last day", "é ü ✔"])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert inert(text) == text


def marked_up(thing: Any) -> Iterator[str]:
    """Every text in which Slack looks for formatting; and that it makes no links of its own."""
    if isinstance(thing, dict):
        if thing.get("type") == "mrkdwn":
            assert thing.get("verbatim") is True, thing
            yield thing["text"]
        for inner in thing.values():
            yield from marked_up(inner)
    elif isinstance(thing, list | tuple):
        for inner in thing:
            yield from marked_up(inner)


MARK = "Zq9"
"""Stands on both sides of what is foreign, so that what became of it can be cut out."""


def foreign(shown: Any) -> list[str]:
    return re.findall(f"{MARK}(.*?){MARK}", "\n".join(marked_up(shown)), re.DOTALL)


@given(NASTY)
def test_no_card_home_or_line_shows_it_alive(nasty: str) -> None:
    name = f"{MARK} {nasty} {MARK}"
    view = replace(VIEW, owner=name, reasons=(name,))
    board = (TeamBoard(name, 1, 2, 3),)
    nag = NagView("T26-00007-A", "answer", date(2026, 10, 9), date(2026, 10, 12), 0, owner=name)
    shown = [
        case_card(view),
        moved_card(view, team=name),
        alert_card(replace(ALERT, owner=name, reason=name, taken_by=name)),
        held_card(replace(HELD, reason=name, source=name)),
        held_card(replace(HELD, is_settled=True, outcome=name)),
        home_tab(replace(HOME, name=name, board=board, covered=((name, HOME.mine),)))["blocks"],
        nag_message([nag, nag])[1],
    ]
    for each in shown:
        found = foreign(each)
        assert found or not nasty, each
        assert [words for words in found if ALIVE.search(words)] == []
    assert ALIVE.search(inert(came_from(nasty))) is None


@given(NASTY)
def test_letters_are_shown_as_plain_text_only(nasty: str) -> None:
    letter = Correspondence(case_id=7, direction=Direction.IN, at=HELD.received_at, subject=nasty, text=nasty)
    row = HeldMessage(inbound_id=7, at=datetime(2026, 10, 12, tzinfo=UTC), sender_name=nasty, subject=nasty, text=nasty)
    for form in (read_modal(VIEW, [letter]), look_modal(row), look_modal(HELD_ROW), said(nasty)):
        assert list(marked_up(form["blocks"])) == []


def calls_in(folder: str, name: str) -> Iterator[tuple[str, ast.Call]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
                yield path.name, node


def test_the_listeners_post_to_no_channel_but_to_whoever_pressed() -> None:
    for method in ("chat_postMessage", "chat_postEphemeral"):
        for name, call in calls_in("bot", method):
            given = {each.arg: ast.unparse(each.value) for each in call.keywords}
            person = given["channel"] if method == "chat_postMessage" else given["user"]
            assert person.endswith("press.slack_user"), f"{name}: what stands in a channel goes through jobs/drawing.py"
            assert given["text"].startswith("inert("), f"{name}: {given['text']}"


def test_every_marked_up_text_leaves_plain_words_alone() -> None:
    for folder in ("bot", "jobs"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
                if "mrkdwn" in line or "MarkdownTextObject(text" in line:
                    assert "verbatim" in line, f"{path.name} line {number}: Slack would make links of its own"
