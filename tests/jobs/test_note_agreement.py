"""The monthly note is told once, in working hours, and holds no resident's word."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from jobs.note_agreement import note_agreement
from jobs.parts import Parts
from models.db import reading
from models.outbox import Channel, OutboxEntry
from models.settings import Settings
from tests.build import a_case, a_letter, the_settings
from tests.jobs.office import HandClock, nobody

LEAD = "complaint-alerts"
SUNDAY = datetime(2026, 11, 1, 10, 0, tzinfo=UTC)
MONDAY_EARLY = datetime(2026, 11, 2, 8, 59, tzinfo=UTC)
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
MONTH_AFTER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def told(engine: Engine) -> list[OutboxEntry]:
    with reading(engine) as session:
        agreement = col(OutboxEntry.key).startswith("agreement of")
        return list(session.exec(select(OutboxEntry).where(agreement).order_by(col(OutboxEntry.id))))


def at(engine: Engine, settings: Settings, *instants: datetime) -> list[OutboxEntry]:
    for instant in instants:
        assert not note_agreement(Parts(settings, engine, HandClock(instant), transports={}, suggester=nobody))
    return told(engine)


@pytest.fixture
def case(engine: Engine, settings: Settings, now: datetime) -> None:
    """One case of October's."""
    a_case(engine, settings=settings, now=now, raw=a_letter("The xylophone in Elm Road is broken."))


def test_october_is_told_on_the_first_working_day_of_november(engine: Engine, settings: Settings, case: None) -> None:
    assert at(engine, settings, SUNDAY, MONDAY_EARLY) == []
    [entry] = at(engine, settings, MONDAY)
    assert entry.key == f"agreement of 2026-10 for {LEAD}"
    assert entry.payload["to"] == LEAD
    assert entry.payload["text"].startswith("The classifier in October 2026: 1 letter that opened a case.")


def test_it_is_told_once(engine: Engine, settings: Settings, case: None) -> None:
    assert len(at(engine, settings, MONDAY, MONDAY, LATER)) == 1


def test_a_program_that_slept_on_the_day_tells_it_when_it_wakes(engine: Engine, settings: Settings, case: None) -> None:
    assert len(at(engine, settings, LATER)) == 1


def test_a_month_without_a_case_is_passed_over(engine: Engine, settings: Settings, case: None) -> None:
    assert at(engine, settings, datetime(2026, 10, 13, 9, 0, tzinfo=UTC), MONTH_AFTER) == []


def test_the_contact_and_the_lead_are_told_all_of_it(engine: Engine, tmp_path: Path, case: None) -> None:
    contact = {"slack": "UTECH", "email": "tech@council.example"}
    entries = at(engine, the_settings(tmp_path, technical_contact=contact), MONDAY, LATER)
    assert [entry.payload["to"] for entry in entries] == ["UTECH", LEAD, "tech@council.example"]
    letter = entries[-1]
    assert (letter.channel, letter.payload["automatic"]) == (Channel.EMAIL, True)
    assert letter.payload["subject"] == "How officers agreed with Tocsin’s suggestions in October 2026"
    assert len({entry.payload["text"] for entry in entries}) == 1


def test_the_lead_is_told_once_though_the_contact_reads_the_same_channel(
    engine: Engine, tmp_path: Path, case: None
) -> None:
    settings = the_settings(tmp_path, technical_contact={"slack": LEAD})
    assert len(at(engine, settings, MONDAY)) == 1


def test_no_word_of_a_residents_is_told(engine: Engine, settings: Settings, case: None) -> None:
    [entry] = at(engine, settings, MONDAY)
    assert not any(word in entry.payload["text"].lower() for word in ("xylophone", "elm", "pothole", "asha", "okafor"))
