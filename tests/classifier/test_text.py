"""Cleaning: one shape for words, nothing of a form or a machine, and no text that breaks it."""

import base64

import pytest

from classifier.forms import TOLD_BEFORE
from classifier.text import LIMIT, REFERENCE, clean

ODD = {
    "nothing": "",
    "spaces": " \n\t ",
    "emoji": "😡😡😡🗑️",
    "a megabyte": "the bin again " * 80_000,
    "another script": "Мусор не вывозят три недели. 垃圾没有收。 النفايات",
    "html": "<html><style>p{color:red}</style><body><p>Please&nbsp;fix it</p><script>alert(1)</script></body></html>",
    "base64": base64.b64encode(bytes(range(256)) * 40).decode(),
    "nulls": "bin\x00\x00 missed\ud800",
    "open tags": "<" * 5_000 + "bin",
    "one long word": "a" * 300_000,
}


@pytest.mark.parametrize("body", ODD.values(), ids=ODD.keys())
def test_any_text_is_cleaned_within_the_limit(body: str) -> None:
    assert len(clean("", body)) <= LIMIT


def test_markup_and_scripts_are_taken_out() -> None:
    assert clean("", ODD["html"]) == "please fix it"


def test_short_forms_are_written_in_full() -> None:
    assert (
        clean("", "It hasn't been done, I can’t wait, no one came")
        == "it has not been done, i can not wait, nobody came"
    )


def test_the_questions_of_our_form_are_taken_out() -> None:
    body = "What happened:\nThe bin was missed.\nWhat would put it right:\nTake it.\n\nHow to reach you:\n07700 900123"
    assert clean("Bin", body) == "bin . the bin was missed. take it."


@pytest.mark.parametrize("layout", ["Have you told us before:\nYes", "Have you told us before: yes, in May"])
def test_a_yes_to_told_us_before_is_kept(layout: str) -> None:
    assert TOLD_BEFORE in clean("", f"What happened:\nA hole.\n{layout}")


def test_a_no_to_told_us_before_leaves_nothing() -> None:
    assert clean("", "What happened:\nA hole.\nHave you told us before:\nNo") == "a hole."


def test_addresses_and_links_are_taken_out() -> None:
    assert clean("", "write to jo.bloggs@example.org or https://example.org/x now") == "write to or now"


def test_the_name_of_a_complaints_form_is_no_complaint() -> None:
    assert "complaint" not in clean("", "Details of your complaint or compliment: the bin is full")


def test_the_questions_of_another_form_are_taken_out() -> None:
    body = (
        "Email received by inbox 03/02/26 09:10\n• Please give brief details: the lid is cracked\n"
        "• What action (if any) should we take? a new lid\n• Have you already spoken to somebody about it? Yes"
    )
    assert clean("", body) == f"the lid is cracked . a new lid . {TOLD_BEFORE}."


def test_one_question_of_a_persons_own_is_kept() -> None:
    assert "have you looked at it" in clean("", "The lid is cracked.\nHave you looked at it? I doubt it.")


@pytest.mark.parametrize(
    "text",
    ["ref 8812", "Reference number: SR-20817", "job no. 44127", "https://fix.example.org/report/7712 still here"],
)
def test_a_number_that_is_named_as_one_is_a_reference(text: str) -> None:
    assert REFERENCE in clean("", text)


def test_our_own_word_for_an_answer_that_was_left_out_leaves_nothing() -> None:
    assert clean("", "What happened:\nA hole.\nHave you told us before:\nNot said") == "a hole."
