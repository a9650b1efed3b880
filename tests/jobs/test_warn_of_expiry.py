"""A secret that ends: told in good time, by every way that is set, and no telling twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from jobs.warn_of_expiry import warn_of_expiry
from models.outbox import Channel
from models.settings import Settings
from tests.build import the_settings
from tests.jobs.office import LEAD, Office, open_office

TECH = "tech@exampleshire.example"


def settings_with(
    settings: Settings, folder: Path, *, ends: str, slack: str = LEAD, email: str | None = TECH
) -> Settings:
    box = {"kind": "imap", "name": "complaints", "host": "localhost", "user": "u", "secret_expires": ends}
    contact = {"slack": slack, "email": email}
    changed = the_settings(folder, mailboxes=[box], technical_contact=contact)
    return settings.model_copy(update={"mailboxes": changed.mailboxes, "technical_contact": changed.technical_contact})


@contextmanager
def office_with(engine: Engine, folder: Path, now: datetime, **how: str | None) -> Iterator[Office]:
    with open_office(engine, folder, now) as office:
        settings = settings_with(office.parts.settings, folder, **how)  # type: ignore[arg-type]  # as given below
        yield replace(office, parts=replace(office.parts, settings=settings))


def told(office: Office, channel: Channel) -> int:
    return len(office.entries(channel))


def test_both_ways_are_told_once_each(engine: Engine, tmp_path: Path, now: datetime) -> None:
    with office_with(engine, tmp_path, now, ends="2026-11-01") as office:
        for _ in range(3):
            assert warn_of_expiry(office.parts) is False
        office.deliver()
        [line] = [message["text"] for message in office.slack.messages(LEAD)]
        [letter] = office.smtp.letters
    assert "“complaints” is opened ends on Sunday 1 November 2026, in 20 days" in line
    assert letter["To"] == TECH
    assert "secret_expires" in letter.get_content()
    assert letter["Auto-Submitted"]


def test_it_is_on_the_timetable(engine: Engine, tmp_path: Path, now: datetime) -> None:
    with office_with(engine, tmp_path, now, ends="2026-11-01", email=None) as office:
        office.work("warn of expiry")
        assert told(office, Channel.SLACK) == 1


def test_it_is_told_weekly_and_daily_in_the_last_week(engine: Engine, tmp_path: Path, now: datetime) -> None:
    counts = []
    with office_with(engine, tmp_path, now, ends="2026-11-12", email=None) as office:
        for _ in range(32):
            warn_of_expiry(office.parts)
            counts.append(told(office, Channel.SLACK))
            office.clock.pass_time(days=1)
    days = [day for day, (before, after) in enumerate(zip([0, *counts], counts, strict=False)) if after > before]
    assert days == [1, 8, 15, 22, *range(24, 32)]


@pytest.mark.parametrize("ends", ["2026-11-12", "2027-11-12"])
def test_nothing_is_said_more_than_a_month_before(engine: Engine, tmp_path: Path, now: datetime, ends: str) -> None:
    with office_with(engine, tmp_path, now, ends=ends) as office:
        warn_of_expiry(office.parts)
        assert office.entries() == []


def test_without_a_contact_nothing_is_put(engine: Engine, tmp_path: Path, now: datetime) -> None:
    with office_with(engine, tmp_path, now, ends="2026-10-13", slack="", email=None) as office:
        warn_of_expiry(office.parts)
        assert office.entries() == []


def test_a_secret_set_anew_is_told_of_in_its_own_time(engine: Engine, tmp_path: Path, now: datetime) -> None:
    with office_with(engine, tmp_path, now, ends="2026-10-13", email=None) as office:
        warn_of_expiry(office.parts)
        renewed = settings_with(office.parts.settings, tmp_path, ends="2028-10-13", email=None)
        later = replace(office.parts, settings=renewed)
        office.clock.pass_time(days=2)
        warn_of_expiry(later)
        assert told(office, Channel.SLACK) == 1
