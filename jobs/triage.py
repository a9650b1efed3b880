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
        # one that kills the program is never caught: it shows as a try too many
        can_be_tried = letter.tries <= parts.settings.intake.tries
        if not can_be_tried or not attempt("triage", partial(_judge, parts, letter)):
            _give_up_in_time(parts, letter)
    return bool(waiting)


def _give_up_in_time(parts: Parts, letter: Unjudged) -> None:
    """After the last try its case gets a card all the same, which asks a person to read."""
    if letter.tries >= parts.settings.intake.tries:
        attempt("triage", partial(_record, parts, letter, UNREADABLE))


def _judge(parts: Parts, letter: Unjudged) -> None:
    """Nothing is open while the classifier thinks; if somebody was quicker, nothing changes."""
    from classifier.suggest import Message

    _record(parts, letter, parts.suggester().suggest(Message(letter.subject, letter.text, letter.sender)))


def _record(parts: Parts, letter: Unjudged, opinion: Opinion) -> None:
    with writing(parts.engine) as session:
        record_opinion(session, letter.letter_id, opinion, settings=parts.settings, now=parts.clock.now())
