"""Near-identical letters are found whoever signs them; letters that only share words are not."""

import random
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.likeness import FEWEST_WORDS, likeness, prints, runs_of
from tests.campaign_letters import OWN, UNRELATED, campaign_text

SAMPLE = campaign_text()
WORDS = sorted({word.strip(".,") for word in SAMPLE.lower().split() if word.strip(".,").isalpha()})
VOCABULARY = ["".join(letters) for letters in product("abcdefghijklm", repeat=3)]
texts = st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join) | st.text(max_size=300)


@given(texts)
def test_equal_texts_are_wholly_alike(text: str) -> None:
    assert likeness(text, text) == 1.0


@given(texts, texts)
def test_likeness_is_the_same_both_ways_and_a_share(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0.0 <= likeness(one, other) <= 1.0


@given(texts)
def test_prints_never_fail_and_are_the_same_every_time(text: str) -> None:
    found = prints(text)
    assert found == prints(text)
    if found is not None:
        assert len(found.bands) == 6
        assert all(-(2**63) <= band < 2**63 for band in found.bands), "a signed 64-bit column holds them"
        assert found.runs == runs_of(text)


@given(st.integers())
def test_the_same_words_in_another_order_are_no_campaign(seed: int) -> None:
    chance = random.Random(seed)
    one, other = SAMPLE.split(), SAMPLE.split()
    chance.shuffle(one)
    chance.shuffle(other)
    assert likeness(" ".join(one), " ".join(other)) < 0.3


def test_unrelated_letters_are_not_alike() -> None:
    letters = [SAMPLE, *UNRELATED]
    assert max(likeness(one, other) for one, other in combinations(letters, 2)) < 0.1


def test_who_writes_and_when_makes_no_difference() -> None:
    assert {likeness(SAMPLE, campaign_text(number)) for number in range(60)} == {1.0}
    shares = {prints(campaign_text(number)) for number in range(60)}
    assert len(shares) == 1


def test_a_sentence_of_ones_own_keeps_a_letter_in_the_campaign() -> None:
    assert len(OWN.split()) == 20
    assert 0.8 <= likeness(SAMPLE, campaign_text(7, own=OWN)) < 0.95


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dear Mrs Whitmore,\n{}", "To whom it may concern:\n{}"),
        ("{}\nYours faithfully, Priya Hall, 12 Elm Road", "{}\nKind regards\nOwen"),
        ("My name is Priya Hall. {}", "My name is Owen Reid. {}"),
        ("I live at 12 Elm Road, Exampletown EX1 2AB. {}", "I live in Otherham. {}"),
        ("{} I wrote on 3 March 2026.", "{} I wrote on 14 April 2025."),
        ("{} Write to priya@residents.example.", "{} Write to owen@home.example."),
        ("{} The house at 12 Elm Road is nearest.", "{} The house at 140a Old Mill Lane is nearest."),
        ("{}\nPriya Hall\n12 Elm Road\nExampletown\nEX1 2AB", "{}"),
        ("{}", "{}\r\n"),
    ],
)
def test_what_is_ones_own_is_left_out(one: str, other: str) -> None:
    said = "The pool must stay open because the lessons for our schools have nowhere else to go this winter."
    assert likeness(one.format(said), other.format(said)) == 1.0


def test_a_place_in_the_middle_of_a_sentence_is_part_of_what_is_said() -> None:
    said = "Please mend the hole in {} before somebody falls into it and is hurt."
    assert likeness(said.format("Elm Road"), said.format("Oak Lane")) < 0.8


def test_a_short_letter_says_too_little() -> None:
    words = [f"word{letter}{other}" for letter in "abcde" for other in "abcdef"]
    assert prints(" ".join(words[: FEWEST_WORDS - 1])) is None
    assert prints(" ".join(words[:FEWEST_WORDS])) is not None
    assert prints("Dear Sir,\n\nYours faithfully,\nPriya Hall\n12 Elm Road") is None


@pytest.mark.parametrize(("wanted", "at_least", "at_most"), [(0.8, 0.95, 1.0), (0.9, 0.99, 1.0), (0.15, 0.0, 0.06)])
def test_bands_bring_near_identical_letters_together(wanted: float, at_least: float, at_most: float) -> None:
    """Of 1,000 pairs that alike, so many share a band; the figures of the module's first paragraph."""
    chance = random.Random(20261012)
    found = sum(shares_a_band(*a_pair(wanted, chance)) for _ in range(1000))
    assert at_least <= found / 1000 <= at_most


def a_pair(wanted: float, chance: random.Random) -> tuple[str, str]:
    """Two letters of about 200 words that alike: to the second, words were added at one place."""
    one = chance.choices(VOCABULARY, k=200)
    place, added = chance.randrange(200), chance.choices(VOCABULARY, k=round(196 / wanted - 198))
    return " ".join(one), " ".join([*one[:place], *added, *one[place:]])


def shares_a_band(one: str, other: str) -> bool:
    first, second = prints(one), prints(other)
    assert first is not None
    assert second is not None
    return not set(first.bands).isdisjoint(second.bands)


@pytest.mark.parametrize("piece", ["a", "a,", "1 ", "\n", " ", "dear ", "i live at A ", "1 a b c ", "Ab ", "a\n"])
def test_no_text_takes_long(piece: str) -> None:
    """A slip in a pattern shows as minutes here, not as milliseconds."""
    prints(piece * 200_000)
