"""Training: labelled examples in, a trained model out, the same for the same examples and seed.

The kinds are fitted twice, to the same columns. The cautious fit trusts ordinary letters and the lessons, follows
words little, and holds on mail that is written otherwise than the corpus. The keen fit follows every example closely
and tells near-alike letters and rarer kinds apart. The model is a mixture of their weights, so it is as linear, as
fast and as open to reasons as either.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from classifier.calibration import best_temperature
from classifier.examples import Example, folds
from classifier.features import counts, evidence_only, filled, matrix_of, scale, without_areas
from classifier.fitting import Fitted, fit_one_of, fit_yes_or_no, on_one_thread
from classifier.lessons import lessons
from classifier.pipeline import LabelWeights, TrainedModel
from classifier.reading import Reader, Reading
from models.rules.labels import Kind

HELD_OUT = 5
"""One scenario in this many is held out while the probabilities are calibrated."""
LABEL_STRENGTH = 16.0
PARTS = frozenset({"words", "evidence", "lessons", "history"})
"""What a model may be trained without, to see what it is worth."""


@dataclass(frozen=True)
class Recipe:
    """How one fit of the kinds is made.

    - ``words``: what runs of words and letters are multiplied by, beside evidence.
    - ``strength``: how closely the examples are followed (scikit-learn's C).
    - ``lessons``: what all lessons together weigh, as a part of all examples.
    - ``made_hard``: what an example that was made hard weighs beside an ordinary one.
    """

    words: float
    strength: float
    lessons: float
    made_hard: float


CAUTIOUS = Recipe(words=0.8, strength=0.2, lessons=1.0, made_hard=0.03)
KEEN = Recipe(words=1.0, strength=3.0, lessons=0.2, made_hard=1.0)
KEEN_SHARE, KEEN_SHARE_OF_OTHERS = 0.28, 0.4
"""The keen fit's part in the kinds that the Ombudsman's line parts (complaint, request, chaser), and in the others.

All of these were chosen by complaint-or-not on letters unlike the corpus, by pairs of letters on one matter, and by how
far probabilities held on scenarios not trained on."""
_PARTED = frozenset({Kind.COMPLAINT, Kind.SERVICE_REQUEST, Kind.CHASER})


class NotEnoughExamples(ValueError):  # noqa: N818  named as the officer reads it
    """There are too few examples to train on: at least two kinds and five scenarios are needed."""


def train(examples: Sequence[Example], *, seed: int = 0, without: Collection[str] = ()) -> TrainedModel:
    """A model of these examples; deterministic for one seed. ``without`` names ``PARTS`` to leave out.

    Probabilities are calibrated on scenarios held out from the model that scores them.
    Raises ``NotEnoughExamples`` when there is nothing to learn from.
    """
    return train_read(examples, read_examples(examples), seed=seed, without=without)


def train_read(
    examples: Sequence[Example], readings: Sequence[Reading], *, seed: int = 0, without: Collection[str] = ()
) -> TrainedModel:
    """The same for examples already read, so that many models are trained on one reading."""
    if len({e.kind for e in examples}) < 2 or len({e.scenario for e in examples}) < HELD_OUT:
        raise NotEnoughExamples(NotEnoughExamples.__doc__)
    temperature = _temperature(examples, readings, seed, without)
    return fit(examples, readings, temperature=temperature, without=without)


def read_examples(examples: Sequence[Example]) -> list[Reading]:
    """The examples as the classifier reads any message."""
    reader = _reader()
    return [reader.read(example.subject, example.body, example.sender) for example in examples]


def fit(
    examples: Sequence[Example],
    readings: Sequence[Reading],
    *,
    temperature: float = 1.0,
    with_labels: bool = True,
    without: Collection[str] = (),
) -> TrainedModel:
    """A model fitted to all these examples, its probabilities divided by a known temperature."""
    from sklearn.feature_extraction.text import TfidfTransformer

    counted = counts(readings)
    word_weights, letter_weights = (TfidfTransformer(sublinear_tf=True).fit(runs) for runs in counted)
    rows = matrix_of(readings, counted, word_weights, letter_weights)
    columns, width = filled(rows), rows.shape[1]
    rows = rows[:, columns]  # what no example has would get no weight, and few examples have a third of all
    with on_one_thread():
        kinds = _fit_kinds(without_areas(rows), examples, without)
        areas = _fit_labels(rows, [example.areas for example in examples] if with_labels else [])
        signals = _fit_labels(rows, [example.signals for example in examples] if with_labels else [])
    return TrainedModel(
        word_weights=word_weights,
        letter_weights=letter_weights,
        kinds=kinds.spread(columns, width),
        areas=areas.spread(columns, width),
        signals=signals.spread(columns, width),
        temperature=temperature,
        examples=len(examples),
    )


def _fit_kinds(rows: Any, examples: Sequence[Example], without: Collection[str]) -> LabelWeights:
    import numpy as np

    cautious = _follow(CAUTIOUS, rows, examples, without)
    keen = _follow(KEEN, rows, examples, without)
    shares = [KEEN_SHARE if label in _PARTED else KEEN_SHARE_OF_OTHERS for label in keen.labels]
    mixed = cautious.mixed(keen, np.array(shares))
    return _kept(mixed.labels, mixed.weights, mixed.offsets)


def _follow(recipe: Recipe, rows: Any, examples: Sequence[Example], without: Collection[str]) -> Fitted:
    """The kinds of the examples fitted by a recipe, with those lessons whose kind the examples show."""
    from scipy.sparse import vstack

    taught, right = _lessons({example.kind for example in examples}, without)
    columns = scale(rows.shape[1], words=recipe.words, without=without)
    together = vstack([rows, evidence_only(taught, rows.shape[1])], format="csr").multiply(columns).tocsr()
    wanted = [*(example.kind.value for example in examples), *right]
    return fit_one_of(together, wanted, recipe.strength, _weights(recipe, examples, right)).scaled(columns)


def _lessons(known: Collection[Kind], without: Collection[str]) -> tuple[list[Reading], list[str]]:
    if "lessons" in without:
        return [], []
    kept = [(reading, kind.value) for reading, kind in zip(*lessons(), strict=True) if kind in known]
    return [reading for reading, _ in kept], [kind for _, kind in kept]


def _weights(recipe: Recipe, examples: Sequence[Example], taught: Sequence[str]) -> Any:
    """One weight for each example and lesson; a kind with many lessons does not drown the others."""
    import numpy as np

    own = np.array([1.0 if example.is_ordinary else recipe.made_hard for example in examples])
    own *= len(own) / own.sum()
    shares = np.array([taught.count(kind) ** -0.5 for kind in taught])
    return np.concatenate([own, shares / shares.sum() * len(own) * recipe.lessons]) if taught else own


def _fit_labels(rows: Any, labelled: Sequence[Sequence[str]]) -> LabelWeights:
    """One yes-or-no model a label, because a message may have several; a label on every message is always likely."""
    import numpy as np

    labels = tuple(sorted({str(label) for labels in labelled for label in labels}))
    fitted = [fit_yes_or_no(rows, [label in said for said in labelled], LABEL_STRENGTH) for label in labels]
    nothing = np.zeros((0, rows.shape[1]))
    weights = np.vstack([nothing, *(weights for weights, _ in fitted)])
    return _kept(labels, weights, np.array([offset for _, offset in fitted]))


def _kept(labels: tuple[str, ...], weights: Any, offsets: Any) -> LabelWeights:
    """In single precision: half the size, and the same to the last bit however the sums were ordered."""
    import numpy as np

    return LabelWeights(labels, weights.astype(np.float32), offsets.astype(np.float32))


def _temperature(
    examples: Sequence[Example], readings: Sequence[Reading], seed: int, without: Collection[str]
) -> float:
    """What to divide scores by so that probabilities hold on scenarios the model has not seen."""
    fold_of = folds([example.scenario for example in examples], HELD_OUT, seed=seed)
    seen = [place for place, fold in enumerate(fold_of) if fold]
    unseen = [place for place, fold in enumerate(fold_of) if not fold]
    model = fit([examples[n] for n in seen], [readings[n] for n in seen], with_labels=False, without=without)
    chances = [scores.kinds for scores in model.scores([readings[n] for n in unseen])]
    return round(best_temperature(chances, [examples[n].kind for n in unseen]), 3)


@cache
def _reader() -> Reader:
    return Reader()
