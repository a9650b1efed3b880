"""The manifest is made from what the program listens to and calls, and the one in docs is its output."""

import ast

import pytest
import yaml

from bot.listeners import COMMANDS, EVENTS, SHORTCUTS
from bot.manifest import COMMAND_WORDS, SCOPES, SHORTCUT_WORDS, in_yaml, manifest
from demo.slack.api import METHODS
from tests.house.rooms import ROOT, files, tree

URL = "https://tocsin.example.org/slack/events"


def test_the_manifest_in_docs_is_what_the_command_prints() -> None:
    in_docs = (ROOT / "docs/slack-manifest.yaml").read_text(encoding="utf-8")
    assert in_docs == in_yaml(), "run: tocsin slack manifest > docs/slack-manifest.yaml"


def test_it_names_every_command_shortcut_and_event_that_is_listened_to() -> None:
    made = yaml.safe_load(in_yaml())
    assert [each["command"] for each in made["features"]["slash_commands"]] == list(COMMANDS)
    assert [each["callback_id"] for each in made["features"]["shortcuts"]] == list(SHORTCUTS)
    assert made["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)
    assert set(COMMAND_WORDS) == set(COMMANDS)
    assert set(SHORTCUT_WORDS) == set(SHORTCUTS)


def methods_called() -> set[str]:
    """Every method of Slack's Web API that our code calls, such as chat.update."""
    known = {method.replace(".", "_"): method for method in METHODS}
    nodes = (node for path in files("bot", "jobs", "commands") for node in ast.walk(tree(path)))
    return {known[node.attr] for node in nodes if isinstance(node, ast.Attribute) and node.attr in known}


def test_it_asks_for_no_scope_that_no_call_needs_and_for_each_that_one_does() -> None:
    called = methods_called()
    assert {"chat.postMessage", "chat.delete", "conversations.info", "conversations.open"} <= called
    needed = {scope for method in called for scope in METHODS[method][1]} | {"commands"}
    assert set(SCOPES) <= needed, "a scope that nothing needs"
    for method in called:
        scopes = METHODS[method][1]
        assert not scopes or not scopes.isdisjoint(SCOPES), f"no scope for {method}"


def test_every_scope_says_what_it_is_for() -> None:
    assert all(SCOPES.values())
    assert manifest()["oauth_config"]["scopes"]["bot"] == list(SCOPES)


def test_over_http_everything_goes_to_the_address_and_no_socket_is_opened() -> None:
    made = manifest(URL)
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["event_subscriptions"]["request_url"] == URL
    assert made["settings"]["interactivity"] == {"is_enabled": True, "request_url": URL}
    assert {each["url"] for each in made["features"]["slash_commands"]} == {URL}


@pytest.mark.parametrize("words", [*COMMAND_WORDS.values(), *SHORTCUT_WORDS.values()])
def test_it_keeps_slacks_limits(words: tuple[str, str]) -> None:
    assert all(len(each) <= 150 for each in words)
    assert all(len(name) <= 24 for name, _ in SHORTCUT_WORDS.values())
    assert len(manifest()["display_information"]["description"]) <= 140
