"""The stand-in over HTTP under /control: for programs in another process, and for the demo's page."""

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from demo.slack.payloads import PersonCannot
from demo.slack.sockets import Envelope
from demo.slack.world import Json

if TYPE_CHECKING:
    from demo.slack.standin import SlackStandIn

Ask = Callable[["SlackStandIn", Json], object]


def _told(envelope: Envelope | None) -> Json | None:
    return asdict(envelope) if envelope else None


QUESTIONS: dict[str, Ask] = {
    "version": lambda slack, _: slack.world.version,
    "messages": lambda slack, q: slack.messages(q["channel"]),
    "ephemerals": lambda slack, q: slack.ephemerals(q["user"]),
    "views": lambda slack, q: slack.views(q["user"]),
    "home": lambda slack, q: slack.home(q["user"]),
    "sockets": lambda slack, _: len(slack.sockets.sockets),
    "envelopes": lambda slack, _: [asdict(one) for one in slack.envelopes],
    "calls": lambda slack, q: [asdict(one) for one in slack.calls(q.get("method", ""))],
    "channels": lambda slack, _: [one.public() for one in list(slack.world.channels.values())],
}
"""What can be read with GET, with the arguments in the query."""

ACTS: dict[str, Ask] = {
    "press": lambda slack, a: asdict(slack.press(a["user"], a["channel"], a["ts"], a["action_id"], a.get("value"))),
    "press_in_view": lambda slack, a: asdict(
        slack.hands.press_in_view(a["user"], a["view_id"], a["action_id"], a.get("value"))
    ),
    "submit": lambda slack, a: asdict(slack.submit(a["user"], a["view_id"], a.get("values") or {})),
    "close": lambda slack, a: _told(slack.hands.close(a["user"], a["view_id"])),
    "say": lambda slack, a: asdict(slack.say(a["user"], a["channel"], a["text"], a.get("thread_ts", ""))),
    "command": lambda slack, a: asdict(slack.command(a["user"], a["channel"], a["name"], a.get("text", ""))),
    "open_home": lambda slack, a: asdict(slack.hands.open_home(a["user"])),
    "add_channel": lambda slack, a: slack.add_channel(
        a["name"], a.get("id", ""), private=a.get("private", True), people=a.get("people")
    ),
    "add_user": lambda slack, a: slack.add_user(a["id"], a["name"]),
    "archive": lambda slack, a: slack.archive(a["channel"]),
    "fail": lambda slack, a: slack.fail(**a),
    "down": lambda slack, a: slack.go_down(down=a.get("down", True)),
    "recover": lambda slack, _: slack.recover(),
    "close_sockets": lambda slack, _: slack.sockets.close_all(),
    "add_ghost": lambda slack, _: slack.sockets.add_ghost(),
}
"""What can be done with POST, with the arguments as JSON."""


def answer_to(ask: Ask, slack: "SlackStandIn", args: Json) -> Response:
    """What comes of a question or act: its result, or why a person could not do it."""
    try:
        return JSONResponse({"ok": True, "result": ask(slack, args)})
    except PersonCannot as no:
        return JSONResponse({"ok": False, "error": str(no)}, status_code=409)
    except KeyError as missing:
        return JSONResponse({"ok": False, "error": f"missing or unknown: {missing}"}, status_code=400)


def control_routes(slack: "SlackStandIn") -> list[Route]:
    """The routes of /control. Posts must be JSON, so that no page elsewhere can send one unasked."""

    async def read(request: Request) -> Response:
        ask = QUESTIONS.get(request.path_params["name"])
        if ask is None:
            return JSONResponse({"ok": False, "error": "unknown"}, status_code=404)
        return await run_in_threadpool(answer_to, ask, slack, dict(request.query_params))

    async def act(request: Request) -> Response:
        ask = ACTS.get(request.path_params["name"])
        if ask is None or "application/json" not in request.headers.get("content-type", ""):
            return JSONResponse({"ok": False, "error": "unknown, or not JSON"}, status_code=404)
        return await run_in_threadpool(answer_to, ask, slack, await request.json())

    return [Route("/{name}", read, methods=["GET"]), Route("/{name}", act, methods=["POST"])]
