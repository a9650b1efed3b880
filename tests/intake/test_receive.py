import threading
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from intake.boxes import Arrival
from intake.receive import Receipt, receive, receive_all
from models.correspondence import InboundMessage, MailboxCopy
from models.db import reading, writing
from models.people import Complainant
from tests.build import a_letter


def keep(engine: Engine, raw: bytes, now: datetime, source: str = "complaints") -> Receipt:
    with writing(engine) as session:
        return receive(session, source=source, raw=raw, now=now)


def kept(engine: Engine) -> list[bytes]:
    with reading(engine) as session:
        return [message.raw for message in session.exec(select(InboundMessage).order_by(col(InboundMessage.id)))]


@pytest.mark.parametrize("raw", [b"", b"\0\xff" * 50, a_letter(), b"\r\n\r\n", b"From: x\n" * 10_000])
def test_a_message_is_kept_byte_for_byte(engine: Engine, now: datetime, raw: bytes) -> None:
    assert not keep(engine, raw, now).is_duplicate
    assert kept(engine) == [raw]


def test_a_second_copy_changes_nothing(engine: Engine, now: datetime) -> None:
    first = keep(engine, a_letter(), now)
    again = keep(engine, a_letter(), now, source="web form")
    assert again == Receipt(first.message_id, is_duplicate=True)
    assert kept(engine) == [a_letter()]


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"\n", b"\r\n"),
        lambda raw: b"Return-Path: <asha@residents.example>\nReceived: from a\n\tby b; Mon, 12 Oct 2026\n" + raw,
        lambda raw: b"Delivered-To: b@council.example\n" + raw,
        lambda raw: raw + b"\n\n",
    ],
)
def test_another_copy_on_another_way_is_the_same_message(engine: Engine, now: datetime, change: object) -> None:
    assert callable(change)
    keep(engine, a_letter(), now)
    assert keep(engine, change(a_letter()), now).is_duplicate


@pytest.mark.parametrize(
    "other",
    [
        a_letter("The pothole in Elm Road is back!"),
        a_letter(Subject="Pothole in Elm Street"),
        a_letter(From="someone@else.example"),
        a_letter(Message_ID="<two@residents.example>"),
    ],
)
def test_any_other_message_is_kept_too(engine: Engine, now: datetime, other: bytes) -> None:
    keep(engine, a_letter(), now)
    assert not keep(engine, other, now).is_duplicate


def test_a_duplicate_leaves_the_rest_of_the_transaction(engine: Engine, now: datetime) -> None:
    keep(engine, a_letter(), now)
    with writing(engine) as session:
        session.add(Complainant(name="kept"))
        assert receive(session, source="complaints", raw=a_letter(), now=now).is_duplicate
        session.add(Complainant(name="kept too"))
    with reading(engine) as session:
        assert len(session.exec(select(Complainant)).all()) == 2


