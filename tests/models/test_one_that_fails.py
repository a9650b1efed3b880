"""One case or letter that always fails never keeps the others waiting for ever."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from jobs import remind, triage
from jobs.parts import Parts
from models import case_clock, reminding
from models.case import Case
from models.clock import Clock
from models.db import reading
from models.reminders import Nag
from models.rules.labels import Kind
from models.rules.reminders import Clock as Due
from models.settings import Settings
from tests.build import a_letter, an_opinion, arrive
from tests.days import day


@pytest.fixture
def parts(engine: Engine, settings: Settings, now: datetime, tmp_path: Path) -> Parts:
    """A program at that moment, with three cases of which the first is poison."""
    for number in range(3):
        raw = a_letter(Message_ID=f"<{number}@x.example>", Subject="poison" if number == 0 else "Pothole")
        arrive(engine, raw, settings=settings, now=now)
    clock = Clock(tmp_path / "offset")
    clock.move_to(now)
    thinks = cast("Any", SimpleNamespace(suggest_many=judged))
    return Parts(settings, engine, clock, transports={}, suggester=lambda: thinks)


def judged(messages: Sequence[Any]) -> list[Any]:
    if any(message.subject == "poison" for message in messages):
        raise ZeroDivisionError
    return [an_opinion() for _ in messages]


def run(parts: Parts, one: Callable[[Parts], bool], *, hours: int) -> None:
    """Run a job every few minutes for some hours, as the scheduler does: an error ends only its own tick."""
    for _ in range(hours * 12):
        for _ in range(5):
            try:
                if not one(parts):
                    break
            except ZeroDivisionError:
                continue
        parts.clock.move_to(parts.clock.now() + timedelta(minutes=5))


def test_a_letter_that_cannot_be_judged_stops_no_other(parts: Parts) -> None:
    run(parts, triage.triage_some, hours=1)
    with reading(parts.engine) as session:
        cases = session.exec(select(Case).order_by(col(Case.id))).all()
    assert [case.is_triaged for case in cases] == [True, True, True]
    assert [case.kind for case in cases] == [None, Kind.COMPLAINT, Kind.COMPLAINT], "the first is for a person to read"


def test_a_case_that_cannot_be_looked_at_stops_no_other(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = case_clock.clock_of

    def fails_for_the_first(case: Case) -> Due | None:
        if case.id == 1:
            raise ZeroDivisionError
        return honest(case)

    monkeypatch.setattr(reminding, "clock_of", fails_for_the_first)
    parts.clock.move_to(datetime.combine(day("Tuesday 20 October 2026"), parts.clock.now().timetz()))
    run(parts, remind.remind_some, hours=4)
    with reading(parts.engine) as session:
        assert sorted(nag.case_id for nag in session.exec(select(Nag))) == [2, 3]
