"""Evidence: what a message says that bears on its kind, found by spaCy and put in our own words.

Each find has a code for the model, the place in the cleaned text that raised it
and a sentence for the officer. Nothing here decides; it reads.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from classifier.history import history_codes
from classifier.numbers import NUMBERED, NumberFinder
from classifier.patterns.areas import AREA_WORDS
from classifier.patterns.blame import BLAME
from classifier.patterns.grievance import GRIEVANCE
from classifier.patterns.history import HISTORY
from classifier.patterns.kinds import OTHER_KINDS
from classifier.patterns.routes import OTHER_ROUTES
from classifier.phrases import GAP, Pattern, parts

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PATTERNS: tuple[Pattern, ...] = (*HISTORY, *BLAME, *GRIEVANCE, *OTHER_KINDS, *OTHER_ROUTES, *AREA_WORDS)

CLAUSE_ENDS = frozenset(".!?;:,()-–—\"'") | {"but", "however", "although", "because", "so"}
SENTENCE_ENDS = frozenset(".!?;")
NEGATORS = frozenset({"not", "never", "nobody", "without", "no", "nor", "neither", "hardly"})
DOUBTS = frozenset({"if", "whether", "unless", "may", "might", "probably", "perhaps", "maybe", "presumably", "someone"})
_TAKES_BACK = NEGATORS | DOUBTS
REACH = 3
"""Words a "not" reaches forward, within its own clause."""
DOUBT_REACH = 5
"""The same for an "if", which stands before the whole of what is doubted."""
_LAID = "laid out"
_LOOKED_BACK = 8
"""Beginnings of one pattern that are tried for its next part, the newest first."""
_BY_PLACE = itemgetter(1, 2)
"""A match's first token and the token after its last."""


@cache
def tokeniser() -> "Language":
    """SpaCy's English rules for words, and nothing more: no model is fetched, and every finder shares it."""
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    return nlp


@dataclass(frozen=True)
class Laid:
    """A text's words and where each of them starts, in characters; and what each finder found in it, once asked."""

    text: str
    words: list[str]
    starts: list[int]
    finds: "dict[PatternFinder, list[Evidence]]" = field(default_factory=dict)


def tokens(text: str) -> "Doc":
    """A cleaned text as spaCy's words, laid out once because many look through them."""
    doc = tokeniser().make_doc(text)
    places = doc.to_array(["IDX", "LENGTH"]).tolist()
    words = [text[start : start + length] for start, length in places]
    doc.user_data[_LAID] = Laid(text, words, [start for start, _ in places])
    return doc


def laid_out(doc: "Doc") -> Laid:
    """The words of a text that ``tokens`` made."""
    laid: Laid = doc.user_data[_LAID]
    return laid


@dataclass(frozen=True)
class Evidence:
    """One find: its code, its place in the cleaned text in characters, and the words there (never shown on a card).

    ``number`` is a count of times or of days where the find carries one, otherwise 0.
    """

    code: str
    start: int
    end: int
    words: str
    number: int = 0


@dataclass(frozen=True)
class _Part:
    """One part of one line of one pattern, as the matcher knows it; its line's parts so far go by one name."""

    pattern: Pattern
    name: tuple[int, int, int]
    before: tuple[int, int, int] | None
    is_last: bool


