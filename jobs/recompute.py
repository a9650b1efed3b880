"""Days that became bank holidays or closed days, or are none any longer: open clocks are reckoned anew."""

from jobs.parts import Parts
from models.db import reading, writing
from models.recomputing import changes, is_unfinished, note_changes, reckon_some


def recompute_some(parts: Parts) -> bool:
    """Reckon the next open cases anew when a day has changed; else write nothing. True: there may be more."""
    now, settings = parts.clock.now(), parts.settings
    with reading(parts.engine) as session:
        if not changes(session, settings=settings, now=now) and not is_unfinished(session):
            return False
    with writing(parts.engine) as session:
        note_changes(session, changes(session, settings=settings, now=now), now=now)
    with writing(parts.engine) as session:
        return reckon_some(session, settings=settings, now=now)
