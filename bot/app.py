"""Builds the Bolt application and its connection to Slack (Socket Mode)."""

import logging
from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.listeners import ACTIONS, COMMANDS, EVENTS, SHORTCUTS, VIEWS, Listener
from bot.window import Window
from models.settings import Settings

log = logging.getLogger("tocsin.bot")


def slack_client(settings: Settings) -> WebClient:
    """A client of Slack's Web API at the address in the settings."""
    return WebClient(
        token=settings.slack.bot_token.get_secret_value(),
        base_url=settings.slack.api_url,
        timeout=int(settings.slack.timeout_seconds),
        # slack_sdk would repeat a call whose answer was lost, and so post a message twice; the outbox looks first
        retry_handlers=[],
    )


def build_app(window: Window, client: WebClient) -> App:
    """The application with a listener for every button, form, event, command and shortcut."""
    # Bolt logs whole payloads, which hold what people typed: only its warnings are let through
    quiet = logging.getLogger("tocsin.bolt")
    quiet.setLevel(logging.WARNING)
    app = App(client=client, logger=quiet, token_verification_enabled=False, request_verification_enabled=False)
    for action_id, listener in ACTIONS.items():
        app.action(action_id)(_bound(window, listener))
    for callback_id, listener in VIEWS.items():
        app.view(callback_id)(_bound(window, listener))
    for name, listener in EVENTS.items():
        app.event(name)(_bound(window, listener))
    for name, listener in COMMANDS.items():
        app.command(name)(_bound(window, listener))
    for callback_id, listener in SHORTCUTS.items():
        app.message_shortcut(callback_id)(_bound(window, listener))
    app.error(_told)
    return app


def connect(window: Window, client: WebClient) -> SocketModeHandler:
    """A Socket Mode connection that is not yet open; call ``connect`` and ``close`` on it."""
    app_token = window.settings.slack.app_token.get_secret_value()
    return SocketModeHandler(build_app(window, client), app_token, web_client=client)


def _bound(window: Window, listener: Listener) -> Any:
    bound = partial(listener, window)

    def listen(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        bound(ack, body, client)

    return listen


def _told(error: Exception, body: dict[str, Any]) -> None:
    """Whatever nobody foresaw: the log has its class and place, never the payload."""
    kind = body.get("type", "?")
    log.error("listener failed", exc_info=_without_words(error), extra={"action": kind})


def _without_words(error: Exception) -> BaseException:
    """The error with its traceback and without its text, which may quote what somebody typed."""
    return RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
