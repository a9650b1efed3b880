"""What is held waits for a person, says nothing of who wrote it, and has three ways out; each works once."""

import threading
from dataclasses import asdict, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.case import Case
from models.correspondence import Disposition, HeldMessage, InboundMessage
from models.db import reading, writing
from models.held import (
    LONGEST_TEXT,
    ReasonMissing,
    SettledAlready,
    dismiss,
    held_message,
    hold,
    release_as_new,
    release_to,
)
from models.held_list import Held, HeldUnknown, held, held_list, ignored_list
from models.outbox import OutboxEntry
from models.people import Officer
from models.rules.errors import CaseUnknown, NotEntitled
from models.rules.letters import Attachment, Email
from models.rules.references import make_reference
from models.rules.steps import CaseStatus
from models.settings import Settings
from tests.build import a_case, officer
from tests.people import BEN, LENA

LETTER = Email(
    sender="bartholomew@residents.example",
    sender_name="Bartholomew Quill",
    subject="About my neighbour",
    text="My neighbour's hedge is over my wall.",
    attachments=(Attachment("hedge.jpg", "image/jpeg", 12_000),),
)
NAMED = (make_reference(41, 2026), make_reference(42, 2026))


def put_aside(
    engine: Engine, *, settings: Settings, now: datetime, email: Email = LETTER, named: tuple[str, ...] = NAMED
) -> int:
    """A message that a rule held; its number."""
    with writing(engine) as session:
        message = InboundMessage(
            source="complaints",
            content_key=f"key {now} {email.subject}",
            raw=b"as it came",
            size=51_000,
            received_at=now,
            look_at=now + timedelta(minutes=2),
            attempts=2,
            disposition=Disposition.HELD,
            rule="names_a_strangers_case",
            reason="It names two cases, but its sender is not known to be a party to them.",
        )
        session.add(message)
        session.flush()
        hold(session, message, email, named=named, settings=settings, now=now)
        return message.number


def look(engine: Engine, number: int) -> Held:
    with reading(engine) as session:
        return held(session, number)


def entries(engine: Engine) -> list[OutboxEntry]:
    with reading(engine) as session:
        return [e for e in session.exec(select(OutboxEntry)).all() if e.key.startswith("message ")]


def message(engine: Engine, number: int) -> InboundMessage:
    with reading(engine) as session:
        return session.get_one(InboundMessage, number)


