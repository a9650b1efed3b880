"""Fitting: on one thread, and no column costs anything that no example has."""

import subprocess
import sys

from classifier.examples import CORPUS, Example
from classifier.features import COLUMNS, names
from classifier.training import fit, read_examples

ALONE = """
import sys
from classifier.fitting import on_one_thread

with on_one_thread():
    import scipy.optimize, sklearn.linear_model
    from threadpoolctl import threadpool_info

    sys.exit(any(library["num_threads"] > 1 for library in threadpool_info()))
"""


def test_a_program_that_trains_first_of_all_fits_on_one_thread() -> None:
    assert subprocess.run([sys.executable, "-c", ALONE], check=False, cwd=CORPUS.parent.parent).returncode == 0


def test_what_no_example_says_weighs_nothing_in_a_model_as_wide_as_any(examples: list[Example]) -> None:
    few = examples[::8]
    model = fit(few, read_examples(few))
    for weights in (model.kinds.weights, model.areas.weights, model.signals.weights):
        assert weights.shape[1] == 2 * COLUMNS + len(names())
        assert 0 < (weights != 0).any(axis=0).sum() < COLUMNS
