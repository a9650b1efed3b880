"""Letters nobody has looked at yet: ask the classifier, record what it thinks."""

from collections.abc import Sequence
from functools import partial

from classifier.follow_up import sort_follow_up
from jobs.parts import Parts
from jobs.running import attempt
from models.db import writing
from models.rules.follow_ups import FollowUp, Sort
from models.rules.likeness import prints
from models.rules.opinions import Opinion
from models.triaging import UNREADABLE, Judged, Unjudged, claim_unjudged, record_opinions


def triage_some(parts: Parts) -> bool:
    """Ask for an opinion on the next few letters together; if that fails, on each alone. True: there may be more."""
    with writing(parts.engine) as session:
        waiting = claim_unjudged(session, now=parts.clock.now())
    if len(waiting) > 1 and attempt("triage together", partial(_judge, parts, waiting)):
        return True
    for letter in waiting:
        # one that kills the program is never caught: it shows as a try too many
        can_be_tried = letter.tries <= parts.settings.intake.tries
        if not can_be_tried or not attempt("triage", partial(_judge, parts, [letter])):
            _give_up_in_time(parts, letter)
    return bool(waiting)


def _give_up_in_time(parts: Parts, letter: Unjudged) -> None:
    """After the last try its case gets a card all the same, which asks a person to read."""
    if letter.tries >= parts.settings.intake.tries:
        wants = None if letter.is_first else FollowUp(Sort.INFORMATION, "The classifier could not read it.")
        unread = Judged(letter.letter_id, UNREADABLE, letter.is_first, follow_up=wants)
        attempt("triage", partial(_record, parts, [unread]))


def _judge(parts: Parts, letters: Sequence[Unjudged]) -> None:
    """Nothing is open while the classifier thinks; if somebody was quicker, nothing changes."""
    from classifier.suggest import Message

    messages = [Message(letter.subject, letter.text, letter.sender) for letter in letters]
    opinions = parts.suggester().suggest_many(messages)
    judged = [_judged(letter, opinion) for letter, opinion in zip(letters, opinions, strict=True)]
    _record(parts, judged)


def _judged(letter: Unjudged, opinion: Opinion) -> Judged:
    if letter.is_first:
        return Judged(letter.letter_id, opinion, is_first=True, prints=prints(letter.text))
    wants = sort_follow_up(letter.subject, letter.text, is_answered=letter.is_answered)
    return Judged(letter.letter_id, opinion, is_first=False, follow_up=wants)


def _record(parts: Parts, judged: Sequence[Judged]) -> None:
    with writing(parts.engine) as session:
        record_opinions(session, judged, settings=parts.settings, now=parts.clock.now())
