"""Holds the Socket Mode connection: opens it, and opens it again when Slack could not be reached."""

import logging

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError, SlackClientError

from jobs.ear import listen, watch_socket
from jobs.parts import Parts

log = logging.getLogger("tocsin.slack")

_PAUSE_SECONDS = 5.0


def hold_socket(parts: Parts, handler: SocketModeHandler) -> None:
    """Connect, and try again while Slack is down; then watch whether anything is heard, until the program ends.

    Once open, the client reconnects by itself when the connection is lost.
    """
    ear = listen(parts, handler.client)
    if open_socket(parts, handler):
        watch_socket(parts, handler.client, ear)


def open_socket(parts: Parts, handler: SocketModeHandler) -> bool:
    """Connect, and try again while Slack is down. False: the program ended before."""
    while not parts.stop.is_set():
        try:
            handler.connect()  # type: ignore[no-untyped-call]  # Bolt gives it no types
        except (SlackClientError, OSError) as failed:
            why = failed.response.get("error") if isinstance(failed, SlackApiError) else type(failed).__name__
            log.warning("no socket to Slack", extra={"action": "connect", "error": str(why)})
            parts.stop.wait(_PAUSE_SECONDS)
        else:
            log.info("socket to Slack is open", extra={"action": "connect"})
            return True
    return False
