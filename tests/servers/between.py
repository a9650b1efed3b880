"""Something on the way to Slack, such as a proxy, that answers in its place: the same to whatever it is asked."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

NONSENSE = b"garbage from a proxy\r\n\r\n"


@dataclass
class Between:
    """Where it listens, and how often it was asked."""

    url: str
    asked: int = 0


@contextmanager
def answering(answer: bytes) -> Iterator[Between]:
    """Listen on 127.0.0.1, and give each caller this answer."""

    class Caller(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65536)
            between.asked += 1
            self.request.sendall(answer)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Caller) as server:
        between = Between(f"http://127.0.0.1:{server.server_address[1]}/api/")
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield between
        server.shutdown()


def http(status: str, body: str, kind: str = "text/html") -> bytes:
    """A whole answer; ``status`` as "403 Forbidden"."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
    return f"{head}\r\n{body}".encode()
