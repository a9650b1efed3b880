import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from intake.processing import Processed
from models import handling
from models.case import Case
from models.correspondence import Correspondence, Disposition, InboundMessage
from models.db import reading, writing
from models.handling import Answer, Outcome
from models.outbox import Channel, OutboxEntry
from models.people import Complainant
from models.queries import get_case, held_messages, history, letters
from models.reminders import Alert
from models.rules.references import make_reference
from models.settings import Settings
from tests.build import a_case, a_letter, arrive, officer, reload
from tests.people import BEN

Arrive = Callable[[bytes], Processed]
CASE, FOLLOW_UP, HELD, IGNORED = Disposition.CASE, Disposition.FOLLOW_UP, Disposition.HELD, Disposition.IGNORED


@pytest.fixture
def comes(engine: Engine, settings: Settings, now: datetime) -> Arrive:
    return lambda raw: arrive(engine, raw, settings=settings, now=now)


@pytest.fixture
def case(engine: Engine, settings: Settings, now: datetime) -> Case:
    return a_case(engine, settings=settings, now=now)


def another(text: str = "And again.", **headers: str) -> bytes:
    return a_letter(text, **({"Message_ID": "<two@residents.example>"} | headers))


def count(engine: Engine, table: type[Any]) -> int:
    with reading(engine) as session:
        return len(session.exec(select(table)).all())


def test_a_new_matter_opens_a_case(engine: Engine, comes: Arrive, now: datetime) -> None:
    done = comes(a_letter())
    assert (done.disposition, done.rule) == (CASE, "anything_else")
    with reading(engine) as session:
        case = session.exec(select(Case)).one()
        (letter, receipt) = letters(session, case)
        complainant = session.get_one(Complainant, case.complainant_id)
        assert [event.name for event, _ in history(session, case)] == ["received"]
    assert case.reference == done.case
    assert (letter.subject, letter.text.strip()) == ("Pothole in Elm Road", "The pothole in Elm Road is back.")
    assert receipt.direction == "out"
    assert (complainant.name, complainant.email) == ("Asha Okafor", "asha.okafor@residents.example")
    assert (case.is_triaged, case.look_again) == (False, now)


def test_processing_twice_changes_nothing(engine: Engine, comes: Arrive) -> None:
    assert comes(a_letter()).case == comes(a_letter()).case
    assert comes(a_letter().replace(b"\n", b"\r\n")).disposition == CASE
    assert (count(engine, Case), count(engine, Correspondence)) == (1, 2)


def test_a_party_naming_the_case_joins_it(engine: Engine, case: Case, comes: Arrive) -> None:
    before = reload(engine, case).version
    done = comes(another(Subject=f"Re: [{case.reference.lower()}]"))
    assert (done.disposition, done.case) == (FOLLOW_UP, case.reference)
    with reading(engine) as session:
        assert [letter.direction for letter in letters(session, case)] == ["in", "out", "in"]
    assert reload(engine, case).version == before + 1
    assert count(engine, Case) == 1


def test_a_reference_in_the_text_or_the_quotes_is_seen(case: Case, comes: Arrive) -> None:
    assert comes(another(f"About {case.reference}: nothing has happened.")).disposition == FOLLOW_UP
    quote = f"Nothing has happened.\n\nOn Monday, Complaints wrote:\n> We have your message [{case.reference}]\n"
    assert comes(another(quote, Message_ID="<three@residents.example>")).disposition == FOLLOW_UP


@pytest.mark.parametrize("header", ["In_Reply_To", "References"])
def test_answering_a_letter_of_ours_joins_its_case(engine: Engine, case: Case, comes: Arrive, header: str) -> None:
    with reading(engine) as session:
        receipt = letters(session, case)[1].message_id
    done = comes(another(Subject="Re: your letter", **{header: f"<x@y.example> {receipt}"}))
    assert (done.disposition, done.case) == (FOLLOW_UP, case.reference)


def test_answering_ones_own_letter_opens_a_new_case(engine: Engine, case: Case, comes: Arrive) -> None:
    assert comes(another(In_Reply_To="<one@residents.example>")).disposition == CASE


