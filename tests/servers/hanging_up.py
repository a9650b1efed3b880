"""Ends a program's connection to Slack without the second that slack_sdk takes for it."""

import threading

from slack_bolt.adapter.socket_mode import SocketModeHandler


def hang_up(handler: SocketModeHandler) -> None:
    """Close it; its client looks whether it is to end only once it has a message, or after a second without one.

    Closed while its session still begins, slack_sdk forgets that it was: it is told until it is.
    """
    handler.client.closed = True
    handler.client.message_queue.put(None)
    closing = threading.Thread(target=handler.close, daemon=True)
    closing.start()
    while closing.is_alive():
        handler.client.current_session_state.terminated = True
        closing.join(0.05)
