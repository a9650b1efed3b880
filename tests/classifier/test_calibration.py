"""Calibration: bins counted by hand, and a temperature that takes away what is too sure."""

from math import log

import pytest

from classifier.calibration import Named, best_temperature, calibration_error, cooled, reliability, trade_off
from models.rules.labels import Kind

COMPLAINT, CHASER = Kind.COMPLAINT, Kind.CHASER


def test_guesses_lie_in_ten_bins_and_certainty_in_the_last() -> None:
    bins = reliability([(0.0, True), (0.55, True), (0.55, False), (1.0, True)])
    assert [each.count for each in bins] == [1, 0, 0, 0, 0, 2, 0, 0, 0, 1]


def test_the_error_is_the_distance_of_each_bin_by_its_count() -> None:
    bins = reliability([(0.9, True), (0.9, True), (0.9, False), (0.6, True)])
    assert calibration_error(bins) == pytest.approx((3 * abs(2 / 3 - 0.9) + abs(1 - 0.6)) / 4)


def test_what_holds_exactly_has_no_error() -> None:
    assert calibration_error(reliability([(0.75, number < 3) for number in range(4)])) == 0.0


def test_a_higher_threshold_answers_less() -> None:
    steps = {
        step.at_least: step
        for step in trade_off([Named(0.65, False, True), Named(0.82, True, True), Named(0.97, True, True), None])
    }
    assert (steps[0.0].answered, steps[0.6].answered, steps[0.9].answered) == (0.75, 0.75, 0.25)
    assert steps[0.6].right == pytest.approx(2 / 3)
    assert (steps[0.7].right, steps[0.6].right_on_complaint) == (1.0, 1.0)


def test_what_is_right_three_times_in_four_comes_out_at_three_quarters() -> None:
    sure = {COMPLAINT: 0.99, CHASER: 0.01}
    truth = [COMPLAINT, COMPLAINT, COMPLAINT, CHASER]
    temperature = best_temperature([sure] * 4, truth)
    assert temperature == pytest.approx(log(99) / log(3), rel=0.01)
    assert cooled([sure], temperature)[0][COMPLAINT] == pytest.approx(0.75, abs=0.01)


def test_cooled_chances_still_add_up() -> None:
    assert sum(cooled([{COMPLAINT: 0.7, CHASER: 0.3}], 2.0)[0].values()) == pytest.approx(1.0)
