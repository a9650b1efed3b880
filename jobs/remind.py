"""Cases whose deadlines are due a look."""

from datetime import datetime
from functools import partial

from jobs.parts import Parts
from jobs.running import attempt
from models.db import writing
from models.queries import get_case
from models.reminding import claim_cases_to_look_at, look_at_some, note_deadlines


def remind_some(parts: Parts) -> bool:
    """Look at the deadlines of the next cases together; if that fails, at each alone. True: there may be more."""
    now = parts.clock.now()
    looked: list[tuple[int, list[int]]] = []
    if not attempt("remind together", lambda: looked.append(_together(parts, now))):
        with writing(parts.engine) as session:
            numbers = claim_cases_to_look_at(session, now=now)
        looked.append((len(numbers), numbers))
    [(count, alone)] = looked
    for number in alone:
        attempt("remind", partial(_look, parts, number, now))
    return count > 0


def _together(parts: Parts, now: datetime) -> tuple[int, list[int]]:
    with writing(parts.engine) as session:
        return look_at_some(session, settings=parts.settings, now=now)


def _look(parts: Parts, number: int, now: datetime) -> None:
    with writing(parts.engine) as session:
        note_deadlines(session, get_case(session, number), settings=parts.settings, now=now)
