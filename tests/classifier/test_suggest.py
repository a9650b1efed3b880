"""Suggesting: an opinion on any text, "not sure" when it is, reasons that tell nobody's words."""

import re

import pytest

from classifier.suggest import Message, Suggester, decide
from models.rules.labels import Kind, Signal
from models.rules.thresholds import Thresholds

pytestmark = pytest.mark.xdist_group("small model")

ODD = ["", " \n ", "😡😡😡", "?", "\x00", "<p></p>", "Мусор не вывозят", "x" * 100_000, "bin " * 250_000, "<" * 3_000]

NAMED = Message(
    "Zebedee Quillfeather, 14 Marmalade Crescent",
    "Dear Ms Fortescue-Okonkwo, I am Zebedee Quillfeather of 14 Marmalade Crescent, ZX9 9ZZ, 07700 900123,"
    " zeb@example.org. I reported the ochre wardrobe to Barnaby three times since March and your"
    " contractors left a mess. The council has failed in its duty and I have had no reply.",
)


@pytest.mark.parametrize("body", ODD, ids=range(len(ODD)))
def test_no_text_is_too_odd_for_an_opinion(suggester: Suggester, body: str) -> None:
    opinion = suggester.suggest(Message(body[:500], body))
    assert opinion.areas
    assert opinion.reasons


def test_an_empty_message_is_not_sure_and_says_why(suggester: Suggester) -> None:
    opinion = suggester.suggest(Message("", ""))
    assert opinion.kind is None
    assert opinion.reasons == ("There are no words to go by.",)


def test_blame_after_reports_is_a_complaint(suggester: Suggester) -> None:
    assert suggester.suggest(NAMED).guess is Kind.COMPLAINT


def test_reasons_hold_no_name_address_or_number_of_the_message(suggester: Suggester) -> None:
    said = " ".join(suggester.suggest(NAMED).reasons).lower()
    private = f"{NAMED.subject} 07700 900123 zeb zx9 9zz ochre wardrobe Barnaby Fortescue Okonkwo".lower()
    assert not set(re.findall(r"\w+", private)) & set(re.findall(r"\w+", said))


def test_reasons_are_one_to_three_sentences(suggester: Suggester) -> None:
    opinions = suggester.suggest_many([NAMED, Message("Hole", "A hole in the road."), Message("", "Thank you all")])
    assert all(1 <= len(o.reasons) <= 3 and all(r.endswith(".") for r in o.reasons) for o in opinions)


def test_an_urgent_signal_is_the_first_thing_said(suggester: Suggester) -> None:
    opinion = suggester.suggest(Message("Help", "I can't go on, I want to end it all"))
    assert opinion.signals[0] is Signal.SELF_HARM_RISK
    assert any("harming" in reason for reason in opinion.reasons[:2])


def test_many_at_once_are_as_one_by_one(suggester: Suggester) -> None:
    messages = [NAMED, Message("Hole", "Please fix the hole"), Message("", "")]
    assert suggester.suggest_many(messages) == [suggester.suggest(message) for message in messages]


def test_none_at_once_are_none(suggester: Suggester) -> None:
    assert suggester.suggest_many([]) == []


def test_a_likely_kind_is_named() -> None:
    assert decide({Kind.SERVICE_REQUEST: 0.8, Kind.COMPLAINT: 0.1}, Thresholds()) is Kind.SERVICE_REQUEST


def test_an_unlikely_kind_is_not_named() -> None:
    assert decide({Kind.COMPLAINT: 0.5, Kind.CHASER: 0.4}, Thresholds()) is None


@pytest.mark.parametrize("kind", [Kind.SERVICE_REQUEST, Kind.CHASER, Kind.COMMENT])
def test_nothing_else_is_named_where_a_complaint_may_hide(kind: Kind) -> None:
    assert decide({kind: 0.7, Kind.COMPLAINT: 0.3}, Thresholds()) is None


def test_a_kind_may_have_a_threshold_of_its_own() -> None:
    assert decide({Kind.COMPLIMENT: 0.8}, Thresholds(by_kind={Kind.COMPLIMENT: 0.9})) is None
