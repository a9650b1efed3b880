"""A council's desk in tests: a database with its officers, and a clock that a test moves by hand."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Engine
from sqlmodel import col, select

from models.case import Case, CaseEvent
from models.db import reading, writing
from models.outbox import Channel, OutboxEntry
from models.people import Complainant
from models.queries import get_case
from models.rules.procedures import Procedure
from models.settings import Settings
from models.verbs.handled import ACKNOWLEDGE, CLOSE, REOPEN, RESPOND
from models.verbs.verb import Verb
from tests.build import a_case, a_letter, a_reply, arrive, reload
from tests.moving import use
from tests.people import BEN

ANSWERED = {"outcome": "upheld", "letter": "We are sorry.", "as_it_is": "yes"}


class Desk(NamedTuple):
    """Where officers use verbs on cases."""

    engine: Engine
    settings: Settings
    now: datetime

    def later(self, **how_long: float) -> "Desk":
        return self._replace(now=self.now + timedelta(**how_long))

    def on(self, day: date) -> "Desk":
        """Ten o'clock on that day, or close to it."""
        return self._replace(now=self.now + (day - self.now.date()))

    def with_procedures(self, **procedures: Procedure) -> "Desk":
        all_of_them = {**self.settings.procedures, **procedures}
        return self._replace(settings=self.settings.model_copy(update={"procedures": all_of_them}))

    def a_case(self, text: str = "The pothole in Elm Road is back.", **headers: str) -> Case:
        raw = a_letter(text, **headers)
        return a_case(self.engine, settings=self.settings, now=self.now, raw=raw)

    def again(self) -> Case:
        """What Asha wrote two days later, as a case of its own."""
        return self.later(days=2).a_case("The pothole in Elm Road again.", Message_ID="<again@residents.example>")

    def use(self, verb: Verb, case: Case, by: str = BEN, /, **given: str) -> str:
        return use(self.engine, case, verb, self.settings, self.now, given, by)

    def acknowledge(self, case: Case, by: str = BEN) -> Case:
        self.use(ACKNOWLEDGE, case, by)
        return self.look(case)

    def answer(self, case: Case, by: str = BEN, **given: str) -> Case:
        self.use(RESPOND, case, by, **(ANSWERED | given))
        return self.look(case)

    def close(self, case: Case, by: str = BEN) -> None:
        self.use(CLOSE, case, by, reason="Done.")

    def reopen(self, case: Case, by: str = BEN) -> Case:
        self.use(REOPEN, case, by, reason="They wrote again.")
        return self.look(case)

    def look(self, case: Case) -> Case:
        return reload(self.engine, case)

    def put(self, case: Case, **changes: Any) -> Case:
        """The case with something about it changed by hand."""
        with writing(self.engine) as session:
            fresh = get_case(session, case.number)
            for name, value in changes.items():
                setattr(fresh, name, value)
        return self.look(case)

    def complainant(self, case: Case, **changes: Any) -> None:
        with writing(self.engine) as session:
            person = session.get_one(Complainant, case.complainant_id)
            for name, value in changes.items():
                setattr(person, name, value)

    def writes(self, case: Case, text: str = "And again.") -> None:
        """The resident writes once more."""
        number = str(self.now.timestamp())
        raw = a_reply(case, text, Message_ID=f"<{number}@residents.example>")
        assert arrive(self.engine, raw, settings=self.settings, now=self.now).case == case.reference

    def events(self, case: Case, name: str) -> list[CaseEvent]:
        query = select(CaseEvent).where(CaseEvent.case_id == case.number, CaseEvent.name == name)
        with reading(self.engine) as session:
            return list(session.exec(query.order_by(col(CaseEvent.id))))

    def details(self, case: Case, name: str) -> dict[str, Any]:
        (event,) = self.events(case, name)
        return event.details

    def letters(self, case: Case, name: str) -> list[str]:
        """The letters of that name put for a case."""
        with reading(self.engine) as session:
            entries = session.exec(select(OutboxEntry).where(OutboxEntry.case_id == case.number)).all()
        return [
            entry.payload["text"] for entry in entries if entry.channel == Channel.EMAIL and f" {name}" in entry.key
        ]
