"""Agreement in figures and in plain words; sensible when there is little or nothing to tell."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.rules.agreement import Agreement, agreement, in_sentences, month_after, month_before
from models.rules.decisions import Decision
from models.rules.labels import Area, Kind
from models.rules.languages import Language

MONTH = date(2026, 9, 1)
AGREED = Decision(
    reference="T26-00001-M",
    at=datetime(2026, 9, 7, tzinfo=UTC),
    source="complaints",
    language=Language.ENGLISH,
    version="v",
    suggested=Kind.COMPLAINT,
    guess=Kind.COMPLAINT,
    confidence=0.9,
    area=Area.HOUSING,
    decided=Kind.COMPLAINT,
    decided_area=Area.HOUSING,
)
REQUEST = replace(AGREED, suggested=Kind.SERVICE_REQUEST, guess=Kind.SERVICE_REQUEST, decided=Kind.SERVICE_REQUEST)
MISSED = replace(REQUEST, decided=Kind.COMPLAINT)
NOT_SURE = replace(AGREED, suggested=None, confidence=0.4, decided=None)
OPEN = replace(AGREED, decided=None, decided_area=None)


def of(*decisions: Decision, before: tuple[Decision, ...] = ()) -> Agreement:
    return agreement(MONTH, decisions, before)


def said(*decisions: Decision, before: tuple[Decision, ...] = ()) -> str:
    return "\n".join(in_sentences(of(*decisions, before=before)))


def test_agreement_is_counted_where_a_kind_was_named_and_a_person_decided() -> None:
    found = of(AGREED, REQUEST, MISSED, NOT_SURE, OPEN)
    total = found.total
    assert (total.suggestions, total.not_sure, total.decided, total.compared) == (5, 1, 3, 3)
    assert (total.agreed, total.agreed_on_complaint, found.missed) == (2, 2, 1)
    assert (found.services_compared, found.services_agreed) == (4, 4)


def test_a_kind_corrected_to_another_that_is_no_complaint_agrees_on_complaint_or_not() -> None:
    total = of(replace(REQUEST, decided=Kind.COMMENT)).total
    assert (total.agreed, total.agreed_on_complaint) == (0, 1)


def test_figures_are_told_by_kind_channel_and_language() -> None:
    welsh = replace(MISSED, source="web form", language=Language.WELSH)
    found = of(AGREED, AGREED, welsh)
    assert [(name, each.agreed, each.compared) for name, each in found.kinds.items()] == [
        ("complaint", 2, 2),
        ("service_request", 0, 1),
    ]
    assert {name: each.suggestions for name, each in found.channels.items()} == {"complaints": 2, "web form": 1}
    assert {name: each.agreed for name, each in found.languages.items()} == {"English": 2, "Welsh": 0}


def test_the_note_says_it_in_plain_words() -> None:
    assert in_sentences(of(AGREED, REQUEST, MISSED, NOT_SURE)) == [
        "The classifier in September 2026: 4 letters that opened a case.",
        "It was not sure of 1 of 4 (25%).",
        "Officers have decided the kind of 3; to acknowledge without a correction is to agree.",
        "Where it named a kind they agreed on 2 of 3 (67%), and on complaint or not on 2 of 3 (67%).",
        "They agreed on the service of 4 of 4 (100%).",
        "By the kind it named: service request 1 of 2; complaint 1 of 1.",
        "1 complaint was suggested as something else.",
        "Too few letters to speak of drift (0 in August).",
        "By channel: complaints: 4 letters, not sure of 1, agreed 2 of 3.",
        "By language: English: 4 letters, not sure of 1, agreed 2 of 3.",
    ]


def test_without_a_case_there_is_one_sentence() -> None:
    assert in_sentences(of()) == ["The classifier was not asked about any new case in September 2026."]


def test_without_a_decision_it_says_so() -> None:
    assert "Officers have decided none of them yet." in said(OPEN)


def test_a_share_that_moved_by_more_than_chance_is_drift() -> None:
    was, now = (AGREED,) * 40 + (REQUEST,) * 60, (AGREED,) * 70 + (REQUEST,) * 30
    drifted = said(*now, before=was)
    assert (
        "Since August: service request went from 60% to 30% of the letters; complaint went from 40% to 70%" in drifted
    )


def test_a_share_that_moved_as_much_as_chance_moves_it_is_none() -> None:
    was, now = (AGREED,) * 10 + (REQUEST,) * 15, (AGREED,) * 12 + (REQUEST,) * 13
    assert "Since August: no drift that chance would not explain." in said(*now, before=was)


def test_mean_confidence_that_fell_is_drift() -> None:
    now = tuple(replace(AGREED, confidence=0.7) for _ in range(30))
    assert "its mean confidence went from 0.90 to 0.70" in said(*now, before=(AGREED,) * 30)


def test_many_channels_are_cut_short() -> None:
    many = [replace(AGREED, source=f"box {number:02}") for number in range(14)]
    assert "; and 4 more." in said(*many)


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 1, 31), date(2025, 12, 1), date(2026, 2, 1)),
        (date(2024, 3, 1), date(2024, 2, 1), date(2024, 4, 1)),
        (date(2026, 12, 1), date(2026, 11, 1), date(2027, 1, 1)),
    ],
)
def test_months_follow_one_another(day: date, before: date, after: date) -> None:
    assert (month_before(day), month_after(day)) == (before, after)