def test_what_is_held_is_readable_listed_and_has_a_card_to_draw(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    number = put_aside(engine, settings=settings, now=now)
    with reading(engine) as session:
        row = session.get_one(HeldMessage, number)
        (listed,) = held_list(session)
    assert (row.sender, row.sender_name, row.subject, row.text) == (
        LETTER.sender,
        LETTER.sender_name,
        LETTER.subject,
        LETTER.text,
    )
    assert row.attachments == [asdict(LETTER.attachments[0])], "as a letter of a case keeps them"
    assert listed == look(engine, number)
    assert (listed.number, listed.named, listed.attachments, listed.version) == (number, NAMED, 1, 1)
    assert (listed.is_settled, listed.outcome) == (False, "")
    (entry,) = entries(engine)
    assert entry.key == f"message {number} held version 1"
    assert entry.payload == {"draw": "held", "inbound_id": number, "to": "complaints-corporate"}


def test_a_very_long_text_is_cut_and_one_of_quotes_alone_is_shown(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    long = put_aside(engine, settings=settings, now=now, email=replace(LETTER, text="x" * 30_000))
    quoted = replace(LETTER, subject="Fw", text="", quoted="> as I said")
    other = put_aside(engine, settings=settings, now=now, email=quoted)
    with reading(engine) as session:
        assert len(session.get_one(HeldMessage, long).text) == LONGEST_TEXT
        assert session.get_one(HeldMessage, other).text == "> as I said"


def test_holding_twice_changes_nothing(engine: Engine, settings: Settings, now: datetime) -> None:
    number = put_aside(engine, settings=settings, now=now)
    with writing(engine) as session:
        again = session.get_one(InboundMessage, number)
        hold(session, again, replace(LETTER, text="Else"), named=(), settings=settings, now=now)
    with reading(engine) as session:
        assert session.get_one(HeldMessage, number).text == LETTER.text
    assert look(engine, number).version == 1
    assert len(entries(engine)) == 1


def test_a_released_message_goes_back_to_be_processed_as_a_new_case(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    number, later, lena = put_aside(engine, settings=settings, now=now), now + timedelta(hours=1), officer(engine, LENA)
    with writing(engine) as session:
        row = held_message(session, number, now=later)
        said = release_as_new(session, row, by=lena, settings=settings, now=later)
    assert said == f"Message {number} becomes a new case, in a moment."
    released = message(engine, number)
    assert (released.release, released.released_by_id, released.disposition) == ("new", lena.id, None)
    assert (released.attempts, released.look_at) == (0, later)
    assert look(engine, number).outcome == "Released as a new case by Lena Moss."
    assert [entry.key for entry in entries(engine)] == [f"message {number} held version {n}" for n in (1, 2)]
    with reading(engine) as session:
        assert held_list(session) == []
        assert [each.number for each in held_list(session, with_settled=True)] == [number]


def test_a_message_joins_the_case_that_a_person_names(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    number = put_aside(engine, settings=settings, now=now)
    with writing(engine) as session:
        row = held_message(session, number, now=now)
        typed = f" {case.reference.lower()}. "
        said = release_to(session, row, typed, by=officer(engine, LENA), settings=settings, now=now)
    assert said == f"Message {number} joins {case.reference}, in a moment."
    assert message(engine, number).release == case.reference
    assert look(engine, number).outcome == f"Put with {case.reference} by Lena Moss."


def test_a_closed_case_may_be_chosen_and_is_said_to_be_closed(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    case = a_case(engine, settings=settings, now=now)
    number = put_aside(engine, settings=settings, now=now)
    with writing(engine) as session:
        session.get_one(Case, case.id).status = CaseStatus.CLOSED
        row = held_message(session, number, now=now)
        said = release_to(session, row, case.reference, by=None, settings=settings, now=now)
    assert said.endswith("That case is closed; see whether it should open again.")
    assert message(engine, number).release == case.reference


@pytest.mark.parametrize(
    "reference", ["", "T26-00001-X", "the one of last week", " ".join(NAMED), make_reference(999, 2026)]
)
def test_a_slip_of_the_pen_finds_no_case(engine: Engine, settings: Settings, now: datetime, reference: str) -> None:
    number = put_aside(engine, settings=settings, now=now)
    with pytest.raises(CaseUnknown), writing(engine) as session:
        release_to(session, held_message(session, number, now=now), reference, by=None, settings=settings, now=now)
    assert message(engine, number).disposition is Disposition.HELD
    assert not look(engine, number).is_settled


def test_two_references_at_once_are_no_choice(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    number = put_aside(engine, settings=settings, now=now)
    both = f"{case.reference}, {NAMED[0]}"
    with pytest.raises(CaseUnknown, match="last letter is computed"), writing(engine) as session:
        release_to(session, held_message(session, number, now=now), both, by=None, settings=settings, now=now)


def test_what_is_put_aside_for_good_is_ignored_with_the_officers_reason(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    number = put_aside(engine, settings=settings, now=now)
    with pytest.raises(ReasonMissing), writing(engine) as session:
        dismiss(session, held_message(session, number, now=now), " \n", by=None, settings=settings, now=now)
    with writing(engine) as session:
        row = held_message(session, number, now=now)
        dismiss(session, row, " An advertisement. ", by=officer(engine, LENA), settings=settings, now=now)
    settled = message(engine, number)
    assert (settled.disposition, settled.rule) == (Disposition.IGNORED, "dismissed")
    assert settled.reason == "Put aside by Lena Moss: An advertisement."
    assert look(engine, number).outcome == "Put aside by Lena Moss."
    with reading(engine) as session:
        assert [each.number for each in ignored_list(session)] == [number]
        assert held_list(session) == []


def test_the_second_decision_is_told_of_the_first(engine: Engine, settings: Settings, now: datetime) -> None:
    number = put_aside(engine, settings=settings, now=now)
    with writing(engine) as session:
        release_as_new(session, held_message(session, number, now=now), by=None, settings=settings, now=now)
    with (
        pytest.raises(SettledAlready, match="Released as a new case by the command line"),
        writing(engine) as session,
    ):
        dismiss(session, held_message(session, number, now=now), "Spam.", by=None, settings=settings, now=now)
    assert message(engine, number).release == "new"
    assert len(entries(engine)) == 2


def test_of_two_at_once_one_decides(engine: Engine, settings: Settings, now: datetime) -> None:
    number, together, said = put_aside(engine, settings=settings, now=now), threading.Barrier(2), []

    def decide(session: Session, row: HeldMessage, *, as_new: bool) -> str:
        if as_new:
            return release_as_new(session, row, by=None, settings=settings, now=now)
        return dismiss(session, row, "Spam.", by=None, settings=settings, now=now)

    def one(*, as_new: bool) -> None:
        together.wait(10)
        try:
            with writing(engine) as session:
                said.append(decide(session, held_message(session, number, now=now), as_new=as_new))
        except SettledAlready as refused:
            said.append(str(refused))

    threads = [threading.Thread(target=one, kwargs={"as_new": as_new}) for as_new in (True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum("settled it already" in each for each in said) == 1
    assert len(said) == 2
    assert look(engine, number).version == 2
    assert len(entries(engine)) == 2


def test_an_officer_of_another_service_may_not_decide(engine: Engine, settings: Settings, now: datetime) -> None:
    number, ben = put_aside(engine, settings=settings, now=now), officer(engine, BEN)
    with pytest.raises(NotEntitled, match="corporate complaints team"), writing(engine) as session:
        release_as_new(session, held_message(session, number, now=now), by=ben, settings=settings, now=now)
    corporate = Officer(name="Femi", email="f@c.example", slack_user="U0F", areas=["corporate_other"])
    with writing(engine) as session:
        session.add(corporate)
        session.flush()
        release_as_new(session, held_message(session, number, now=now), by=corporate, settings=settings, now=now)
    assert look(engine, number).outcome == "Released as a new case by Femi."


def test_a_released_message_that_fails_comes_back_with_what_was_read_first(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    number = put_aside(engine, settings=settings, now=now)
    with writing(engine) as session:
        release_as_new(session, held_message(session, number, now=now), by=None, settings=settings, now=now)
    with writing(engine) as session:
        again = session.get_one(InboundMessage, number)
        again.disposition, again.reason = Disposition.HELD, "Processing it failed 3 times."
        hold(session, again, Email(), named=(), settings=settings, now=now)
    back = look(engine, number)
    assert (back.is_settled, back.version, back.named) == (False, 3, NAMED)
    assert message(engine, number).release == ""
    assert [entry.key for entry in entries(engine)][-1] == f"message {number} held version 3"
    with writing(engine) as session:
        dismiss(session, held_message(session, number, now=now), "Broken.", by=None, settings=settings, now=now)


def test_what_a_rule_ignored_can_be_released_and_what_became_a_case_cannot(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    ignored, filed = (put_aside(engine, settings=settings, now=now + timedelta(n)) for n in (1, 2))
    with writing(engine) as session:
        for number, became in ((ignored, Disposition.IGNORED), (filed, Disposition.CASE)):
            session.delete(session.get_one(HeldMessage, number))
            session.get_one(InboundMessage, number).disposition = became
    with writing(engine) as session:
        release_as_new(session, held_message(session, ignored, now=now), by=None, settings=settings, now=now)
    assert message(engine, ignored).release == "new"
    with reading(engine) as session:
        assert ignored_list(session) == []
    for number in (filed, 12345):
        with pytest.raises(HeldUnknown), writing(engine) as session:
            held_message(session, number, now=now)
        with pytest.raises(HeldUnknown), reading(engine) as session:
            held(session, number)
