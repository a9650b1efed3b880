"""Training: labelled examples in, a trained model out, the same for the same examples and seed."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from classifier.examples import Example, folds
from classifier.features import counts, evidence_only, matrix, without_areas
from classifier.fitting import Turned
from classifier.lessons import lessons
from classifier.pipeline import LabelWeights, TrainedModel, kind_scores, softmax
from classifier.reading import Reader, Reading

CALIBRATION_FOLDS = 5
STRENGTH = 10.0
"""How closely the kinds follow the examples (scikit-learn's C); found by cross-validation by scenario."""
LABEL_STRENGTH = 16.0
LESSON_SHARE = 0.2
"""All lessons together weigh this part of all examples."""


class NotEnoughExamples(ValueError):  # noqa: N818  named as the officer reads it
    """There are too few examples to train on: at least two kinds and five scenarios are needed."""


def train(examples: Sequence[Example], *, seed: int = 0) -> TrainedModel:
    """A model of these examples; deterministic for one seed.

    Probabilities are calibrated on scenarios held out from the model that scores them.
    Raises ``NotEnoughExamples`` when there is nothing to learn from.
    """
    if len({e.kind for e in examples}) < 2 or len({e.scenario for e in examples}) < CALIBRATION_FOLDS:
        raise NotEnoughExamples(NotEnoughExamples.__doc__)
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # it ships no types

    readings = read_examples(examples)
    with threadpool_limits(limits=1):  # the same sums on any machine, and no quarrel with its other work
        temperature = _temperature(examples, readings, seed)
        return fit(examples, readings, temperature=temperature)


def read_examples(examples: Sequence[Example]) -> list[Reading]:
    """The examples as the classifier reads any message."""
    reader = _reader()
    return [reader.read(example.subject, example.body, example.sender) for example in examples]


def fit(
    examples: Sequence[Example], readings: Sequence[Reading], *, temperature: float = 1.0, with_labels: bool = True
) -> TrainedModel:
    """A model fitted to all these examples, its probabilities divided by a known temperature."""
    from sklearn.feature_extraction.text import TfidfTransformer

    words, letters = counts(readings)
    word_weights = TfidfTransformer(sublinear_tf=True).fit(words)
    letter_weights = TfidfTransformer(sublinear_tf=True).fit(letters)
    rows = matrix(readings, word_weights, letter_weights)
    turned = Turned(rows) if with_labels else None
    return TrainedModel(
        word_weights=word_weights,
        letter_weights=letter_weights,
        kind=_fit_kind(without_areas(rows), [example.kind.value for example in examples]),
        areas=_fit_labels(turned, [example.areas for example in examples]),
        signals=_fit_labels(turned, [example.signals for example in examples]),
        temperature=temperature,
        examples=len(examples),
    )


def _fit_kind(rows: Any, kinds: Sequence[str]) -> Any:
    """The kinds of the examples, with those lessons whose kind the examples show."""
    from scipy.sparse import vstack

    taught, right = lessons()
    known = set(kinds)
    kept = [(reading, kind.value) for reading, kind in zip(taught, right, strict=True) if kind.value in known]
    together = vstack([rows, evidence_only([reading for reading, _ in kept], rows.shape[1])], format="csr")
    wanted = [*kinds, *(kind for _, kind in kept)]
    return Turned(together).fit(wanted, STRENGTH, _weights(len(kinds), [kind for _, kind in kept]))


def _weights(examples: int, taught: Sequence[str]) -> Any:
    """1 for each example; lessons share theirs so that a kind with many lessons does not drown the others."""
    import numpy as np

    shares = np.array([taught.count(kind) ** -0.5 for kind in taught])
    return np.concatenate([np.ones(examples), shares / shares.sum() * examples * LESSON_SHARE])


def _fit_labels(turned: Turned | None, labelled: Sequence[Sequence[str]]) -> LabelWeights:
    """One yes-or-no model a label, because a message may have several; a label on every message is always likely."""
    import numpy as np

    if turned is None:
        return LabelWeights((), np.zeros((0, 0)), np.zeros(0))
    labels = tuple(sorted({str(label) for labels in labelled for label in labels}))
    fitted = [_fit_label(turned, [label in labels for labels in labelled]) for label in labels]
    offsets = np.array([offset for _, offset in fitted])
    weights = np.vstack([turned.nothing(), *(weights for weights, _ in fitted)])[1:]
    return LabelWeights(labels, weights, offsets)


def _fit_label(turned: Turned, wanted: Sequence[bool]) -> tuple[Any, float]:
    if all(wanted):
        return turned.nothing(), 1.0
    model = turned.fit(wanted, LABEL_STRENGTH)
    return model.coef_[0], float(model.intercept_[0])


def _temperature(examples: Sequence[Example], readings: Sequence[Reading], seed: int) -> float:
    """What to divide scores by so that probabilities hold on scenarios the model has not seen."""
    import numpy as np
    from scipy.optimize import minimize_scalar

    scores, truth = _unseen_scores(examples, readings, seed)

    def surprise(logarithm: float) -> float:
        chances = softmax(scores / np.exp(logarithm))
        return float(-np.log(chances[np.arange(len(truth)), truth] + 1e-9).mean())

    best = minimize_scalar(surprise, bounds=(-2.0, 2.0), method="bounded")
    return round(float(np.exp(best.x)), 3)


def _unseen_scores(examples: Sequence[Example], readings: Sequence[Reading], seed: int) -> tuple[Any, Any]:
    """Scores of the kinds for every example by a model that saw none of its scenario, and the true places."""
    import numpy as np

    labels = sorted({example.kind.value for example in examples})
    fold_of = folds([example.scenario for example in examples], CALIBRATION_FOLDS, seed=seed)
    scores = np.full((len(examples), len(labels)), -20.0)
    for fold in range(CALIBRATION_FOLDS):
        seen = [place for place, its in enumerate(fold_of) if its != fold]
        unseen = [place for place, its in enumerate(fold_of) if its == fold]
        model = fit([examples[place] for place in seen], [readings[place] for place in seen], with_labels=False)
        rows = matrix([readings[place] for place in unseen], model.word_weights, model.letter_weights)
        columns = [labels.index(label) for label in model.kind.classes_]
        scores[np.ix_(unseen, columns)] = kind_scores(model.kind, rows)
    return scores, np.array([labels.index(example.kind.value) for example in examples])


@cache
def _reader() -> Reader:
    return Reader()
