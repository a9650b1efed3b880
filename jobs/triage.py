"""Letters nobody has looked at yet: ask the classifier, record what it thinks."""

from jobs.parts import Parts
from models.db import writing
from models.triaging import claim_unjudged, record_opinion


def triage_some(parts: Parts) -> bool:
    """Ask for an opinion on the next few letters. True: there may be more.

    Nothing is open while the classifier thinks; if somebody was quicker, nothing changes.
    """
    from classifier.suggest import Message

    with writing(parts.engine) as session:
        waiting = claim_unjudged(session, now=parts.clock.now())
    for letter in waiting:
        opinion = parts.suggester().suggest(Message(letter.subject, letter.text, letter.sender))
        with writing(parts.engine) as session:
            record_opinion(session, letter.letter_id, opinion, settings=parts.settings, now=parts.clock.now())
    return bool(waiting)
