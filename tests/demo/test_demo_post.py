"""What the demo's residents send is what real mail programs send: intake finds the case by it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from demo.page import Enclosed, LetterOut, Written
from demo.post import letter, returned
from demo.samples import REPLIES, SAMPLES
from intake.automatic import is_bounce
from intake.parse import parse
from models.rules.likeness import in_common, runs_of

AT = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
KEYED = "complaints+0123456789abcdef0123@exampleshire.example"
OURS = LetterOut(
    "joan@residents.example",
    "Your complaint [T26-00001-M]",
    "Dear Joan,\n\nwe have looked into it.",
    AT,
    message_id="<tocsin.1@exampleshire.example>",
    reply_to=KEYED,
    sender="Exampleshire Council complaints",
)
REPLY = Written("Joan", "joan@residents.example", "Re: Your complaint", "Nobody came.", answers=OURS.message_id)
LETTERS = Path(__file__).parent.parent.parent / "demo" / "letters"


def test_a_reply_goes_to_the_keyed_address_and_names_the_letter() -> None:
    email = parse(letter(REPLY, to="complaints@exampleshire.example", at=AT, answers=OURS))
    assert (email.to, email.in_reply_to) == ((KEYED,), (OURS.message_id,))
    assert email.text == "Nobody came."
    assert "we have looked into it" in email.quoted


def test_a_new_letter_answers_nothing() -> None:
    email = parse(letter(REPLY, to="complaints@exampleshire.example", at=AT))
    assert (email.to, email.in_reply_to) == (("complaints@exampleshire.example",), ())


@pytest.mark.parametrize("declared", ["image/png", "", "nonsense"])
def test_a_file_goes_along(declared: str) -> None:
    written = Written(
        "Joan", "joan@residents.example", "Bin", "Look.", enclosed=Enclosed("bin.png", declared, b"\x89PNG")
    )
    (attached,) = parse(letter(written, to="complaints@exampleshire.example", at=AT)).attachments
    assert (attached.name, attached.size) == ("bin.png", 4)


def test_a_returned_letter_is_a_final_report_on_it() -> None:
    email = parse(returned(OURS, at=AT))
    assert is_bounce(email)
    assert email.to == (KEYED,)
    assert email.report is not None
    assert (email.report.recipient, email.report.original_id) == (OURS.to, OURS.message_id)
    assert (email.report.is_final, email.report.status) == (True, "5.1.1")


def test_the_sample_of_a_campaign_is_like_the_letters_that_came() -> None:
    (sample,) = (each.body for each in SAMPLES if "campaign" in each.label)
    for file in LETTERS.glob("*-library-campaign-*.eml"):
        assert in_common(runs_of(sample), runs_of(parse(file.read_bytes()).text)) > 0.8


def test_a_sample_reply_leaves_who_writes_to_the_letter_it_answers() -> None:
    assert all(each.body and not (each.sender or each.sender_name or each.subject) for each in REPLIES)
