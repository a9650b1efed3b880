"""A server of the standard library on loopback, in a thread of its own, for as long as a stand-in is used."""

import threading
from socketserver import TCPServer
from types import TracebackType
from typing import Self


class Serving:
    """``with`` starts the server that ``make_server`` gives and ends it; ``port`` is where it listens."""

    port: int

    def make_server(self) -> TCPServer:
        """The server, on a free port."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        self._server = self.make_server()
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, no: BaseException | None, tb: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
