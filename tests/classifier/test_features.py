"""Features: our own columns are scikit-learn's, made more quickly."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer

from classifier.examples import Example
from classifier.features import COLUMNS, LETTERS_FROM, counts, evidence_row, matrix, names, weighed
from classifier.reading import Reader, Reading

ODD = ["", "?", "a", "a b", "the bin", "éa ñu 東京 ½", "no no no no", "it isn't . it is", "word " * 2_000, "x" * 90]


@pytest.fixture(scope="module")
def readings(examples: list[Example], reader: Reader) -> list[Reading]:
    return [*(Reading(text, ()) for text in ODD), *(reader.read(each.subject, each.body) for each in examples)]


def test_runs_of_words_and_letters_have_the_columns_of_the_library(readings: list[Reading]) -> None:
    shared = {"n_features": COLUMNS, "alternate_sign": False, "norm": None, "lowercase": False}
    words = HashingVectorizer(ngram_range=(1, 2), **shared).transform([each.text for each in readings])
    letters = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), **shared).transform(
        [each.text[:LETTERS_FROM] for each in readings]
    )
    for ours, theirs in zip(counts(readings), (words, letters), strict=True):
        assert (ours != theirs).nnz == 0


def test_counts_are_weighed_as_the_library_weighs_them(readings: list[Reading]) -> None:
    for rows in counts(readings):
        fitted = TfidfTransformer(sublinear_tf=True).fit(rows)
        theirs = fitted.transform(rows)
        assert abs(weighed(rows, fitted) - theirs).max() < 1e-12


def test_a_row_is_the_same_alone_and_among_others(readings: list[Reading]) -> None:
    fitted = [TfidfTransformer(sublinear_tf=True).fit(rows) for rows in counts(readings)]
    together = matrix(readings, *fitted)
    alone = [matrix([reading], *fitted) for reading in readings[:30]]
    assert all((row != together[place : place + 1]).nnz == 0 for place, row in enumerate(alone))


def test_evidence_stands_in_the_last_columns(reader: Reader) -> None:
    reading = reader.read("", "I reported the pothole twice.")
    fitted = [TfidfTransformer(sublinear_tf=True).fit(rows) for rows in counts([reading])]
    last = matrix([reading], *fitted).toarray()[0, -len(names()) :]
    assert np.flatnonzero(last).tolist() == np.flatnonzero(evidence_row(reading)).tolist()
