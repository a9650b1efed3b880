"""An officer acknowledges by answering the reminder: only the one it was sent to, and only when the server vouches."""

import re
from collections.abc import Sequence
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
from models.handling import acknowledge
from models.nag_letters import put_nag_letter
from models.outbox import Channel, OutboxEntry
from models.queries import get_case
from models.reminders import Nag
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


def reminded(
    engine: Engine, cases: list[Case], settings: Settings, now: datetime, *, to_answer: Sequence[Case] = ()
) -> OutboxEntry:
    """Ben is reminded by letter to acknowledge these cases, and to answer others; the letter."""
    nags = [a_nag(case, BEN, at=now) for case in cases] + [an_answer_nag(case, now) for case in to_answer]
    with writing(engine) as session:
        session.add_all(nags)
        session.flush()
        assert put_nag_letter(session, officer(engine, BEN), nags, told_in="nags for U0BEN", settings=settings, now=now)
    [letter] = [entry for entry in letters(engine) if entry.key.startswith("nags")]
    return letter


def an_answer_nag(case: Case, now: datetime) -> Nag:
    nag = a_nag(case, BEN, at=now)
    nag.clock, nag.due = "answer", case.respond_by
    return nag


def letters(engine: Engine) -> list[OutboxEntry]:
    with reading(engine) as session:
        return list(session.exec(select(OutboxEntry).where(OutboxEntry.channel == Channel.EMAIL)))


def told(engine: Engine) -> tuple[str, str]:
    """Subject and text of the letter in which Ben hears what became of his answer."""
    [letter] = [entry.payload for entry in letters(engine) if entry.key.startswith("answer to")]
    assert letter["to"] == "ben@council.example"
    return letter["subject"], letter["text"]


@pytest.fixture
def other(engine: Engine, settings: Settings, now: datetime) -> Case:
    return a_case(engine, settings=settings, now=now, raw=a_letter("The lamp is out.", Message_ID="<b@c.example>"))


def acknowledged_by_cara(engine: Engine, case: Case, settings: Settings, now: datetime) -> Case:
    with writing(engine) as session:
        acknowledge(session, get_case(session, case.number), by=officer(engine, CARA), settings=settings, now=now)
    return reload(engine, case)


def statuses(engine: Engine, *cases: Case) -> list[str]:
    return [reload(engine, case).status for case in cases]


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
    subject, text = told(engine)
    assert subject == "Done"
    assert text.startswith(f"{case.reference} is acknowledged")


def the_words_given(letter: OutboxEntry) -> str:
    """What the reminder tells the officer to answer."""
    [words] = re.findall("“(.*)”", letter.payload["text"])
    return str(words)


