"""Duties of which something is to be told: reminders to their owners, and to partners who were asked something."""

from functools import partial

from jobs.parts import Parts
from jobs.running import one_by_one
from models.duty_reminding import claim_duties_to_look_at, note_duty


def remind_duties_some(parts: Parts) -> bool:
    """Look at the next few duties that are due a look, each alone. True: there may be more."""
    now = parts.clock.now()
    claim = partial(claim_duties_to_look_at, now=now)
    return one_by_one(parts.engine, "remind of duties", claim, partial(note_duty, settings=parts.settings, now=now))
