"""Letters nobody has looked at yet: ask the classifier, record what it thinks."""

from collections.abc import Sequence
from functools import partial

from classifier.follow_up import sort_follow_up
from classifier.history import NOTHING, History
from jobs.parts import Parts
from jobs.running import attempt
from models.db import writing
from models.looking_back import came_before, with_earlier
from models.rules.follow_ups import FollowUp, Sort
from models.rules.likeness import prints
from models.rules.opinions import Opinion
from models.rules.same_matter import Before
from models.triaging import UNREADABLE, Judged, Unjudged, claim_unjudged, record_opinions


def triage_some(parts: Parts) -> bool:
    """Ask for an opinion on the next few letters together; if that fails, on each alone. True: there may be more."""
    now = parts.clock.now()
    with writing(parts.engine) as session:
        waiting = with_earlier(session, claim_unjudged(session, now=now), settings=parts.settings, now=now)
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

    past = [came_before(letter) for letter in letters]
    pairs = list(zip(letters, past, strict=True))
    messages = [Message(each.subject, each.text, each.sender, _history(each, found)) for each, found in pairs]
    opinions = parts.suggester().suggest_many(messages)
    _record(parts, [_judged(*pair, opinion) for pair, opinion in zip(pairs, opinions, strict=True)])


def _history(letter: Unjudged, found: Before) -> History:
    """What the classifier is told of a case's first letter; a later one is sorted, not filed."""
    return History(len(found.open), len(found.closed), bool(letter.named)) if letter.is_first else NOTHING


def _judged(letter: Unjudged, found: Before, opinion: Opinion) -> Judged:
    if letter.is_first:
        newest = next(iter(found.open), None)
        return Judged(letter.letter_id, opinion, is_first=True, prints=prints(letter.text), open_before=newest)
    wants = sort_follow_up(letter.subject, letter.text, is_answered=letter.is_answered)
    return Judged(letter.letter_id, opinion, is_first=False, follow_up=wants)


def _record(parts: Parts, judged: Sequence[Judged]) -> None:
    with writing(parts.engine) as session:
        record_opinions(session, judged, settings=parts.settings, now=parts.clock.now())
