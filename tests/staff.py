"""What happens to officers in tests: they go away, leave, and have managers."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import select

from models import handling
from models.absences import Leave, come_back, go_away
from models.case import Case
from models.clock import london_date
from models.council import officer_by_slack
from models.db import writing
from models.outbox import OutboxEntry
from models.people import Officer
from models.queries import get_case
from models.settings import Settings
from models.stages import go_to_next_stage
from tests.build import a_case, a_letter, officer

HIGHWAYS = "complaints-highways"
LEAD = "complaint-alerts"


def goes_away(
    engine: Engine, who: str, cover: str | None, days: tuple[date, date], *, settings: Settings, now: datetime
) -> str:
    """An absence from one day to another as the command enters it; returns what is said of it."""
    with writing(engine) as session:
        away, covering = officer_by_slack(session, who), officer_by_slack(session, cover) if cover else None
        assert away is not None
        return go_away(session, away, Leave(*days, covering), by=None, settings=settings, now=now)


def comes_back(engine: Engine, who: str, now: datetime) -> str:
    with writing(engine) as session:
        away = officer_by_slack(session, who)
        assert away is not None
        return come_back(session, away, now=now)


def has_left(engine: Engine, who: str) -> None:
    with writing(engine) as session:
        session.exec(select(Officer).where(Officer.slack_user == who)).one().is_active = False


def a_case_of(engine: Engine, who: str, *, settings: Settings, now: datetime, number: int = 1) -> Case:
    """A triaged case on highways that somebody took."""
    raw = a_letter(f"Pothole number {number} is back.", Message_ID=f"<{who}{number}@residents.example>")
    case = a_case(engine, settings=settings, now=now, raw=raw)
    with writing(engine) as session:
        handling.take(session, get_case(session, case.number), by=officer(engine, who), now=now)
    return case


def goes_on(engine: Engine, case: Case, who: str, *, settings: Settings, now: datetime) -> None:
    """Somebody acknowledges and answers a case, and its next stage is asked for that day."""
    with writing(engine) as session:
        by, found = officer(engine, who), get_case(session, case.number)
        handling.acknowledge(session, found, by=by, settings=settings, now=now)
        answer = handling.Answer(handling.Outcome.NOT_UPHELD, "We found nothing wrong.")
        handling.respond(session, found, answer, by=by, settings=settings, now=now)
        go_to_next_stage(session, found, requested_on=london_date(now), settings=settings, now=now)


def with_team(settings: Settings, **changes: Any) -> Settings:
    """The same settings, with the team on highways changed."""
    teams = [team.model_copy(update=changes) if team.channel == HIGHWAYS else team for team in settings.teams]
    return settings.model_copy(update={"teams": tuple(teams)})


def lines_put(engine: Engine, *, key: str) -> Mapping[str, str]:
    """The lines for Slack whose keys begin like that: whom each is for, and what it says."""
    with writing(engine) as session:
        entries = session.exec(select(OutboxEntry).order_by("id")).all()
    return {each.payload["to"]: each.payload["text"] for each in entries if each.key.startswith(key)}