def test_a_stranger_naming_a_reference_is_held(engine: Engine, case: Case, comes: Arrive) -> None:
    done = comes(another(From="bo@elsewhere.example", Subject=case.reference))
    assert (done.disposition, done.rule, done.case) == (HELD, "names_a_strangers_case", None)
    with reading(engine) as session:
        assert len(letters(session, case)) == 2
        (held,) = held_messages(session)
    assert case.reference in held.reason


def test_a_stranger_answering_our_letter_is_held(engine: Engine, case: Case, comes: Arrive) -> None:
    with reading(engine) as session:
        receipt = letters(session, case)[1].message_id
    assert comes(another(From="bo@elsewhere.example", In_Reply_To=receipt)).disposition == HELD


def test_a_sender_without_address_joins_no_nameless_case(comes: Arrive, settings: Settings) -> None:
    nameless = comes(a_letter(From=""))
    assert nameless.disposition == CASE
    assert comes(another(From="", Subject=str(nameless.case))).disposition == HELD


def test_a_closed_case_is_not_joined_by_machine(
    engine: Engine, settings: Settings, case: Case, comes: Arrive, now: datetime
) -> None:
    with writing(engine) as session:
        fresh, ben = get_case(session, case.number), officer(engine, BEN)
        handling.acknowledge(session, fresh, by=ben, settings=settings, now=now)
        handling.respond(session, fresh, Answer(Outcome.UPHELD, "Sorry."), by=ben, settings=settings, now=now)
        handling.close(session, fresh, reason="Done.", by=ben, now=now)
    done = comes(another(Subject=case.reference))
    assert (done.disposition, done.rule) == (HELD, "names_a_closed_case")


def test_a_reference_that_does_not_exist_opens_a_case(comes: Arrive) -> None:
    assert comes(another(Subject=make_reference(777, 2026))).disposition == CASE


def test_our_own_letter_come_back_is_ignored(engine: Engine, case: Case, comes: Arrive) -> None:
    with reading(engine) as session:
        receipt = letters(session, case)[1]
    looped = a_letter(receipt.text, From="complaints@exampleshire.example", Message_ID=receipt.message_id)
    done = comes(looped)
    assert (done.disposition, done.rule) == (IGNORED, "is_our_own_letter")


def test_an_automatic_reply_is_ignored_even_when_it_names_the_case(case: Case, comes: Arrive) -> None:
    done = comes(another(Subject=f"Automatic reply: [{case.reference}]", Auto_Submitted="auto-replied"))
    assert (done.disposition, done.case) == (IGNORED, None)


def test_a_bounce_is_held_for_a_person(engine: Engine, case: Case, comes: Arrive) -> None:
    bounce = another(
        f"Your message [{case.reference}] could not be delivered.",
        From="MAILER-DAEMON@mx.example",
        Subject="Undelivered Mail Returned to Sender",
        Return_Path="<>",
    )
    assert (comes(bounce).rule, count(engine, Case)) == ("is_delivery_report", 1)


@pytest.mark.parametrize(
    ("raw", "disposition"),
    [
        (b"", HELD),
        (b"\r\n\r\n", HELD),
        (b"\0" * 100, HELD),
        (bytes(range(256)) * 20, HELD),
        (b"\xff\xd8\xff\xe0" + b"\x01\x02\x03" * 500, HELD),
        (a_letter("", Subject=""), HELD),
        (a_letter("", Subject="Bins"), CASE),
        (a_letter(From=""), CASE),
        (a_letter(From="not an address"), CASE),
        (b"just a line of text about a bin", CASE),
        (b"From: a@b.example\nSubject: bins\n\nNUL \0 and \x01 and \xff and \xed\xa0\x80 bytes", CASE),
        (b"From: a@b.example\nSubject: =?utf-8?q?=00=ED=A0=80?= bins\nMessage-ID: <\0x@y>\n\nwords", CASE),
        (a_letter(From=f"{'long' * 2000}@residents.example"), CASE),
        (b"From: \nContent-Type: multipart/mixed; boundary=\n\n--\n", CASE),
    ],
)
def test_whatever_comes_has_a_disposition(engine: Engine, comes: Arrive, raw: bytes, disposition: str) -> None:
    done = comes(raw)
    assert done.disposition == disposition, done.rule
    with reading(engine) as session:
        message = session.exec(select(InboundMessage)).one()
    assert message.raw == raw
    assert message.disposition == disposition


