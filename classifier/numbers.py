"""What a message counts: how many times the council was told, and how long it has gone on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

NUMBERED = ("times_told", "times_happened", "length_of_time")
"""Codes whose evidence carries a number: times, times, days."""

_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8, "9th": 9, "10th": 10,
}  # fmt: skip
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "several": 3, "many": 5, "few": 3, "couple": 2, "twenty": 20, "fifteen": 15, "a": 1,
    "an": 1, "half": 1,
}  # fmt: skip
_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_UNITS = [*_DAYS, *(f"{unit}s" for unit in _DAYS)]
_MONTHS = [
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    *("december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"),
    *("spring", "summer", "autumn", "winter", "easter", "christmas", "last"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *(str(year) for year in range(2015, 2041)),
]
_TELLING = {
    *("report", "reports", "reported", "reporting", "complaint", "complaints", "complained", "complaining", "told"),
    *("tell", "asked", "asking", "request", "requests", "requested", "email", "emailed", "emails", "phoned", "called"),
    *("calls", "rang", "rung", "contacted", "contact", "raised", "raising", "writing", "written", "wrote", "chased"),
    *("chasing", "flagged", "logged", "notified", "attempt", "ringing", "calling", "messaged", "telling", "refnumber"),
}
_NEAR = 8
"""Words between "three times" and the word that says the council was told."""
_A_YEAR = 1_000
"""From here on a number is the name of a year and no count."""
_MOST = 50
"""The largest count believed; anything above is a date, a house or a joke."""

_ORDINAL = {"LOWER": {"IN": list(_ORDINALS)}}
_NUMBER = {"LOWER": {"REGEX": r"^\d{1,3}$"}}
_WORD_NUMBER = {"LOWER": {"IN": list(_NUMBERS)}}
_UNIT = {"LOWER": {"IN": _UNITS}}
_TOLD_NOUN = [
    "report",
    "complaint",
    "request",
    "email",
    "call",
    "letter",
    "message",
    "reminder",
    "reporting",
    "attempt",
]
_TIMES = {"LOWER": {"IN": ["times", "occasions", "x"]}}

_COUNTS = frozenset(_NUMBERS)
_MATES: dict[str, frozenset[str]] = {
    **dict.fromkeys(_ORDINALS, frozenset({"time", "occasion", *_TOLD_NOUN})),
    **dict.fromkeys(["times", "occasions", "x"], _COUNTS),
    **dict.fromkeys(["reports", "complaints", "emails", "calls", "requests"], _COUNTS),
    **dict.fromkeys(_UNITS, _COUNTS | {"for", "some", "after", "in", "these", "now", "ago", "later", "on"}),
    **dict.fromkeys(["since", "from", "until"], frozenset(_MONTHS)),
    "report": frozenset(),
}
"""Every rule has one of these words and, at most two words between, a mate of it or a figure.

