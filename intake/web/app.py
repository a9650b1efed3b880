"""The public web form: server-rendered, works without scripts and by keyboard."""

from pathlib import Path
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from fastapi.templating import Jinja2Templates
from sqlalchemy import Engine

from intake.processing import Processed, process
from intake.receive import receive
from intake.web.form import Form, problems, raw_message
from models.clock import Clock, in_words
from models.db import reading, writing
from models.queries import case_by_reference
from models.settings import Settings

_HERE = Path(__file__).parent
SOURCE = "web form"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def create_web(engine: Engine, settings: Settings, clock: Clock) -> FastAPI:
    """The form at /, its receipt, the style sheet and a health line. All of it is open to anyone."""
    web = FastAPI(title="Tocsin", docs_url=None, redoc_url=None, openapi_url=None)
    pages = Jinja2Templates(directory=_HERE / "templates")

    def page(request: Request, name: str, status: int = 200, **words: object) -> HTMLResponse:
        words = {"council": settings.council, **words}
        return pages.TemplateResponse(request, name, words, status_code=status, headers=_HEADERS)

    @web.get("/", response_class=HTMLResponse)
    def blank_form(request: Request) -> Response:
        return page(request, "form.html", form=Form(once=uuid4().hex), problems={})

    @web.post("/", response_class=HTMLResponse)
    async def send(request: Request) -> Response:
        form = Form.read(await request.form())
        if found := problems(form):
            return page(request, "form.html", status=422, form=form, problems=found)
        processed = await run_in_threadpool(_take_in, engine, form, settings=settings, clock=clock)
        due = await run_in_threadpool(_acknowledge_by, engine, processed)
        return page(request, "receipt.html", reference=processed.case, due=due, has_email=bool(form.email))

    @web.get("/style.css")
    def style() -> Response:
        return Response((_HERE / "templates" / "style.css").read_text(encoding="utf-8"), media_type="text/css")

    @web.get("/healthz")
    def health() -> Response:
        return PlainTextResponse("ok\n")

    return web


def _take_in(engine: Engine, form: Form, *, settings: Settings, clock: Clock) -> Processed:
    """Keep the message first; only then look inside."""
    raw = raw_message(form, to=settings.letters.from_address)
    with writing(engine) as session:
        kept = receive(session, source=SOURCE, raw=raw, now=clock.now())
    return process(engine, kept.message_id, settings=settings, now=clock.now())


def _acknowledge_by(engine: Engine, processed: Processed) -> str:
    if processed.case is None:
        return ""
    with reading(engine) as session:
        return in_words(case_by_reference(session, processed.case).acknowledge_by)
