"""One person's letters on one matter share its rarer words; a name, an address, polite words are no matter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.same_matter import Before, Earlier, before, is_same, matter_of

BELOW = "\n\nKind regards\nAsha Okafor\n12 Larkfield Rise\nMarlstone\nMX4 2QT\n07700 900123"
WARDROBE = matter_of("Wardrobe dumped", "Somebody has dumped a wardrobe behind the substation on Quarry Lane." + BELOW)
REFERENCE = "T26-00001-M"


def same(text: str, subject: str = "") -> bool:
    return is_same(WARDROBE, matter_of(subject, text, writer="Asha Okafor"))


@pytest.mark.parametrize(
    "text",
    [
        "The wardrobe behind the substation is still there.",
        "Any news on the wardrobe? The Substation's fence is leaning on it now and the foxes have moved in.",
        "wardrobe quarry lane not collected",
    ],
)
def test_what_names_the_same_things_is_the_same_matter(text: str) -> None:
    assert same(text + BELOW)


@pytest.mark.parametrize(
    "text",
    [
        "Please could you tell me how long the council takes to answer a letter?",
        "The light on Quarry Lane has failed and the pavement is dark as pitch at four in the afternoon.",
        "My daughter's blue badge has expired and the renewal form asks for a consultant's letter.",
        "",
    ],
)
def test_another_matter_of_the_same_person_is_another_matter(text: str) -> None:
    assert not same(text + BELOW)


def test_what_stands_below_every_letter_is_no_matter() -> None:
    one = matter_of("", "It is loud." + BELOW, writer="Asha Okafor")
    assert one.words == {"loud"}
    assert matter_of("", "My name is Asha Okafor and I live at 12 Larkfield Rise.").words == frozenset()


def test_a_letter_of_short_lines_only_is_all_matter() -> None:
    assert same("wardrobe\nsubstation\nstill there")


def test_the_words_of_a_welsh_letter_that_say_nothing_are_left_out() -> None:
    one = matter_of("", "Annwyl Gyngor, mae twll yn y ffordd o hyd ac nid oes neb wedi dod.")
    other = matter_of("", "Annwyl Gyngor, mae fy min ailgylchu wedi mynd ac nid oes neb wedi ateb.")
    assert not is_same(one, other)


def test_a_number_of_a_job_counts_as_a_word_and_a_telephone_number_does_not() -> None:
    assert matter_of("", "Ring 07700900123 about job 8841203.").words == {"8841203"}


def test_naming_the_same_case_is_enough() -> None:
    case = Earlier(4, REFERENCE, is_open=True, subject="Hole", text="A hole.")
    assert before(matter_of("", f"How is {REFERENCE} getting on?"), [case]) == Before(open=(4,))


def test_open_and_closed_cases_are_told_apart_the_newest_first() -> None:
    said = "The wardrobe behind the substation is still there."
    cases = [Earlier(number, f"none {number}", number % 2 == 1, "", said) for number in (9, 8, 7)]
    other = Earlier(6, "none 6", is_open=True, subject="", text="The inhaler is lost.")
    assert before(matter_of("", said), [*cases, other]) == Before(open=(9, 7), closed=(8,))


@given(st.text(max_size=300), st.text(max_size=300))
def test_it_is_the_same_both_ways(one: str, other: str) -> None:
    first, second = matter_of(one, other), matter_of(other, one)
    assert is_same(first, second) == is_same(second, first)


def test_a_letter_of_any_length_takes_no_time() -> None:
    assert len(matter_of("x " * 50_000, " \n" * 50_000 + "y " * 50_000).words) <= 2
