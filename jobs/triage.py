"""Letters nobody has looked at yet: ask the classifier, record what it thinks."""

from functools import partial

from jobs.parts import Parts
from jobs.running import attempt
from models.db import writing
from models.rules.opinions import Opinion
from models.triaging import UNREADABLE, Unjudged, claim_unjudged, record_opinion


def triage_some(parts: Parts) -> bool:
    """Ask for an opinion on the next few letters, each alone. True: there may be more."""
    with writing(parts.engine) as session:
        waiting = claim_unjudged(session, now=parts.clock.now())
    for letter in waiting:
        went_well = attempt("triage", partial(_judge, parts, letter))
        if not went_well and letter.tries >= parts.settings.intake.tries:
            attempt("triage", partial(_record, parts, letter, UNREADABLE))
    return bool(waiting)


def _judge(parts: Parts, letter: Unjudged) -> None:
    """Nothing is open while the classifier thinks; if somebody was quicker, nothing changes."""
    from classifier.suggest import Message

    _record(parts, letter, parts.suggester().suggest(Message(letter.subject, letter.text, letter.sender)))


def _record(parts: Parts, letter: Unjudged, opinion: Opinion) -> None:
    with writing(parts.engine) as session:
        record_opinion(session, letter.letter_id, opinion, settings=parts.settings, now=parts.clock.now())
