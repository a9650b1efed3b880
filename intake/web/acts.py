"""The page behind a link in a letter: it shows the least there is, and takes the act."""

from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from sqlalchemy import Engine

from models.acting_links import ACKNOWLEDGE, Offered, look_at, use
from models.clock import Clock
from models.db import reading, writing
from models.rules.errors import LinkSpent, NotEntitled, StepNotAllowed
from models.settings import Settings

_REFUSALS = (LinkSpent, NotEntitled, StepNotAllowed)
_LONGEST_ANSWER = 20_000
_GONE = 410
Page = Callable[..., HTMLResponse]
"""Renders a template: request, name, status, and the words in it."""


def add_acts(web: FastAPI, page: Page, engine: Engine, settings: Settings, clock: Clock) -> None:
    """Opening a link only shows what it offers, for mail programs open links on their own; sending the form acts."""

    @web.get("/act/{secret}", response_class=HTMLResponse)
    def offer(request: Request, secret: str) -> Response:
        try:
            with reading(engine) as session:
                offered = look_at(session, secret, now=clock.now())
        except LinkSpent as spent:
            return page(request, "act_done.html", _GONE, title="This link cannot be used", said=str(spent))
        return page(request, "act.html", 200, offered=offered, asks=_asks(offered), problem="")

    @web.post("/act/{secret}", response_class=HTMLResponse)
    async def act(request: Request, secret: str) -> Response:
        async with request.form(max_fields=5) as form:
            answer = str(form.get("answer", ""))[:_LONGEST_ANSWER].strip()
        return await run_in_threadpool(_act, request, secret, answer)

    def _act(request: Request, secret: str, answer: str) -> Response:
        now = clock.now()
        try:
            with reading(engine) as session:
                offered = look_at(session, secret, now=now)
            if _asks(offered) and not answer:
                problem = "Please write your answer."
                return page(request, "act.html", 422, offered=offered, asks=True, problem=problem)
            with writing(engine) as session:
                said = use(session, secret, answer, settings=settings, now=now)
        except _REFUSALS as refused:
            return page(request, "act_done.html", _GONE, title="This could not be done", said=str(refused))
        return page(request, "act_done.html", 200, title="Done", said=said)


def _asks(offered: Offered) -> bool:
    """Whether the act needs words."""
    return offered.act != ACKNOWLEDGE
