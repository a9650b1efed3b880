"""Duties of which something is to be told: reminders to their owners, and to partners who were asked something."""

from datetime import datetime
from functools import partial

from jobs.parts import Parts
from jobs.running import attempt
from models.db import writing
from models.duty_reminding import claim_duties_to_look_at, note_duty


def remind_duties_some(parts: Parts) -> bool:
    """Look at the next few duties that are due a look, each alone. True: there may be more."""
    now = parts.clock.now()
    with writing(parts.engine) as session:
        numbers = claim_duties_to_look_at(session, now=now)
    for number in numbers:
        attempt("remind of duties", partial(_look, parts, number, now))
    return bool(numbers)


def _look(parts: Parts, number: int, now: datetime) -> None:
    with writing(parts.engine) as session:
        note_duty(session, number, settings=parts.settings, now=now)
