"""The council's own Investigating Officer: who may be one, what they owe, and until when.

Children Act 1989 Representations Procedure (England) Regulations 2006 (SI 2006/1738): the Investigating Officer may be
an officer of the council, who is not of the service concerned. The Independent Person, and whoever sits on a panel, may
not.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from models.case import Case
from models.clock import in_words, london_date
from models.covering import roster
from models.duties import Done, NewDate, NewDuty, drop, duty_by_key, make, move, settle_done
from models.duty import Duty, DutyKind, DutyState
from models.outbox import put_line
from models.people import Officer
from models.rules.errors import GivenWrong
from models.rules.labels import Area
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.stages import deciders

INVESTIGATING_OFFICER = "Investigating Officer"
"""The seat at a stage that an officer may take; under another name it is for people from outside alone."""

_OWED = "The complaint is investigated, and the report written."
_RUNS = (CaseStatus.NEW, CaseStatus.ACKNOWLEDGED)


def check_stands_apart(
    session: Session, case: Case, officer: Officer, role: str, *, settings: Settings, now: datetime
) -> None:
    """Raises GivenWrong unless an officer may take that seat, is here, and stands in no line of the case."""
    if role != INVESTIGATING_OFFICER:
        raise GivenWrong("who", f"{officer.name} is an officer of the council, who is not independent (SI 2006/1738).")
    if roster(session, london_date(now)).is_away(officer):
        raise GivenWrong("who", f"{officer.name} is away today.")
    if why := next(_in_its_line(session, case, officer, settings), None):
        raise GivenWrong("who", f"{officer.name} {why}, and cannot investigate the complaint.")


def owe_report(session: Session, case: Case, officer: Officer, *, by: Officer, now: datetime) -> str:
    """The officer owes the report by the day of the answer, and hears of it. Returns that as a sentence, or ""."""
    told = f"{case.reference}: you are its {INVESTIGATING_OFFICER}. {by.name} sees to it that you have the file."
    due = case.respond_by
    if due is not None:
        wanted = NewDuty(_key(case, officer), DutyKind.INVESTIGATION, _OWED, due, owner_id=officer.id)
        make(session, case, wanted, by=by, now=now)
        told += f" Your report is due by {in_words(due)}."
    key = f"{_key(case, officer)} told"
    put_line(session, key=key, to=officer.slack_user, text=told, case_id=case.number, now=now)
    return f" Their report is due by {in_words(due)}, and they are reminded of it." if due else ""


def settle_report(session: Session, case: Case, officer: Officer, *, by: Officer, now: datetime) -> None:
    """The appointment has ended, and with it what the officer owed."""
    duty = duty_by_key(session, _key(case, officer))
    if duty is not None and duty.state == DutyState.OPEN:
        done = Done(london_date(now), "The appointment has ended.")
        settle_done(session, case, duty, done, by=by, now=now)


def follow_the_case(session: Session, case: Case, duty: Duty, *, now: datetime) -> None:
    """An investigation is due when the answer is, wherever that moves, and over when its stage is."""
    if case.status not in _RUNS or f" stage {case.stage} " not in duty.key:
        drop(session, case, duty, "Its stage is over.", by=None, now=now)
    elif case.respond_by is not None and case.respond_by != duty.due:
        move(session, case, duty, NewDate(case.respond_by, "It is due when the answer is."), by=None, now=now)


def _in_its_line(session: Session, case: Case, officer: Officer, settings: Settings) -> Iterator[str]:
    """Why somebody stands in the line of a complaint: of the service, above it, or at work on it before."""
    if not set(case.areas).isdisjoint(officer.areas):
        yield "works for the service concerned"
    if officer.is_corporate_lead:
        yield "oversees every complaint"
    teams = [settings.team_for(Area(area)) for area in case.areas]
    if officer.email in {(email or "").lower() for team in teams for email in (team.manager, team.head_of_service)}:
        yield "stands above the service concerned"
    if officer.id == case.owner_id:
        yield "has the case"
    if any(officer.id in decided for decided in deciders(session, case).values()):
        yield "decided it before"


def _key(case: Case, officer: Officer) -> str:
    return f"{case.reference} stage {case.stage} investigation by officer {officer.id}"
