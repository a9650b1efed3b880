"""Further letters are told apart, and whatever is in doubt is left to a person.

``further_letters.jsonl`` holds letters made up for this, a line each. Round ``before`` was written before the patterns;
each ``blind`` round after them, and before they were tried on it.
"""

import json
import random
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.follow_up import sort_follow_up
from models.rules.follow_ups import Sort

SAMPLES = Path(__file__).parent / "further_letters.jsonl"


class Sample(NamedTuple):
    text: str
    answered: bool
    sort: Sort


def samples() -> list[Sample]:
    lines = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]
    return [Sample(line["text"], line["answered"], Sort(line["sort"])) for line in lines]


def sorted_as(text: str, *, answered: bool = False, subject: str = "Re: We have your message [T26-00001-M]") -> Sort:
    return sort_follow_up(subject, text, is_answered=answered).sort


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: f"{sample.sort}-{sample.text[:40]}")
def test_a_further_letter_is_of_its_sort(sample: Sample) -> None:
    found = sort_follow_up("", sample.text, is_answered=sample.answered)
    assert found.sort is sample.sort, found.reason


def test_nothing_is_an_escalation_before_there_is_an_answer() -> None:
    assert Sort.ESCALATION not in {sorted_as(sample.text) for sample in samples()}


def test_who_asks_for_the_next_stage_too_early_is_chasing() -> None:
    asked = [sample.text for sample in samples() if sample.sort is Sort.ESCALATION]
    assert {sorted_as(text) for text in asked} == {Sort.CHASER}


@pytest.mark.parametrize(
    "more", ["Is that right?", "But it is still broken.", "I am scared of him.", "They did not come."]
)
@pytest.mark.parametrize("sort", [Sort.THANKS, Sort.WITHDRAWAL])
def test_a_question_a_denial_or_a_danger_is_never_thanks_or_a_withdrawal(sort: Sort, more: str) -> None:
    mild = [sample for sample in samples() if sample.sort is sort]
    assert len(mild) > 10
    found = {sorted_as(f"{sample.text.partition('>')[0]} {more}", answered=sample.answered) for sample in mild}
    assert found.isdisjoint({Sort.THANKS, Sort.WITHDRAWAL})


@pytest.mark.parametrize("condition", ["If you mend it, ", "I will not say ", "Unless you ring me, "])
def test_a_condition_takes_a_withdrawal_back(condition: str) -> None:
    assert sorted_as(f"{condition}please withdraw my complaint.") is not Sort.WITHDRAWAL


@pytest.mark.parametrize(
    "quoted",
    [
        "> You may ask for stage 2: reply to this letter.\n> You need not give reasons.",
        "On Tue, 5 May 2026 at 09:12, Complaints <c@council.example> wrote:\nYou may ask for stage 2.",
        "-----Original Message-----\nFrom: Complaints\nYou may ask for stage 2.",
        "From: Complaints <c@council.example>\nSent: Tuesday\nYou may ask for stage 2.",
    ],
)
def test_what_is_quoted_counts_for_nothing(quoted: str) -> None:
    assert sorted_as(f"Thank you.\n\n{quoted}", answered=True) is Sort.THANKS


def test_the_subject_of_a_reply_is_ours_and_another_is_the_residents() -> None:
    assert sorted_as("See my form.", answered=True, subject="RE: Ask for stage 2") is Sort.INFORMATION
    assert sorted_as("See my form.", answered=True, subject="Stage 2 request") is Sort.ESCALATION


def test_thanks_under_an_ordinary_subject_are_thanks_and_under_an_alarming_one_are_not() -> None:
    assert sorted_as("Thank you.", subject="Pothole in Elm Road") is Sort.THANKS
    assert sorted_as("Thank you.", subject="Hole still not filled") is Sort.INFORMATION


def test_the_end_of_a_long_letter_is_read() -> None:
    tale = "The hedge grew and the path went on past the gate. " * 400
    assert sorted_as(f"{tale}\nPlease escalate my complaint.", answered=True) is Sort.ESCALATION
    assert sorted_as(f"Please escalate my complaint.\n{tale}", answered=True) is Sort.ESCALATION


def test_a_reason_quotes_nothing() -> None:
    reasons = {sort_follow_up("", sample.text, is_answered=sample.answered).reason for sample in samples()}
    assert len(reasons) < 15, "a reason is one of our own sentences, so there are few"
    assert all(reason.endswith(".") for reason in reasons)


@given(st.text(max_size=300), st.text(max_size=3000), st.booleans())
def test_no_text_is_too_odd(subject: str, text: str, answered: bool) -> None:
    found = sort_follow_up(subject, text, is_answered=answered)
    assert answered or found.sort is not Sort.ESCALATION


@pytest.mark.parametrize(
    "unit", ["not happy with the ", "please withdraw ", "thank you ", "if stage 2 i will ", ">\n", "a"]
)
def test_a_letter_without_end_is_sorted_at_once(unit: str) -> None:
    begun = time.perf_counter()
    sorted_as(unit * (1_000_000 // len(unit)), answered=True)
    assert time.perf_counter() - begun < 1


def test_a_usual_letter_takes_about_a_tenth_of_a_millisecond() -> None:
    letters = samples()
    random.Random(3).shuffle(letters)
    sorted_as("Warm up.")
    begun = time.perf_counter()
    for sample in letters:
        sorted_as(sample.text, answered=sample.answered)
    assert (time.perf_counter() - begun) / len(letters) < 0.005, "a busy machine is given fifty times as long"
