"""Answered cases that nobody writes about any more: asked after, and closed."""

from functools import partial

from sqlmodel import Session

from jobs.parts import Parts
from jobs.running import one_by_one
from models.closing_out import claim_to_close_out, close_out, closes_by_itself
from models.queries import get_case


def close_out_some(parts: Parts) -> bool:
    """Take the next step of a few close-outs, each alone. True: there may be more."""
    now, settings = parts.clock.now(), parts.settings
    if not closes_by_itself(now, settings=settings):
        return False

    def look(session: Session, number: int) -> None:
        close_out(session, get_case(session, number), settings=settings, now=now)

    return one_by_one(parts.engine, "close out", partial(claim_to_close_out, now=now), look)
