"""Evidence: what a message says that bears on its kind, found by spaCy and put in our own words.

Each find has a code for the model, the place in the cleaned text that raised it
and a sentence for the officer. Nothing here decides; it reads.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

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
REACH = 3
"""Words a "not" reaches forward, within its own clause."""
DOUBT_REACH = 5
"""The same for an "if", which stands before the whole of what is doubted."""


@cache
def tokeniser() -> "Language":
    """SpaCy's English rules for words, and nothing more: no model is fetched, and every finder shares it."""
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    return nlp


def tokens(text: str) -> "Doc":
    """A cleaned text as spaCy's words."""
    return tokeniser().make_doc(text)


def words_of(doc: "Doc") -> list[str]:
    """The words themselves; asked for once a text, though many look through them."""
    known: list[str] | None = doc.user_data.get("words")
    if known is None:
        known = doc.user_data["words"] = [token.orth_ for token in doc]
    return known


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
    """One part of one line of one pattern, as the matcher knows it."""

    pattern: int
    line: int
    place: int
    last: int


class PatternFinder:
    """Finds the patterns given to it; built once, used for any number of texts, safe to share between threads."""

    def __init__(self, patterns: Sequence[Pattern], *, gap: int = GAP) -> None:
        from spacy.matcher import PhraseMatcher

        self._patterns = patterns
        self._gap = gap
        self._vocab = tokeniser().vocab
        self._matcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._parts: dict[int, _Part] = {}
        for number, pattern in enumerate(patterns):
            self._teach(number, pattern)

    def find(self, doc: "Doc") -> list[Evidence]:
        """Every pattern found in the tokens, in the order of the text, each place once."""
        spans = {(self._patterns[number].code, start, end) for number, start, end in self._spans(doc)}
        ordered = sorted(spans, key=lambda span: (span[1], -span[2], span[0]))
        return [_evidence(doc, *span) for span in ordered]

    def _teach(self, number: int, pattern: Pattern) -> None:
        from spacy.tokens import Doc

        for line, written in enumerate(pattern.lines):
            pieces = parts(written)
            for place, wordings in enumerate(pieces):
                key = f"{number}/{line}/{place}"
                self._parts[self._vocab.strings.add(key)] = _Part(number, line, place, len(pieces) - 1)
                self._matcher.add(key, [Doc(self._vocab, words=list(words)) for words in wordings])

    def _spans(self, doc: "Doc") -> Iterable[tuple[int, int, int]]:
        """Pattern number, first token and the token after the last, of everything that stands."""
        words = words_of(doc)
        opened: dict[tuple[int, int, int], list[tuple[int, int]]] = defaultdict(list)
        for key, start, end in sorted(self._matcher(doc), key=lambda match: (match[1], match[2])):
            part = self._parts[key]
            for begun in self._begun(part, start, opened, words):
                if part.place == part.last:
                    if not _taken_back(self._patterns[part.pattern], words, begun):
                        yield part.pattern, begun, end
                else:
                    opened[part.pattern, part.line, part.place].append((begun, end))

    def _begun(
        self, part: _Part, start: int, opened: dict[tuple[int, int, int], list[tuple[int, int]]], words: Sequence[str]
    ) -> list[int]:
        """Where the pattern began, for a part that starts at ``start``: itself when it is the first."""
        if part.place == 0:
            return [start]
        before = opened.get((part.pattern, part.line, part.place - 1), [])[-8:]
        near = [begun for begun, end in before if end <= start <= end + self._gap and not _broken(words[end:start])]
        return near[-1:]


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
        found = self._patterns.find(doc)
        counted = [
            _evidence(doc, hit.code, hit.start, hit.end, hit.number) for hit in self._numbers.find(doc, words_of(doc))
        ]
        return sorted([*found, *counted], key=lambda evidence: (evidence.start, evidence.code))


def codes() -> tuple[str, ...]:
    """Every evidence code there is, in the order the model knows them."""
    return (*dict.fromkeys(pattern.code for pattern in PATTERNS), *NUMBERED, *history_codes())


def _evidence(doc: "Doc", code: str, start: int, end: int, number: int = 0) -> Evidence:
    span = doc[start:end]
    return Evidence(code, span.start_char, span.end_char, span.text, number)


def _broken(between: Sequence[str]) -> bool:
    """Whether a sentence ends between two parts."""
    return any(word in SENTENCE_ENDS for word in between)


def _taken_back(pattern: Pattern, words: Sequence[str], start: int) -> bool:
    """Whether a "not" or an "if" just before, in the same clause, takes the find back."""
    before = _clause_before(words, start)
    denied = any(
        word in NEGATORS and following not in {"only", "just", "surprisingly"}
        for word, following in zip(before[-REACH:], [*before[-REACH:], words[start]][1:], strict=False)
    )
    doubted = bool(DOUBTS.intersection(before))
    return (pattern.negatable and denied) or (pattern.doubtable and doubted)


def _clause_before(words: Sequence[str], start: int) -> Sequence[str]:
    """The words of the same clause that stand within reach of a find."""
    near = words[max(0, start - DOUBT_REACH) : start]
    ends = [place for place, word in enumerate(near) if word in CLAUSE_ENDS]
    return near[ends[-1] + 1 :] if ends else near
