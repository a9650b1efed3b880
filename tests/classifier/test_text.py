"""Cleaning: one shape for words, nothing of a form or a machine, and no text that breaks it."""

import base64

import pytest

from classifier.text import LIMIT, TOLD_BEFORE, clean

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
