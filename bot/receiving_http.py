"""The door for Slack's Events API over HTTP: only what Slack signed in the last five minutes comes in."""

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse, Response
from slack_bolt import App, BoltRequest
from slack_sdk.signature import SignatureVerifier

PATH = "/slack/events"
"""Where the program listens for Slack (slack.mode: http)."""
_LARGEST_BYTES = 2_000_000
"""A view has 250 kB at most, and a form body doubles and trebles it."""


def create_door(app: App, signing_secret: str) -> FastAPI:
    """Buttons, forms, commands, shortcuts and events at one address, and a health line."""
    web = FastAPI(title="Tocsin for Slack", docs_url=None, redoc_url=None, openapi_url=None)
    verifier = SignatureVerifier(signing_secret)

    @web.post(PATH)
    async def receive(request: Request) -> Response:
        body = await _read(request)
        if body is None:
            return PlainTextResponse("too large\n", status_code=413)
        if not _is_signed(verifier, request, body):
            return PlainTextResponse("not signed by Slack\n", status_code=401)
        asked = BoltRequest(body=body.decode(), headers=dict(request.headers))
        answer = await run_in_threadpool(app.dispatch, asked)
        return Response(answer.body, answer.status, answer.first_headers())

    @web.get("/healthz")
    def health() -> Response:
        return PlainTextResponse("ok\n")

    return web


async def _read(request: Request) -> bytes | None:
    """The body, or None when it is larger than anything Slack sends."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_BYTES:
            return None
    return bytes(body)


def _is_signed(verifier: SignatureVerifier, request: Request, body: bytes) -> bool:
    stamp, signature = (request.headers.get(f"x-slack-{name}") for name in ("request-timestamp", "signature"))
    try:
        return verifier.is_valid(body, stamp, signature)
    except (ValueError, TypeError):  # a time that is no number, a body or signature that is no text
        return False
