"""The card and the forms of a held message keep Slack's limits, whatever came in."""

import json
from datetime import datetime

import pytest

from bot.held_cards import held_card, join_modal, look_modal
from demo.slack.blocks import problems_in
from demo.slack.views import check_view
from models.correspondence import HeldMessage
from models.held import LONGEST_TEXT
from models.held_list import Held
from models.rules.references import make_reference
from tests.jobs.office import words_on

MANY = tuple(make_reference(number, 2026) for number in range(1, 51))


def test_the_longest_text_in_the_widest_letters_fits_into_a_form(now: datetime) -> None:
    wide = "\U0001f525"
    row = HeldMessage(inbound_id=7, at=now, subject=wide * 9000, text=wide * LONGEST_TEXT)
    row.attachments = [{"name": "a" * 200} for _ in range(100)]
    view = look_modal(row)
    check_view(view)
    assert len(json.dumps(view)) < 250_000
    assert "tocsin intake held --show 7" in words_on(view["blocks"])


def test_a_message_that_a_form_holds_whole_sends_nobody_elsewhere(now: datetime) -> None:
    assert "tocsin" not in words_on(
        look_modal(HeldMessage(inbound_id=7, at=now, subject="Lamp", text="Dark."))["blocks"]
    )


def test_the_card_keeps_slacks_limits_whatever_is_named(now: datetime) -> None:
    held = Held(7, now, "s" * 300, 0, "rule", "r" * 5000, named=MANY, attachments=3)
    assert problems_in(held_card(held)) == []


def test_every_case_that_is_named_can_be_chosen(now: datetime) -> None:
    view = join_modal(HeldMessage(inbound_id=7, at=now, named=list(MANY)), channel="C1")
    check_view(view)
    assert [option["value"] for option in view["blocks"][1]["element"]["options"]] == list(MANY)


def test_nothing_in_a_reason_is_a_mention(now: datetime) -> None:
    held = Held(7, now, "complaints", 0, "rule", "It names <!channel> & <@U0BEN>.")
    assert "<" not in words_on(held_card(held))


@pytest.mark.parametrize(("size", "words"), [(0, "0 B"), (999, "999 B"), (51_499, "51 kB"), (6_000_000, "6.0 MB")])
def test_a_size_is_told_in_words(now: datetime, size: int, words: str) -> None:
    assert words in words_on(held_card(Held(7, now, "complaints", size, "rule", "Why.")))