def test_the_words_the_letter_gives_acknowledge_its_one_case(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    letter = reminded(engine, [case], settings, now)
    assert the_words_given(letter) == "acknowledge"
    answered(engine, letter, settings, now, Answer(the_words_given(letter)))
    assert statuses(engine, case) == [CaseStatus.ACKNOWLEDGED]


def test_the_words_the_letter_gives_acknowledge_all_of_several(
    engine: Engine, case: Case, other: Case, settings: Settings, now: datetime
) -> None:
    letter = reminded(engine, [case, other], settings, now)
    assert "; leave out the cases that you do not mean" in letter.payload["text"]
    answered(engine, letter, settings, now, Answer(the_words_given(letter)))
    assert statuses(engine, case, other) == [CaseStatus.ACKNOWLEDGED] * 2


def test_the_words_the_letter_gives_acknowledge_what_it_names_beside_an_answer_that_is_due(
    engine: Engine, case: Case, other: Case, settings: Settings, now: datetime
) -> None:
    to_answer = acknowledged_by_cara(engine, other, settings, now)
    letter = reminded(engine, [case], settings, now, to_answer=[to_answer])
    assert letter.payload["subject"] == "Due: 2 cases"
    assert the_words_given(letter) == f"acknowledge {case.reference}"
    assert "leave out" not in letter.payload["text"]
    done = answered(engine, letter, settings, now, Answer(the_words_given(letter)))
    assert done.disposition is Disposition.IGNORED
    assert statuses(engine, case) == [CaseStatus.ACKNOWLEDGED]


def test_one_case_of_several_that_a_colleague_was_faster_with_is_told_and_held(
    engine: Engine, case: Case, other: Case, settings: Settings, now: datetime
) -> None:
    letter = reminded(engine, [case, other], settings, now)
    acknowledged_by_cara(engine, other, settings, now)
    done = answered(engine, letter, settings, now, Answer(f"Acknowledge {other.reference} {case.reference}"))
    assert statuses(engine, case) == [CaseStatus.ACKNOWLEDGED]
    subject, text = told(engine)
    assert subject == "Done in part"
    assert f"{case.reference} is acknowledged" in text
    assert f"{other.reference}: This case cannot take that step now. It is acknowledged already." in text
    assert done.disposition is Disposition.HELD
    assert f"{case.reference} is acknowledged" in done.reason, "whoever reads the held message sees that it was done"


def test_an_answer_that_can_do_nothing_says_so(
    engine: Engine, case: Case, other: Case, settings: Settings, now: datetime
) -> None:
    to_answer = acknowledged_by_cara(engine, other, settings, now)
    letter = reminded(engine, [case], settings, now, to_answer=[to_answer])
    answered(engine, letter, settings, now, Answer(f"Acknowledge {other.reference}"))
    why = "This answer to a reminder cannot be used. No reminder to acknowledge that case was sent to you by email."
    assert told(engine) == ("Not done", f"{other.reference}: {why}\n")


def test_a_slip_of_the_pen_acknowledges_nothing_in_its_place(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    letter = reminded(engine, [case], settings, now)
    slip = f"{case.reference[:-1]}{'A' if case.reference[-1] != 'A' else 'B'}"
    answered(engine, letter, settings, now, Answer(f"Acknowledge {slip}"))
    assert statuses(engine, case) == [CaseStatus.NEW]
    assert slip in told(engine)[1]


@pytest.mark.parametrize(
    "text",
    [
        "Acknowledge.",
        "“acknowledge”",
        "Please acknowledge\n\nKind regards\nBen Carter",
        "Acknowledged {0}, and\n{1}.\n\nBen",
        "acknowledge\n\n{0}\n",
    ],
)
def test_the_word_and_references_alone_acknowledge(
    engine: Engine, case: Case, other: Case, settings: Settings, now: datetime, *, text: str
) -> None:
    named = [each for place, each in enumerate((case, other)) if f"{{{place}}}" in text] or [case]
    letter = reminded(engine, named, settings, now)
    answered(engine, letter, settings, now, Answer(text.format(case.reference, other.reference)))
    assert set(statuses(engine, *named)) == {CaseStatus.ACKNOWLEDGED}


@pytest.mark.parametrize(
    "text",
    [
        "Acknowledged? No - Cara has this one, please do nothing yet.",
        "Acknowledge. No, wait.",
        "Acknowledge {0} only when Cara has looked at it",
        "Acknowledged, and I rang them.",
    ],
)
def test_a_line_that_says_more_acknowledges_nothing_and_is_held(
    engine: Engine, case: Case, settings: Settings, now: datetime, *, text: str
) -> None:
    letter = reminded(engine, [case], settings, now)
    done = answered(engine, letter, settings, now, Answer(text.format(case.reference)))
    assert (done.disposition, done.rule) == (Disposition.HELD, "acts_by_reply")
    assert statuses(engine, case) == [CaseStatus.NEW]
    subject, said = told(engine)
    assert subject == "Not done"
    assert "says more than “acknowledge” and references" in said


def test_what_another_line_names_is_not_acknowledged(
    engine: Engine, case: Case, other: Case, settings: Settings, now: datetime
) -> None:
    letter = reminded(engine, [case, other], settings, now)
    text = f"Acknowledge {case.reference}\n{other.reference} is Cara's."
    answered(engine, letter, settings, now, Answer(text))
    assert statuses(engine, case, other) == [CaseStatus.ACKNOWLEDGED, CaseStatus.NEW]


def test_an_address_nobody_vouches_for_acknowledges_nothing(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    done = answered(engine, reminded(engine, [case], settings, now), settings, now, Answer(head=""))
    assert done.disposition is Disposition.HELD
    assert "does not vouch for its sender" in done.reason
    assert [entry for entry in letters(engine) if entry.key.startswith("answer to")] == [], "it may be anybody's"
    assert reload(engine, case).status == CaseStatus.NEW


def test_a_colleague_cannot_answer_somebody_elses_reminder(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    done = answered(engine, reminded(engine, [case], settings, now), settings, now, Answer(by=CARA))
    assert done.disposition is Disposition.HELD
    assert "No reminder to acknowledge that case was sent to you by email." in done.reason
    assert reload(engine, case).status == CaseStatus.NEW


def test_any_other_answer_acknowledges_nothing(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    letter = reminded(engine, [case], settings, now)
    done = answered(engine, letter, settings, now, Answer("I cannot acknowledge this today, sorry."))
    assert done.disposition is Disposition.HELD
    assert reload(engine, case).status == CaseStatus.NEW


def test_of_several_cases_the_answer_names_one(
    engine: Engine, case: Case, other: Case, settings: Settings, now: datetime
) -> None:
    letter = reminded(engine, [case, other], settings, now)
    done = answered(engine, letter, settings, now, Answer(f"Acknowledge {other.reference}"))
    assert done.disposition is Disposition.IGNORED
    assert statuses(engine, case, other) == [CaseStatus.NEW, CaseStatus.ACKNOWLEDGED]


def test_an_answer_that_names_none_of_several_is_held(
    engine: Engine, case: Case, other: Case, settings: Settings, now: datetime
) -> None:
    done = answered(engine, reminded(engine, [case, other], settings, now), settings, now)
    assert done.disposition is Disposition.HELD
    assert "neither the answer nor its subject names a case" in done.reason
    assert told(engine)[0] == "Not done"


def test_the_reminder_says_nothing_of_the_resident(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    letter = reminded(engine, [case], settings, now)
    said = letter.payload["subject"] + letter.payload["text"]
    assert case.reference in said
    assert [word for word in ("Asha", "Okafor", "Elm", "pothole") if word in said] == []
