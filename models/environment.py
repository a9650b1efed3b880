"""Lays ``TOCSIN__SECTION__KEY`` variables over the settings read from the file."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from models.problems import Problem
from models.reading_yaml import read_yaml

PREFIX = "TOCSIN__"
SECRETS = frozenset({"password", "bot_token", "app_token", "signing_secret"})
"""Keys whose value is taken as it is, whatever it looks like."""

_OWN_FILES = ("offset_file", "ca_file")
Tree = dict[str, Any]


def variable(place: str) -> str:
    """The variable that sets a place such as ``slack.bot_token``."""
    return PREFIX + place.upper().replace(".", "__")


def lay_over(tree: Tree, env: Mapping[str, str]) -> list[Problem]:
    """Write the environment's settings into the tree; what cannot be written is a problem."""
    return [problem for name, value in sorted(env.items()) for problem in _lay_one(tree, name, value)]


def _lay_one(tree: Tree, name: str, value: str) -> Iterator[Problem]:
    if not name.startswith(PREFIX):
        return
    path = name.removeprefix(PREFIX).lower()
    if path.endswith("_file") and not path.endswith(_OWN_FILES):
        path = path.removesuffix("_file")
        try:
            value = Path(value).read_text(encoding="utf-8").strip()
        except OSError as wrong:
            yield Problem(
                name, f"the file it names cannot be read: {wrong.strerror}.", "Check the path and its rights."
            )
            return
        except UnicodeDecodeError:
            yield Problem(name, "the file it names is not text.", "It must hold the value alone, in UTF-8.")
            return
    if not _put(tree, path.split("__"), value):
        yield Problem(name, "it leads to no setting.", "Compare it with the keys of config.yaml.")


def _put(tree: Any, path: list[str], text: str) -> bool:
    *parents, last = path
    for step in parents:
        tree = _step_into(tree, step)
    value = text if last in SECRETS else _plain(text)
    if isinstance(tree, list) and last.isdigit() and int(last) < len(tree):
        tree[int(last)] = value
        return True
    if isinstance(tree, dict):
        tree[last] = value
        return True
    return False


def _step_into(tree: Any, step: str) -> Any:
    if isinstance(tree, list):
        return tree[int(step)] if step.isdigit() and int(step) < len(tree) else None
    if isinstance(tree, dict):
        if not isinstance(tree.get(step), (dict, list)):
            tree[step] = {}
        return tree[step]
    return None


def _plain(text: str) -> Any:
    """Lists and maps may be given as JSON or YAML; everything else stays the text it is."""
    if text[:1] in {"[", "{"}:
        try:
            return read_yaml(text)
        except yaml.YAMLError:
            return text
    return text
