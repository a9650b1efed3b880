from datetime import UTC, datetime

import pytest

from intake.imap_answers import letter_in

DATE = b'INTERNALDATE "02-Apr-2026 23:30:00 +0100"'
WHEN = datetime(2026, 4, 2, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        [(b"1 (UID 5 " + DATE + b" BODY[] {5}", b"hello"), b")"],
        [(b"1 (UID 5 BODY[] {5}", b"hello"), b" " + DATE + b")"],
        [b"2 (FLAGS (\\Seen))", (b"1 (UID 5 BODY[] {5}", b"hello"), b" " + DATE + b")"],
        [b"1 (UID 5 " + DATE + b' BODY[] "hello")'],
    ],
)
def test_the_letter_and_its_day_are_found_wherever_they_stand(said: list[object]) -> None:
    letter = letter_in(said)
    assert letter is not None
    assert (letter.raw, letter.arrived_at) == (b"hello", WHEN)


def test_a_date_written_in_the_letter_is_not_believed() -> None:
    letter = letter_in([(b"1 (UID 5 BODY[] {60}", b"Subject: " + DATE), b")"])
    assert letter is not None
    assert letter.arrived_at is None
    short = letter_in([b'1 (UID 5 BODY[] "INTERNALDATE \\"01-Jan-2020 00:00:00 +0000\\"")'])
    assert short is not None
    assert short.arrived_at is None


@pytest.mark.parametrize(
    "date", [b"yesterday at noon", b"32-Apr-2026 00:00:00 +0000", b"02-\xc4pr-2026 00:00:00 +0000"]
)
def test_a_date_that_is_none_is_left_out(date: bytes) -> None:
    letter = letter_in([(b'1 (UID 5 INTERNALDATE "' + date + b'" BODY[] {1}', b"x"), b")"])
    assert letter is not None
    assert letter.arrived_at is None


@pytest.mark.parametrize("said", [[], [None], [b"1 (UID 5)"], [b"1 (FLAGS ())"]])
def test_a_letter_that_is_gone_is_none(said: list[object]) -> None:
    assert letter_in(said) is None