def test_copies_arriving_at_once_are_kept_once(engine: Engine, now: datetime) -> None:
    receipts: list[Receipt] = []
    start = threading.Barrier(4)

    def work() -> None:
        start.wait(10)
        receipts.extend(keep(engine, a_letter(Message_ID=f"<{number}@residents.example>"), now) for number in range(6))

    workers = [threading.Thread(target=work, daemon=True) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert Counter(receipt.is_duplicate for receipt in receipts) == {False: 6, True: 18}
    assert len(kept(engine)) == 6


@pytest.mark.parametrize(
    ("arrived", "counts_from"),
    [
        pytest.param(timedelta(days=-3), timedelta(days=-3), id="it lay in the mailbox while we were down"),
        pytest.param(timedelta(days=1), timedelta(), id="a server whose clock runs ahead"),
    ],
)
def test_limits_count_from_the_day_it_reached_the_council(
    engine: Engine, now: datetime, arrived: timedelta, counts_from: timedelta
) -> None:
    with writing(engine) as session:
        kept = receive(session, source="complaints", raw=a_letter(), now=now, arrived_at=now + arrived)
    with reading(engine) as session:
        message = session.get_one(InboundMessage, kept.message_id)
    assert (message.received_at, message.look_at) == (now + counts_from, now)


def copies(engine: Engine) -> list[tuple[str, str, int]]:
    with reading(engine) as session:
        found = session.exec(select(MailboxCopy).order_by(col(MailboxCopy.id)))
        return [(copy.mailbox, copy.handle, copy.inbound_id) for copy in found]


def test_each_place_where_a_message_lay_is_kept_once(engine: Engine, now: datetime) -> None:
    with writing(engine) as session:
        first = receive(session, source="complaints", raw=a_letter(), now=now, handle="1:5")
        assert receive(session, source="complaints", raw=a_letter(), now=now, handle="1:5").is_duplicate
        assert receive(session, source="housing", raw=a_letter(), now=now, handle="1:5").is_duplicate
        assert receive(session, source="complaints", raw=a_letter(), now=now, handle="2:1").is_duplicate
        receive(session, source="web form", raw=a_letter("By the form."), now=now)
    known = first.message_id
    assert copies(engine) == [("complaints", "1:5", known), ("housing", "1:5", known), ("complaints", "2:1", known)]


def test_letters_received_together_are_told_as_one_by_one(engine: Engine, now: datetime) -> None:
    known = keep(engine, a_letter("Known."), now).message_id
    raws = [a_letter("One."), a_letter("Known."), a_letter("Two."), a_letter("One.")]
    arrivals = [Arrival(f"1:{number}", raw) for number, raw in enumerate(raws)]
    with writing(engine) as session:
        receipts = receive_all(session, arrivals, source="complaints", now=now)
    assert [receipt.is_duplicate for receipt in receipts] == [False, True, False, True]
    assert [receipt.message_id for receipt in receipts[:2]] == [receipts[3].message_id, known]
    assert kept(engine) == [a_letter("Known."), a_letter("One."), a_letter("Two.")], "in the order in which they came"
    assert [inbound for _, _, inbound in copies(engine)] == [receipt.message_id for receipt in receipts]


def test_a_place_is_kept_in_the_transaction_of_its_message(engine: Engine, now: datetime) -> None:
    with suppress(RuntimeError), writing(engine) as session:
        receive(session, source="complaints", raw=a_letter(), now=now, handle="1:5")
        raise RuntimeError
    assert (kept(engine), copies(engine)) == ([], [])


def test_of_a_large_message_its_true_size_is_kept(engine: Engine, now: datetime) -> None:
    with writing(engine) as session:
        receipt = receive(session, source="complaints", raw=a_letter(), now=now, size=60_000_000, is_partial=True)
    with reading(engine) as session:
        message = session.get_one(InboundMessage, receipt.message_id)
    assert (message.size, message.is_partial, message.raw) == (60_000_000, True, a_letter())


def test_large_messages_that_begin_alike_are_told_apart_by_their_size(engine: Engine, now: datetime) -> None:
    def take(size: int, *, is_partial: bool) -> bool:
        with writing(engine) as session:
            return receive(session, source="c", raw=a_letter(), now=now, size=size, is_partial=is_partial).is_duplicate

    assert [take(60_000_000, is_partial=True), take(60_000_001, is_partial=True)] == [False, False]
    assert take(60_000_000, is_partial=True)
    assert not take(0, is_partial=False), "the beginning of a letter is not that letter"


def test_one_large_message_in_two_mailboxes_is_kept_once(engine: Engine, now: datetime) -> None:
    """What is fetched of it ends where the headers that its way put on it leave off room."""
    whole = a_letter("The pothole is back. " * 20_000).replace(b"\n", b"\r\n")

    def take(source: str, way: bytes, size: int = 60_000_000) -> bool:
        part = (way + whole)[:256_000]
        total = size + len(way)
        with writing(engine) as session:
            kept = receive(session, source=source, raw=part, now=now, handle=source, size=total, is_partial=True)
        return kept.is_duplicate

    assert not take("complaints", b"Received: from a.example by mx.example\r\n")
    assert take("waste", b"Delivered-To: waste@exampleshire.example\r\nReceived: from a by b.example\r\n")
    assert not take("waste", b"Received: from a by b.example\r\n", size=60_000_002)
