"""Whose turn it is: everybody gets as many, and nobody more than enough."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.turns import Way, whose_turn

TEAM = st.lists(st.integers(1, 50), min_size=1, max_size=8, unique=True)
WAYS: st.SearchStrategy[Way] = st.sampled_from(["rota", "load"])


def given_out(team: list[int], way: Way, many: int, *, last: int | None, most_cases: int | None = None) -> list[int]:
    """Who was given each of so many cases, one after the other."""
    owed: Counter[int] = Counter()
    for _ in range(many):
        chosen = whose_turn(team, way, last=last, owed=owed, most_cases=most_cases)
        if chosen is None:
            break
        owed[chosen] += 1
        last = chosen
    return list(owed.elements())


@given(TEAM, WAYS, st.integers(0, 100), st.none() | st.integers(1, 50))
def test_over_many_cases_nobody_has_more_than_one_more_than_another(
    team: list[int], way: Way, many: int, last: int | None
) -> None:
    shares = Counter(given_out(team, way, many, last=last))
    counts = [shares[number] for number in team]
    assert sum(counts) == many
    assert max(counts) - min(counts) <= 1


@given(TEAM, WAYS, st.integers(1, 5))
def test_everybody_is_given_as_many_as_they_may_have_and_then_nobody_is(
    team: list[int], way: Way, most_cases: int
) -> None:
    shares = Counter(given_out(team, way, most_cases * len(team) + 3, last=None, most_cases=most_cases))
    assert shares == dict.fromkeys(team, most_cases)


@given(TEAM, st.dictionaries(st.integers(1, 50), st.integers(0, 9)), st.none() | st.integers(1, 50))
def test_by_load_nobody_has_fewer_than_the_one_who_is_chosen(
    team: list[int], owed: dict[int, int], last: int | None
) -> None:
    chosen = whose_turn(team, "load", last=last, owed=owed, most_cases=None)
    assert chosen is not None
    assert owed.get(chosen, 0) == min(owed.get(number, 0) for number in team)


@pytest.mark.parametrize(("last", "chosen"), [(None, 2), (1, 2), (2, 5), (3, 5), (5, 9), (9, 2), (40, 2)])
def test_the_rota_goes_on_after_the_last_though_they_may_have_left(last: int | None, chosen: int) -> None:
    assert whose_turn([9, 2, 5], "rota", last=last, owed={}, most_cases=None) == chosen


def test_the_order_in_which_officers_are_named_makes_no_difference() -> None:
    ways: tuple[Way, ...] = ("rota", "load")
    for way in ways:
        assert {whose_turn(team, way, last=3, owed={}, most_cases=None) for team in ([1, 4, 7], [7, 1, 4])} == {4}


def test_where_nobody_is_here_nobody_is_chosen() -> None:
    assert whose_turn([], "load", last=None, owed={}, most_cases=None) is None


def test_a_team_that_assigns_to_nobody_chooses_nobody() -> None:
    assert whose_turn([1, 2], "nobody", last=None, owed={}, most_cases=None) is None
