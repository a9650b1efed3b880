"""A held complaint has no clock of its own, so somebody hears of it in time."""

from datetime import datetime, timedelta
from typing import NoReturn

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from jobs.parts import Parts
from jobs.warn_of_held import warn_of_held
from models.correspondence import HeldMessage
from models.db import reading, writing
from models.held import dismiss
from models.outbox import OutboxEntry
from models.settings import Settings
from tests.build import a_letter, arrive
from tests.jobs.office import HandClock, nobody


def lines(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as session:
        entries = session.exec(select(OutboxEntry).where(col(OutboxEntry.lane).startswith("slack held too long"))).all()
    return [(entry.payload["to"], entry.payload["text"]) for entry in entries]


@pytest.mark.parametrize(
    ("later", "is_told"),
    [
        (timedelta(days=1, hours=8), False),
        (timedelta(days=2, hours=-2), False),
        (timedelta(days=2, hours=1), True),
        (timedelta(days=5, hours=1), False),
    ],
)
def test_what_is_held_for_two_working_days_is_told_in_working_hours(
    engine: Engine, settings: Settings, now: datetime, later: timedelta, is_told: bool
) -> None:
    """It came on a Monday: told on Wednesday from nine in London, not before, and not on the Saturday after."""
    arrive(engine, a_letter("", Subject=""), settings=settings, now=now)
    parts = Parts(settings, engine, HandClock(now + later), transports={}, suggester=nobody)
    warn_of_held(parts)
    assert bool(lines(engine)) is is_told


def test_it_is_told_once_a_day_to_the_lead_and_the_team(engine: Engine, settings: Settings, now: datetime) -> None:
    for number in range(2):
        raw = a_letter("", Subject="", Message_ID=f"<{number}@residents.example>")
        arrive(engine, raw, settings=settings, now=now)
    clock = HandClock(now + timedelta(days=2, hours=1))
    parts = Parts(settings, engine, clock, transports={}, suggester=nobody)
    for _ in range(3):
        warn_of_held(parts)
    assert [to for to, _ in lines(engine)] == ["complaint-alerts", "complaints-corporate"]
    assert lines(engine)[0][1].startswith(
        "2 held messages have waited for 2 working days or longer, the first since Monday 12 October 2026, "
    )
    clock.pass_time(days=1)
    warn_of_held(parts)
    assert len(lines(engine)) == 4


def test_the_day_that_one_has_waited_since_stays(engine: Engine, settings: Settings, now: datetime) -> None:
    arrive(engine, a_letter("", Subject=""), settings=settings, now=now)
    clock = HandClock(now + timedelta(days=2, hours=1))
    parts = Parts(settings, engine, clock, transports={}, suggester=nobody)
    for _ in range(2):
        warn_of_held(parts)
        clock.pass_time(days=1)
    said = {text.partition(",")[0] for _, text in lines(engine)}
    assert said == {"1 held message has waited since Monday 12 October 2026"}


def test_what_was_settled_is_not_told(engine: Engine, settings: Settings, now: datetime) -> None:
    arrive(engine, a_letter("", Subject=""), settings=settings, now=now)
    with writing(engine) as session:
        row = session.exec(select(HeldMessage)).one()
        dismiss(session, row, "An empty letter.", by=None, settings=settings, now=now)
    parts = Parts(settings, engine, HandClock(now + timedelta(days=2, hours=1)), transports={}, suggester=nobody)
    warn_of_held(parts)
    assert lines(engine) == []


def test_once_all_is_told_nothing_is_written(
    engine: Engine, settings: Settings, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(engine, a_letter("", Subject=""), settings=settings, now=now)
    parts = Parts(settings, engine, HandClock(now + timedelta(days=2, hours=1)), transports={}, suggester=nobody)
    warn_of_held(parts)

    def never(_: Engine) -> NoReturn:
        raise AssertionError("it took the one place to write")

    monkeypatch.setattr("jobs.warn_of_held.writing", never)
    warn_of_held(parts)
    assert len(lines(engine)) == 2
