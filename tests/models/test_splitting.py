"""A new issue in a further letter becomes a case of its own when a person says so."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models.case import Case, CaseEvent
from models.correspondence import Direction, InboundMessage
from models.db import reading, writing
from models.outbox import Channel, OutboxEntry
from models.queries import case_by_reference, get_case, letters
from models.rules.doubts import Doubt
from models.rules.errors import NotEntitled, StepNotAllowed, TocsinError
from models.rules.follow_ups import FollowUp, Sort
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.splitting import letter_to_split, new_case_from_letter
from models.triaging import Judged, claim_unjudged, record_opinions
from tests.build import a_case, a_reply, an_opinion, arrive, officer, reload
from tests.days import day
from tests.people import ASHA, BEN, CARA, DEV

LAMP = "The street lamp at number 9 has gone out as well."


@pytest.fixture
def case(engine: Engine, settings: Settings, now: datetime) -> Case:
    """A case on which Asha wrote of a street lamp two days after it came."""
    case = a_case(engine, settings=settings, now=now)
    raises(engine, case, LAMP, settings, now + timedelta(days=2))
    return reload(engine, case)


def raises(engine: Engine, case: Case, text: str, settings: Settings, now: datetime) -> None:
    arrive(engine, a_reply(case, text), settings=settings, now=now)
    with writing(engine) as session:
        [letter] = claim_unjudged(session, now=now)
        wants = FollowUp(Sort.NEW_ISSUE, "Speaks of another matter.")
        judged = Judged(letter.letter_id, an_opinion(), is_first=False, follow_up=wants)
        record_opinions(session, [judged], settings=settings, now=now)


def split(engine: Engine, case: Case, settings: Settings, now: datetime, user: str = BEN) -> Case:
    """Press the button; the case it opened."""
    with writing(engine) as session:
        by = officer(engine, user)
        said = new_case_from_letter(session, get_case(session, case.number), by=by, settings=settings, now=now)
    with reading(engine) as session:
        return case_by_reference(session, said.split()[0])


def emails(engine: Engine) -> list[OutboxEntry]:
    with reading(engine) as session:
        query = select(OutboxEntry).where(OutboxEntry.channel == Channel.EMAIL).order_by(col(OutboxEntry.id))
        return list(session.exec(query))


def details(engine: Engine, case: Case, name: str) -> dict[str, object]:
    with reading(engine) as session:
        query = select(CaseEvent).where(CaseEvent.case_id == case.number, CaseEvent.name == name)
        return session.exec(query).one().details


def test_the_new_cases_clock_runs_from_the_letters_day(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    new = split(engine, case, settings, now + timedelta(days=4))
    assert new.received_on == day("Wednesday 14 October 2026")
    assert new.acknowledge_by == day("Wednesday 21 October 2026")
    assert (new.status, new.stage, new.owner_id, new.complainant_id) == (CaseStatus.NEW, 1, None, case.complainant_id)


def test_the_old_case_keeps_its_message_its_letter_and_its_dates(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    new = split(engine, case, settings, now + timedelta(days=4))
    with reading(engine) as session:
        old_letters = [letter for letter in letters(session, case) if letter.direction == Direction.IN]
        [copy] = [letter for letter in letters(session, new) if letter.direction == Direction.IN]
        messages = session.exec(select(InboundMessage)).all()
    original = old_letters[-1]
    assert (copy.text, copy.subject, copy.at, copy.inbound_id) == (original.text, original.subject, original.at, None)
    assert LAMP in copy.text
    assert original.inbound_id is not None
    assert {message.case_id for message in messages} == {case.id}
    after = reload(engine, case)
    assert (after.received_on, after.respond_by, after.status) == (case.received_on, case.respond_by, case.status)


def test_the_copy_is_judged_as_a_first_letter(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    new = split(engine, case, settings, now)
    with writing(engine) as session:
        [waiting] = claim_unjudged(session, now=now)
        assert (waiting.is_first, waiting.text.strip()) == (True, LAMP)
        judged = Judged(waiting.letter_id, an_opinion(), waiting.is_first)
        record_opinions(session, [judged], settings=settings, now=now)
    assert reload(engine, new).is_triaged


def test_each_case_names_the_other(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    new = split(engine, case, settings, now)
    assert details(engine, case, "letter_split")["new_case"] == new.reference
    assert details(engine, new, "received")["split_from"] == case.reference


def test_the_resident_hears_the_new_reference(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    new = split(engine, case, settings, now)
    receipt = emails(engine)[-1]
    assert receipt.payload["to"] == ASHA
    assert new.reference in receipt.payload["subject"]
    assert "Wednesday 14 October 2026" in receipt.payload["text"]


def test_an_address_that_had_its_letters_gets_no_more(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    for number in range(settings.letters.automatic_letters_per_day):
        raises(engine, case, f"Lamp {number} is out.", settings, now)
    before = len(emails(engine))
    for _ in range(settings.letters.automatic_letters_per_day):
        new = split(engine, case, settings, now)
    assert len(emails(engine)) == settings.letters.automatic_letters_per_day, f"there were {before}"
    assert "for today" in str(details(engine, new, "no_receipt_sent")["reason"])


def test_a_letter_has_one_case_of_its_own(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    split(engine, case, settings, now)
    with pytest.raises(StepNotAllowed, match="cases already"):
        split(engine, case, settings, now)
    with reading(engine) as session:
        assert letter_to_split(session, case) is None
        assert len(session.exec(select(Case)).all()) == 2


def test_two_letters_have_a_case_each_the_newest_first(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    raises(engine, case, "And the bench is broken.", settings, now)
    texts = []
    for _ in range(2):
        new = split(engine, case, settings, now)
        with reading(engine) as session:
            texts += [each.text.strip() for each in letters(session, new) if each.direction == Direction.IN]
    assert texts == ["And the bench is broken.", LAMP]


def test_two_who_press_at_once_open_one_case(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    begin, refused = threading.Barrier(2), []

    def press(user: str) -> None:
        begin.wait()
        try:
            split(engine, case, settings, now, user)
        except TocsinError as error:
            refused.append(error)

    people = [threading.Thread(target=press, args=[user]) for user in (BEN, CARA)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    assert [type(each) for each in refused] == [StepNotAllowed]
    with reading(engine) as session:
        assert len(session.exec(select(Case)).all()) == 2


def test_doubts_about_the_writer_go_along_and_those_about_a_letter_stay(
    engine: Engine, case: Case, settings: Settings, now: datetime
) -> None:
    with writing(engine) as session:
        get_case(session, case.number).doubts = [Doubt.SENDER_FAILED.value, Doubt.CUT_SHORT.value]
    assert split(engine, case, settings, now).doubts == [Doubt.SENDER_FAILED]


def test_a_letter_of_another_sort_opens_nothing(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now)
    with pytest.raises(StepNotAllowed):
        split(engine, case, settings, now)


def test_a_stranger_to_the_service_opens_nothing(engine: Engine, case: Case, settings: Settings, now: datetime) -> None:
    with pytest.raises(NotEntitled):
        split(engine, case, settings, now, DEV)
