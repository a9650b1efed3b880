"""Builds what Slack sends when somebody presses, chooses, types or submits."""

import copy
import secrets
import time

from demo.slack.elements import options_of
from demo.slack.world import APP_ID, BOT_ID, TEAM_ID, Json, Message, Person, View, World


class PersonCannot(Exception):  # noqa: N818 - a fact about the person, not an error of the program
    """Slack's window does not let a person do this: nothing is sent."""


def _base(world: World, person: Person, kind: str) -> Json:
    user = {"id": person.id, "username": person.name, "name": person.name, "team_id": TEAM_ID}
    return {
        "type": kind,
        "team": {"id": TEAM_ID, "domain": "stand-in"},
        "user": user,
        "api_app_id": APP_ID,
        "token": "verification-token",
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": world.trigger(person.id),
    }


def elements_in(blocks: list[Json]) -> list[tuple[Json, Json]]:
    """Each block with each element in it that a person can use."""
    found: list[tuple[Json, Json]] = []
    for block in blocks:
        single = block.get("accessory") or block.get("element")
        several = block.get("elements") if block.get("type") == "actions" else None
        found += [(block, element) for element in several or ([single] if single else [])]
    return found


def find_element(blocks: list[Json], action_id: str, value: object, block_id: str = "") -> tuple[Json, Json]:
    """The element with this action_id; of several buttons, the one with this value. Raises PersonCannot."""
    found = [
        pair
        for pair in elements_in(blocks)
        if pair[1].get("action_id") == action_id and block_id in {"", pair[0]["block_id"]}
    ]
    if value is not None:
        found = [p for p in found if p[1]["type"] != "button" or p[1].get("value") == value]
    if not found:
        raise PersonCannot(f"there is nothing to press with the action_id {action_id}")
    return found[0]


def _chosen(element: Json, value: object) -> Json:
    for option in options_of(element):
        if option.get("value") == value:
            return copy.deepcopy(option)
    raise PersonCannot(f"{element['action_id']} offers no such option")


VALUE_KEYS = {
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "channels_select": "selected_channel",
    "conversations_select": "selected_conversation",
    "multi_users_select": "selected_users",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
}
"""Under which name Slack sends what was chosen, for each kind of element that has its own."""


def chosen_value(element: Json, value: object) -> Json:
    """What an element holds once a person has put `value` in it. For menus, `value` is an option's value."""
    kind = element["type"]
    if kind in {"static_select", "radio_buttons", "overflow"}:
        return {"type": kind, "selected_option": None if value is None else _chosen(element, value)}
    if kind in {"multi_static_select", "checkboxes"}:
        values = value if isinstance(value, list | tuple | set) else [value]
        return {"type": kind, "selected_options": [_chosen(element, one) for one in values if one is not None]}
    return {"type": kind, VALUE_KEYS.get(kind, "value"): value}


def _action(block: Json, element: Json, value: object) -> Json:
    action = {
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "type": element["type"],
        "action_ts": f"{time.time():.6f}",
    }
    if element["type"] != "button":
        return action | chosen_value(element, value)
    shown = {key: copy.deepcopy(element[key]) for key in ("text", "value", "style") if key in element}
    return action | shown


def press_on_message(world: World, person: Person, message: Message, pressed: tuple[Json, Json, object]) -> Json:
    """A block_actions payload from a message: `pressed` is the block, the element and the value chosen."""
    channel = world.channels[message.channel]
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.seen_by),
    }
    return _base(world, person, "block_actions") | {
        "container": container,
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "message": message.public(),
        "state": {"values": {}},
        "response_url": f"{world.base_url}/response/{message.channel}/{message.ts}/{secrets.token_hex(8)}",
        "actions": [_action(*pressed)],
    }


def message_shortcut(world: World, person: Person, message: Message, callback_id: str) -> Json:
    """A message_action payload: a shortcut chosen in the menu of a message."""
    channel = world.channels[message.channel]
    return _base(world, person, "message_action") | {
        "callback_id": callback_id,
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "message": message.public(),
        "message_ts": message.ts,
        "action_ts": f"{time.time():.6f}",
        "response_url": f"{world.base_url}/response/{message.channel}/{message.ts}/{secrets.token_hex(8)}",
    }


def press_on_view(world: World, person: Person, view: View, pressed: tuple[Json, Json, object]) -> Json:
    """A block_actions payload from a modal or a home tab."""
    return _base(world, person, "block_actions") | {
        "container": {"type": "view", "view_id": view.body["id"]},
        "view": copy.deepcopy(view.body),
        "actions": [_action(*pressed)],
    }


def submission(world: World, person: Person, view: View) -> Json:
    """A view_submission payload."""
    return _base(world, person, "view_submission") | {"view": copy.deepcopy(view.body), "response_urls": []}


def closing(world: World, person: Person, view: View) -> Json:
    """A view_closed payload."""
    sent = _base(world, person, "view_closed") | {"view": copy.deepcopy(view.body), "is_cleared": False}
    return {key: value for key, value in sent.items() if key != "trigger_id"}


def command(world: World, person: Person, channel_id: str, said: tuple[str, str]) -> Json:
    """A slash command: `said` is the command and the text after it. Flat, as Slack sends it."""
    channel = world.channels[channel_id]
    return {
        "command": said[0],
        "text": said[1],
        "user_id": person.id,
        "user_name": person.name,
        "channel_id": channel.id,
        "channel_name": channel.name or "directmessage",
        "team_id": TEAM_ID,
        "team_domain": "stand-in",
        "api_app_id": APP_ID,
        "token": "verification-token",
        "is_enterprise_install": "false",
        "trigger_id": world.trigger(person.id),
        "response_url": f"{world.base_url}/response/{channel.id}/0/{secrets.token_hex(8)}?user={person.id}",
    }


def event(inner: Json) -> Json:
    """An Events API payload around an event."""
    return {
        "type": "event_callback",
        "event_id": f"Ev{secrets.token_hex(5).upper()}",
        "event_time": int(time.time()),
        "team_id": TEAM_ID,
        "api_app_id": APP_ID,
        "token": "verification-token",
        "authorizations": [{"team_id": TEAM_ID, "user_id": BOT_ID, "is_bot": True}],
        "event": inner,
    }
