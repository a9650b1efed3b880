"""Tells a cover what they look after when an absence begins, and whoever comes back what waits for them; once each."""

from functools import partial

from jobs.parts import Parts
from jobs.running import attempt
from models.announcing import Announcement, announce, to_announce
from models.db import reading, writing


def announce_absences(parts: Parts) -> bool:
    """Tell each of them in their own working hours. Always False: there is never more to do."""
    with reading(parts.engine) as session:
        new = to_announce(session, settings=parts.settings, now=parts.clock.now())
    for each in new:
        attempt("announce absence", partial(_announce, parts, each))
    return False


def _announce(parts: Parts, said: Announcement) -> None:
    with writing(parts.engine) as session:
        announce(session, said, now=parts.clock.now())
