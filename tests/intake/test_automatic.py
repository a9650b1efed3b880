from pathlib import Path

import pytest

from intake.automatic import Automation, automation, may_answer
from intake.parse import parse
from models.rules.letters import Email

CORPUS = Path(__file__).parents[1] / "corpus"


def letter(*headers: tuple[str, str], sender: str = "asha@mail.example", subject: str = "Bins") -> Email:
    return Email(sender=sender, subject=subject, headers=tuple((name.lower(), value) for name, value in headers))


def test_a_persons_letter_may_be_answered() -> None:
    email = letter(("Return-Path", "<asha@mail.example>"), ("Auto-Submitted", "no"))
    assert automation(email) is None
    assert may_answer(email)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Content-Type", "multipart/report; report-type=delivery-status", Automation.BOUNCE),
        ("Content-Type", "Multipart/Report; boundary=x", Automation.BOUNCE),
        ("X-Failed-Recipients", "nobody@mail.example", Automation.BOUNCE),
        ("Content-Type", "multipart/report; report-type=disposition-notification", Automation.AUTO_REPLY),
        ("Auto-Submitted", "auto-replied", Automation.AUTO_REPLY),
        ("AUTO-SUBMITTED", "Auto-Replied (vacation); owner=x", Automation.AUTO_REPLY),
        ("X-Autoreply", "yes", Automation.AUTO_REPLY),
        ("X-Autorespond", "", Automation.AUTO_REPLY),
        ("Precedence", "auto_reply", Automation.AUTO_REPLY),
        ("Auto-Submitted", "auto-generated", Automation.AUTO_GENERATED),
        ("List-Id", "Larch Close residents <larch.lists.example>", Automation.LIST),
        ("Precedence", "Bulk", Automation.LIST),
        ("Precedence", "list", Automation.LIST),
        ("Precedence", "junk", Automation.LIST),
    ],
)
def test_a_header_tells_what_machine_wrote(name: str, value: str, expected: Automation) -> None:
    email = letter((name, value))
    assert automation(email) is expected
    assert not may_answer(email)


@pytest.mark.parametrize(
    "subject",
    ["Automatic reply: Bins", "Out of office Re: Bins", "Ateb awtomatig: Biniau", "Automatische Antwort: Tonnen"],
)
def test_an_away_subject_counts_only_with_another_sign(subject: str) -> None:
    assert automation(letter(subject=subject)) is None
    assert automation(letter(("Return-Path", "<>"), subject=subject)) is Automation.AUTO_REPLY
    assert automation(letter(("X-Auto-Response-Suppress", "All"), subject=subject)) is Automation.AUTO_REPLY


def test_a_complaint_about_an_out_of_office_is_a_persons() -> None:
    assert automation(letter(subject="Out of office since May! Is anybody there?")) is None


def test_a_mail_systems_failure_notice_is_a_bounce() -> None:
    email = letter(("Return-Path", "<>"), sender="mailer-daemon@mx.example", subject="failure notice")
    assert automation(email) is Automation.BOUNCE


def test_a_postmaster_who_writes_himself_is_no_bounce() -> None:
    email = letter(("Return-Path", "<postmaster@mx.example>"), sender="postmaster@mx.example", subject="Your bins")
    assert automation(email) is None
    assert not may_answer(email)


@pytest.mark.parametrize("value", ["<>", " <> ", ""])
def test_an_empty_return_path_is_never_answered(value: str) -> None:
    assert not may_answer(letter(("Return-Path", value)))


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "noreply@shop.example",
        "no-reply@shop.example",
        "no_reply+17@shop.example",
        "donotreply@shop.example",
        "do-not-reply@shop.example",
        "forms-noreply@shop.example",
        "mailer-daemon@mx.example",
        "postmaster@mx.example",
        "bounce@news.example",
        "bounces+asha=mail.example@news.example",
    ],
)
def test_an_address_that_is_a_machine_is_never_answered(sender: str) -> None:
    assert not may_answer(letter(sender=sender))


@pytest.mark.parametrize("sender", ["noreen@mail.example", "bouncer.bob@mail.example", "dono@mail.example"])
def test_an_address_that_only_looks_alike_is_answered(sender: str) -> None:
    assert may_answer(letter(sender=sender))


@pytest.mark.parametrize(("value", "expected"), [("All", False), ("DR, OOF, AutoReply", False), ("DR, RN", True)])
def test_a_wish_for_silence_is_respected(value: str, expected: bool) -> None:
    assert may_answer(letter(("X-Auto-Response-Suppress", value))) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bounce.eml", Automation.BOUNCE),
        ("out_of_office.eml", Automation.AUTO_REPLY),
        ("plain_complaint.eml", None),
        ("forwarded_by_officer.eml", None),
    ],
)
def test_the_sample_letters_are_told_apart(name: str, expected: Automation | None) -> None:
    assert automation(parse((CORPUS / name).read_bytes())) is expected
