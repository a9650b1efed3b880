import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from intake.processing import Processed, process
from models import handling
from models.case import Case
from models.correspondence import Correspondence, Disposition, InboundMessage
from models.db import reading, writing
from models.handling import Answer, Outcome
from models.held_list import held_list
from models.outbox import Channel, OutboxEntry
from models.people import Complainant
from models.queries import get_case, history, letters
from models.reminders import Alert
from models.rules.references import make_reference
from models.rules.threads import keyed_address
from models.settings import Settings
from tests.build import a_case, a_letter, a_reply, arrive, officer, reload
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


def test_a_party_who_writes_to_the_cases_own_address_joins_it(engine: Engine, case: Case, comes: Arrive) -> None:
    before = reload(engine, case).version
    done = comes(a_reply(case))
    assert (done.disposition, done.case) == (FOLLOW_UP, case.reference)
    with reading(engine) as session:
        assert [letter.direction for letter in letters(session, case)] == ["in", "out", "in"]
    assert reload(engine, case).version == before + 1
    assert count(engine, Case) == 1


def test_a_reference_alone_joins_nothing(engine: Engine, case: Case, comes: Arrive) -> None:
    """Whoever has seen a reference can write the address of its resident."""
    quote = f"Nothing has happened.\n\nOn Monday, Complaints wrote:\n> We have your message [{case.reference}]\n"
    for number, raw in enumerate((another(Subject=f"Re: [{case.reference.lower()}]"), another(quote))):
        done = comes(raw.replace(b"<two@", f"<{number}@".encode()))
        assert (done.disposition, done.rule) == (HELD, "names_without_proof")
        assert case.reference in done.reason
    assert len(of_case(engine, case)) == 2


def test_a_key_delivered_to_counts_though_the_letter_names_another_address(case: Case, comes: Arrive) -> None:
    keyed = keyed_address("complaints@exampleshire.example", case.thread_key)
    assert comes(another(Delivered_To=f"<{keyed.upper()}>")).disposition == FOLLOW_UP


def test_a_key_at_anothers_address_is_no_key(case: Case, comes: Arrive) -> None:
    assert comes(another(To=keyed_address("complaints@elsewhere.example", case.thread_key))).disposition == CASE


def test_the_councils_own_server_can_vouch_for_a_party(
    engine: Engine, settings: Settings, case: Case, now: datetime
) -> None:
    raw = checked("dmarc=pass header.from=residents.example", another(Subject=case.reference))
    believing = with_intake(settings, authserv_id="mx.exampleshire.example")
    assert arrive(engine, raw, settings=settings, now=now).rule == "names_without_proof"
    other = raw.replace(b"<two@", b"<three@")
    assert arrive(engine, other, settings=believing, now=now).disposition == FOLLOW_UP