Nothing of a rule lies further from that word than ``_REACH``.
"""
_ALONE = frozenset({"twice", "thrice"})
"""Words that are a rule by themselves."""
_APART, _REACH = 3, 5

_RULES: dict[str, list[list[dict[str, Any]]]] = {
    "times": [
        [_ORDINAL, {"LOWER": {"IN": ["time", "occasion", *_TOLD_NOUN]}}],
        [_NUMBER, _TIMES],
        [_WORD_NUMBER, _TIMES],
        [_WORD_NUMBER, {"LOWER": {"IN": ["or", "different", "separate", "previous"]}}, {"OP": "?"}, _TIMES],
        [{"LOWER": "report"}, {"LOWER": {"IN": ["2", "3", "4", "5"]}}],
        [{"LOWER": {"IN": ["2", "3", "4", "5", "6", *list(_NUMBERS)[1:10]]}},
         {"LOWER": "previous", "OP": "?"}, {"LOWER": {"IN": ["reports", "complaints", "emails", "calls", "requests"]}}],
        [{"LOWER": {"IN": ["twice", "thrice"]}}],
    ],
    "length_of_time": [
        [_NUMBER, _UNIT],
        [_WORD_NUMBER, {"LOWER": {"IN": ["of", "more", "long", "whole", "full", "a"]}, "OP": "?"}, _UNIT],
        [{"LOWER": {"IN": ["for", "several", "many", "some", "after", "in", "these"]}}, {"LOWER": {"IN": _UNITS[6:]}}],
        [{"LOWER": {"IN": ["since", "from", "until"]}},
         {"LOWER": {"IN": ["before", "last", "early", "late", "the"]}, "OP": "?"}, {"LOWER": {"IN": _MONTHS}}],
        [{"LOWER": {"IN": _UNITS[6:]}}, {"LOWER": {"IN": ["now", "ago", "later", "on"]}}],
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """A count found at these tokens: ``number`` is times or days, by its code."""

    code: str
    start: int
    end: int
    number: int


class NumberFinder:
    """Finds counts of times and lengths of time by spaCy's Matcher."""

    def __init__(self, vocab: "Vocab") -> None:
        from spacy.matcher import Matcher

        self._matcher = Matcher(vocab)
        self._strings = vocab.strings
        for code, rules in _RULES.items():
            self._matcher.add(code, rules, greedy="LONGEST")

    def find(self, doc: "Doc", words: Sequence[str]) -> list[Counted]:
        """Every count among the words of a cleaned text, in the order of the text."""
        found = {match for start, end in _neighbourhoods(words) for match in self._within(doc, start, end)}
        matches = sorted(found, key=lambda match: (match[1], match[2]))
        return [self._counted(self._strings[key], start, end, words) for key, start, end in matches]

    def _within(self, doc: "Doc", start: int, end: int) -> list[tuple[int, int, int]]:
        return [(key, start + first, start + last) for key, first, last in self._matcher(doc[start:end])]

    @staticmethod
    def _counted(rule: str, start: int, end: int, words: Sequence[str]) -> Counted:
        found = words[start:end]
        if rule == "length_of_time":
            return Counted(rule, start, end, _days(found))
        near = words[max(0, start - _NEAR) : end + _NEAR]
        code = "times_told" if _TELLING.intersection(near) else "times_happened"
        return Counted(code, start, end, _times(found))


def _neighbourhoods(words: Sequence[str]) -> list[tuple[int, int]]:
    """The stretches of a text that may hold a count: the matcher costs too much to be run over every word."""
    stretches: list[tuple[int, int]] = []
    for place in (place for place, word in enumerate(words) if _may_count(words, place, word)):
        start, end = max(0, place - _REACH), place + _REACH + 1
        if stretches and start <= stretches[-1][1]:
            start, _ = stretches.pop()
        stretches.append((start, min(end, len(words))))
    return stretches


def _may_count(words: Sequence[str], place: int, word: str) -> bool:
    """Whether a word may belong to a count: what every rule needs stands there."""
    mates = _MATES.get(word)
    if mates is None:
        return word in _ALONE
    near = [*words[max(0, place - _APART) : place], *words[place + 1 : place + 1 + _APART]]
    return not mates.isdisjoint(near) or any(map(str.isdecimal, near))


def _times(words: Sequence[str]) -> int:
    """How many times; at least two, because "times" is plural."""
    known = {**_NUMBERS, **_ORDINALS, "twice": 2, "thrice": 3}
    counts = [int(word) if word.isdecimal() else known.get(word, 0) for word in words]
    return min(max([*counts, 2]), _MOST)


def _days(words: Sequence[str]) -> int:
    """About how many days; a plural with no number counts three, "since" a month."""
    size = next((_DAYS[word.removesuffix("s")] for word in words if word.removesuffix("s") in _DAYS), 30)
    plural = any(word.removesuffix("s") in _DAYS and word.endswith("s") for word in words)
    counts = [int(word) if word.isdecimal() else _NUMBERS.get(word, 0) for word in words]
    counts = [count for count in counts if count < _A_YEAR]
    return size * (max([*counts, 0]) or (3 if plural else 1))
