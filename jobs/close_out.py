"""Answered cases that nobody writes about any more: asked after, and closed."""

from datetime import datetime
from functools import partial

from jobs.parts import Parts
from jobs.running import attempt
from models.closing_out import claim_to_close_out, close_out, closes_by_itself
from models.db import writing
from models.queries import get_case


def close_out_some(parts: Parts) -> bool:
    """Take the next step of a few close-outs, each alone. True: there may be more."""
    now = parts.clock.now()
    if not closes_by_itself(now, settings=parts.settings):
        return False
    with writing(parts.engine) as session:
        numbers = claim_to_close_out(session, now=now)
    for number in numbers:
        attempt("close out", partial(_look, parts, number, now))
    return bool(numbers)


def _look(parts: Parts, number: int, now: datetime) -> None:
    with writing(parts.engine) as session:
        close_out(session, get_case(session, number), settings=parts.settings, now=now)
