"""Socket Mode: hello, envelopes to one socket at a time, and whether each was acknowledged within 3 seconds."""

import asyncio
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Literal

from starlette.websockets import WebSocket, WebSocketDisconnect

from demo.slack import limits
from demo.slack.posting import Posting
from demo.slack.world import APP_ID, Json, World

Outcome = Literal["waiting", "acked", "no ack", "no socket"]


@dataclass
class Envelope:
    """One thing sent over a socket. `latency` is in seconds; without an ack, Slack shows a warning triangle."""

    envelope_id: str
    type: str
    payload: Json
    outcome: Outcome = "waiting"
    socket: int | None = None
    latency: float | None = None
    response: Json | None = None
    sent: float = 0.0
    problem: str = ""

    @property
    def acked(self) -> bool:
        """Whether the program acknowledged in time."""
        return self.outcome == "acked"


@dataclass
class Socket:
    """A connected socket, or (without a connection) a ghost: registered still, with nobody at the other end."""

    number: int
    connection: WebSocket | None


@dataclass
class SocketMode:
    """The sockets that are connected, and every envelope sent."""

    world: World
    ack_seconds: float = 3.0
    envelopes: list[Envelope] = field(default_factory=list)
    sockets: list[Socket] = field(default_factory=list)
    loop: asyncio.AbstractEventLoop | None = None
    refusing: bool = False
    posting: Posting | None = None
    _tickets: set[str] = field(default_factory=set)
    _numbers: int = 0
    _acked: dict[str, threading.Event] = field(default_factory=dict)

    def new_address(self) -> str:
        """Where to connect, once."""
        ticket = secrets.token_hex(8)
        self._tickets.add(ticket)
        return f"{self.world.base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={APP_ID}"

    async def link(self, connection: WebSocket) -> None:
        """Serve one socket until it closes."""
        ticket = connection.query_params.get("ticket", "")
        if self.refusing or ticket not in self._tickets:
            await connection.close()
            return
        self._tickets.discard(ticket)
        await connection.accept()
        if len(self.sockets) >= limits.SOCKETS:
            await connection.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await connection.close()
            return
        socket = self._register(connection)
        try:
            await connection.send_json(self._hello())
            while True:
                self._take_ack(await connection.receive_json())
        except (WebSocketDisconnect, RuntimeError):
            """The other end went away, or close_all() closed it under our hands."""
        finally:
            self._forget(socket)

    def add_ghost(self) -> None:
        """Keep a socket registered that nobody reads, as Slack does after some reconnects (python-slack-sdk #1940)."""
        self._register(None)

    def _register(self, connection: WebSocket | None) -> Socket:
        with self.world.changing():
            self._numbers += 1
            socket = Socket(self._numbers, connection)
            self.sockets.append(socket)
        return socket

    def _forget(self, socket: Socket) -> None:
        with self.world.changing():
            if socket in self.sockets:
                self.sockets.remove(socket)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.sockets),
            "debug_info": {"host": "stand-in", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": APP_ID},
        }

    def _take_ack(self, answer: Json) -> None:
        with self.world.changing():
            for envelope in self.envelopes:
                if envelope.envelope_id == answer.get("envelope_id") and envelope.latency is None:
                    envelope.latency = time.monotonic() - envelope.sent
                    envelope.response = answer.get("payload") or None
                    if envelope.outcome == "waiting":
                        envelope.outcome = "acked"
                    self._acked.pop(envelope.envelope_id).set()

    def deliver(self, kind: str, payload: Json, *, accepts_response: bool = False) -> Envelope:
        """Send an envelope to the next socket in turn, or post it, and wait for its ack, at most `ack_seconds`.

        Call it from any thread but the server's own. Interactive envelopes are never sent twice, as with Slack.
        """
        envelope = Envelope(secrets.token_hex(16), kind, payload, sent=time.monotonic())
        if self.posting:
            self.envelopes.append(envelope)
            self.posting.deliver(envelope)
            return envelope
        with self.world.changing():
            self.envelopes.append(envelope)
            socket = self.sockets[len(self.envelopes) % len(self.sockets)] if self.sockets else None
            envelope.socket = socket.number if socket else None
            if socket is None:
                envelope.outcome = "no socket"
                return envelope
        acked = self._acked.setdefault(envelope.envelope_id, threading.Event())
        self._send(socket, envelope, accepts_response=accepts_response)
        acked.wait(self.ack_seconds)
        with self.world.condition:
            if envelope.outcome == "waiting":
                envelope.outcome = "no ack"
        return envelope

    def _send(self, socket: Socket, envelope: Envelope, *, accepts_response: bool) -> None:
        if socket.connection is None or self.loop is None:
            return
        said = {
            "envelope_id": envelope.envelope_id,
            "type": envelope.type,
            "payload": envelope.payload,
            "accepts_response_payload": accepts_response,
        }
        if envelope.type == "events_api":
            said |= {"retry_attempt": 0, "retry_reason": ""}
        asyncio.run_coroutine_threadsafe(_send_quietly(socket.connection, said), self.loop)

    def close_all(self) -> None:
        """Close every socket and forget the ghosts, as after a network failure."""
        with self.world.changing():
            closing = [one.connection for one in self.sockets if one.connection]
            self.sockets.clear()
        for connection in closing:
            if self.loop:
                asyncio.run_coroutine_threadsafe(_close_quietly(connection), self.loop).result(5)


async def _send_quietly(connection: WebSocket, said: Json) -> None:
    try:
        await connection.send_json(said)
    except (RuntimeError, WebSocketDisconnect):
        """The socket closed under our hands: the envelope is lost, as with Slack."""


async def _close_quietly(connection: WebSocket) -> None:
    try:
        await connection.close()
    except (RuntimeError, WebSocketDisconnect):
        """It was closed already."""
