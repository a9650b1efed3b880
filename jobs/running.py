"""The one place that catches everything: a piece of work fails alone, and the log says where but never what."""

import logging
from collections.abc import Callable
from functools import partial

from sqlalchemy import Engine
from sqlmodel import Session

from models.db import writing
from models.wordless import without_words

log = logging.getLogger("tocsin.jobs")


def attempt(action: str, work: Callable[[], object]) -> bool:
    """Do a piece of work. False: it failed, which is logged; whatever comes next goes on."""
    try:
        work()
    except Exception as failed:
        log.exception("failed", exc_info=without_words(failed), extra={"action": action})
        return False
    return True


def one_by_one(
    engine: Engine, action: str, claim: Callable[[Session], list[int]], work: Callable[[Session, int], object]
) -> bool:
    """Claim the next pieces of work, by number, and do each in a transaction of its own. True: there may be more."""
    with writing(engine) as session:
        numbers = claim(session)
    for number in numbers:
        attempt(action, partial(_alone, engine, work, number))
    return bool(numbers)


def _alone(engine: Engine, work: Callable[[Session, int], object], number: int) -> None:
    with writing(engine) as session:
        work(session, number)
