"""One kept message: process it."""

from intake.processing import claim_message, process
from jobs.parts import Parts
from models.db import writing


def process_one(parts: Parts) -> bool:
    """Process the next kept message. True: there may be more."""
    now = parts.clock.now()
    with writing(parts.engine) as session:
        message_id = claim_message(session, now=now)
    if message_id is None:
        return False
    process(parts.engine, message_id, settings=parts.settings, now=now)
    return True
