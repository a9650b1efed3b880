"""Builds the Bolt application: whatever arrives is handed to the receiver (bot/receiving.py)."""

import logging
import ssl
from functools import cache
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.receiving import LISTENERS, Receiver
from models.keeping_envelopes import FORM
from models.settings import Settings
from models.wordless import without_words

log = logging.getLogger("tocsin.bot")

_LOOK_EVERY_SECONDS = 3.0
"""So often the socket is looked at, and opened anew when it is gone: presses made meanwhile are lost. Slack_bolt's own
ten seconds are long for whoever presses; four looks without an answer count as gone."""

_AT_ONCE = 32
"""Envelopes that are taken in at the same time over a socket; each waits for one insert."""


def slack_client(settings: Settings) -> WebClient:
    """A client of Slack's Web API at the address in the settings."""
    return WebClient(
        token=settings.slack.bot_token.get_secret_value(),
        base_url=settings.slack.api_url,
        timeout=int(settings.slack.timeout_seconds),
        ssl=_trusted(),
        # slack_sdk would repeat a call whose answer was lost, and so post a message twice; the outbox looks first
        retry_handlers=[],
    )


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates of this machine; without it slack_sdk would read them all anew for each call and socket."""
    return ssl.create_default_context()


def build_app(receiver: Receiver) -> App:
    """The application with a listener for every button, form, event, command and shortcut.

    Signatures are checked at the door where there is one (bot/receiving_http.py); a socket needs none.
    """
    # Bolt logs whole payloads, which hold what people typed: only its warnings are let through
    quiet = logging.getLogger("tocsin.bolt")
    quiet.setLevel(logging.WARNING)
    app = App(
        client=WebClient(),  # the receiver has the one that asks Slack
        logger=quiet,
        # Bolt's own way asks Slack who we are before it hears the first press, and drops it when Slack is down
        authorize=_ourselves,
        request_verification_enabled=False,
        # Bolt then acknowledges only once the listener has returned, and an event too is kept before Slack hears of it
        process_before_response=True,
    )
    ways = {"action": app.action, "event": app.event, "command": app.command, "shortcut": app.message_shortcut}
    for kind, register in ways.items():
        for name in LISTENERS[kind]:
            register(name)(_receiving(receiver, kind, name))
    for name in LISTENERS[FORM]:
        app.view(name)(_taking(receiver, name))
    app.error(_told)
    return app


def connect(app: App, client: WebClient, settings: Settings) -> SocketModeHandler:
    """A Socket Mode connection that is not yet open; call ``connect`` and ``close`` on it."""
    app_token = settings.slack.app_token.get_secret_value()
    return SocketModeHandler(app, app_token, web_client=client, concurrency=_AT_ONCE, ping_interval=_LOOK_EVERY_SECONDS)


def _ourselves(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


def _receiving(receiver: Receiver, kind: str, name: str) -> Any:
    def listen(ack: Ack, body: dict[str, Any]) -> None:
        receiver.receive(kind, name, body)
        ack()

    return listen


def _taking(receiver: Receiver, name: str) -> Any:
    def listen(body: dict[str, Any]) -> BoltResponse:
        return receiver.take_form(name, body)

    return listen


def _told(error: Exception, body: dict[str, Any]) -> None:
    """Whatever nobody foresaw: the log has its class and place, never the payload."""
    kind = body.get("type", "?")
    log.error("listener failed", exc_info=without_words(error), extra={"action": kind})
