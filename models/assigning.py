"""Giving out new cases: in turn, or to whoever has fewest; never to somebody who is away or has enough."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from models.absence import TeamTurn
from models.case import Case
from models.clock import in_words, london_date
from models.covering import Roster, may_act, roster
from models.once import insert_once
from models.outbox import put_line
from models.owed import owed_by_officer
from models.people import Officer
from models.record import record, redraw_alerts
from models.rules.labels import AREAS
from models.rules.steps import CaseStatus
from models.rules.turns import whose_turn
from models.settings import Settings
from models.settings_people import Team


def assign_all(session: Session, cases: Sequence[Case], *, settings: Settings, now: datetime) -> dict[int, Officer]:
    """Give cases that nobody owns to people of their services' teams, and tell them, in the caller's transaction.

    Returns who was given which, by the case's number. A case stays with its team where that assigns to nobody, and
    where everybody is away or has ``most_cases``.

    Team by team in one order, so that two who give out cases at once never wait for each other; of a team's cases
    those received first are given out first.
    """
    waiting: dict[Team, list[Case]] = {}
    for case in filter(_waits, cases):
        waiting.setdefault(settings.team_for(case.main_area), []).append(case)
    by_turns = sorted((team for team in waiting if team.assign != "nobody"), key=lambda team: team.name)
    if not by_turns:
        return {}
    given: dict[int, Officer] = {}
    here = roster(session, london_date(now))
    for team in by_turns if here.officers else ():
        given |= _of_team(session, team, waiting[team], here, now=now)
    return given


def give(
    session: Session, case: Case, officer: Officer, *, by: Officer | None, now: datetime, **details: str | None
) -> None:
    """Make somebody the owner of a case, and tell them in Slack unless they did it themselves."""
    case.owner_id, case.look_again = officer.id, now
    record(session, case, "assigned", by=by, now=now, officer=officer.id, to=officer.name, **details)
    redraw_alerts(session, case, now=now)
    if by is None or by.id != officer.id:
        key = f"{case.reference} assigned in version {case.version}"
        put_line(session, key=key, to=officer.slack_user, text=_line(case), case_id=case.number, now=now)


def _waits(case: Case) -> bool:
    """Whether a case can be given out; one that another speaks for has that one's owner."""
    is_free = case.owner_id is None and case.campaign_of_id is None
    return is_free and case.status in {CaseStatus.NEW, CaseStatus.ACKNOWLEDGED}


def _of_team(session: Session, team: Team, cases: list[Case], here: Roster, *, now: datetime) -> dict[int, Officer]:
    """Give out a team's cases; the turn passes on with each."""
    turn = _lock_turn(session, team, last=max(here.officers))
    # counted behind the lock: whoever held it before may have given somebody their last one
    owed = Counter(owed_by_officer(session))
    given: dict[int, Officer] = {}
    for case in sorted(cases, key=lambda each: (each.received_on, each.number)):
        able = [number for number in _members(here, team, case) if may_act(session, case, here.officers[number])]
        chosen = whose_turn(able, team.assign, last=turn.officer_id, owed=owed, most_cases=team.most_cases)
        if chosen is not None:
            turn.officer_id, given[case.number] = chosen, here.officers[chosen]
            owed[chosen] += 1
            give(session, case, here.officers[chosen], by=None, now=now, why=team.assign)
    session.add(turn)
    return given


def _members(here: Roster, team: Team, case: Case) -> list[int]:
    """Those who work for the case's service and are here, by number, without those who stand above the team."""
    above = {(email or "").lower() for email in (team.manager, team.head_of_service)}
    return [
        number
        for number, officer in here.officers.items()
        if number not in here.away and case.main_area in officer.areas and officer.email not in above
    ]


def _lock_turn(session: Session, team: Team, *, last: int) -> TeamTurn:
    """The team's turn, locked until the transaction ends; a new one begins as if the ``last`` had had theirs."""
    insert_once(session, TeamTurn, team=team.name, officer_id=last)
    query = select(TeamTurn).where(TeamTurn.team == team.name).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one()


def _line(case: Case) -> str:
    is_new = case.status == CaseStatus.NEW
    due = case.acknowledge_by if is_new else case.respond_by
    owed = f" {'The acknowledgement' if is_new else 'The answer'} is due by {in_words(due)}." if due else ""
    return f"{case.reference} ({AREAS[case.main_area].name.lower()}) is yours now.{owed}"
