"""The letter check: what an answer to a complaint must hold, and which of it an officer's letter lacks.

What an answer must hold: Local Government and Social Care Ombudsman, Complaint Handling Code (2024), stages 1 and 2.
The check looks for turns of phrase in English. It cannot tell whether a reason is a good one, and it may overlook
one put in words of its own; so a person always has the last word.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple


class Element(StrEnum):
    """Something that an answer must hold."""

    STAGE = "stage"
    DECISION = "decision"
    REASONS = "reasons"
    REMEDY = "remedy"
    ACTIONS = "actions"
    WAY_ON = "way on"
    POINTS = "points"


class Finding(NamedTuple):
    """One thing a letter lacks, with a sentence for the officer."""

    element: Element
    sentence: str


SUPPLIED: dict[str, frozenset[Element]] = {
    name: frozenset({Element.STAGE, Element.DECISION, Element.WAY_ON}) for name in ("response", "stage_2_response")
}
"""What the templates say by themselves around the officer's words."""

_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(phrases) + r")", re.IGNORECASE)


_STAGE = _any_of(r"stage (?:\d|one|two|three)\b")
_DECISION = _any_of("(?:not |partly )?upheld", "(?:not |partly )?uphold", "our decision", "we have decided", "resolved")
_NEXT_STAGE = _any_of(r"stage (?:2|two|3|three)\b", "next stage")
_OMBUDSMAN = _any_of("ombuds")
_REASONS = _any_of(
    "because",
    "due to",
    "owing to",
    "caused by",
    "as a result",
    "the reasons? ",
    "(?:this|that) is why",
    "(?:we|i) (?:have )?(?:found|checked|looked|spoke|asked|inspected|investigated)",
    "(?:records|logs?|photographs|evidence|notes|inspection) (?:\\w+ )?(?:shows?|showed|says?|tells?|confirms?)",
    "according to",
    "(?:under|by) (?:section|the law|our policy|regulation)",
    "policy",
    r"act (?:19|20)\d\d",
    "regulations",
    "guidance",
)
_REMEDY = _any_of(
    "sorry",
    "apolog",
    "refund",
    "repa(?:y|id)",
    "reimburs",
    "compensat",
    "pay you",
    r"payment of",
    "waive",
    r"put (?:\w+ )?right",
    "repair",
    "mend",
    "fix",
    "replac",
    "reconsider",
    "(?:look|looked) (?:at it )?again",
    "chang(?:e|ed|ing) (?:our|the|your|how)",
    "amend",
    "correct(?:ed|ing)",
    "train(?:ed|ing)",
)
_PROMISE = _any_of(
    "(?:we|they|the (?:team|crew|contractor|council|service)|somebody|someone) (?:will|shall)(?! not)\\b",
    "(?:we|they)['’]ll\\b",
    "we are going to",
    "will (?:now )?be \\w+(?:ed|en|t)\\b",
)
_WHEN = _any_of(
    rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})\b",
    rf"(?:by|on|next|in|before) (?:the end of )?(?:{_DAY}|{_MONTH}|week|month)\b",
    "by the end of",
    r"within (?:\w+ ){1,3}(?:hour|day|week|month)s?\b",
    "today",
    "tomorrow",
    r"\d{1,2}/\d{1,2}/\d{2,4}\b",
    "every (?:day|week|month)",
)
_DONE = _any_of(
    r"(?:has|have|had) (?:now |already |since )?(?:been )?\w+(?:ed|en|t|id)\b",
    r"(?:was|were) (?:\w+ly )?\w+(?:ed|en|t)\b",
    "nothing (?:more|further|else|remains|is left)",
    "no (?:further|more|other|outstanding) (?:action|work|step)",
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
"""Words are compared by their first letters, so that "collected" answers "collection"."""


def check_letter(
    text: str,
    *,
    owes_remedy: bool,
    is_last: bool = False,
    supplied: frozenset[Element] = frozenset(),
    points: Sequence[str] = (),
) -> tuple[Finding, ...]:
    """What the letter lacks, in the order an officer would put it right.

    - ``owes_remedy``: something was found wrong, or was put right, so the letter says what is done about it.
    - ``is_last``: there is no further stage, so the way on is the Ombudsman.
    - ``supplied`` counts as present: the template around the letter says it.
    - ``points`` are the complainant's, in order. Nothing passes them yet: no case has agreed points so far.
    """
    found = (
        *_what_it_is(text, is_last=is_last),
        *_reasons_and_remedy(text, owes_remedy=owes_remedy),
        *_points(text, points),
    )
    return tuple(finding for finding in found if finding.element not in supplied)


def _what_it_is(text: str, *, is_last: bool) -> Iterator[Finding]:
    if not _STAGE.search(text):
        yield Finding(Element.STAGE, "It does not say at which stage this answer is.")
    if not _DECISION.search(text):
        yield Finding(Element.DECISION, "It does not say what was decided.")
    if is_last and not _OMBUDSMAN.search(text):
        yield Finding(Element.WAY_ON, "It does not name the right to go to the Ombudsman.")
    if not is_last and not _NEXT_STAGE.search(text):
        yield Finding(Element.WAY_ON, "It does not say how to ask for the next stage.")


def _reasons_and_remedy(text: str, *, owes_remedy: bool) -> Iterator[Finding]:
    if not _REASONS.search(text):
        yield Finding(Element.REASONS, "It gives no reasons: say what you found, or which rule decides it.")
    if owes_remedy and not _REMEDY.search(text):
        yield Finding(Element.REMEDY, "It offers no remedy: an apology, a repair, a payment, a change.")
    if _has_promise_without_a_day(text):
        yield Finding(Element.ACTIONS, "It promises something and does not say by when.")
    elif owes_remedy and not (_PROMISE.search(text) or _DONE.search(text)):
        yield Finding(Element.ACTIONS, "It does not say what is still to be done, or that nothing is.")


def _has_promise_without_a_day(text: str) -> bool:
    """Whether a sentence promises something, and neither it nor the next one holds a day."""
    sentences = _SENTENCE.split(text)
    pairs = zip(sentences, [*sentences[1:], ""], strict=True)
    return any(_PROMISE.search(one) and not _WHEN.search(f"{one} {following}") for one, following in pairs)


def _points(text: str, points: Sequence[str]) -> Iterator[Finding]:
    for number, point in enumerate(points, start=1):
        if not (_is_numbered(text, number) or _shares_words(text, point)):
            yield Finding(Element.POINTS, f"Point {number} is not answered: {point.strip()[:80]}")


def _is_numbered(text: str, number: int) -> bool:
    return bool(re.search(rf"(?m)^\s*(?:point )?{number}[.):]|\bpoint {number}\b", text, re.IGNORECASE))


def _shares_words(text: str, point: str) -> bool:
    """Whether at least half of the point's longer words are taken up; one that has none is not judged."""
    wanted, written = _stems(point), _stems(text)
    return 2 * len(wanted & written) >= len(wanted)


def _stems(text: str) -> set[str]:
    return {word.lower()[:_STEM] for word in _WORD.findall(text)}
