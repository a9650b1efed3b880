"""Runs an application on a free port of this machine, in a thread."""

import asyncio
import socket
import threading
import time

import uvicorn
from starlette.types import ASGIApp

from demo.slack.dropping import DroppingProtocol

START_SECONDS = 10
STOP_SECONDS = 5


class _Server(uvicorn.Server):
    """Ends as soon as it is told to; uvicorn's own looks for it ten times a second, and then waits for its callers."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.told_to_end = asyncio.Event()

    async def main_loop(self) -> None:
        """Serve until then."""
        await self.on_tick(0)  # gives the answers their headers
        await self.told_to_end.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 -- uvicorn's signature
        """Hang up on everybody."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
            connection.transport.close()
        for task in list(self.server_state.tasks):
            task.cancel()
        await asyncio.gather(*self.server_state.tasks, return_exceptions=True)


class ServerInThread:
    """uvicorn in a thread. After start(), `url` is its address without a slash at the end."""

    def __init__(self, app: ASGIApp, port: int = 0) -> None:
        self._app = app
        self._port = port
        self.url = ""
        self.loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Listen on 127.0.0.1 and serve; returns when calls are answered. Raises TimeoutError after 10 s."""
        self._listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listening.bind(("127.0.0.1", self._port))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._server = _Server(
            uvicorn.Config(
                self._app,
                log_config=None,
                log_level="critical",
                access_log=False,
                lifespan="off",
                http=DroppingProtocol,
                ws="websockets-sansio",
                ws_ping_interval=0.05,  # slack_sdk lets a socket go only once something comes over it
            )
        )
        self._thread = threading.Thread(target=self._serve, name="slack-stand-in", daemon=True)
        self._thread.start()
        self._await_start()

    def _serve(self) -> None:
        asyncio.run(self._run())

    async def _run(self) -> None:
        self.loop = asyncio.get_running_loop()
        await self._server.serve(sockets=[self._listening])

    def _await_start(self) -> None:
        give_up = time.monotonic() + START_SECONDS
        while not self._server.started:
            if time.monotonic() > give_up or not self._thread.is_alive():
                raise TimeoutError("The server did not start.")
            time.sleep(0.01)

    def stop(self) -> None:
        """Close every connection and end the thread."""
        if self.loop and self._thread.is_alive():
            self.loop.call_soon_threadsafe(self._server.told_to_end.set)
        self._thread.join(STOP_SECONDS)
        self._listening.close()
