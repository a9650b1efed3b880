"""Features: readings as one sparse matrix of word runs, letter runs and evidence.

Words and letters are hashed into fixed columns, so that nothing a person wrote is
kept in the artefact and its size does not grow with the corpus.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from math import log1p
from typing import Any

from classifier.evidence import codes
from classifier.history import history_codes
from classifier.patterns.areas import AREA_CODES
from classifier.reading import BLAMED, TOLD, WROTE_BEFORE, Reading

COLUMNS = 2**15
"""Columns for word runs, and again for letter runs: large enough that collisions cost nothing measurable."""
WEIGHT = 0.3
"""Weight of one piece of evidence beside a row of words of length 1; found by cross-validation by scenario."""
LETTERS_FROM = 4_000
"""Letter runs are taken from this many characters, which is longer than most letters and keeps the time bounded."""

UNTOLD = frozenset({"length_of_time", "times_happened"})
COMBINED = ("told_and_blamed", "told_and_undone", "told_calmly", "blamed_untold", "nothing_against", "asks_at_end")
AMOUNTS = ("times_amount", "days_amount", "short_text")


@cache
def names() -> tuple[str, ...]:
    """The evidence columns in their order: finds, combinations, amounts, services."""
    return (*_columns(), *COMBINED, *AMOUNTS, *AREA_CODES)


def evidence_row(reading: Reading) -> list[float]:
    """One value a name: 1 or 0 for what is or is not said, a part of 1 for an amount."""
    found = reading.codes
    return [
        *(float(code in found) for code in _columns()),
        *map(float, _combined(reading)),
        *_amounts(reading),
        *_areas_named(reading),
    ]


@cache
def _columns() -> tuple[str, ...]:
    """Codes that have a column: a length of time or a count by itself says nothing about the council."""
    return tuple(code for code in codes() if code not in UNTOLD and code not in AREA_CODES)


def _waiting(reading: Reading) -> bool:
    """Whether the time spoken of is time in which the council could have acted."""
    return bool(reading.codes & (TOLD | BLAMED | WROTE_BEFORE | {"still_not_done"}))


def _combined(reading: Reading) -> tuple[bool, ...]:
    """What several finds say together, in the order of ``COMBINED``."""
    told, blamed = bool(reading.codes & TOLD), bool(reading.codes & BLAMED)
    undone = bool(reading.codes & {"still_not_done", "closed_undone"})
    return (
        told and blamed,
        told and undone,
        told and not blamed,
        blamed and not told,
        not (told or blamed or undone or reading.codes & WROTE_BEFORE),
        reading.text.endswith("?"),
    )


def _areas_named(reading: Reading) -> list[float]:
    """How much of each service's vocabulary is there: four different words or more count as all of it."""
    said = {(evidence.code, evidence.words) for evidence in reading.evidence}
    found = Counter(code for code, _ in said)
    return [min(found[code], 4) / 2 for code in AREA_CODES]


def _amounts(reading: Reading) -> tuple[float, ...]:
    """Times told out of five, days on a scale to about ten years, and shortness, in the order of ``AMOUNTS``."""
    return (
        min(reading.number("times_told"), 5) / 5,
        log1p(reading.number("length_of_time")) / 8 if _waiting(reading) else 0.0,
        1 / (1 + len(reading.text) / 100) if reading.text else 0.0,
    )


def counts(readings: Sequence[Reading]) -> tuple[Any, Any]:
    """Hashed word and letter runs of the readings, as two sparse matrices of counts."""
    words, letters = _hashers()
    texts = [reading.text for reading in readings]
    return words.transform(texts), letters.transform([text[:LETTERS_FROM] for text in texts])


def matrix(readings: Sequence[Reading], word_weights: Any, letter_weights: Any) -> Any:
    """The whole matrix: weighted words, weighted letters, evidence (the last ``len(names())`` columns)."""
    from scipy.sparse import csr_matrix, hstack

    words, letters = counts(readings)
    evidence = csr_matrix([evidence_row(reading) for reading in readings]) * WEIGHT
    return hstack([word_weights.transform(words), letter_weights.transform(letters), evidence], format="csr")


def without_areas(rows: Any) -> Any:
    """The same rows with the services' vocabulary blank: what a message is about says nothing of its kind."""
    from scipy.sparse import csr_matrix, hstack

    width = len(AREA_CODES)
    return hstack([rows[:, :-width], csr_matrix((rows.shape[0], width))], format="csr")


def scale(width: int, *, words: float, without: Collection[str] = ()) -> Any:
    """What to multiply each column by: ``words`` for runs of words and letters, 0 for what is left out, otherwise 1."""
    import numpy as np

    columns = np.ones(width)
    columns[: width - len(names())] = 0.0 if "words" in without else words
    left_out = {name for name in names() if "evidence" in without and name not in history_codes()}
    left_out |= set(history_codes()) if "history" in without else set()
    columns[[width - len(names()) + place for place, name in enumerate(names()) if name in left_out]] = 0.0
    return columns


def evidence_only(readings: Sequence[Reading], width: int) -> Any:
    """Rows with evidence and no words, in a matrix of that many columns."""
    from scipy.sparse import csr_matrix, hstack

    evidence = csr_matrix((len(readings), len(names())))
    if readings:
        evidence = csr_matrix([evidence_row(reading) for reading in readings]) * WEIGHT
    return hstack([csr_matrix((len(readings), width - len(names()))), evidence], format="csr")


@cache
def _hashers() -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import HashingVectorizer

    shared = {"n_features": COLUMNS, "alternate_sign": False, "norm": None, "lowercase": False}
    return (
        HashingVectorizer(ngram_range=(1, 2), **shared),
        HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), **shared),
    )
