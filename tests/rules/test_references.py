import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.references import find_mistyped, find_references, make_reference

NUMBERS = st.integers(1, 9_999_999)
YEARS = st.integers(2024, 2060)
OURS = make_reference(42, 2026)


@given(number=NUMBERS, year=YEARS)
def test_a_reference_is_found_as_it_was_written(number: int, year: int) -> None:
    written = make_reference(number, year)
    assert find_references(f"Re: {written}") == (written,)


@given(number=NUMBERS, year=YEARS, letter=st.sampled_from(string.ascii_uppercase))
def test_a_wrong_letter_finds_nothing(number: int, year: int, letter: str) -> None:
    written = make_reference(number, year)
    found = find_references(written[:-1] + letter)
    assert found == ((written,) if letter == written[-1] else ())


@given(number=st.integers(1, 99_999), year=YEARS, place=st.sampled_from([1, 2, 4, 5, 6, 7, 8]), digit=st.integers(0, 9))
def test_one_wrong_digit_finds_nothing(number: int, year: int, place: int, digit: int) -> None:
    written = make_reference(number, year)
    slipped = written[:place] + str(digit) + written[place + 1 :]
    assert find_references(slipped) == ((written,) if slipped == written else ())


@given(number=st.integers(1, 99_999), year=YEARS, place=st.sampled_from([1, 4, 5, 6, 7]))
def test_two_digits_changed_about_find_nothing(number: int, year: int, place: int) -> None:
    written = make_reference(number, year)
    swapped = written[:place] + written[place + 1] + written[place] + written[place + 2 :]
    assert find_references(swapped) == ((written,) if swapped == written else ())


def test_one_slip_never_names_another_of_the_first_ten_thousand() -> None:
    every = {make_reference(number, 2026) for number in range(1, 10_000)}
    for number in range(1, 1000):
        written = make_reference(number, 2026)
        slips = {written[:place] + digit + written[place + 1 :] for place in range(4, 9) for digit in string.digits} - {
            written
        }
        assert slips.isdisjoint(every), f"one wrong digit in {written} names {min(slips & every)}"


@pytest.mark.parametrize(
    "subject",
    [
        f"Re: Your complaint [{OURS}]",
        f"RE:AW:Fwd:[{OURS}]Pothole",
        f"re: your complaint [{OURS.lower()}]",
        f"({OURS})",
        f"ref:{OURS}.",
        f"{OURS}, please",
        f"_{OURS}_",
        f"#{OURS}#",
        f"Case\t{OURS}\u00a0thanks",
        f"“{OURS}”",
        f"{OURS}/bins",
        f"{OURS} and {OURS}",
    ],
)
def test_a_reference_is_found_in_a_messy_subject(subject: str) -> None:
    assert find_references(subject) == (OURS,)


@pytest.mark.parametrize("text", ["", "T26", "T26-42-A", f"X{OURS}", f"{OURS}X", f"{OURS[:-1]}1", "T٢٦-00042-"])
def test_what_is_no_reference_finds_nothing(text: str) -> None:
    assert find_references(text) == ()


def test_several_references_keep_their_order() -> None:
    other = make_reference(7, 2026)
    assert find_references(f"{OURS} {other} {OURS}") == (OURS, other)


def test_a_long_text_is_searched_quickly() -> None:
    assert find_references("T26-" * 50_000 + "0" * 100_000 + f" {OURS}") == (OURS,)


def test_only_a_letter_that_does_not_agree_is_mistyped() -> None:
    other = "A" if OURS[-1] != "A" else "B"
    assert find_mistyped(f"/case {OURS[:-1].lower()}{other.lower()}") == OURS[:-1] + other
    assert [find_mistyped(text) for text in (OURS, "T26-12-A", "")] == [None, None, None]
