"""Somebody owes something on a case of highways, and is reminded of it in Slack."""

import re
from datetime import date

import pytest
from sqlmodel import col, select

from models.case import Case
from models.db import reading, writing
from models.duties import NewDuty, make
from models.duty import Duty, DutyKind
from models.queries import get_case
from tests.bot.desk import Desk
from tests.build import a_letter, officer
from tests.jobs.office import Json
from tests.people import DEV

WHAT = "Visit Asha Okafor on Elm Road."
DUE = date(2026, 10, 14)
REMINDS = re.compile(r" (is|was) due |must be|should have been|reminders")


def owe(desk: Desk, owner: str | None = DEV, *, kind: DutyKind = DutyKind.ACTION, key: str = "a promise") -> Case:
    """A case of highways on which somebody owes something."""
    case = desk.new_case(a_letter(Message_ID=f"<{key.replace(' ', '')}@r.example>"))
    engine = desk.office.parts.engine
    owner_id = officer(engine, owner).id if owner else None
    with writing(engine) as session:
        wanted = NewDuty(key, kind, WHAT, DUE, owner_id=owner_id)
        make(session, get_case(session, case.number), wanted, by=None, now=desk.office.clock.now())
    return case


def remind(desk: Desk, *, days: int = 0) -> None:
    desk.office.clock.pass_time(days=days)
    for job in ("remind", "remind duties", "tell nags"):
        desk.office.work(job)
    desk.office.deliver()


def reminder(desk: Desk, who: str) -> Json:
    """The newest reminder of somebody or of a channel."""
    return [each for each in desk.office.slack.messages(who) if REMINDS.search(each["text"])][-1]


def offered(message: Json) -> list[tuple[str, str]]:
    """What its buttons do, and of what number."""
    parts = [part for block in message["blocks"] for part in (block.get("accessory"), *block.get("elements", []))]
    return [(part["action_id"], part["value"]) for part in parts if part]


def the_duty(desk: Desk) -> Duty:
    with reading(desk.office.parts.engine) as session:
        return session.exec(select(Duty).order_by(col(Duty.id).desc())).first() or pytest.fail("there is none")
