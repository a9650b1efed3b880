"""Fitting a logistic regression where there are far more columns than messages.

With a squared penalty the answer lies among the messages themselves, so the fit is
made in as many dimensions as there are messages and turned back: the same answer
as fitting every column, in a fraction of the time.
"""

from collections.abc import Sequence
from typing import Any

ROUNDS = 1000
"""Most rounds of fitting; a corpus of a thousand messages needs about a hundred."""
_LEAST = 1e-8
"""Directions with less than this carry nothing but rounding."""


class Turned:
    """Rows of a matrix, turned into as many columns as carry anything."""

    def __init__(self, rows: Any) -> None:
        import numpy as np

        self._rows = rows
        sizes, directions = np.linalg.eigh((rows @ rows.T).toarray())
        carries = sizes > _LEAST
        self._back = directions[:, carries] / np.sqrt(sizes[carries])
        self.rows = directions[:, carries] * np.sqrt(sizes[carries])

    def nothing(self) -> Any:
        """Weights that say nothing: 0 for every original column."""
        import numpy as np

        return np.zeros(self._rows.shape[1], dtype=np.float32)

    def fit(self, wanted: Sequence[Any], strength: float, weights: Any = None) -> Any:
        """A balanced logistic regression of the original columns; ``weights`` are one a row."""
        import numpy as np
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(C=strength, class_weight="balanced", max_iter=ROUNDS)
        model.fit(self.rows, wanted, sample_weight=weights)
        model.coef_ = np.asarray((self._rows.T @ (self._back @ model.coef_.T)).T, dtype=np.float32)
        model.n_features_in_ = self._rows.shape[1]
        return model
