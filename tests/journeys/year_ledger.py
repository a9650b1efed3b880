"""What the ledger of a made year holds, beside what had to be in it."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, func, select

from models.case import CaseEvent
from models.clock import london_date
from models.db import reading
from models.outbox import OutboxEntry
from models.reminders import Alert, Nag
from tests.journeys import year_plan
from tests.journeys.year_absences import stands_in
from tests.journeys.year_plan import Expected, Key


@dataclass
class Outcome:
    """What the ledger holds after the year, beside what had to be in it."""

    acts: set[str] = field(default_factory=set)
    jumps: int = 0
    kills: int = 0
    nags: Counter[Key] = field(default_factory=Counter)
    alerts: Counter[tuple[int, str]] = field(default_factory=Counter)
    expected_nags: list[Expected] = field(default_factory=list)
    expected_alerts: set[tuple[int, str]] = field(default_factory=set)
    nagged_events: int = 0
    alert_events: int = 0
    untold: int = 0
    told_twice: int = 0
    messages: int = 0
    out_of_hours: list[str] = field(default_factory=list)
    told_while_away: list[str] = field(default_factory=list)

    def problems(self) -> dict[str, Any]:
        """Everything that is not as it must be; empty when every nag and alert was given exactly once."""
        given = self.nags.keys()
        asked = set[Key]().union(*(each.nags for each in self.expected_nags))
        untold = [each.nags for each in self.expected_nags if given.isdisjoint(each.nags)]
        found = {
            "missing": untold[:5],
            "unasked": sorted(given - asked, key=str)[:5],
            "twice": [key for key, times in self.nags.items() if times > 1],
            "alerts missing": sorted(self.expected_alerts - self.alerts.keys())[:5],
            "alerts unasked": sorted(self.alerts.keys() - self.expected_alerts)[:5],
            "alerts twice": [key for key, times in self.alerts.items() if times > 1],
            "events": self.nagged_events - self.nags.total() or self.alert_events - self.alerts.total(),
            "untold": self.untold,
            "told twice": self.told_twice,
            "out of hours": self.out_of_hours[:5],
            "told while away": self.told_while_away[:5],
        }
        return {name: wrong for name, wrong in found.items() if wrong}

    @property
    def steps(self) -> set[tuple[str, str]]:
        """The clocks and steps of the nags that were given; “#” stands for a number, and for a date."""
        return {(clock, re.sub(r"since [\d-]+|\d+", "#", step)) for _, clock, _, step, _ in self.nags}

    @property
    def told(self) -> set[str]:
        """Who was given a nag."""
        return {who for *_, who in self.nags}

    @property
    def stood_in(self) -> int:
        """How many nags went to whoever stood in for somebody."""
        return sum(len(self.nags.keys() & each.to_stand_ins) for each in self.expected_nags)


def read_the_ledger(engine: Engine, outcome: Outcome) -> None:
    """Every nag and alert, what was told and when."""
    with reading(engine) as session:
        nags = session.exec(select(Nag)).all()
        outcome.alerts = Counter((alert.case_id, alert.sign) for alert in session.exec(select(Alert)))
        asked = select(CaseEvent.name, func.count()).group_by(col(CaseEvent.name))
        events = dict(session.exec(asked).all())
        entries = session.exec(select(OutboxEntry).where(col(OutboxEntry.key).startswith("nags for "))).all()
    outcome.nags = Counter((nag.case_id, nag.clock, nag.due or nag.at.date(), nag.step, nag.recipient) for nag in nags)
    outcome.nagged_events, outcome.alert_events = events.get("nagged", 0), events.get("alert_raised", 0)
    outcome.messages = len(entries)
    told = Counter(number for entry in entries for number in entry.payload["nags"])
    outcome.untold = sum(told[nag.id] == 0 for nag in nags)
    outcome.told_twice = sum(times > 1 for times in told.values())
    by_key = {entry.key: entry for entry in entries}
    for nag in nags:
        if stands_in(nag.recipient, london_date(nag.at)) != nag.recipient:
            outcome.told_while_away.append(f"{nag.recipient} at {nag.at}")
        for instant in (nag.at, by_key[nag.told_in or ""].put_at if nag.told_in in by_key else nag.at):
            if not year_plan.is_open(nag.recipient, instant):
                outcome.out_of_hours.append(f"{nag.recipient} at {instant}")
