"""A year of clocks: real workers on one pretend clock that jumps, killed at random, and what the ledger says after it.

``run`` is used by the test beside it and by ``bench.clock_year``.
"""

import contextlib
import random
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NoReturn, Self

from sqlalchemy import DateTime, Engine, bindparam, insert
from sqlmodel import col, select, update

from jobs.parts import Parts
from jobs.remind import remind_some
from jobs.tell_nags import tell_nags
from models.absence import Absence
from models.case import Case
from models.clock import Clock
from models.council import sync_officers
from models.db import open_engine, open_ready, writing
from models.people import Complainant, Officer
from models.reminders import Nag
from models.rules.steps import CaseStatus
from models.settings import Settings
from tests.build import the_settings
from tests.journeys import year_plan
from tests.journeys.year_absences import HEAD, LEAD, MANAGER, OWNERS, TEAM, absences
from tests.journeys.year_ledger import Outcome, read_the_ledger
from tests.journeys.year_plan import HOURS, Plan, State
from tests.servers.forked import FORKS

WORKERS = {"sqlite": 1, "postgresql": 4}
_PATIENCE = 120.0
_IDLE_JUMPS = 0.1
"""How many of the moments that bring no work the clock jumps to all the same: nothing may happen there."""
_REST = 0.01
"""Seconds between two looks at whether all is done."""
_ANYWAY = 0.2
"""Seconds after which a worker looks for work though nobody rang: one that was killed may have left some."""
_LISTENING = 0.003
"""Seconds between two looks at whether somebody rang: cheap, so that those that wait leave the machine to others."""
_THOUGH_QUIET = 0.1
"""How often a worker does its jobs though nothing is left to do."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


def run(url: str, folder: Path, *, cases: int, kills: float, all_year: bool = True) -> Outcome:
    """Let a year pass over so many cases, with four workers on PostgreSQL and one on SQLite.

    ``kills`` is how likely a worker is killed after a jump that brings work. Unless ``all_year``, cases come in only
    in the hardest weeks.
    """
    chance = random.Random(1)
    moments = year_plan.instants(chance)
    made = year_plan.plans(cases, moments, chance, all_year=all_year)
    settings = settings_of_the_year(folder, url)
    engine = open_ready(url)
    fill(engine, settings, made)
    with Workers(settings, WORKERS[engine.dialect.name], chance) as at_work:
        outcome = pass_the_year(engine, settings, moments, made, at_work, kills)
    for plan in made:
        outcome.expected_nags += year_plan.expected_nags(plan, moments)
        outcome.expected_alerts |= year_plan.expected_alerts(plan, moments)
    read_the_ledger(engine, outcome)
    engine.dispose()
    return outcome


def settings_of_the_year(folder: Path, url: str) -> Settings:
    """The project's settings with these people, some with hours of their own, and three above highways' owners."""

    def person(who: str) -> dict[str, Any]:
        days, start, end = HOURS.get(who, year_plan.EVERYBODY)
        hours = {"days": [_DAYS[day] for day in days], "from_time": start, "until_time": end}
        own = {"hours": hours} if who in HOURS else {}
        rest = {"is_corporate_lead": True} if who == LEAD else {"areas": ["highways_transport"]}
        return {"name": who, "email": f"{who}@x.example".lower(), "slack_user": who, **own, **rest}

    above = {"manager": f"{MANAGER}@x.example".lower(), "head_of_service": f"{HEAD}@x.example".lower()}
    plain = the_settings(folder)
    teams = [team.model_dump() | (above if team.channel == TEAM else {}) for team in plain.teams]
    people = [person(who) for who in (*OWNERS, MANAGER, HEAD, LEAD)]
    clock = {"offset_file": folder / "clock"}
    return the_settings(folder, officers=people, teams=teams, clock=clock, database={"url": url})


def fill(engine: Engine, settings: Settings, made: Sequence[Plan]) -> None:
    """Every case of the year, to be looked at first when it comes in."""
    with writing(engine) as session:
        sync_officers(session, settings)
        session.add(Complainant(id=1, name="Somebody"))
        session.flush()
        numbers = _officer_numbers(session)
        session.add_all(_absence(each, numbers) for each in absences())
        rows = [_row(plan, numbers) for plan in made]
        for start in range(0, len(rows), 1000):
            session.connection().execute(insert(Case.__table__), rows[start : start + 1000])  # type: ignore[attr-defined]


def _absence(away: tuple[str, date, date, str | None], numbers: dict[str, int]) -> Absence:
    who, first, last, cover = away
    covers = numbers[cover] if cover else None
    entered = datetime.combine(first, datetime.min.time(), tzinfo=UTC)
    return Absence(officer_id=numbers[who], from_day=first, until_day=last, cover_id=covers, entered_at=entered)


def _row(plan: Plan, numbers: dict[str, int]) -> dict[str, Any]:
    first = plan.states[0][1]
    case = Case(
        id=plan.number,
        reference=f"Y26-{plan.number}",
        areas=["highways_transport"],
        complainant_id=1,
        owner_id=numbers.get(first.owner),
        received_on=plan.received.date(),
        logged_at=plan.received.astimezone(UTC),
        acknowledge_by=first.due,
        look_again=plan.received.astimezone(UTC),
    )
    return case.model_dump()


class Workers:
    """Processes that do the two jobs as the timetable would, over and over."""

    def __init__(self, settings: Settings, count: int, chance: random.Random) -> None:
        self._settings, self._count, self._chance = settings, count, chance
        self._running: list[BaseProcess] = []

    def __enter__(self) -> Self:
        self._running = [self._start() for _ in range(self._count)]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._running:
            worker.kill()
            worker.join(10)

    def kill_one(self) -> None:
        """SIGKILL at any moment of its work; another takes its place."""
        time.sleep(self._chance.random() * 0.05)
        place = self._chance.randrange(self._count)
        self._running[place].kill()
        self._running[place].join(10)
        self._running[place] = self._start()

    def _start(self) -> BaseProcess:
        worker = FORKS.Process(target=work, args=(self._settings,), daemon=True)
        worker.start()
        return worker


def work(settings: Settings) -> None:
    """Until it is killed."""
    clock = Clock(settings.clock.offset_file)
    parts = Parts(settings, open_engine(settings.database.url), clock, {}, nobody)
    while True:
        rung = _rung_at(settings)
        with contextlib.suppress(OSError):
            if random.random() < _THOUGH_QUIET or not _is_quiet(parts.engine, clock):
                while remind_some(parts):
                    pass
                tell_nags(parts)
        anyway = time.monotonic() + _ANYWAY
        while _rung_at(settings) == rung and time.monotonic() < anyway:
            time.sleep(_LISTENING)


def _rung_at(settings: Settings) -> int:
    """When the clock was last moved, or touched because somebody acted."""
    clock_file = settings.clock.offset_file
    return clock_file.stat().st_mtime_ns if clock_file and clock_file.exists() else 0


def nobody() -> NoReturn:
    """In the place of the classifier."""
    raise AssertionError("nothing is classified here")


def pass_the_year(
    engine: Engine,
    settings: Settings,
    moments: Sequence[datetime],
    made: Sequence[Plan],
    workers: Workers,
    kills: float,
) -> Outcome:
    """Jump from moment to moment; after each, and after what people do then, wait until everything due is done."""
    outcome, clock = Outcome(acts=year_plan.acts_in(made)), Clock(settings.clock.offset_file)
    acts = _acts(made)
    chance = random.Random(2)
    with writing(engine) as session:
        numbers = _officer_numbers(session)
    for moment in moments:
        if moment not in acts and not _brings_work(engine, moment) and chance.random() > _IDLE_JUMPS:
            continue
        clock.move_to(moment.astimezone(UTC))
        outcome.jumps += 1
        for step in ([], acts[moment]) if moment in acts else ([],):
            _act(engine, step, numbers, clock)
            _ring(settings)
            if _is_quiet(engine, clock):
                continue
            if chance.random() < kills:
                workers.kill_one()
                outcome.kills += 1
            _wait_until_quiet(engine, clock)
    return outcome


def _acts(made: Sequence[Plan]) -> dict[datetime, list[tuple[int, State]]]:
    found: dict[datetime, list[tuple[int, State]]] = {}
    for plan in made:
        for moment, state in plan.states[1:]:
            found.setdefault(moment, []).append((plan.number, state))
    return found


def _act(engine: Engine, acts: Sequence[tuple[int, State]], numbers: dict[str, int], clock: Clock) -> None:
    """What people do at one moment; like every verb it has the deadlines looked at anew."""
    if not acts:
        return
    now = clock.now()
    with writing(engine) as session:
        for number, state in acts:
            values: dict[str, Any] = {"owner_id": numbers.get(state.owner), "snoozed_until": state.snoozed_until}
            values |= {"status": CaseStatus.ACKNOWLEDGED, "look_again": now, "paused_on": None}
            if state.clock == "paused":
                values |= {"paused_on": state.due}
            elif state.clock:
                values |= {"respond_by": state.due}
            else:
                values |= {"status": CaseStatus.RESPONDED, "look_again": None}
            session.exec(update(Case).where(col(Case.id) == number).values(**values))


_LEFT = select(
    select(Case.id).where(col(Case.look_again) <= bindparam("now", type_=DateTime(timezone=True))).exists(),
    select(Nag.id).where(col(Nag.told_in).is_(None)).exists(),
)


def _ring(settings: Settings) -> None:
    """Wake the workers that rest."""
    if settings.clock.offset_file:
        settings.clock.offset_file.touch()


def _brings_work(engine: Engine, moment: datetime) -> bool:
    """Whether at that moment a case is due a look, or a nag waits to be told."""
    with engine.connect() as connection:
        return any(connection.execute(_LEFT, {"now": moment.astimezone(UTC)}).one())


def _is_quiet(engine: Engine, clock: Clock) -> bool:
    return not _brings_work(engine, clock.now())


def _wait_until_quiet(engine: Engine, clock: Clock) -> None:
    give_up = time.monotonic() + _PATIENCE
    while not _is_quiet(engine, clock):
        if time.monotonic() > give_up:
            raise AssertionError(f"not everything that is due was done by {clock.now()}")
        time.sleep(_REST)


def _officer_numbers(session: Any) -> dict[str, int]:
    return {officer.slack_user: officer.id or 0 for officer in session.exec(select(Officer))}