class PatternFinder:
    """Finds the patterns given to it; built once, used for any number of texts, safe to share between threads."""

    def __init__(self, patterns: Sequence[Pattern], *, gap: int = GAP) -> None:
        from spacy.matcher import PhraseMatcher

        self._gap = gap
        self._vocab = tokeniser().vocab
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._parts: dict[int, _Part] = {}
        for number, pattern in enumerate(patterns):
            self._teach(number, pattern)

    def find(self, doc: "Doc") -> list[Evidence]:
        """Every pattern found in the tokens, in the order of the text, each place once; looked for once a text."""
        laid = laid_out(doc)
        if self not in laid.finds:
            ordered = sorted(set(self._spans(doc, laid.words)), key=lambda span: (span[1], -span[2], span[0]))
            laid.finds[self] = [_evidence(laid, *span) for span in ordered]
        return laid.finds[self]

    def _teach(self, number: int, pattern: Pattern) -> None:
        known_as = self._vocab.strings.add
        for line, written in enumerate(pattern.lines):
            pieces = parts(written)
            for place, wordings in enumerate(pieces):
                key = f"{number}/{line}/{place}"
                before = (number, line, place - 1) if place else None
                part = _Part(pattern, (number, line, place), before, place == len(pieces) - 1)
                self._parts[self._vocab.strings.add(key)] = part
                # the form the matcher keeps itself: a Doc for each of a hundred thousand wordings takes two seconds
                kept: Any = [[known_as(word) for word in words] for words in wordings]
                self._matcher.add(key, kept)

    def _spans(self, doc: "Doc", words: Sequence[str]) -> Iterable[tuple[str, int, int]]:
        """Code, first token and the token after the last, of everything that stands."""
        opened: dict[tuple[int, int, int], list[tuple[int, int]]] = defaultdict(list)
        for key, start, end in sorted(self._matcher(doc), key=_BY_PLACE):
            part = self._parts[key]
            begun = start if part.before is None else self._begun(opened.get(part.before, ()), start, words)
            if begun is None:
                continue
            if not part.is_last:
                opened[part.name].append((begun, end))
            elif not _taken_back(part.pattern, words, begun):
                yield part.pattern.code, begun, end

    def _begun(self, before: Sequence[tuple[int, int]], start: int, words: Sequence[str]) -> int | None:
        """Where the pattern began whose next part starts here: the nearest that one sentence joins to it, if any."""
        for begun, end in reversed(before[-_LOOKED_BACK:]):
            if end <= start <= end + self._gap and SENTENCE_ENDS.isdisjoint(words[end:start]):
                return begun
        return None


class EvidenceFinder:
    """Finds all evidence of a message's kind: the patterns, and what is counted (times and days)."""

    @cached_property
    def _patterns(self) -> PatternFinder:
        return PatternFinder(PATTERNS)

    @cached_property
    def _numbers(self) -> NumberFinder:
        return NumberFinder(tokeniser().vocab)

    def find(self, doc: "Doc") -> list[Evidence]:
        """Evidence in a cleaned text's tokens, in the order of the text."""
        laid = laid_out(doc)
        counted = [
            _evidence(laid, hit.code, hit.start, hit.end, hit.number) for hit in self._numbers.find(doc, laid.words)
        ]
        return sorted([*self._patterns.find(doc), *counted], key=lambda evidence: (evidence.start, evidence.code))


@cache
def evidence_finder() -> EvidenceFinder:
    """The finder that every reader of this process shares."""
    return EvidenceFinder()


def codes() -> tuple[str, ...]:
    """Every evidence code there is, in the order the model knows them."""
    return (*dict.fromkeys(pattern.code for pattern in PATTERNS), *NUMBERED, *history_codes())


def _evidence(laid: Laid, code: str, start: int, end: int, number: int = 0) -> Evidence:
    first, last = laid.starts[start], laid.starts[end - 1] + len(laid.words[end - 1])
    return Evidence(code, first, last, laid.text[first:last], number)


def _taken_back(pattern: Pattern, words: Sequence[str], start: int) -> bool:
    """Whether a "not" or an "if" just before, in the same clause, takes the find back."""
    near = words[max(0, start - DOUBT_REACH) : start]
    if _TAKES_BACK.isdisjoint(near):  # as it nearly always is
        return False
    before = _clause_of(near)
    denied = any(
        word in NEGATORS and following not in {"only", "just", "surprisingly"}
        for word, following in zip(before[-REACH:], [*before[-REACH:], words[start]][1:], strict=False)
    )
    doubted = not DOUBTS.isdisjoint(before)
    return (pattern.negatable and denied) or (pattern.doubtable and doubted)


def _clause_of(near: Sequence[str]) -> Sequence[str]:
    """Of the words before a find, those of the same clause."""
    ends = [place for place, word in enumerate(near) if word in CLAUSE_ENDS]
    return near[ends[-1] + 1 :] if ends else near
