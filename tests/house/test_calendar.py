"""Tests that watch the calendar: holidays run out, clocks change."""

import threading
from datetime import UTC, date, datetime
from typing import NoReturn

import pytest
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import Engine

from jobs.parts import Parts
from jobs.schedule import SCHEDULE
from jobs.ticking import start_jobs
from models.clock import Clock
from models.rules.working_days import CALENDARS, bank_holidays
from models.settings import Settings


@pytest.mark.parametrize("calendar", sorted(CALENDARS))
@pytest.mark.parametrize("ahead", [0, 1])
def test_bank_holidays_reach_the_end_of_next_year(calendar: str, ahead: int) -> None:
    year = datetime.now(UTC).year + ahead
    days = bank_holidays(calendar, year)
    assert len(days) >= 8, f"update the holidays package: it knows {len(days)} bank holidays of {calendar} in {year}"
    assert any(day >= date(year, 12, 25) for day in days)


def test_no_job_depends_on_an_hour_of_the_day(engine: Engine, settings: Settings) -> None:
    """A daily job at 01:30 in London would run twice in October and at no hour that exists in March."""
    stop = threading.Event()
    stop.set()
    parts = Parts(settings, engine, Clock(), transports={}, suggester=no_suggester, stop=stop)
    schedulers = [start_jobs(parts, part) for part in ("intake", "jobs")]
    jobs = [job for scheduler in schedulers for job in scheduler.get_jobs()]
    for scheduler in schedulers:
        scheduler.shutdown(wait=True)
    assert {str(scheduler.timezone) for scheduler in schedulers} == {"UTC"}
    assert {job.id for job in jobs} == {job.name for job in SCHEDULE}
    assert [job.id for job in jobs if not isinstance(job.trigger, IntervalTrigger)] == []
    assert [job.id for job in jobs if job.max_instances != 1 or not job.coalesce] == []


def no_suggester() -> NoReturn:
    raise AssertionError("a program that has stopped classifies nothing")


def test_job_names_are_their_own() -> None:
    assert len({job.name for job in SCHEDULE}) == len(SCHEDULE)
