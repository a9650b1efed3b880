"""The tests’ pool: Ivy investigates, Ines accompanies, Pat, Pia and Paul sit on panels, and Ines may too."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Engine

from models.case import Case
from models.db import reading, writing
from models.pool import Newcomer, take_in
from models.pool_strength import Strength, strengths
from models.queries import get_case
from models.settings import Settings
from models.verbs.appoint import APPOINT
from models.verbs.verb import Act, Verb, perform
from tests.build import a_case, a_letter, officer
from tests.days import day
from tests.people import BEN

MONDAY = day("Monday 12 October 2026")
INVESTIGATOR, PERSON, PANEL = "Investigating Officer", "Independent Person", "panel member"
ROLES = {"ivy": INVESTIGATOR, "ines": PERSON, "pat": PANEL, "pia": PANEL, "paul": PANEL}


def email(name: str) -> str:
    return f"{name}@independents.example"


def join(engine: Engine, settings: Settings, name: str, *roles: str, at: str = "") -> str:
    with writing(engine) as session:
        new = Newcomer(name.title(), at or email(name), roles, fee_pence=90_000)
        return take_in(session, new, settings=settings)


def a_childrens_case(engine: Engine, settings: Settings, now: datetime, *, stage: int, number: int = 1) -> Case:
    raw = a_letter(f"Nobody came for visit number {number}.", Message_ID=f"<{number}@residents.example>")
    case = a_case(engine, settings=settings, now=now, raw=raw)
    at_stage(engine, case, stage)
    return case


def at_stage(engine: Engine, case: Case, stage: int) -> None:
    with writing(engine) as session:
        found = get_case(session, case.number)
        found.procedure, found.stage = "children", stage


def use(engine: Engine, verb: Verb, case: Case, given: Mapping[str, str], *, by: str = BEN, **where: object) -> str:
    settings, now = where["settings"], where["now"]
    assert isinstance(settings, Settings)
    assert isinstance(now, datetime)
    who = officer(engine, by)
    with writing(engine) as session:
        act = Act(session, get_case(session, case.number), who, settings, now)
        return perform(verb, act, given)


def appoint(engine: Engine, case: Case, role: str, name: str, settings: Settings, now: datetime) -> str:
    return use(engine, APPOINT, case, {"role": role, "who": email(name)}, settings=settings, now=now)


def strength(engine: Engine, settings: Settings, role: str, today: date = MONDAY) -> Strength:
    with reading(engine) as session:
        return next(each for each in strengths(session, settings, today=today) if each.role == role)


def fill_pool(engine: Engine, settings: Settings) -> None:
    """Everybody of them is taken in."""
    for name, role in ROLES.items():
        join(engine, settings, name, role, *([PANEL] if name == "ines" else []))
