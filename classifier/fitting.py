"""Fitting: labels from columns, as weights and an offset a label."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_ROUNDS = 300
_CLOSE_ENOUGH = 1e-3


def on_one_thread() -> Any:
    """A context in which fitting gives the same sums on any machine, and does not quarrel with its other work.

    Only what is loaded already is limited; threads of what is loaded later would take twice the time.
    """
    import sklearn.linear_model  # noqa: F401  # it loads all that adds up
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # it ships no types

    return threadpool_limits(limits=1)


@dataclass(frozen=True)
class Fitted:
    """What was fitted: a row of weights and an offset for each label, in the labels' order."""

    labels: tuple[str, ...]
    weights: Any
    offsets: Any

    def scaled(self, columns: Any) -> "Fitted":
        """The same for columns that were multiplied by this before the fit, and will not be again."""
        return Fitted(self.labels, self.weights * columns, self.offsets)

    def mixed(self, other: "Fitted", shares: Any) -> "Fitted":
        """Between two fits of the same labels: for each label the other's share, 0 to 1."""
        if other.labels != self.labels:
            raise ValueError("two fits of other labels cannot be mixed")
        weights = self.weights * (1 - shares)[:, None] + other.weights * shares[:, None]
        return Fitted(self.labels, weights, self.offsets * (1 - shares) + other.offsets * shares)


def fit_one_of(rows: Any, wanted: Sequence[str], strength: float, weights: Any = None) -> Fitted:
    """A balanced logistic regression in which each row has one label; ``weights`` are one a row.

    ``strength`` is scikit-learn's C: how closely the labels are followed, against how small the weights stay.
    """
    import numpy as np

    model = _regression(strength).fit(rows, wanted, sample_weight=weights)
    of_labels, offsets = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # scikit-learn keeps one row for two labels
        of_labels, offsets = np.vstack([-of_labels, of_labels]) / 2, np.concatenate([-offsets, offsets]) / 2
    return Fitted(tuple(map(str, model.classes_)), of_labels, offsets)


def fit_yes_or_no(rows: Any, wanted: Sequence[bool], strength: float) -> tuple[Any, float]:
    """Weights and an offset by which rows that want the label score above 0; the same for all when all want it."""
    import numpy as np

    if all(wanted):
        return np.zeros(rows.shape[1]), 1.0
    model = _regression(strength).fit(rows, wanted)
    return model.coef_[0], float(model.intercept_[0])


def _regression(strength: float) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, class_weight="balanced", max_iter=_ROUNDS, tol=_CLOSE_ENOUGH)
