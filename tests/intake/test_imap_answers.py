from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.imap_answers import Fetched, Splitter, fetched_in, uid_set

DATE = b'INTERNALDATE "02-Apr-2026 23:30:00 +0100"'
WHEN = datetime(2026, 4, 2, 22, 30, tzinfo=UTC)


def one(said: list[Any]) -> Fetched:
    [letter] = fetched_in(said)
    return letter


@pytest.mark.parametrize(
    "said",
    [
        [(b"1 (UID 5 " + DATE + b" BODY[] {5}", b"hello"), b")"],
        [(b"1 (UID 5 BODY[] {5}", b"hello"), b" " + DATE + b")"],
        [(b"1 (BODY[]<0> {5}", b"hello"), b" " + DATE + b" UID 5)"],
        [b"2 (FLAGS (\\Seen))", (b"1 (UID 5 BODY[] {5}", b"hello"), b" " + DATE + b")", None],
        [(b"1 (UID 5 body[] {5}", b"hello"), b" " + DATE.lower().replace(b"apr", b"Apr") + b")", b"3 (UID)"],
        [b"1 (UID 5 " + DATE + b' BODY[] "hello")'],
        [b"1 (UID 5 " + DATE + b' BODY[]<0> "hello")'],
    ],
)
def test_the_letter_and_its_day_are_found_wherever_they_stand(said: list[Any]) -> None:
    assert one(said) == Fetched(5, b"hello", None, WHEN)


def test_several_letters_keep_what_is_theirs() -> None:
    said = [
        (b"1 (UID 5 " + DATE + b" BODY[] {1}", b"a"),
        b")",
        b"9 (UID 7 FLAGS (\\Deleted))",
        (b"2 (BODY[] {1}", b"b"),
        b" UID 6)",
        b"3 (UID 8 RFC822.SIZE 17 " + DATE + b")",
    ]
    assert list(fetched_in(said)) == [
        Fetched(5, b"a", None, WHEN),
        Fetched(7, None, None, None),
        Fetched(6, b"b", None, None),
        Fetched(8, None, 17, WHEN),
    ]


def test_what_is_written_in_the_letter_is_not_believed() -> None:
    claims = b"9 (UID 9 RFC822.SIZE 9 " + DATE
    assert one([(b"1 (UID 5 BODY[] {60}", claims), b")"]) == Fetched(5, claims, None, None)
    quoted = claims.replace(b'"', b'\\"')
    assert one([b'1 (BODY[] "' + quoted + b'" UID 5)']) == Fetched(5, claims, None, None)


@pytest.mark.parametrize(
    "date", [b"yesterday at noon", b"32-Apr-2026 00:00:00 +0000", b"02-\xc4pr-2026 00:00:00 +0000"]
)
def test_a_date_that_is_none_is_left_out(date: bytes) -> None:
    assert one([(b'1 (UID 5 INTERNALDATE "' + date + b'" BODY[] {1}', b"x"), b")"]).arrived_at is None


@pytest.mark.parametrize("said", [[], [None], [b"1 (FLAGS ())"], [b")"], [(b"nonsense {1}", b"x")]])
def test_an_answer_that_names_no_letter_tells_of_none(said: list[Any]) -> None:
    assert list(fetched_in(said)) == []


def test_a_letter_that_is_gone_has_no_bytes() -> None:
    assert one([b"1 (UID 5 BODY[] NIL)"]).raw is None


PARTS = [
    b"* OK hello\r\n",
    b"* 1 FETCH (BODY[] {7}\r\n",
    b"a\nb {3}",
    b"\n",
    b" UID 5)\r\n",
    b"* 2 FETCH (BODY[] {0}\r\n",
    b" UID 6)\r\n",
    b"A1 OK {4}\r\n",
    b"A2 OK\r\n",
]
ANSWER = b"".join(PARTS)


def test_what_arrives_is_cut_into_lines_and_announced_blocks() -> None:
    assert Splitter().feed(ANSWER) == PARTS


@given(st.lists(st.integers(0, len(ANSWER))))
def test_it_is_cut_alike_however_it_arrives(cuts: list[int]) -> None:
    places = sorted({0, *cuts, len(ANSWER)})
    splitter = Splitter()
    parts = [part for a, b in pairwise(places) for part in splitter.feed(ANSWER[a:b])]
    assert b"".join(parts) == ANSWER
    lines = [part for part in parts if part.startswith((b"*", b"A", b" UID"))]
    assert lines == [part for part in PARTS if part.startswith((b"*", b"A", b" UID"))]


@pytest.mark.parametrize(
    ("uids", "written"), [([7], "7"), ([1, 2, 3], "1:3"), ([9, 1, 3, 2, 9], "1:3,9"), ([4, 6], "4,6"), ([], "")]
)
def test_numbers_are_written_as_imap_writes_them(uids: list[int], written: str) -> None:
    assert uid_set(uids) == written
