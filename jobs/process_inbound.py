"""Kept messages: process the next few together."""

from functools import partial

from intake.processing import claim_messages, process, process_many
from jobs.parts import Parts
from jobs.running import attempt
from models.db import writing


def process_some(parts: Parts) -> bool:
    """Process the next kept messages; if they fail together, each alone. True: there may be more."""
    now = parts.clock.now()
    with writing(parts.engine) as session:
        claimed = claim_messages(session, now=now)
    together = partial(process_many, parts.engine, claimed, settings=parts.settings, now=now)
    if len(claimed) > 1 and not attempt("process together", together):
        for number in claimed:
            attempt("process", partial(process, parts.engine, number, settings=parts.settings, now=now))
    elif len(claimed) == 1:
        attempt("process", partial(process, parts.engine, claimed[0], settings=parts.settings, now=now))
    return bool(claimed)
