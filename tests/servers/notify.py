"""A stand-in for GOV.UK Notify over real HTTP: it checks the token, keeps what it was sent, and can be told to fail.

It lets the same reference in twice, as Notify does. Answers have the shape of the REST API documentation.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from notifications_python_client.authentication import decode_jwt_token
from notifications_python_client.errors import TokenError

from tests.servers.serving import Serving

Json = dict[str, Any]

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
API_KEY = f"council-{SERVICE}-{SECRET}"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"


@dataclass
class Refusal:
    """An answer instead of the usual one: ``code`` 0 hangs up without a word; ``keeps``: the letter is taken first."""

    code: int
    error: str = "Exception"
    message: str = "Internal server error"
    keeps: bool = False

    @property
    def body(self) -> Json:
        return {"status_code": self.code, "errors": [{"error": self.error, "message": self.message}]}


@dataclass
class NotifyServer(Serving):
    """Start it, read ``sent``; ``refusals`` are given one a request, or ``always`` one."""

    sent: list[Json] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    always: Refusal | None = None
    body: str = "((text))"

    def make_server(self) -> ThreadingHTTPServer:
        """One that answers as Notify does."""
        return _Server(self)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def posts(self) -> int:
        """How often a letter was handed over, taken or not."""
        return sum(line.startswith("POST ") for line in self.asked)

    def becomes(self, status: str, number: int = -1) -> None:
        """A letter has come so far."""
        self.sent[number]["status"] = status

    def forgets(self) -> None:
        """Seven days have passed."""
        self.sent.clear()

    def refusal(self) -> Refusal | None:
        """What the next answer is, instead of the usual one."""
        return self.refusals.pop(0) if self.refusals else self.always

    def take(self, asked: Json) -> tuple[int, Json]:
        """Keep a letter."""
        if missing := {"subject", "text"} - asked.get("personalisation", {}).keys():
            return 400, Refusal(400, "BadRequestError", f"Missing personalisation: {', '.join(sorted(missing))}").body
        if asked.get("template_id") != TEMPLATE:
            return 400, Refusal(400, "BadRequestError", "Template not found").body
        if "@" not in asked.get("email_address", ""):
            return 400, Refusal(400, "ValidationError", "email_address Not a valid email address").body
        letter = {"id": str(uuid4()), "status": "created", "type": "email", **asked}
        self.sent.append(letter)
        return 201, {"id": letter["id"], "reference": asked.get("reference"), "content": {}, "template": {}}

    def answer(self, path: str, query: dict[str, list[str]]) -> tuple[int, Json]:
        """What is asked for."""
        if path == "/v2/notifications":
            wanted = query.get("reference", [None])[0]
            found = [letter for letter in reversed(self.sent) if wanted in {None, letter.get("reference")}]
            return 200, {"notifications": found, "links": {"current": path}}
        if path == f"/v2/template/{TEMPLATE}":
            return 200, {"id": TEMPLATE, "name": "Letters", "subject": "((subject))", "body": self.body}
        found = [letter for letter in self.sent if path == f"/v2/notifications/{letter['id']}"]
        return (200, found[0]) if found else (404, Refusal(404, "NoResultFound", "No result found").body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, notify: NotifyServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.notify = notify


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def _notify(self) -> NotifyServer:
        assert isinstance(self.server, _Server)
        return self.server.notify

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self._reply(lambda: self._notify.take(asked))

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self._reply(lambda: self._notify.answer(url.path, parse_qs(url.query)))

    def _reply(self, usual: Callable[[], tuple[int, Json]]) -> None:
        self._notify.asked.append(f"{self.command} {self.path}")
        if refused := self._who_asks():
            return self._say(403, refused.body)
        refusal = self._notify.refusal()
        if refusal is None:
            return self._say(*usual())
        if refusal.keeps:
            usual()
        if refusal.code == 0:
            self.close_connection = True
            self.connection.close()
            return None
        return self._say(refusal.code, refusal.body)

    def _who_asks(self) -> Refusal | None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            decode_jwt_token(token, SECRET)  # type: ignore[no-untyped-call]
        except TokenError:
            return Refusal(403, "AuthError", "Invalid token: API key not found")
        return None

    def _say(self, code: int, body: Json) -> None:
        raw = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
