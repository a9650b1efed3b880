"""A desk at which officers act on one case of Asha's, on a day that the test moves."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from models.case import Case, CaseEvent
from models.db import reading, writing
from models.duty import Duty
from models.duty_reminding import claim_duties_to_look_at, note_duty
from models.milestones import start_clocks
from models.outbox import Channel, OutboxEntry
from models.queries import get_case
from models.reckoning import reckon
from models.reminders import Alert, Nag
from models.rules.labels import Area, Kind, Signal
from models.settings import Settings
from models.verbs.verb import Act, Verb, perform
from tests.build import a_case, an_opinion, officer, reload
from tests.people import BEN


@dataclass(frozen=True)
class Desk:
    engine: Engine
    settings: Settings
    now: datetime
    case: Case

    def act(self, verb: Verb, who: str = BEN, /, **given: object) -> str:
        """Use a verb as a form or the command line would, in a transaction of its own."""
        with writing(self.engine) as session:
            act = Act(session, get_case(session, self.case.number), officer(self.engine, who), self.settings, self.now)
            return perform(verb, act, {name: str(value) for name, value in given.items()})

    def later(self, **how_long: float) -> "Desk":
        return replace(self, now=self.now + timedelta(**how_long))

    def look(self) -> None:
        """Look at every duty that is due a look, as the sweep does."""
        while True:
            with writing(self.engine) as session:
                numbers = claim_duties_to_look_at(session, now=self.now)
            if not numbers:
                return
            for number in numbers:
                with writing(self.engine) as session:
                    note_duty(session, number, settings=self.settings, now=self.now)

    def until(self, days: int, every_hours: int = 24) -> "Desk":
        """Look again and again until so many days have passed; returns the desk of that day."""
        desk = self
        for _ in range(days * 24 // every_hours):
            desk.look()
            desk = desk.later(hours=every_hours)
        desk.look()
        return desk

    def duties(self) -> list[Duty]:
        return self._all(Duty)

    def duty(self) -> Duty:
        """The newest."""
        return self.duties()[-1]

    def nags(self) -> list[Nag]:
        return self._all(Nag)

    def alerts(self) -> list[str]:
        return [alert.sign for alert in self._all(Alert)]

    def events(self, name: str) -> list[dict[str, Any]]:
        """What is kept of the events of that name, oldest first."""
        return [event.details for event in self._all(CaseEvent) if event.name == name]

    def lines(self) -> list[dict[str, Any]]:
        """The lines put for Slack."""
        return [entry.payload for entry in self._all(OutboxEntry) if entry.payload.get("draw") == "line"]

    def letters(self, to: str) -> list[dict[str, Any]]:
        entries = [entry for entry in self._all(OutboxEntry) if entry.channel == Channel.EMAIL]
        return [entry.payload for entry in entries if entry.payload["to"] == to]

    def reloaded(self) -> Case:
        return reload(self.engine, self.case)

    def _all(self, table: Any) -> list[Any]:
        with reading(self.engine) as session:
            return list(session.exec(select(table).order_by(col(table.id))).all())


def a_desk(engine: Engine, settings: Settings, now: datetime, **how: Any) -> Desk:
    return Desk(engine, settings, now, a_case(engine, settings=settings, now=now, **how))


HAZARD = an_opinion(Kind.COMPLAINT, Area.HOUSING, Signal.HAZARD)


def start(desk: Desk, **changed: object) -> list[Duty]:
    """The clocks of a case whose facts are these."""
    with writing(desk.engine) as session:
        case = get_case(session, desk.case.number)
        for name, value in changed.items():
            setattr(case, name, value)
        reckon(case, settings=desk.settings)
        return start_clocks(session, case, settings=desk.settings, now=desk.now)
