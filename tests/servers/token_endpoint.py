"""A provider of tokens on loopback, as Microsoft and Google are: it checks what it is sent, and can be told to fail."""

import itertools
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from tests.servers.serving import Serving

Form = dict[str, str]


class TokenEndpoint(Serving):
    """``with TokenEndpoint() as provider``: tokens at ``token_url``; a mail server asks of them at ``introspect_url``.

    - ``lives``: seconds that a token is good for; ``rotates``: each use of a refresh token ends it and gives another.
    - ``refuse_with``: what it answers instead, as (status, body), as long as it is set.
    - ``asked``: every form it was sent.
    """

    client_id = "tocsin-client"
    client_secret = "tocsin-client-secret"
    scopes = (
        "https://outlook.office365.com/.default",
        "https://outlook.office.com/IMAP.AccessAsUser.All offline_access",
    )

    def __init__(self, user: str = "complaints") -> None:
        self.user = user
        self.lives = 3600.0
        self.rotates = False
        self.refuse_with: tuple[int, bytes] | None = None
        self.asked: list[Form] = []
        self.good_refresh_tokens = {"first-consent"}
        self._good_until: dict[str, float] = {}
        self._numbers = itertools.count(1)

    def make_server(self) -> ThreadingHTTPServer:
        """One that asks this provider."""
        return ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))

    @property
    def token_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/token"

    @property
    def introspect_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/introspect"

    def withdraw_tokens(self) -> None:
        """No token handed out so far is good any more."""
        self._good_until.clear()

    def refuse(self, error: str, description: str = "", status: int = 400) -> None:
        """Answer every question with this error from now on."""
        self.refuse_with = status, json.dumps({"error": error, "error_description": description}).encode()

    def answer(self, form: Form) -> tuple[int, dict[str, Any]]:
        """What a question for a token is answered with (RFC 6749, 5)."""
        if (form.get("client_id"), form.get("client_secret")) != (self.client_id, self.client_secret):
            return 401, {
                "error": "invalid_client",
                "error_description": "AADSTS7000215: Invalid client secret provided.",
            }
        if "scope" in form and form["scope"] not in self.scopes:
            return 400, {"error": "invalid_scope"}
        if form.get("grant_type") == "refresh_token":
            return self._by_refresh_token(form.get("refresh_token", ""))
        if form.get("grant_type") == "client_credentials" and form.get("scope") == self.scopes[0]:
            return 200, self._new_token()
        return 400, {"error": "unsupported_grant_type"}

    def knows(self, token: str) -> bool:
        """Whether a token is good at this moment."""
        return self._good_until.get(token, 0.0) > time.monotonic()

    def _by_refresh_token(self, refresh_token: str) -> tuple[int, dict[str, Any]]:
        if refresh_token not in self.good_refresh_tokens:
            return 400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
        answer = self._new_token()
        if self.rotates:
            answer["refresh_token"] = f"consent-{next(self._numbers)}"
            self.good_refresh_tokens = {answer["refresh_token"]}
        return 200, answer

    def _new_token(self) -> dict[str, Any]:
        token = f"token-{next(self._numbers)}-" + "x" * 1500  # Microsoft's are about as long
        self._good_until[token] = time.monotonic() + self.lives
        return {"token_type": "Bearer", "expires_in": int(self.lives), "access_token": token}


def _handler_of(provider: TokenEndpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(said).items()}
            provider.asked.append(form)
            if provider.refuse_with is not None:
                self._say(*provider.refuse_with)
                return
            status, answer = provider.answer(form)
            self._say(status, json.dumps(answer).encode())

        def do_GET(self) -> None:
            is_good = provider.knows(self.headers.get("Authorization", "").removeprefix("Bearer "))
            self._say(200, json.dumps({"active": "true" if is_good else "false", "username": provider.user}).encode())

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler
