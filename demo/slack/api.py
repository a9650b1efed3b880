"""The Web API over HTTP: who is calling, what with, and every method behind one door."""

import asyncio
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from demo.slack import chat, conversations, views
from demo.slack.dropping import Dropped
from demo.slack.faults import Fault, Faults
from demo.slack.refusals import Refused
from demo.slack.sockets import SocketMode
from demo.slack.world import APP_TOKEN, BOT_TOKEN, Channel, Json, World

Method = Callable[[World, Json], Json]

METHODS: dict[str, tuple[Method, frozenset[str]]] = {
    "auth.test": (conversations.auth_test, frozenset()),
    "chat.postMessage": (chat.post_message, frozenset({"chat:write"})),
    "chat.postEphemeral": (chat.post_ephemeral, frozenset({"chat:write"})),
    "chat.update": (chat.update, frozenset({"chat:write"})),
    "chat.delete": (chat.delete, frozenset({"chat:write"})),
    "conversations.history": (conversations.history, frozenset({"channels:history", "groups:history", "im:history"})),
    "conversations.replies": (conversations.replies, frozenset({"channels:history", "groups:history", "im:history"})),
    "conversations.open": (conversations.open_direct, frozenset({"im:write"})),
    "conversations.list": (conversations.list_channels, frozenset({"channels:read", "groups:read", "im:read"})),
    "conversations.info": (conversations.info, frozenset({"channels:read", "groups:read", "im:read"})),
    "conversations.members": (conversations.members, frozenset({"channels:read", "groups:read", "im:read"})),
    "users.info": (conversations.user_info, frozenset({"users:read"})),
    "users.list": (conversations.list_users, frozenset({"users:read"})),
    "views.open": (views.views_open, frozenset()),
    "views.push": (views.views_push, frozenset()),
    "views.update": (views.views_update, frozenset()),
    "views.publish": (views.views_publish, frozenset()),
}
"""Each method and the scopes of which one is enough to call it."""

SCOPES = frozenset().union(*(scopes for _, scopes in METHODS.values())) | {"commands"}

PARSED = {"blocks", "metadata", "view", "attachments"}
"""Arguments that a form body carries as JSON."""


@dataclass
class Call:
    """One call as the tests may look at it afterwards; `outcome` is "ok", Slack's error, or the fault that hit."""

    method: str
    args: Json
    outcome: str = ""


@dataclass
class WebApi:
    """Slack's Web API in front of a World."""

    world: World
    faults: Faults
    sockets: SocketMode
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    calls: list[Call] = field(default_factory=list)

    async def answer(self, request: Request) -> Response:
        """Answer one call, with the fault in force if one is."""
        if self.faults.down:
            return Response("down", status_code=503)
        call = Call(request.path_params["method"], await read_args(request))
        fault = self.faults.strike(call.method)
        if fault is None:
            answer = self._perform(call, request)
        else:
            answer = await self._suffer(fault, call, request)
        with self.world.changing():
            self.calls.append(call)
        return answer

    def _perform(self, call: Call, request: Request) -> Response:
        headers = {"x-oauth-scopes": ",".join(sorted(self.scopes)), "x-slack-req-id": "stand-in"}
        try:
            body = {"ok": True} | self._do(call, token_of(request, call.args))
        except Refused as no:
            call.outcome = no.error
            if no.error == "ratelimited":
                return too_many(no.retry_after)
            return JSONResponse(no.answer(), headers=headers)
        call.outcome = "ok"
        return JSONResponse(body, headers=headers)

    def _do(self, call: Call, token: str) -> Json:
        if not token:
            raise Refused("not_authed")
        if token not in {BOT_TOKEN, APP_TOKEN}:
            raise Refused("invalid_auth")
        if call.method == "apps.connections.open":
            return self._open_connection(token)
        if call.method not in METHODS:
            raise Refused("unknown_method", req_method=call.method)
        if token == APP_TOKEN:
            raise Refused("not_allowed_token_type")
        method, scopes = METHODS[call.method]
        scopes = _of_its_kind(scopes, self.world.channels.get(str(call.args.get("channel"))))
        if scopes and not scopes & self.scopes:
            raise Refused("missing_scope", needed=",".join(sorted(scopes)), provided=",".join(sorted(self.scopes)))
        with self.world.changing():
            return method(self.world, call.args)

    def _open_connection(self, token: str) -> Json:
        if token != APP_TOKEN:
            raise Refused("not_allowed_token_type")
        return {"url": self.sockets.new_address()}

    async def _suffer(self, fault: Fault, call: Call, request: Request) -> Response:
        if fault.after:
            self._perform(call, request)
        call.outcome = f"{fault.kind} {'after' if fault.after else 'before'}"
        if fault.kind == "429":
            return too_many(math.ceil(fault.seconds))
        if fault.kind == "500":
            return Response("internal error", status_code=500)
        if fault.kind == "hang":
            await asyncio.sleep(fault.seconds)
        return Dropped()


def _of_its_kind(scopes: frozenset[str], channel: Channel | None) -> frozenset[str]:
    """Of the scopes for reading channels, the one for a channel of this kind; the others do not help there."""
    if channel is None or not any(scope.startswith("im:") for scope in scopes):
        return scopes
    kind = "im:" if channel.person else "groups:" if channel.is_private else "channels:"
    return frozenset(scope for scope in scopes if scope.startswith(kind))


def too_many(seconds: int) -> Response:
    """Slack's answer to calls that come too fast."""
    return JSONResponse(
        {"ok": False, "error": "ratelimited"}, status_code=429, headers={"Retry-After": str(max(1, seconds))}
    )


async def read_args(request: Request) -> Json:
    """The arguments, whichever way they came: query, form or JSON."""
    args: Json = dict(request.query_params)
    body = (await request.body()).decode()
    if "application/json" in request.headers.get("content-type", ""):
        sent: Json = json.loads(body or "{}")
        return args | sent
    args |= dict(parse_qsl(body, keep_blank_values=True))
    for name in PARSED & args.keys():
        if isinstance(args[name], str):
            args[name] = json.loads(args[name])
    return args


def token_of(request: Request, args: Json) -> str:
    """The token, from the header or, in the old way, from the arguments; the arguments lose it."""
    in_args = str(args.pop("token", "") or "")
    return request.headers.get("authorization", "").removeprefix("Bearer ").strip() or in_args
