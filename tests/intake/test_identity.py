import random

import pytest

from intake.identity import content_key

LETTER = b"From: asha@example.org\nMessage-ID: <b1@mail.example>\nSubject: Bins\n\nPlease come.\n"


@pytest.mark.parametrize("line_end", [b"\r\n", b"\r"])
def test_line_ends_do_not_matter(line_end: bytes) -> None:
    assert content_key(LETTER.replace(b"\n", line_end)) == content_key(LETTER)


def test_blank_lines_at_the_end_do_not_matter() -> None:
    assert content_key(LETTER + b"\r\n\n\n") == content_key(LETTER) == content_key(LETTER.rstrip(b"\n"))


@pytest.mark.parametrize(
    "trace",
    [
        b"Return-Path: <asha@example.org>\n",
        b"RETURN-PATH : <asha@example.org>\n",
        b"Received: from a\n\tby b;\n  Mon, 2 Mar 2026 09:00:00 +0000\n",
        b"X-Received: by c\n",
        b"Delivered-To: complaints@example.org\n",
        b"X-Original-To: complaints@example.org\n",
        b"Envelope-To: complaints@example.org\n",
        b"Delivery-Date: Mon, 2 Mar 2026 09:00:00 +0000\n",
        b"Authentication-Results: mx.example.org;\n spf=pass\n",
        b"ARC-Seal: i=1;\n b=abc\n",
        b"Received-SPF: pass\n",
    ],
)
def test_trace_headers_do_not_matter(trace: bytes) -> None:
    assert content_key(trace + LETTER) == content_key(LETTER)
    assert content_key(LETTER.replace(b"Subject", trace + b"Subject")) == content_key(LETTER)


def test_two_mailboxes_get_one_key() -> None:
    one = b"Delivered-To: a@example.org\r\nReceived: by x\r\n\tid 1\r\n" + LETTER.replace(b"\n", b"\r\n")
    other = b"Return-Path: <asha@example.org>\nDelivered-To: b@example.org\n" + LETTER + b"\n"
    assert content_key(one) == content_key(other)


@pytest.mark.parametrize(
    "other",
    [
        LETTER.replace(b"come", b"go"),
        LETTER.replace(b"Subject: Bins", b"Subject: Lamps"),
        b"DKIM-Signature: a=rsa; b=xyz\n" + LETTER,
        LETTER.replace(b"\n\nPlease", b"\n\nReceived: yesterday\nPlease"),
    ],
)
def test_the_same_message_id_with_other_content_is_another_letter(other: bytes) -> None:
    assert content_key(other) != content_key(LETTER)


def test_any_bytes_have_a_key() -> None:
    chance = random.Random(7)
    keys = {content_key(chance.randbytes(length)) for length in range(1, 200)}
    assert len(keys) == 199
    assert {len(key) for key in keys | {content_key(b"")}} == {64}
