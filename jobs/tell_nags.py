"""Nags that wait to be told: one message for each who is to be reminded."""

from jobs.parts import Parts
from models.db import writing
from models.telling import tell


def tell_nags(parts: Parts) -> bool:
    """Put what waits into messages, all at once. False: nothing is left for this sweep."""
    with writing(parts.engine) as session:
        tell(session, settings=parts.settings, now=parts.clock.now())
    return False
