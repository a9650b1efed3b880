"""Judges Block Kit as Slack does: every block of the wrong shape or over a limit is named by its place."""

import secrets
from collections.abc import Callable
from typing import Any

from demo.slack import limits
from demo.slack.elements import check_element
from demo.slack.problems import Problems
from demo.slack.world import Json

Check = Callable[[Json, str, Problems], None]


def problems_in(blocks: object, most: int = limits.BLOCKS_IN_MESSAGE) -> list[str]:
    """What Slack would object to, in its words; empty if nothing."""
    found = Problems()
    if not isinstance(blocks, list):
        found.add("must be an array", "/blocks")
        return found.lines
    if len(blocks) > most:
        found.add(f"no more than {most} items allowed", "/blocks")
    seen: set[str] = set()
    for place, block in enumerate(blocks):
        _check_block(block, f"/blocks/{place}", found)
        _check_block_id(block, f"/blocks/{place}", seen, found)
    return found.lines


def text_length(thing: object) -> int:
    """All the characters people would read in these blocks, together."""
    if isinstance(thing, list):
        return sum(text_length(one) for one in thing)
    if not isinstance(thing, dict):
        return 0
    own = thing.get("text")
    return (len(own) if isinstance(own, str) else 0) + sum(text_length(part) for part in thing.values())


def _check_block_id(block: object, at: str, seen: set[str], found: Problems) -> None:
    block_id = block.get("block_id") if isinstance(block, dict) else None
    if block_id is None:
        return
    found.length(block_id, limits.BLOCK_ID, f"{at}/block_id")
    if block_id in seen:
        found.add("`block_id` must be unique among the blocks", f"{at}/block_id")
    seen.add(block_id)


def _check_block(block: object, at: str, found: Problems) -> None:
    if not isinstance(block, dict):
        found.add("must provide an object", at)
    elif (check := BLOCKS.get(str(block.get("type")))) is None:
        found.add(f"unsupported type: {block.get('type')}", f"{at}/type")
    else:
        check(block, at, found)


def _section(block: Json, at: str, found: Problems) -> None:
    fields = block.get("fields")
    if not block.get("text") and not fields:
        found.add("section needs `text` or `fields`", at)
    if "text" in block:
        found.text(block["text"], limits.SECTION_TEXT, f"{at}/text")
    if fields is not None:
        found.items(fields, limits.SECTION_FIELDS, f"{at}/fields")
        for place, one in enumerate(fields if isinstance(fields, list) else []):
            found.text(one, limits.FIELD_TEXT, f"{at}/fields/{place}")
    if "accessory" in block:
        check_element(block["accessory"], limits.ACTIONS | {"image"}, f"{at}/accessory", found)


def _header(block: Json, at: str, found: Problems) -> None:
    found.plain(block.get("text"), limits.HEADER_TEXT, f"{at}/text")


def _context(block: Json, at: str, found: Problems) -> None:
    elements = block.get("elements")
    found.items(elements, limits.CONTEXT_ELEMENTS, f"{at}/elements")
    for place, one in enumerate(elements if isinstance(elements, list) else []):
        if isinstance(one, dict) and one.get("type") == "image":
            check_element(one, {"image"}, f"{at}/elements/{place}", found)
        else:
            found.text(one, limits.SECTION_TEXT, f"{at}/elements/{place}")


def _actions(block: Json, at: str, found: Problems) -> None:
    elements = block.get("elements")
    found.items(elements, limits.ACTIONS_ELEMENTS, f"{at}/elements")
    seen: set[str] = set()
    for place, one in enumerate(elements if isinstance(elements, list) else []):
        check_element(one, limits.ACTIONS, f"{at}/elements/{place}", found)
        action_id = one.get("action_id") if isinstance(one, dict) else None
        if action_id is not None and action_id in seen:
            found.add("`action_id` must be unique within the block", f"{at}/elements/{place}/action_id")
        seen.add(str(action_id))


def _input(block: Json, at: str, found: Problems) -> None:
    found.plain(block.get("label"), limits.INPUT_LABEL, f"{at}/label")
    if "hint" in block:
        found.plain(block["hint"], limits.INPUT_HINT, f"{at}/hint")
    check_element(block.get("element"), limits.INPUTS, f"{at}/element", found)


def _image(block: Json, at: str, found: Problems) -> None:
    check_element(block, {"image"}, at, found)


def _anything(_block: Json, _at: str, _found: Problems) -> None:
    """Dividers hold nothing; rich text is taken as it comes."""


BLOCKS: dict[str, Check] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "image": _image,
    "divider": _anything,
    "rich_text": _anything,
}


def as_kept(thing: Any) -> Any:
    """The blocks as Slack gives them back: names it makes up are filled in, and so are defaults of texts."""
    if isinstance(thing, list):
        return [as_kept(one) for one in thing]
    if not isinstance(thing, dict):
        return thing
    kept = {key: value if key == "metadata" else as_kept(value) for key, value in thing.items()}
    kind = kept.get("type")
    if kind in BLOCKS:
        kept.setdefault("block_id", secrets.token_urlsafe(4)[:5])
    if kind in limits.ACTIONS | limits.INPUTS:
        kept.setdefault("action_id", secrets.token_urlsafe(4)[:5])
    if kind == "plain_text":
        kept.setdefault("emoji", True)
    if kind == "mrkdwn":
        kept.setdefault("verbatim", False)
    return kept
