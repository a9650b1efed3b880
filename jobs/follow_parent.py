"""Campaigns: what a person did on the case that speaks for many is done on each of them."""

from functools import partial

from jobs.parts import Parts
from jobs.running import attempt
from models.campaign_steps import follow_parent, lagging
from models.db import reading, writing


def follow_parents(parts: Parts) -> bool:
    """Bring every case up with the one that speaks for it, each alone, past those that fail. False: all were tried."""
    with reading(parts.engine) as session:
        numbers = lagging(session)
    for number in numbers:
        if parts.stop.is_set():
            break
        attempt("follow campaign", partial(_follow, parts, number))
    return False


def _follow(parts: Parts, number: int) -> None:
    with writing(parts.engine) as session:
        follow_parent(session, number, settings=parts.settings, now=parts.clock.now())
