"""For tests of verbs that move time: procedures that allow all of it, and ways to use a verb and see what it did."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from models.case import Case
from models.clock import in_words, london_instant
from models.db import reading, writing
from models.handling import acknowledge
from models.outbox import Channel, OutboxEntry
from models.people import Complainant
from models.queries import get_case, history
from models.rules.procedures import Procedure
from models.settings import Settings
from models.verbs.verb import Act, Verb, perform
from tests.build import a_case, officer
from tests.days import day
from tests.people import BEN

PLAIN: dict[str, Any] = {
    "acknowledge": {"within": "5 working days", "of": "received"},
    "respond": {"within": "10 working days", "of": "acknowledged"},
    "longest_extension": "10 working days",
}


def a_procedure(*stages: dict[str, Any], **changes: Any) -> Procedure:
    """A procedure whose stages are like the corporate first one, but for what is said here."""
    named = [{"name": f"stage {place}"} | PLAIN | each for place, each in enumerate(stages or ({},), 1)]
    whole = {"title": "Ours", "answers": ["complaint"], "external_body": "Ombudsman", "stages": named}
    return Procedure.model_validate(whole | changes)


def on(settings: Settings, **procedures: Procedure) -> Settings:
    """The settings with these procedures beside the shipped corporate one, and no others."""
    only = {"corporate": settings.procedures["corporate"]} | procedures
    return settings.model_copy(update={"procedures": only})


def at(words: str, hour: str = "10:00") -> datetime:
    """The instant a London clock shows that hour on that day."""
    return london_instant(day(words), time.fromisoformat(hour))


def acknowledged(engine: Engine, settings: Settings, now: datetime, procedure: str = "corporate") -> Case:
    """A case of Asha's that Ben has acknowledged, received the same day."""
    case = a_case(engine, settings=settings, now=now)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        fresh.procedure, fresh.procedure_by_person = procedure, True
        acknowledge(session, fresh, by=officer(engine, BEN), settings=settings, now=now)
        return fresh


def use(  # noqa: PLR0913, PLR0917 -- who uses which verb on what, when and how: a test says all of it
    engine: Engine,
    case: Case,
    verb: Verb,
    settings: Settings,
    now: datetime,
    given: Mapping[str, str] | None = None,
    by: str = BEN,
) -> str:
    """An officer uses a verb on a case."""
    with writing(engine) as session:
        act = Act(session, get_case(session, case.number), officer(engine, by), settings, now)
        return perform(verb, act, given or {})


def due(case: Case) -> str:
    """The date of its answer, as people say it."""
    return spoken(case.respond_by)


def spoken(when: date | None) -> str:
    return in_words(when) if when else "none"


def told_last(engine: Engine, case: Case) -> tuple[str, str | None, dict[str, Any]]:
    """The newest event that a person caused: its name, who, and what it keeps."""
    with reading(engine) as session:
        by_people = [(event, name) for event, name in history(session, case) if name]
        event, name = by_people[-1]
        return event.name, name, event.details


def letters_sent(engine: Engine, name: str) -> list[str]:
    """The texts of the letters of that name in the outbox, lines joined."""
    with reading(engine) as session:
        query = select(OutboxEntry).where(OutboxEntry.channel == Channel.EMAIL, col(OutboxEntry.key).contains(name))
        return [" ".join(entry.payload["text"].split()) for entry in session.exec(query.order_by(col(OutboxEntry.id)))]


def without_address(engine: Engine, case: Case) -> None:
    """The resident left no email address."""
    with writing(engine) as session:
        session.get_one(Complainant, case.complainant_id).email = None
