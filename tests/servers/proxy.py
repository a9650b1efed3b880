"""A TCP relay in a process of its own: stopped, its connections stay open and silent, as behind a dead router."""

import os
import selectors
import signal
import socket
import subprocess
import sys
from types import TracebackType
from typing import Self


class Proxy:
    """``with Proxy(port) as line``: connections to ``line.port`` go on to that port of this machine.

    ``lets_through``: bytes that pass from the server before the relay falls silent; 0 for all.
    """

    def __init__(self, to: int, *, lets_through: int = 0) -> None:
        self._to, self._lets_through = to, lets_through

    def __enter__(self) -> Self:
        command = [sys.executable, __file__, str(self._to), str(self._lets_through)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        return self

    def __exit__(self, kind: type[BaseException] | None, no: BaseException | None, tb: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait(10)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def fall_silent(self) -> None:
        """Nothing passes from now on, and nobody is told."""
        os.kill(self._process.pid, signal.SIGSTOP)
        os.waitid(os.P_PID, self._process.pid, os.WSTOPPED | os.WNOWAIT)

    def speak(self) -> None:
        """Pass on again."""
        os.kill(self._process.pid, signal.SIGCONT)


def relay(to: int, lets_through: int) -> None:
    """Pass bytes both ways until killed."""
    listening = socket.create_server(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)  # noqa: T201 -- read by the test that started it
    ready = selectors.DefaultSelector()
    ready.register(listening, selectors.EVENT_READ)
    other: dict[socket.socket, socket.socket] = {}
    from_server: set[socket.socket] = set()
    passed = 0
    while True:
        for key, _ in ready.select():
            if key.fileobj is listening:
                client, server = listening.accept()[0], socket.create_connection(("127.0.0.1", to))
                other[client], other[server] = server, client
                from_server.add(server)
                ready.register(client, selectors.EVENT_READ)
                ready.register(server, selectors.EVENT_READ)
                continue
            end = key.fileobj
            assert isinstance(end, socket.socket)
            if end.fileno() < 0:  # its other end hung up a moment ago, in this same round
                continue
            data = _received(end)
            passed += len(data) if end in from_server else 0
            if lets_through and passed > lets_through:
                signal.sigwait({signal.SIGTERM})
            if data and _passed_on(data, other[end]):
                continue
            for closed in (end, other[end]):
                if closed.fileno() >= 0:
                    ready.unregister(closed)
                    closed.close()


def _received(end: socket.socket) -> bytes:
    try:
        return end.recv(65536)
    except OSError:
        return b""


def _passed_on(data: bytes, end: socket.socket) -> bool:
    """Whether the other end still takes it; one that hung up while nothing passed does not."""
    try:
        end.sendall(data)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    relay(int(sys.argv[1]), int(sys.argv[2]))
