"""Joins the officers' window to Slack, over a socket or over HTTP, as the settings say."""

import contextlib
import threading
from typing import TYPE_CHECKING

from bot.app import build_app, connect, slack_client
from bot.receiving import Receiver
from commands.serving import Stop, serve
from jobs.hold_socket import hold_socket
from jobs.parts import Parts
from jobs.taking_in import window_of
from jobs.work_envelopes import Workers

if TYPE_CHECKING:
    from slack_bolt import App
    from slack_sdk import WebClient


def open_bot(parts: Parts) -> Stop:
    """Begin to receive what Slack sends; returns what ends it."""
    window, client = window_of(parts), slack_client(parts.settings)
    workers = Workers(window, client)
    receiver = Receiver(window, client, workers.take)
    app = build_app(receiver)
    stop_receiving = (
        _open_socket(parts, app, client) if parts.settings.slack.mode == "socket" else _open_door(parts, app)
    )

    def stop() -> None:
        stop_receiving()
        receiver.close()
        workers.close()

    return stop


def _open_door(parts: Parts, app: "App") -> Stop:
    from bot.receiving_http import create_door

    slack = parts.settings.slack
    return serve(create_door(app, slack.signing_secret.get_secret_value()), slack.host, slack.port, "slack")


def _open_socket(parts: Parts, app: "App", client: "WebClient") -> Stop:
    handler = connect(app, client, parts.settings)
    threading.Thread(target=hold_socket, args=(parts, handler), name="slack", daemon=True).start()

    def stop() -> None:
        with contextlib.suppress(AttributeError):  # slack_sdk's close meets the other end closing
            handler.close()  # type: ignore[no-untyped-call]  # Bolt gives it no types

    return stop
