"""Whatever ends in a form opens it at once: a listener that shows one is marked, and none that shows none."""

import ast
import inspect
import textwrap

from bot import skeletons
from bot.receiving import LISTENERS
from models.keeping_envelopes import FORM


def shows(function: object, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a function ends in ``Asked.show``, by itself or by another of its module."""
    source = textwrap.dedent(inspect.getsource(function))  # type: ignore[arg-type]  # it is one
    called = [node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    if any(isinstance(each, ast.Attribute) and each.attr == "show" for each in called):
        return True
    names = frozenset(each.id for each in called if isinstance(each, ast.Name)) - seen
    own = [getattr(inspect.getmodule(function), name, None) for name in names]
    return any(shows(each, seen | names) for each in own if is_beside(each, function))


def is_beside(one: object, another: object) -> bool:
    """Whether both are functions of one module."""
    return inspect.isfunction(one) and inspect.getmodule(one) is inspect.getmodule(another)


def test_every_listener_that_shows_a_form_opens_it_at_once_and_no_other_does() -> None:
    every = {listener for kind, table in LISTENERS.items() if kind != FORM for listener in table.values()}
    showing = {listener.__name__ for listener in every if shows(listener)}
    marked = {listener.__name__ for listener in every if listener in skeletons._OPENS}
    assert showing == marked, "mark it with opens_form (bot/skeletons.py), or take the mark away"
