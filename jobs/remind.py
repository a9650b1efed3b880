"""Cases whose deadlines are due a look."""

from datetime import datetime
from functools import partial

from jobs.parts import Parts
from jobs.running import attempt
from models.db import writing
from models.queries import get_case
from models.reminding import claim_cases_to_look_at, note_deadlines


def remind_some(parts: Parts) -> bool:
    """Look at the deadlines of the next few cases, each alone. True: there may be more."""
    now = parts.clock.now()
    with writing(parts.engine) as session:
        numbers = claim_cases_to_look_at(session, now=now)
    for number in numbers:
        attempt("remind", partial(_look, parts, number, now))
    return bool(numbers)


def _look(parts: Parts, number: int, now: datetime) -> None:
    with writing(parts.engine) as session:
        note_deadlines(session, get_case(session, number), settings=parts.settings, now=now)
