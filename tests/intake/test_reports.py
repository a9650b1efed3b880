"""Delivery reports: whom which letter did not reach, by the standard and in the words of older mail servers."""

from pathlib import Path

import pytest

from intake.automatic import Automation, automation
from intake.parse import parse
from models.rules.letters import Email, Report

CORPUS = Path(__file__).parents[1] / "corpus"
OURS = "<tocsin-7@council.example>"
RETURNED = f"Message-ID: {OURS}\nFrom: complaints@council.example\nTo: rosa@mail.example\nSubject: Your complaint\n"


def standard(fields: str, *, returned: str = "message/rfc822", encoding: str = "7bit") -> Email:
    head = (
        "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nTo: complaints@council.example\nSubject: Undelivered\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=r\n\n"
    )
    parts = (
        "--r\nContent-Type: text/plain\n\nIt could not be delivered.\n"
        f"--r\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: {encoding}\n\n"
        f"Reporting-MTA: dns; mx.example\n\n{fields}\n--r\nContent-Type: {returned}\n\n{RETURNED}\nOur letter.\n--r--\n"
    )
    return parse((head + parts).encode())


def fields(action: str, status: str, recipient: str = "rosa@mail.example") -> str:
    return f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n"


@pytest.mark.parametrize(
    ("action", "status", "is_final"),
    [
        ("failed", "5.1.1", True),
        ("failed", "5.2.2", True),
        ("failed", "4.4.7", True),
        ("delayed", "4.4.1", False),
        ("Delayed", "5.0.0", False),
        ("", "5.1.1", True),
        ("", "4.2.2", False),
    ],
)
def test_a_report_says_whether_it_is_final(action: str, status: str, is_final: bool) -> None:
    email = standard(fields(action, status))
    assert email.report == Report("rosa@mail.example", status, OURS, is_final)
    assert automation(email) is Automation.BOUNCE


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers", "message/global-headers"])
def test_the_letter_it_is_about_is_known(returned: str) -> None:
    report = standard(fields("failed", "5.1.1"), returned=returned).report
    assert report is not None
    assert report.original_id == OURS


def test_the_address_we_wrote_to_is_told_not_the_one_it_was_passed_to() -> None:
    email = standard("Original-Recipient: rfc822;Rosa@mail.example\n" + fields("failed", "5.1.1", "box@inner.example"))
    assert email.report is not None
    assert email.report.recipient == "rosa@mail.example"


def test_of_several_recipients_a_final_one_is_told() -> None:
    email = standard(fields("delayed", "4.4.1", "a@mail.example") + "\n" + fields("failed", "5.1.1", "b@mail.example"))
    assert email.report == Report("b@mail.example", "5.1.1", OURS, is_final=True)


def test_a_status_that_stands_only_in_the_diagnosis_is_found() -> None:
    email = standard("Final-Recipient: rfc822; a@b.example\nAction: failed\nDiagnostic-Code: smtp; 550 5.7.1 No.\n")
    assert email.report is not None
    assert email.report.status == "5.7.1"


def test_good_news_is_no_bounce() -> None:
    email = standard(fields("delivered", "2.0.0"))
    assert email.report is None
    assert automation(email) is Automation.AUTO_REPLY


def test_a_letter_is_no_report() -> None:
    assert parse((CORPUS / "plain_complaint.eml").read_bytes()).report is None


def test_the_sample_bounce_is_read() -> None:
    report = parse((CORPUS / "bounce.eml").read_bytes()).report
    assert report is not None
    assert (report.recipient, report.status, report.is_final) == ("nobody@mail.example", "5.1.1", True)


def words(body: str, *headers: str, subject: str = "failure notice") -> Email:
    fixed = ["Return-Path: <>", "From: MAILER-DAEMON@mx.example", "To: complaints@council.example"]
    head = "\n".join([*fixed, *headers])
    return parse(f"{head}\nSubject: {subject}\n\n{body}".encode())


def test_the_words_of_qmail_are_understood() -> None:
    email = words(
        "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the "
        "following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        "<rosa@mail.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 No such user\n\n"
        f"--- Below this line is a copy of the message.\n\nReturn-Path: <complaints@council.example>\n{RETURNED}\nx"
    )
    assert email.report == Report("rosa@mail.example", "5.1.1", OURS, is_final=True)


def test_the_words_of_exim_are_understood() -> None:
    email = words(
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be "
        "delivered.\n\n  rosa@mail.example\n    Mailbox quota exceeded: 552 5.2.2 full\n\n"
        f"------ This is a copy of the message, including all the headers. ------\n\n{RETURNED}\nx",
        "X-Failed-Recipients: rosa@mail.example",
        subject="Mail delivery failed: returning message to sender",
    )
    assert email.report == Report("rosa@mail.example", "5.2.2", OURS, is_final=True)


def test_the_words_of_exchange_are_understood() -> None:
    email = words(
        "Delivery has failed to these recipients or groups:\n\nrosa@mail.example<mailto:rosa@mail.example>\nThe "
        "email address wasn't found.\n\nDiagnostic information for administrators:\n\nGenerating server: x.example\n"
        f"Remote Server returned '550 5.1.10 RecipientNotFound'\n\nOriginal message headers:\n\n{RETURNED}",
        subject="Undeliverable: Your complaint",
    )
    assert email.report == Report("rosa@mail.example", "5.1.10", OURS, is_final=True)


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("Your letter to <rosa@mail.example> has not yet been delivered. Delivery attempts will continue.", "Warning"),
        ("rosa@mail.example: 450 4.2.0 Greylisted", "Delivery Status Notification (Delay)"),
        ("rosa@mail.example said: 451 try later", "Undeliverable for now"),
    ],
)
def test_a_delay_in_words_is_not_final(body: str, subject: str) -> None:
    email = words(body, "X-Failed-Recipients: rosa@mail.example", subject=subject)
    assert email.report is not None
    assert (email.report.recipient, email.report.is_final) == ("rosa@mail.example", False)


def test_a_report_that_names_no_letter_names_the_one_it_answers() -> None:
    email = words("<rosa@mail.example>: no such user", f"In-Reply-To: {OURS}")
    assert email.report is not None
    assert email.report.original_id == OURS


def test_a_report_that_says_nothing_is_still_one() -> None:
    assert words("Sorry.").report == Report()
