"""The public form, served as it is in earnest, on both databases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from demo.slack.running import ServerInThread
from intake.web.app import create_web
from models.case import Case
from models.correspondence import Correspondence, InboundMessage
from models.db import reading
from models.people import Complainant
from tests.build import the_settings
from tests.jobs.office import HandClock


@dataclass
class Site:
    """The form's address, somebody's browser without scripts, and the record behind it."""

    url: str
    browser: httpx.Client
    engine: Engine

    def send(self, **answers: str) -> httpx.Response:
        return self.browser.post("/", data={"once": "a1b2c3"} | answers)

    def cases(self) -> list[Case]:
        with reading(self.engine) as session:
            return list(session.exec(select(Case).order_by(Case.reference)))

    def letters(self) -> list[Correspondence]:
        with reading(self.engine) as session:
            return list(session.exec(select(Correspondence).where(Correspondence.direction == "in")))

    def complainants(self) -> list[Complainant]:
        with reading(self.engine) as session:
            return list(session.exec(select(Complainant)))

    def raw(self) -> list[bytes]:
        with reading(self.engine) as session:
            return [message.raw for message in session.exec(select(InboundMessage))]


@pytest.fixture
def site(engine: Engine, tmp_path: Path, now: datetime) -> Iterator[Site]:
    server = ServerInThread(create_web(engine, the_settings(tmp_path), HandClock(now)))
    server.start()
    with httpx.Client(base_url=server.url, timeout=20) as browser:
        yield Site(server.url, browser, engine)
    server.stop()
