"""As somebody's hours begin, they are told in one message what the day holds; drawn when it leaves."""

from jobs.parts import Parts
from models.db import reading, writing
from models.digest import put_digests, who_gets_one


def morning_digest(parts: Parts) -> bool:
    """Put a digest for each who has begun to work and has had none today. Always False: there is never more to do."""
    if not parts.settings.slack.digest:
        return False
    now = parts.clock.now()
    with reading(parts.engine) as session:
        new = who_gets_one(session, settings=parts.settings, now=now)
    if new:
        with writing(parts.engine) as session:
            put_digests(session, new, now=now)
    return False