def test_a_long_incompressible_identifier_is_kept(engine: Engine, comes: Arrive) -> None:
    long = "".join(random.Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=900))
    assert comes(a_letter(Message_ID=f"<{long}@x.example>", From=f"{long * 9}@x.example")).disposition == CASE


@pytest.mark.slow
def test_fifty_megabytes_are_held_and_kept(engine: Engine, comes: Arrive) -> None:
    raw = another() + b"x" * 50_000_000
    done = comes(raw)
    assert (done.disposition, done.rule) == (HELD, "is_too_large")
    assert done.reason == "The message is 50 MB; a person opens what is over 25 MB."
    assert done.email.subject == "Pothole in Elm Road"


def test_much_chasing_warns_the_lead_once(engine: Engine, case: Case, comes: Arrive) -> None:
    for number in range(5):
        comes(another(Subject=case.reference, Message_ID=f"<{number}@residents.example>"))
    with reading(engine) as session:
        assert session.exec(select(Alert.sign)).all() == ["chased"]


def test_two_letters_of_one_sender_have_one_complainant(engine: Engine, comes: Arrive) -> None:
    comes(a_letter(From="asha.okafor@residents.example"))
    comes(another(From="Asha Okafor <ASHA.Okafor@residents.example>"))
    with reading(engine) as session:
        assert session.exec(select(Complainant)).one().name == "Asha Okafor"


def test_a_receipt_leaves_in_the_cases_lane(engine: Engine, comes: Arrive) -> None:
    comes(a_letter())
    with reading(engine) as session:
        (entry,) = session.exec(select(OutboxEntry)).all()
    assert (entry.channel, entry.lane) == (Channel.EMAIL, "email case 1")


def test_the_day_of_receipt_is_londons(engine: Engine, settings: Settings, now: datetime) -> None:
    late = now.replace(hour=23, minute=30)
    arrive(engine, a_letter(), settings=settings, now=late)
    with reading(engine) as session:
        assert session.exec(select(Case)).one().received_on == late.date() + timedelta(days=1)


def lines_said(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as session:
        payloads = session.exec(select(OutboxEntry.payload).where(OutboxEntry.channel == Channel.SLACK)).all()
    return [(payload["to"], payload["text"]) for payload in payloads if payload["draw"] == "line"]


def test_a_held_message_is_told_without_a_word_of_it(engine: Engine, case: Case, comes: Arrive) -> None:
    comes(another("My secret words.", From="Bo <bo@elsewhere.example>", Subject=f"My street {case.reference}"))
    ((to, said),) = lines_said(engine)
    assert to == "complaints-corporate"
    assert said.startswith("Message 2 is held for a person.")
    for private in ("secret", "street", "Bo", "elsewhere"):
        assert private not in said


def test_a_further_letter_is_told_to_whoever_has_the_case(
    engine: Engine, settings: Settings, case: Case, comes: Arrive, now: datetime
) -> None:
    comes(another(Subject=case.reference))
    with writing(engine) as session:
        handling.take(session, get_case(session, case.number), by=officer(engine, BEN), now=now)
    comes(another(Subject=case.reference, Message_ID="<three@residents.example>"))
    sentence = f"{case.reference}: the resident has written again."
    assert lines_said(engine) == [("complaints-highways", sentence), (BEN, sentence)]


def test_a_subject_full_of_references_is_no_trouble(comes: Arrive) -> None:
    every = "\n ".join(make_reference(number, 2026) for number in range(100, 70_000))
    assert comes(f"From: a@b.example\nSubject: {every}\n\nwords".encode()).disposition == CASE