def test_whoever_fails_the_councils_check_is_flagged_and_gets_no_automatic_letter(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    forged = checked("dmarc=fail header.from=residents.example", a_letter())
    believing = with_intake(settings, authserv_id="mx.exampleshire.example")
    assert arrive(engine, forged, settings=believing, now=now).disposition == CASE
    with reading(engine) as session:
        case = session.exec(select(Case)).one()
        assert (case.doubts, case.may_answer) == (["sender_failed"], True), "a person may write there"
        assert session.exec(select(OutboxEntry)).all() == []


def test_what_an_officer_passes_on_is_the_residents_case(engine: Engine, settings: Settings, now: datetime) -> None:
    passed_on = (
        "Please log this.\n\n---------- Forwarded message ---------\nFrom: Bo Lind <bo@elsewhere.example>\n"
        "Date: Mon, 12 Oct 2026 at 08:00\nSubject: My bin\nTo: <waste@exampleshire.example>\n\n"
        "You have missed my bin for the third time and nobody answers me.\n"
    )
    officers = with_intake(settings, council_domains=["exampleshire.example"])
    raw = a_letter(passed_on, From="Jo <jo@exampleshire.example>", Subject="Fwd: My bin")
    assert arrive(engine, raw, settings=officers, now=now).disposition == CASE
    with reading(engine) as session:
        case = session.exec(select(Case)).one()
        assert session.get_one(Complainant, case.complainant_id).email == "bo@elsewhere.example"
        assert (case.doubts, case.may_answer) == (["forwarded"], True)
        assert session.exec(select(OutboxEntry)).all() == [], "a forward proves nothing of the address in it"
        assert "third time" in letters(session, case)[0].text


def test_a_form_of_another_system_names_its_resident_to_reply_to(engine: Engine, comes: Arrive) -> None:
    comes(a_letter(From="Forms <noreply@forms.example>", Reply_To="Bo <bo@elsewhere.example>"))
    with reading(engine) as session:
        assert session.exec(select(Complainant.email)).one() == "bo@elsewhere.example"
        assert session.exec(select(Case)).one().may_answer, "a person may write to the resident"
        assert session.exec(select(OutboxEntry)).all() == [], "a machine may not"


def test_a_person_who_asks_for_replies_elsewhere_stays_who_they_are(engine: Engine, comes: Arrive) -> None:
    comes(a_letter(Reply_To="Bo <bo@elsewhere.example>"))
    with reading(engine) as session:
        assert session.exec(select(Complainant.email)).one() == "asha.okafor@residents.example"


def test_a_released_message_goes_where_the_person_said(
    engine: Engine, settings: Settings, case: Case, comes: Arrive, now: datetime
) -> None:
    comes(another(From="bo@elsewhere.example", Subject=case.reference))
    comes(
        another("A thing of its own.", From="di@elsewhere.example", Subject=case.reference, Message_ID="<3@x.example>")
    )
    for number, release in ((2, case.reference), (3, "new")):
        with writing(engine) as session:
            message = session.get_one(InboundMessage, number)
            message.disposition, message.release, message.attempts = None, release, 0
            session.add(message)
        done = process(engine, number, settings=settings, now=now)
        assert (done.rule, done.disposition) == ("released", CASE if release == "new" else FOLLOW_UP)
    assert [letter.direction for letter in of_case(engine, case)] == ["in", "out", "in"]
    assert count(engine, Case) == 2


def checked(result: str, raw: bytes) -> bytes:
    """The message as the council's own mail server hands it on, with what it found of the sender."""
    ours = f"Authentication-Results: mx.exampleshire.example; {result}\n"
    return (
        f"{ours}Received: from out.example by mx.exampleshire.example; Mon, 12 Oct 2026 08:58:02 +0100\n".encode() + raw
    )


def of_case(engine: Engine, case: Case) -> Sequence[Correspondence]:
    with reading(engine) as session:
        return letters(session, case)


def with_intake(settings: Settings, **changes: Any) -> Settings:
    return settings.model_copy(update={"intake": type(settings.intake)(**(settings.intake.model_dump() | changes))})


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
        (held,) = held_list(session)
    assert case.reference in held.reason


def test_a_stranger_answering_our_letter_is_held(engine: Engine, case: Case, comes: Arrive) -> None:
    with reading(engine) as session:
        receipt = letters(session, case)[1].message_id
    assert comes(another(From="bo@elsewhere.example", In_Reply_To=receipt)).disposition == HELD


def test_a_sender_without_address_joins_no_nameless_case(comes: Arrive, settings: Settings) -> None:
    nameless = comes(a_letter(From=""))
    assert nameless.disposition == CASE
    assert comes(another(From="", Subject=str(nameless.case))).disposition == HELD


def test_a_letter_on_a_closed_case_is_kept_with_it_and_opens_nothing(
    engine: Engine, settings: Settings, case: Case, comes: Arrive, now: datetime
) -> None:
    with writing(engine) as session:
        fresh, ben = get_case(session, case.number), officer(engine, BEN)
        handling.acknowledge(session, fresh, by=ben, settings=settings, now=now)
        handling.respond(session, fresh, Answer(Outcome.UPHELD, "Sorry."), by=ben, settings=settings, now=now)
        handling.close(session, fresh, reason="Done.", by=ben, now=now)
    done = comes(a_reply(case))
    assert (done.disposition, done.case) == (FOLLOW_UP, case.reference)
    assert reload(engine, case).status == "closed"
    assert count(engine, Case) == 1


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


def test_of_a_very_large_message_the_beginning_is_read(engine: Engine, settings: Settings, now: datetime) -> None:
    small = with_intake(settings, largest_message_bytes=10_000)
    raw = a_letter("The pothole is back. " + "x" * 20_000)
    done = arrive(engine, raw, settings=small, now=now)
    assert (done.disposition, done.email.subject) == (CASE, "Pothole in Elm Road")
    with reading(engine) as session:
        assert session.exec(select(Case.doubts)).one() == ["cut_short"]
        assert session.exec(select(InboundMessage.raw)).one() == raw


def test_much_chasing_warns_the_lead_once(engine: Engine, case: Case, comes: Arrive) -> None:
    for number in range(5):
        comes(a_reply(case, Message_ID=f"<{number}@residents.example>"))
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


def test_a_subject_full_of_references_is_no_trouble(comes: Arrive) -> None:
    every = "\n ".join(make_reference(number, 2026) for number in range(100, 70_000))
    assert comes(f"From: a@b.example\nSubject: {every}\n\nwords".encode()).disposition == CASE


def test_a_key_proves_nothing_of_whom_the_councils_own_server_refutes(
    engine: Engine, settings: Settings, case: Case, now: datetime
) -> None:
    """A resident who answers all gives the key away with the letter."""
    believing = with_intake(settings, authserv_id="mx.exampleshire.example")
    forged = checked("dmarc=fail header.from=residents.example", a_reply(case, "I withdraw my complaint."))
    done = arrive(engine, forged, settings=believing, now=now)
    assert (done.disposition, done.rule) == (HELD, "fails_the_councils_check")
    assert case.reference in done.reason
    honest = checked("dmarc=none", a_reply(case, Message_ID="<3@residents.example>"))
    assert arrive(engine, honest, settings=believing, now=now).disposition == FOLLOW_UP


def test_where_the_council_checks_an_address_outside_from_proves_nothing(
    engine: Engine, settings: Settings, case: Case, now: datetime
) -> None:
    believing = with_intake(settings, authserv_id="mx.exampleshire.example")
    raw = a_reply(case, From="", Reply_To="asha.okafor@residents.example")
    for sender in (b"", b"From: nobody at all\n", b'From: "asha.okafor@residents.example"@attacker.example\n'):
        forged = checked("dmarc=pass header.from=attacker.example", sender + raw)
        done = arrive(engine, forged, settings=believing, now=now)
        assert (done.disposition, done.rule) == (HELD, "fails_the_councils_check"), sender
    new = checked("dmarc=permerror", a_letter(From="", Reply_To="bo@elsewhere.example", Message_ID="<new@x.example>"))
    assert arrive(engine, new, settings=believing, now=now).disposition == CASE
    with reading(engine) as session:
        told = [entry.payload.get("to") for entry in session.exec(select(OutboxEntry)).all()]
    assert "bo@elsewhere.example" not in told


def test_a_strangers_automatic_letter_is_held_though_it_names_a_case(
    engine: Engine, settings: Settings, case: Case, now: datetime
) -> None:
    """A ticket system may have passed a complaint on; that its own address is real says nothing of that."""
    believing = with_intake(settings, authserv_id="mx.exampleshire.example")
    raw = another(f"As in {case.reference}.", From="desk@elsewhere.example", X_Autoreply="yes")
    vouched = checked("dmarc=pass header.from=elsewhere.example", raw)
    assert arrive(engine, vouched, settings=believing, now=now).rule == "calls_itself_automatic"
    answers = a_reply(case, From="desk@elsewhere.example", X_Autoreply="yes", Message_ID="<3@x.example>")
    assert arrive(engine, answers, settings=believing, now=now).disposition == IGNORED


def test_what_is_doubtful_of_a_further_letter_is_told(
    engine: Engine, settings: Settings, case: Case, now: datetime
) -> None:
    small = with_intake(settings, largest_message_bytes=10_000)
    for number in range(2):
        raw = a_reply(case, "And again. " + "x" * 20_000, Message_ID=f"<{number}@residents.example>")
        assert arrive(engine, raw, settings=small, now=now).disposition == FOLLOW_UP
    assert reload(engine, case).doubts == ["cut_short"]
