"""Features: readings as one sparse matrix of word runs, letter runs and evidence.

Words and letters are hashed into fixed columns, so that nothing a person wrote is
kept in the artefact and its size does not grow with the corpus.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache, lru_cache
from itertools import pairwise
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
_AREAS = frozenset(AREA_CODES)
_LETTERS = (3, 4, 5)
_WORD = re.compile(r"\b\w\w+\b")
_WORDS_KNOWN = 20_000
"""Words whose letter runs are remembered, about 200 bytes each: nearly all that a day's letters have in common."""

UNTOLD = frozenset({"length_of_time", "times_happened"})
COMBINED = ("told_and_blamed", "told_and_undone", "told_calmly", "blamed_untold", "nothing_against", "asks_at_end")
AMOUNTS = ("times_amount", "days_amount", "short_text")


@cache
def names() -> tuple[str, ...]:
    """The evidence columns in their order: finds, combinations, amounts, services."""
    return (*_columns(), *COMBINED, *AMOUNTS, *AREA_CODES)


def evidence_row(reading: Reading) -> list[float]:
    """One value a name: 1 or 0 for what is or is not said, a part of 1 for an amount."""
    return [*said_row(reading), *areas_row(reading)]


def said_row(reading: Reading) -> list[float]:
    """The row up to the services' vocabulary, which bears on what a message is about and not on its kind."""
    found = reading.codes
    return [*[1.0 if code in found else 0.0 for code in _columns()], *_combined(reading), *_amounts(reading)]


@cache
def _columns() -> tuple[str, ...]:
    """Codes that have a column: a length of time or a count by itself says nothing about the council."""
    return tuple(code for code in codes() if code not in UNTOLD and code not in AREA_CODES)


def _waiting(reading: Reading) -> bool:
    """Whether the time spoken of is time in which the council could have acted."""
    return bool(reading.codes & (TOLD | BLAMED | WROTE_BEFORE | {"still_not_done"}))


def _combined(reading: Reading) -> tuple[float, ...]:
    """What several finds say together, in the order of ``COMBINED``."""
    told, blamed = bool(reading.codes & TOLD), bool(reading.codes & BLAMED)
    undone = bool(reading.codes & {"still_not_done", "closed_undone"})
    return (
        float(told and blamed),
        float(told and undone),
        float(told and not blamed),
        float(blamed and not told),
        float(not (told or blamed or undone or reading.codes & WROTE_BEFORE)),
        float(reading.text.endswith("?")),
    )


def areas_row(reading: Reading) -> list[float]:
    """How much of each service's vocabulary is there: four different words or more count as all of it."""
    said = {(find.code, find.words) for find in reading.evidence if find.code in _AREAS}
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
    """Hashed word and letter runs of the readings, as two sparse matrices of counts.

    The columns are those of scikit-learn's HashingVectorizer, for runs of one and two words, and of three to five
    letters within a word; made here, a word's letter runs are hashed once and not in every text (a test compares them).
    """
    texts = [reading.text for reading in readings]
    return _counted([_word_runs(text) for text in texts]), _counted([_letter_runs(text) for text in texts])


def _word_runs(text: str) -> Any:
    """The columns of a text's words of two letters or more, and of each two that follow one another."""
    words = _WORD.findall(text)
    return _columns_of([*words, *(f"{word} {following}" for word, following in pairwise(words))])


def _letter_runs(text: str) -> Any:
    """The columns of a text's runs of letters, its beginning alone if it is very long."""
    import numpy as np

    words = text[:LETTERS_FROM].split()
    return np.concatenate([_letter_columns(word) for word in words]) if words else _columns_of([])


@lru_cache(maxsize=_WORDS_KNOWN)
def _letter_columns(word: str) -> Any:
    """The columns of a word's runs of letters; a space stands at either end of it."""
    spaced = f" {word} "
    return _columns_of([spaced[at : at + size] for size in _LETTERS for at in range(len(spaced) - size + 1)])


def _columns_of(runs: Sequence[str]) -> Any:
    import numpy as np
    from sklearn.utils import murmurhash3_32

    return np.array([abs(murmurhash3_32(run)) % COLUMNS for run in runs], dtype=np.int32)


def _counted(columns: Sequence[Any]) -> Any:
    """A row for each text: how often each column is among its own."""
    import numpy as np
    from scipy.sparse import csr_matrix

    every, ends = np.concatenate(columns), np.cumsum([0, *map(len, columns)], dtype=np.int32)
    rows = csr_matrix((np.ones(len(every)), every, ends), shape=(len(columns), COLUMNS))
    rows.sum_duplicates()
    return rows


def weighed(rows: Any, weights: Any) -> Any:
    """Counts as scikit-learn's fitted TfidfTransformer weighs them, the rows to length 1; done in place.

    Its own checks take longer than the sums (a test compares the two).
    """
    import numpy as np

    rows.data = (np.log(rows.data) + 1) * weights.idf_[rows.indices]
    row_of = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    rows.data /= np.sqrt(np.bincount(row_of, rows.data**2))[row_of]
    return rows


def matrix(readings: Sequence[Reading], word_weights: Any, letter_weights: Any) -> Any:
    """The whole matrix: weighted words, weighted letters, evidence (the last ``len(names())`` columns)."""
    return matrix_of(readings, counts(readings), word_weights, letter_weights)


def matrix_of(readings: Sequence[Reading], counted: tuple[Any, Any], word_weights: Any, letter_weights: Any) -> Any:
    """The same where the runs are counted already; the counts are weighed in place."""
    from scipy.sparse import hstack

    words, letters = counted
    return hstack([weighed(words, word_weights), weighed(letters, letter_weights), _evidence(readings)], format="csr")


def _evidence(readings: Sequence[Reading]) -> Any:
    import numpy as np
    from scipy.sparse import csr_matrix

    return csr_matrix(np.array([evidence_row(reading) for reading in readings]) * WEIGHT)


def filled(rows: Any) -> Any:
    """The columns of a matrix that any of its rows has, and all of evidence."""
    import numpy as np

    width = rows.shape[1]
    return np.union1d(rows.indices, np.arange(width - len(names()), width))


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

    evidence = _evidence(readings) if readings else csr_matrix((0, len(names())))
    return hstack([csr_matrix((len(readings), width - len(names()))), evidence], format="csr")
