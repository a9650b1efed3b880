"""What a further letter on a case wants: the next stage, news, something new, nothing more, or to tell us something.

A mistake costs an officer a glance, unless it hides something: so a letter is thanks or a withdrawal only when
nothing in it asks, denies, complains or warns. Nothing here needs a trained model.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from classifier.follow_up_guards import (
    AGREED,
    BENIGN,
    CLOSING,
    DANGER,
    GREETING,
    HARMLESS,
    HOLDS_BACK,
    SIGNED,
    TELLS,
    THANKED,
    WITHDRAWAL,
)
from classifier.follow_up_phrases import ASKS_ON, CHASER, ESCALATION, NEW_ISSUE, SATISFIED, Phrase
from classifier.text import clean
from models.rules.follow_ups import FollowUp, Sort

_MOST, _HEAD, _TAIL = 100_000, 1_500, 1_000
"""Characters read at all, and of a long letter those looked at from its start and its end: people ask first or last."""
_NAME = 3
"""Words after the closing that may be a name."""
_LONGEST_THANKS = 400
_EARLY = tuple(replace(phrase, reason="Is not satisfied, and has had no answer yet.") for phrase in ESCALATION)

_OURS = re.compile(r"^\s*(?:re|fw|fwd|ateb|aw|sv)\s*:", re.IGNORECASE)
_REST_IS_QUOTED = re.compile(
    r"^(?:-{2,} ?original message|_{10,}|on .{5,120} wrote:|ar .{5,120} ysgrifennodd"
    r"|from: .*[@<].*|oddi wrth: .*[@<].*)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?;]")
_DENIED = re.compile(
    r"\b(?:not|never|no need to|no wish to|without|rather than|instead of|nor|ddim|nid)\b(?: [\w']+){0,4} ?$"
)
_ONLY_IF = re.compile(
    r"\b(?:if|unless|otherwise|or else|or)\b.{0,120}\b(?:i|we)\b (?:will|shall|may|might|am going|are going|would"
    r"|can|intend)\b"
)
_QUOTING_US = re.compile(
    r"\b(?:says?|said|told|tells|wrote|mentions?|read)\b.{0,30}\b(?:i|we) (?:can|may|could|should)\b[^.]{0,40}$"
)
_WORD = re.compile(r"[a-z']+|\d+")


def sort_follow_up(subject: str, text: str, *, is_answered: bool) -> FollowUp:
    """What the writer of a further letter is after; under a millisecond, never an exception, whatever the text.

    ``is_answered``: the case has had its stage's answer, or is closed; only then can there be an escalation.
    """
    words = _plain(subject, text)
    if _is_withdrawal(words):
        return FollowUp(Sort.WITHDRAWAL, "Asks to withdraw the complaint.")
    for sort, phrases in _in_order(words, is_answered=is_answered):
        if phrase := _found(phrases, words):
            return FollowUp(sort, phrase.reason)
    # a subject may be anything that alarms nobody
    if not _is_held_back(words) and _is_only_thanks(_plain("", text)):
        return FollowUp(Sort.THANKS, "Says thanks, and nothing else.")
    return FollowUp(Sort.INFORMATION, "Tells us something." if words else "Has no words.")


def _in_order(words: str, *, is_answered: bool) -> Iterator[tuple[Sort, tuple[Phrase, ...]]]:
    """What to look for first; displeasure with an answer that has not come yet is a wish for it."""
    if is_answered:
        # who accepts the answer may still ask for the next stage in so many words
        yield Sort.ESCALATION, ASKS_ON if _found((SATISFIED,), words) else ESCALATION
    yield Sort.NEW_ISSUE, NEW_ISSUE
    yield Sort.CHASER, CHASER
    if not is_answered:
        yield Sort.CHASER, _EARLY


def _plain(subject: str, text: str) -> str:
    """What the resident wrote this time, in the shape the phrases are written in."""
    # the subject of a reply is ours, and ours speaks of answers and stages
    about = "" if _OURS.match(subject) else subject
    own = _without_quotes(text[:_MOST])
    if len(own) > _HEAD + _TAIL:
        own = f"{own[:_HEAD]} . {own[-_TAIL:]}"
    bare = unicodedata.normalize("NFD", clean(about, own))
    return "".join(character for character in bare if not unicodedata.combining(character))


def _without_quotes(text: str) -> str:
    kept: list[str] = []
    for line in text.splitlines():
        if _REST_IS_QUOTED.match(line.strip()):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line)
    return "\n".join(kept)


def _found(phrases: tuple[Phrase, ...], words: str) -> Phrase | None:
    """The first phrase that stands somewhere without being taken back."""
    for phrase in phrases:
        for match in phrase.pattern.finditer(words):
            if not (phrase.can_be_denied and _is_taken_back(words, match.start())):
                return phrase
    return None


def _is_taken_back(words: str, start: int) -> bool:
    """Whether the sentence before a find denies it, makes it depend on something, or repeats our own words."""
    before = words[max(0, start - 200) : start]
    sentence = _SENTENCE_END.split(before)[-1]
    return any(pattern.search(sentence) for pattern in (_DENIED, _ONLY_IF, _QUOTING_US))


def _is_withdrawal(words: str) -> bool:
    if not WITHDRAWAL.search(words) or DANGER.search(words):
        return False
    return not _is_held_back(WITHDRAWAL.sub(" ", words))


def _is_held_back(words: str) -> bool:
    """Whether anything asks, denies, complains or warns, so that a person must read it."""
    return "?" in words or bool(DANGER.search(words) or HOLDS_BACK.search(BENIGN.sub(" ", words)))


def _is_only_thanks(words: str) -> bool:
    """Whether every word belongs to thanks, save a name after the closing."""
    if len(words) > _LONGEST_THANKS:
        return False
    if not (THANKED.search(words) or AGREED.search(words)):
        return False
    words = SIGNED.sub(" ", words)
    closings = list(CLOSING.finditer(words))
    if closings and _may_be_name(words[closings[-1].end() :]):
        words = words[: closings[-1].end()]
    return all(word in HARMLESS for word in _WORD.findall(GREETING.sub(" ", words)))


def _may_be_name(words: str) -> bool:
    return len(_WORD.findall(words)) <= _NAME and not TELLS.search(words)
