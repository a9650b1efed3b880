"""Whoever cannot see a picture or a colour reads the same: every image has words, every message a text beside it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cards import alert_card, case_card
from tests.house.rooms import files, name, tree
from tests.house.test_buttons import ALERT, every_card, every_form, every_view

_SIGNS = re.compile(r"[⚠✔✉⏸•·–—›…“”’]|:[a-z0-9_+-]+:|\s")


def parts(thing: Any) -> Iterator[dict[str, Any]]:
    """Everything within blocks that has a type, texts too."""
    if isinstance(thing, list):
        for each in thing:
            yield from parts(each)
    elif isinstance(thing, dict):
        if "type" in thing:
            yield thing
        for each in thing.values():
            yield from parts(each)


def drawn() -> Iterator[dict[str, Any]]:
    for card in every_card():
        yield from parts(card)
    for form in every_form():
        yield from parts(form)


def test_every_image_has_words() -> None:
    for part in drawn():
        if part["type"] == "image":
            assert part.get("alt_text"), part


def test_no_text_and_no_button_is_a_sign_alone() -> None:
    for part in drawn():
        if part["type"] in {"mrkdwn", "plain_text"}:
            for line in filter(str.strip, part["text"].split("\n")):
                assert _SIGNS.sub("", line), f"“{line}” says nothing to whoever cannot see it"


def test_a_button_that_stands_out_by_colour_says_what_it_does() -> None:
    for part in drawn():
        if part.get("style"):
            assert len(part["text"]["text"].split()) >= 1
            assert part["text"]["text"].strip("✔⚠ ")


def test_what_is_late_or_urgent_is_said_in_words() -> None:
    for view in every_view():
        for line in (text for text in words(case_card(view)) if "⚠" in text):
            assert len(_SIGNS.sub("", line)) > 3
    assert any("Early warning" in text for text in words(alert_card(ALERT)))


def words(blocks: list[dict[str, Any]]) -> list[str]:
    return [line for part in parts(blocks) if isinstance(part.get("text"), str) for line in part["text"].split("\n")]


def calls(path: Path) -> Iterator[tuple[str, set[str | None]]]:
    """Calls of Slack that say something, with the names of their arguments."""
    import ast

    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr.startswith("chat_"):
            yield node.func.attr, {each.arg for each in node.keywords}


@pytest.mark.parametrize("path", files("bot", "jobs", "commands"), ids=name)
def test_every_message_has_a_text_beside_its_blocks(path: Path) -> None:
    """It is what a notification shows and a screen reader reads."""
    for method, given in calls(path):
        if method != "chat_delete":
            assert "text" in given, f"{name(path)}: {method} without text"
