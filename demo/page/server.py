"""Serves the demo's page: the page itself, what has changed since, and the visitor's acts."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from demo.page.acts import Acts
from demo.page.council import Council
from demo.page.drawing import HERE, Drawing
from demo.page.showing import Showing
from demo.page.slack_side import SlackSide
from demo.slack import SlackStandIn
from demo.slack.world import Json

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing but the page's own files runs or loads, whatever a message says."""

Endpoint = Callable[[Request], Awaitable[Response]]


def create_page(standin: SlackStandIn, council: Council) -> Starlette:
    """The page as an application: serve it on a port of its own, or mount it."""
    side = SlackSide(standin)
    drawing = Drawing(side)
    showing = Showing(side, council, drawing)
    acts = Acts(standin, council)
    return Starlette(
        routes=[
            Route("/", _page(showing)),
            Route("/now", _changes(showing)),
            Route("/do/{act}", _act(acts), methods=["POST"]),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ]
    )


def _page(showing: Showing) -> Endpoint:
    def draw(as_id: str, channel: str) -> str:
        council = showing.council
        return showing.drawing.draw(
            "page.html",
            shown=showing.now(as_id, channel),
            officers=council.officers(),
            samples=council.samples(),
            replies=council.replies(),
            form_url=council.form_url(),
        )

    async def page(request: Request) -> Response:
        asked = request.query_params
        html = await run_in_threadpool(draw, asked.get("as", ""), asked.get("channel", ""))
        return HTMLResponse(html, headers={"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"})

    return page


def _changes(showing: Showing) -> Endpoint:
    async def changes(request: Request) -> Response:
        asked = request.query_params
        shown: Json = await run_in_threadpool(showing.now, asked.get("as", ""), asked.get("channel", ""))
        if shown["stamp"] == asked.get("stamp"):
            return Response(status_code=204)
        return JSONResponse(shown)

    return changes


def _act(acts: Acts) -> Endpoint:
    async def act(request: Request) -> Response:
        name = request.path_params["act"]
        if name not in acts.table() or "application/json" not in request.headers.get("content-type", ""):
            return JSONResponse({"warning": "The page asked for something unknown."}, status_code=404)
        return JSONResponse(await run_in_threadpool(acts.perform, name, await request.json()))

    return act
