"""Holds the Socket Mode connection: opens it, tries again until it opens, and watches it until the program ends."""

from slack_bolt.adapter.socket_mode import SocketModeHandler

from jobs.ear import listen, look, skip_a_jump
from jobs.parts import Parts
from jobs.running import attempt

_LOOK_EVERY_SECONDS = 60.0
_PAUSE_SECONDS = 5.0


def hold_socket(parts: Parts, handler: SocketModeHandler) -> None:
    """Look every minute whether anything is heard, and every few seconds while the socket was never open.

    Once open, the client reconnects by itself when the connection is lost.
    """
    ear, looked = listen(parts, handler.client), parts.clock.now()
    while not parts.stop.is_set():
        looked = skip_a_jump(ear, looked, parts.clock.now())
        attempt("listen to Slack", lambda: look(parts, handler.client, ear))
        parts.stop.wait(_PAUSE_SECONDS if ear.opened is None else _LOOK_EVERY_SECONDS)
