"""Whether Slack is heard: what comes over the socket is counted, and a silence in working hours is not believed.

Slack's Socket Mode can stay connected and deaf, and presses are then lost without a trace (slack_bolt #1529,
python-slack-sdk #1940). So a long silence opens a new connection, and a longer one is told by letter.
"""

import json
import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode import SocketModeClient

from bot.out_of_reach import OUT_OF_REACH
from jobs.parts import Parts
from models.db import writing
from models.deafness import CROWDED, NOT_HEARD, tell
from models.working_hours import are_open

log = logging.getLogger("tocsin.slack")

_A_JUMP = timedelta(minutes=5)
_BETWEEN_SECONDS = 1.0
"""Between closing a connection and opening the next, so that Slack does not count the old one with the new."""

_UNTIL_THEN = "until Slack is heard again, reminders go by email as well, with links to acknowledge by."
_DEAF = (
    "Slack has sent Tocsin nothing for {minutes} minutes of working time, though the connection looks open. It was "
    f"opened anew. If officers say that buttons do nothing, restart Tocsin; {_UNTIL_THEN}"
)
_SHUT = (
    "Slack has sent Tocsin nothing for {minutes} minutes of working time, and the connection could not be opened, so "
    "buttons do nothing. See with “tocsin doctor” whether Slack takes the app’s token, and whether a proxy lets the "
    f"connection through; {_UNTIL_THEN}"
)
_TOO_MANY = (
    "Slack counts {count} connections of this app, and slack.connections in the settings is {expected}. Presses may go "
    "to a connection that nobody listens to: stop other copies of the program, and restart this one."
)


@dataclass
class Ear:
    """What one process heard of Slack. It is told in the client's threads, so all is guarded by a lock.

    - ``last`` is when something was heard, or when nothing was to be expected.
    - ``opened`` is when the socket was last opened by us; None: not yet.
    - ``connections`` is what Slack last counted; ``is_crowded``: there were too many, and the socket was opened anew.
    """

    last: datetime
    opened: datetime | None = None
    envelopes: int = 0
    connections: int = 0
    is_crowded: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hear(self, message: str, now: datetime) -> None:
        """Take note of one message that came over the socket; nothing of it is kept."""
        try:
            told = json.loads(message)
        except ValueError:  # a ping is no JSON
            return
        kind = told.get("type") if isinstance(told, dict) else None
        with self._lock:
            if kind == "hello":
                self.connections = int(told.get("num_connections", 0))
            elif kind and kind != "disconnect":
                self.envelopes, self.last = self.envelopes + 1, now

    def rest(self, now: datetime) -> None:
        """Nobody works, or the socket has just opened, so nothing is to be expected until now."""
        with self._lock:
            self.last = now

    def silence(self, now: datetime) -> timedelta:
        """For how long nothing was heard though people work."""
        with self._lock:
            return now - self.last


def listen(parts: Parts, client: SocketModeClient) -> Ear:
    """An ear at a client's socket, from now on."""
    ear = Ear(parts.clock.now())
    client.on_message_listeners.append(lambda message: ear.hear(message, parts.clock.now()))
    return ear


def skip_a_jump(ear: Ear, looked: datetime, now: datetime) -> datetime:
    """Time not lived through is no silence: the machine slept, or its clock was set. Returns ``now``."""
    if now - looked > _A_JUMP:
        ear.rest(now)
    return now


def look(parts: Parts, client: SocketModeClient, ear: Ear) -> None:
    """One look: open the connection, and anew after a silence or when there are too many; tell of what lasts."""
    now = parts.clock.now()
    _look_at_connections(parts, client, ear)
    if are_open(now, settings=parts.settings):
        _look_at_silence(parts, client, ear, now)
    else:
        ear.rest(now)
    if ear.opened is None and _open(client):
        ear.opened = now
        ear.rest(now)


def _look_at_silence(parts: Parts, client: SocketModeClient, ear: Ear, now: datetime) -> None:
    slack, silence = parts.settings.slack, ear.silence(now)
    patience = timedelta(minutes=slack.reopen_after_minutes)
    if silence >= timedelta(minutes=slack.alarm_after_minutes):
        why = _DEAF if client.is_connected() else _SHUT
        _tell(parts, NOT_HEARD, why.format(minutes=int(silence.total_seconds() // 60)))
    if silence >= patience and ear.opened is not None and now - ear.opened >= patience:
        _open_anew(parts, client, ear)


def _look_at_connections(parts: Parts, client: SocketModeClient, ear: Ear) -> None:
    """Slack counts when a connection is opened, and the client opens the next before it closes the last."""
    expected = parts.settings.slack.connections
    if ear.connections <= expected:
        ear.is_crowded = False
    elif ear.is_crowded:
        _tell(parts, CROWDED, _TOO_MANY.format(count=ear.connections, expected=expected))
    else:
        ear.is_crowded = True
        _open_anew(parts, client, ear)


def _open_anew(parts: Parts, client: SocketModeClient, ear: Ear) -> None:
    ear.opened = parts.clock.now()
    client.disconnect()
    parts.stop.wait(_BETWEEN_SECONDS)
    _open(client)


def _open(client: SocketModeClient) -> bool:
    """Ask Slack for a new address, and connect. False: it did not open; a refused handshake raises nothing."""
    try:
        client.connect_to_new_endpoint()
    except OUT_OF_REACH as failed:
        why = failed.response.get("error") if isinstance(failed, SlackApiError) else type(failed).__name__
        log.warning("no socket to Slack", extra={"action": "connect", "error": str(why)})
        return False
    if is_open := client.is_connected():
        log.info("socket to Slack is open", extra={"action": "connect"})
    return is_open


def _tell(parts: Parts, what: str, text: str) -> None:
    with writing(parts.engine) as session:
        is_new = tell(session, what, text, settings=parts.settings, now=parts.clock.now())
    if is_new:
        log.warning("Slack: %s", what, extra={"action": "listen"})
