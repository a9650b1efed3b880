"""Closes a caller's connection without an answer: what a lost answer looks like from the other end."""

from asyncio import BaseTransport

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_open: dict[tuple[object, ...], BaseTransport] = {}
"""The transports of open connections by the caller's address, which is in each request's scope."""


class DroppingProtocol(H11Protocol):
    """uvicorn's HTTP protocol, remembering its transport so that a request can have it closed."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Remember the transport."""
        super().connection_made(transport)  # type: ignore[arg-type]  # uvicorn narrows what asyncio declares
        if self.client:
            _open[self.client] = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the transport."""
        if self.client:
            _open.pop(self.client, None)
        super().connection_lost(exc)


class Dropped(Response):
    """An answer that is never sent: the connection closes first."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close the connection; what uvicorn is then given to send goes nowhere, and the request counts as done."""
        transport = _open.get(tuple(scope["client"] or ()))
        if transport:
            transport.close()
        await super().__call__(scope, receive, send)
