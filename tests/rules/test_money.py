"""Sums of money as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.money import pence, pounds


@pytest.mark.parametrize(
    ("text", "sum_in_pence"),
    [("1250", 125_000), ("1250.50", 125_050), ("£1,250.05", 125_005), (" £ 0.99 ", 99), ("0", 0)],
)
def test_a_sum_in_pounds_is_read(text: str, sum_in_pence: int) -> None:
    assert pence(text) == sum_in_pence


@pytest.mark.parametrize("text", ["", "free", "-5", "12.5", "1,25", "1e3", "99999999999", "١٢", "10.00.00"])
def test_what_is_no_sum_is_not_guessed_at(text: str) -> None:
    assert pence(text) is None


@given(st.integers(0, 999_999_999))
def test_what_is_written_is_read_as_the_same_sum(sum_in_pence: int) -> None:
    assert pence(pounds(sum_in_pence)) == sum_in_pence
