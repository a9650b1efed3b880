"""What the Slack app is and may do, made from the tables of listeners: the fewest scopes, each with what it is for."""

from collections.abc import Mapping
from typing import Any

import yaml

from bot.listeners import COMMANDS, EVENTS, SHORTCUTS

SCOPES: dict[str, str] = {
    "chat:write": "post cards, reminders and alerts, redraw them, and take them away when a case is long closed",
    "channels:read": "find a public channel, and see whether it is archived, shared, or should be private",
    "channels:history": "look there whether a post arrived before posting it again",
    "groups:read": "the same for private channels",
    "groups:history": "the same for private channels",
    "im:write": "open a direct message to an owner",
    "commands": "the commands /case, /complaint and /away, and “Make this a case” on a message",
    "im:history": "look there whether a reminder arrived before sending it again",
}

COMMAND_WORDS: Mapping[str, tuple[str, str]] = {
    "/case": ("Open a case, or search for one", "T26-00012-K, or search and words"),
    "/complaint": ("Take a complaint down, by telephone or at a counter", "new"),
    "/away": ("Say who covers for you, from when until when", ""),
}
"""What Slack shows beside each command: what it does, and a hint at what to type after it."""

SHORTCUT_WORDS: Mapping[str, tuple[str, str]] = {
    "make_case": ("Make this a case", "Opens the form for a new complaint with this message in it"),
}

_INTRODUCTION = (
    "# Create the app from this file: api.slack.com/apps → Create New App → From a manifest.\n"
    "# “tocsin slack manifest” prints it.\n"
)


def manifest(http: str = "") -> dict[str, Any]:
    """The app's manifest. ``http``: the address to which Slack is to post; "" for Socket Mode."""
    return {
        "display_information": {
            "name": "Tocsin",
            "description": "Complaint triage. Cards for cases, reminders before deadlines, early warnings.",
            "background_color": "#1d3557",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "slash_commands": [_command(name, http) for name in COMMANDS],
            "shortcuts": [_shortcut(callback_id) for callback_id in SHORTCUTS],
            "bot_user": {"display_name": "Tocsin", "always_online": True},
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**_address("request_url", http), "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **_address("request_url", http)},
            "org_deploy_enabled": False,
            "socket_mode_enabled": not http,
            "token_rotation_enabled": False,
        },
    }


def in_yaml(http: str = "") -> str:
    """The manifest as Slack's page takes it."""
    return _INTRODUCTION + yaml.safe_dump(manifest(http), sort_keys=False, allow_unicode=True, width=120)


def _command(name: str, http: str) -> dict[str, Any]:
    description, hint = COMMAND_WORDS[name]
    return {
        "command": name,
        **_address("url", http),
        "description": description,
        **({"usage_hint": hint} if hint else {}),
        "should_escape": False,
    }


def _shortcut(callback_id: str) -> dict[str, Any]:
    name, description = SHORTCUT_WORDS[callback_id]
    return {"name": name, "type": "message", "callback_id": callback_id, "description": description}


def _address(key: str, http: str) -> dict[str, str]:
    return {key: http} if http else {}
