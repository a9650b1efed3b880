"""A complaint that somebody made by telephone or at a counter, taken down by an officer: kept as a message like any."""

from dataclasses import dataclass

from sqlalchemy import Engine

from intake.processing import process
from intake.receive import receive
from intake.web.form import Form, problems, raw_message
from models.clock import Clock
from models.council import officer_by_slack
from models.db import writing
from models.queries import case_by_reference, get_case
from models.record import note
from models.rules.errors import GivenWrong
from models.settings import Settings

SOURCE = "taken down"


@dataclass(frozen=True)
class TakingDown:
    """Keeps what officers take down, and makes cases of it."""

    engine: Engine
    settings: Settings
    clock: Clock

    def __call__(self, form: Form, *, by: str) -> str:
        """Keep it first, then open its case; returns what became of it. Raises GivenWrong naming the field."""
        if found := problems(form):
            field, what = next(iter(found.items()))
            raise GivenWrong(field, f"{what}.")
        now = self.clock.now()
        with writing(self.engine) as session:
            kept = receive(
                session, source=SOURCE, raw=raw_message(form, to=self.settings.letters.from_address), now=now
            )
        done = process(self.engine, kept.message_id, settings=self.settings, now=now)
        if done.case is None:
            return f"It is kept, and a person must look at it first: {done.reason}"
        with writing(self.engine) as session:
            case = get_case(session, case_by_reference(session, done.case).number)
            note(session, case, "taken_down", now=now, by=officer_by_slack(session, by))
        return f"{done.case} is open. Give the person this reference."
