"""An officer acknowledges by answering the reminder: only the one it was sent to, and only when the server vouches."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from intake.processing import Processed
from models.case import Case
from models.correspondence import Disposition
from models.db import reading, writing
from models.nag_letters import put_nag_letter
from models.outbox import Channel, OutboxEntry
from models.rules.steps import CaseStatus
from models.settings import Settings
from tests.build import a_case, a_letter, a_nag, arrive, officer, reload, the_settings
from tests.people import BEN, CARA

SERVER = "mx.exampleshire.example"
VOUCHED = (
    f"Received: from mail.council.example (mail.council.example [192.0.2.7]) by {SERVER} with ESMTPS; date\n"
    f"Authentication-Results: {SERVER}; dmarc=pass header.from=council.example\n"
)
ADDRESSES = {BEN: "Ben Carter <ben@council.example>", CARA: "Cara Lewis <cara@council.example>"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return the_settings(tmp_path, intake={"authserv_id": SERVER})


@pytest.fixture
def case(engine: Engine, settings: Settings, now: datetime) -> Case:
    return a_case(engine, settings=settings, now=now)


def reminded(engine: Engine, cases: list[Case], settings: Settings, now: datetime) -> OutboxEntry:
    """Ben is reminded by letter of these cases; the letter."""
    with writing(engine) as session:
        nags = [a_nag(case, BEN, at=now) for case in cases]
        session.add_all(nags)
        session.flush()
        assert put_nag_letter(session, officer(engine, BEN), nags, told_in="nags for U0BEN", settings=settings, now=now)
    with reading(engine) as session:
        entries = session.exec(select(OutboxEntry).where(OutboxEntry.channel == Channel.EMAIL)).all()
        return next(entry for entry in entries if entry.key.startswith("nags"))


@dataclass(frozen=True)
class Answer:
    """What comes back to a reminder: who writes, what, and whether the council's server vouches."""

    text: str = "Acknowledge"
    by: str = BEN
    head: str = VOUCHED


def answered(
    engine: Engine, letter: OutboxEntry, settings: Settings, now: datetime, answer: Answer = Answer()
) -> Processed:
    reply = a_letter(
        answer.text,
        From=ADDRESSES[answer.by],
        Subject=f"Re: {letter.payload['subject']}",
        In_Reply_To=letter.payload["message_id"],
        Message_ID=f"<reply.{answer.by}@council.example>",
    )
    return arrive(engine, answer.head.encode() + reply, settings=settings, now=now)


def test_the_owner_acknowledges_by_answering(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    letter = reminded(engine, [case], settings, now)
    done = answered(engine, letter, settings, now)
    assert (done.disposition, done.rule) == (Disposition.IGNORED, "acts_by_reply")
    after = reload(engine, case)
    assert (after.status, after.owner_id) == (CaseStatus.ACKNOWLEDGED, officer(engine, BEN).id)


def test_the_officer_is_told_that_it_was_done(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    answered(engine, reminded(engine, [case], settings, now), settings, now)
    with reading(engine) as session:
        told = [entry.payload for entry in session.exec(select(OutboxEntry)) if entry.payload.get("subject") == "Done"]
    assert [(each["to"], case.reference in each["text"]) for each in told] == [("ben@council.example", True)]


def test_an_address_nobody_vouches_for_acknowledges_nothing(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    done = answered(engine, reminded(engine, [case], settings, now), settings, now, Answer(head=""))
    assert done.disposition is Disposition.HELD
    assert "does not vouch for its sender" in done.reason
    assert reload(engine, case).status == CaseStatus.NEW


def test_a_colleague_cannot_answer_somebody_elses_reminder(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    done = answered(engine, reminded(engine, [case], settings, now), settings, now, Answer(by=CARA))
    assert done.disposition is Disposition.HELD
    assert "No reminder of that case was sent to you by email." in done.reason
    assert reload(engine, case).status == CaseStatus.NEW


def test_any_other_answer_acknowledges_nothing(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    letter = reminded(engine, [case], settings, now)
    done = answered(engine, letter, settings, now, Answer("I cannot acknowledge this today, sorry."))
    assert done.disposition is Disposition.HELD
    assert reload(engine, case).status == CaseStatus.NEW


def test_of_several_cases_the_answer_names_one(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    other = a_case(engine, settings=settings, now=now, raw=a_letter("The lamp is out.", Message_ID="<b@c.example>"))
    letter = reminded(engine, [case, other], settings, now)
    done = answered(engine, letter, settings, now, Answer(f"Acknowledge {other.reference}"))
    assert done.disposition is Disposition.IGNORED
    statuses = [reload(engine, each).status for each in (case, other)]
    assert statuses == [CaseStatus.NEW, CaseStatus.ACKNOWLEDGED]


def test_an_answer_that_names_none_of_several_is_held(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    other = a_case(engine, settings=settings, now=now, raw=a_letter("The lamp is out.", Message_ID="<b@c.example>"))
    done = answered(engine, reminded(engine, [case, other], settings, now), settings, now)
    assert done.disposition is Disposition.HELD
    assert "several cases" in done.reason


def test_the_reminder_says_nothing_of_the_resident(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    letter = reminded(engine, [case], settings, now)
    said = letter.payload["subject"] + letter.payload["text"]
    assert case.reference in said
    assert [word for word in ("Asha", "Okafor", "Elm", "pothole") if word in said] == []
