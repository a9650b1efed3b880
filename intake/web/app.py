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
from intake.web.acts import add_acts
from intake.web.form import Form, problems, raw_message
from models.clock import Clock, in_words
from models.correspondence import Direction, Disposition
from models.db import reading, writing
from models.queries import case_by_reference, letters
from models.settings import Settings

_HERE = Path(__file__).parent
SOURCE = "web form"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def create_web(engine: Engine, settings: Settings, clock: Clock) -> FastAPI:
    """The form at /, its receipt, the style sheet and a health line, open to anyone; and what links in letters open."""
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
        async with request.form() as answers:
            form = Form.read(answers)
        if found := problems(form):
            return page(request, "form.html", status=422, form=form, problems=found)
        processed = await run_in_threadpool(_take_in, engine, form, settings=settings, clock=clock)
        due, has_receipt = await run_in_threadpool(_promises, engine, processed)
        told = {"reference": processed.case, "due": due, "has_email": bool(form.email), "has_receipt": has_receipt}
        return page(request, "receipt.html", 200, **told)

    add_acts(web, page, engine, settings, clock)

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


def _promises(engine: Engine, processed: Processed) -> tuple[str, bool]:
    """By when the resident hears from a person, and whether a receipt is on its way by email."""
    if processed.case is None:
        return "", False
    with reading(engine) as session:
        case = case_by_reference(session, processed.case)
        is_receipted = processed.disposition is Disposition.CASE and any(
            letter.direction == Direction.OUT for letter in letters(session, case)
        )
        return in_words(case.acknowledge_by), is_receipted
