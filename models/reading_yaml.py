"""YAML as the settings are written in: no key stands twice, for the first would be lost without a word."""

from typing import Any

import yaml

# libyaml's reader takes a tenth of the time; a PyYAML built without it has only the other
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class KeyTwice(yaml.MarkedYAMLError):
    """A key stands twice in one mapping; ``problem_mark`` is the second."""


class _Loader(_Base):  # type: ignore[misc]  # which of the two it is depends on the machine
    def construct_mapping(self, node: yaml.MappingNode, *, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise KeyTwice(problem=f"“{key.value}” stands there twice", problem_mark=key.start_mark)
            seen.add(str(key.value))
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def read_yaml(text: str) -> Any:
    """What a YAML text says, made of plain values. Raises yaml.YAMLError, and ValueError for an impossible date."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 -- a safe loader that refuses one thing more
