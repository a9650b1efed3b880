"""One case nobody has looked at yet: ask the classifier, record what it thinks."""

from jobs.parts import Parts
from models.db import reading, writing
from models.queries import get_case
from models.triaging import next_untriaged, record_suggestion


def triage_one(parts: Parts) -> bool:
    """Ask for an opinion on the oldest untriaged case. True: there may be more.

    Nothing is open while the classifier thinks; if somebody was quicker, nothing changes.
    """
    from classifier.suggest import Message

    with reading(parts.engine) as session:
        found = next_untriaged(session)
    if found is None:
        return False
    case, letter = found
    opinion = parts.suggester().suggest(Message(subject=letter.subject, body=letter.text))
    with writing(parts.engine) as session:
        fresh = get_case(session, case.number)
        record_suggestion(session, fresh, opinion, settings=parts.settings, now=parts.clock.now())
    return True
