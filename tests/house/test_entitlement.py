"""No button, form, command, shortcut or event does anything before it is known who asks and what they may see."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import partial
from types import FunctionType, ModuleType
from typing import Any

import pytest

from bot import held_listeners, receiving, window
from models.council import officer_by_slack
from models.verbs.owing import check_may_settle
from tests.house.rooms import files, name, tree

EVERY = [(kind, name) for kind, table in receiving.LISTENERS.items() for name in table]

OF_A_CASE: frozenset[Callable[..., Any]] = frozenset({window.act, held_listeners.act})
"""They ask who presses, and whether they are entitled to that case or message, in the transaction that acts."""

OF_NO_ONE_CASE = {
    ("action", "home_shown"): "each list is of what its reader may see",
    ("action", "home_refresh"): "the same",
    ("action", "sort_here"): "the same",
    ("event", "app_home_opened"): "the same",
    ("command", "/case"): "the same",
    ("command", "/complaint"): "any officer takes a complaint down; what became of it goes the way of any letter",
    ("shortcut", "make_case"): "the same",
    ("view", "take_down"): "the same",
    ("command", "/away"): "of oneself",
    ("view", "go_away"): "of oneself",
}
"""What is of no one case, and the rule it keeps; each asks who it is."""


def called_by(function: FunctionType) -> Iterator[object]:
    """Whatever of our window's code a function names, inner functions included."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    known = {**function.__globals__, **inspect.getclosurevars(function).nonlocals}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in known:
            yield known[node.id]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = known.get(node.value.id)
            if isinstance(owner, ModuleType | type):
                yield getattr(owner, node.attr, None)


def plain(thing: object) -> object:
    """The function behind decorators and partials."""
    while isinstance(thing, partial) or hasattr(thing, "__wrapped__"):
        thing = thing.func if isinstance(thing, partial) else thing.__wrapped__
    return thing


def reached_from(listener: object) -> set[object]:
    """Every function of ``bot`` that a listener may come to, itself included, and what those call elsewhere."""
    found: set[object] = set()
    left = [plain(listener)]
    while left:
        here = left.pop()
        if not isinstance(here, FunctionType) or here in found:
            continue
        found.add(here)
        if here.__module__.startswith("bot."):
            left += [plain(each) for each in called_by(here)]
    return found


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_each_asks_who_it_is_and_what_they_may_see(kind: str, name: str) -> None:
    reached = reached_from(receiving.LISTENERS[kind][name])
    assert officer_by_slack in reached, "ask who it is before anything is done or shown"
    if (kind, name) not in OF_NO_ONE_CASE:
        assert not OF_A_CASE.isdisjoint(reached), "go through act, which checks who is entitled"


def test_the_rules_are_of_listeners_there_are() -> None:
    assert set(EVERY) >= OF_NO_ONE_CASE.keys()


OTHER_CHECKS = {("action", "settle"), ("view", "settle_duty")}
"""Where whoever owes a duty may press though the case is not theirs: the duty is asked about in its place."""


@pytest.mark.parametrize(("kind", "name"), EVERY)
def test_entitlement_to_the_case_is_asked_or_to_the_duty_and_nothing_less(kind: str, name: str) -> None:
    reached = reached_from(receiving.LISTENERS[kind][name])
    assert (check_may_settle in reached) is ((kind, name) in OTHER_CHECKS)


def test_only_those_ask_something_else() -> None:
    asking = {name(path) for path in files("bot") for node in ast.walk(tree(path)) if passes_a_check(node)}
    assert asking == {"bot/settle_listeners.py"}


def passes_a_check(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and any(each.arg == "check" for each in node.keywords)


def test_a_listener_that_asks_nobody_is_found() -> None:
    assert officer_by_slack not in reached_from(called_by)
    assert officer_by_slack in reached_from(window.act)
