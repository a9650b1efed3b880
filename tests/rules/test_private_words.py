"""What is found of a resident's in a text, and what is not taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.private_words import RUN, Private, leak_in

LETTER = (
    "The lift in our block has been broken since March and my mother cannot leave the flat.\n"
    "We live at 12 Larkfield Road, BS3 4QQ. Ring me on 07700 900123 or write to asha.okafor@residents.example.\n"
)
THEIRS = Private(
    names=("Mrs Asha Okafor",),
    contacts=("asha.okafor@residents.example\n+44 7700 900 456",),
    letters=(LETTER,),
    files=("lift and mother.jpg",),
    own_words=("Ben Carter",),
)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Owner: Asha Okafor", "name"),
        ("okafor,  ASHA", "name"),
        ("Mrs Okafor wrote again", "name"),
        ("A. Okafor wrote again", "name"),
        ("A\u200bsha Okaf\u00ador", "name"),
        ("Ｏwner: Ａsha Ｏkafor", "name"),
        ("Write to ASHA.OKAFOR@residents.example", "reach"),
        ("Call 07700900123", "reach"),
        ("Call (07700) 900-456", "reach"),
        ("Near bs34qq", "reach"),
        ("At 12 larkfield road", "address"),
        ("See LIFT and mother.jpg", "file"),
        ("It says: broken since *March*, and my mother &amp; I", "words"),
    ],
)
def test_what_is_a_residents_is_found_however_it_is_written(text: str, what: str) -> None:
    assert what in leak_in(["T26-00001-M", text], THEIRS)


@pytest.mark.parametrize(
    "text",
    [
        "T26-00001-M: Complaint",
        "Acknowledge by Monday 19 October 2026, answer by 2 November 2026",
        "been broken since March and",
        "Ben Carter has it",
        "Housing, stage 2; 12 people wrote nearly the same.",
        "",
    ],
)
def test_our_own_words_are_let_pass(text: str) -> None:
    assert leak_in([text], THEIRS) == ""


def test_an_officer_of_the_same_name_is_shown() -> None:
    namesake = Private(names=("Ben Carter",), own_words=("Ben Carter",))
    assert leak_in(["Owner: Ben Carter"], namesake) == ""
    assert "name" in leak_in(["Owner: Ben Carter"], Private(names=("Ben Carter",)))


@pytest.mark.parametrize("resident", ["Ann Leeson", "Ann Lee Brown", "Joann Lee"])
def test_an_officers_name_hides_no_longer_one_of_a_residents(resident: str) -> None:
    assert "name" in leak_in([f"{resident} says"], Private(names=(resident,), own_words=("Ann Lee", "...")))


def test_a_lone_name_of_a_residents_is_let_pass_in_an_officers_only() -> None:
    lee = Private(names=("Lee",), own_words=("Ann Lee",))
    assert leak_in(["Ann Lee, Ann Lee has it"], lee) == ""
    assert "name" in leak_in(["Ann Lee rang Lee"], lee)


WORD = st.text("abcdefghij", min_size=2, max_size=9)


@given(st.lists(WORD, min_size=RUN, max_size=40), st.data())
def test_any_six_words_in_a_row_are_found_whatever_stands_around_and_between_them(
    words: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(words) - RUN))
    between = data.draw(st.sampled_from([" ", "\n", ", ", " *", "\u200b ", " <> "]))
    shown = "Before: " + between.join(words[at : at + RUN]).upper() + "; after"
    assert leak_in([shown], Private(letters=(" ".join(words),))) == "words of a letter"


@given(st.text(max_size=300), st.lists(st.text(max_size=80), max_size=3))
def test_no_text_makes_it_fail(letter: str, shown: list[str]) -> None:
    leak_in(shown, Private(names=(letter[:40],), contacts=(letter,), letters=(letter,), files=(letter[:20],)))
