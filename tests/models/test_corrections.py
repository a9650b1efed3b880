"""What officers decided is read beside what was suggested, whatever they pressed; on both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models import handling
from models.case import Case
from models.corrections import agreement_in, decided_letters, decisions, was_asked
from models.db import reading, writing
from models.people import Officer
from models.queries import get_case
from models.rules.decisions import DecidedLetter, Decision
from models.rules.labels import Area, Kind, Signal
from models.rules.likeness import prints
from models.settings import Settings
from models.triaging import UNREADABLE, Judged, claim_unjudged, record_opinions
from tests.build import a_case, a_letter, an_opinion, arrive, officer
from tests.people import BEN, LENA

OCTOBER = date(2026, 10, 1)
Press = Callable[[Session, Case], object]


class Desk:
    """Cases come in and an officer presses buttons."""

    def __init__(self, engine: Engine, settings: Settings, now: datetime) -> None:
        self.engine, self.settings, self.now = engine, settings, now
        self.ben, self.lena = officer(engine, BEN), officer(engine, LENA)
        self.came = 0

    def case(self, kind: Kind | None = Kind.SERVICE_REQUEST, text: str = "The pothole is back.") -> Case:
        self.came += 1
        raw = a_letter(text, Message_ID=f"<{self.came}@residents.example>")
        return a_case(self.engine, settings=self.settings, now=self.now, opinion=an_opinion(kind), raw=raw)

    def acknowledge(self, case: Case) -> None:
        with writing(self.engine) as session:
            fresh = get_case(session, case.number)
            handling.acknowledge(session, fresh, by=self.ben, settings=self.settings, now=self.now)

    def correct(self, case: Case, kind: Kind) -> None:
        with writing(self.engine) as session:
            fresh = get_case(session, case.number)
            handling.correct_kind(session, fresh, kind, by=self.lena, settings=self.settings, now=self.now)

    def move(self, case: Case, area: Area, by: Officer) -> None:
        with writing(self.engine) as session:
            handling.correct_area(
                session, get_case(session, case.number), area, by=by, settings=self.settings, now=self.now
            )

    def decisions(self, month: date = OCTOBER) -> list[Decision]:
        with reading(self.engine) as session:
            return decisions(session, month)

    def letters(self, most: int = 100) -> list[DecidedLetter]:
        with reading(self.engine) as session:
            return decided_letters(session, most=most)


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    return Desk(engine, settings, now)


def test_an_untouched_case_is_decided_by_nobody(desk: Desk) -> None:
    desk.case()
    [found] = desk.decisions()
    assert (found.suggested, found.decided, found.decided_area) == (Kind.SERVICE_REQUEST, None, None)
    assert (found.source, found.version, found.confidence) == ("complaints", "test", 0.9)
    assert desk.letters() == []


def test_to_acknowledge_as_suggested_is_to_agree(desk: Desk) -> None:
    case = desk.case()
    desk.acknowledge(case)
    [found] = desk.decisions()
    assert (found.decided, found.decided_area) == (Kind.SERVICE_REQUEST, Area.HIGHWAYS_TRANSPORT)
    [letter] = desk.letters()
    assert (letter.reference, letter.kind, letter.text.strip()) == (
        case.reference,
        Kind.SERVICE_REQUEST,
        "The pothole is back.",
    )


def test_to_acknowledge_what_nobody_was_sure_of_decides_nothing(desk: Desk) -> None:
    desk.acknowledge(desk.case(None))
    [found] = desk.decisions()
    assert (found.suggested, found.guess, found.decided) == (None, Kind.SERVICE_REQUEST, None)
    assert desk.letters() == []


@pytest.mark.parametrize("suggested", [Kind.SERVICE_REQUEST, None])
def test_a_correction_is_what_was_decided(desk: Desk, suggested: Kind | None) -> None:
    case = desk.case(suggested)
    desk.correct(case, Kind.CHASER)
    desk.correct(case, Kind.COMPLAINT)
    desk.acknowledge(case)
    [found] = desk.decisions()
    assert (found.suggested, found.decided) == (suggested, Kind.COMPLAINT)
    assert [letter.kind for letter in desk.letters()] == [Kind.COMPLAINT]


def test_a_correction_to_what_was_suggested_is_agreement(desk: Desk) -> None:
    case = desk.case()
    desk.correct(case, Kind.SERVICE_REQUEST)
    [found] = desk.decisions()
    assert found.is_comparable
    assert [letter.kind for letter in desk.letters()] == [Kind.SERVICE_REQUEST]


def test_a_corrected_service_is_told_beside_the_suggested_one(desk: Desk) -> None:
    case = desk.case()
    desk.acknowledge(case)
    desk.move(case, Area.HOUSING, desk.lena)
    [found] = desk.decisions()
    assert (found.area, found.decided_area) == (Area.HIGHWAYS_TRANSPORT, Area.HOUSING)
    assert [letter.areas for letter in desk.letters()] == [(Area.HOUSING,)]


def test_signals_are_those_suggested(desk: Desk) -> None:
    opinion = an_opinion(Kind.COMPLAINT, Area.HIGHWAYS_TRANSPORT, Signal.HAZARD)
    desk.acknowledge(a_case(desk.engine, settings=desk.settings, now=desk.now, opinion=opinion))
    assert [letter.signals for letter in desk.letters()] == [(Signal.HAZARD,)]


def test_what_the_classifier_could_not_read_teaches_nothing(desk: Desk) -> None:
    case = a_case(desk.engine, settings=desk.settings, now=desk.now, opinion=UNREADABLE)
    desk.correct(case, Kind.COMPLAINT)
    assert desk.letters() == []
    assert [found.decided for found in desk.decisions()] == [Kind.COMPLAINT]


def test_a_month_is_londons(desk: Desk) -> None:
    for instant in (datetime(2026, 9, 30, 22, 59, tzinfo=UTC), datetime(2026, 9, 30, 23, 0, tzinfo=UTC)):
        desk.now = instant
        desk.case()
    desk.now = datetime(2026, 11, 1, 0, 0, tzinfo=UTC)
    desk.case()
    assert [len(desk.decisions(date(2026, month, 1))) for month in (8, 9, 10, 11)] == [0, 1, 1, 1]
    with reading(desk.engine) as session:
        assert [was_asked(session, date(2026, month, 1)) for month in (8, 9)] == [False, True]


def test_the_newest_corrections_and_as_many_confirmations_are_learnt_from(desk: Desk) -> None:
    for number in range(6):
        desk.now += timedelta(minutes=1)
        case = desk.case(text=f"Pothole number {number}.")
        if number % 2:
            desk.correct(case, Kind.COMPLAINT)
        desk.acknowledge(case)
    found = {letter.text.strip(): letter.kind for letter in desk.letters(most=2)}
    assert found == {
        "Pothole number 2.": Kind.SERVICE_REQUEST,
        "Pothole number 3.": Kind.COMPLAINT,
        "Pothole number 4.": Kind.SERVICE_REQUEST,
        "Pothole number 5.": Kind.COMPLAINT,
    }


def test_the_month_and_the_one_before_stand_side_by_side(desk: Desk) -> None:
    desk.now = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)
    desk.case()
    desk.now = datetime(2026, 10, 10, 9, 0, tzinfo=UTC)
    desk.acknowledge(desk.case())
    desk.correct(desk.case(), Kind.COMPLAINT)
    with reading(desk.engine) as session:
        found = agreement_in(session, OCTOBER)
    assert (found.total.suggestions, found.before.suggestions) == (2, 1)
    assert (found.total.agreed, found.total.compared, found.missed) == (1, 2, 1)


CAMPAIGN = (
    "Please do not close the library in Mill Lane. It is the only one that people without a car can walk to. " * 3
)


def test_a_campaign_is_decided_once_and_its_letters_bear_its_name(desk: Desk) -> None:
    references = []
    for number in range(4):
        raw = a_letter(CAMPAIGN, From=f"p{number}@residents.example", Message_ID=f"<c{number}@residents.example>")
        references.append(arrive(desk.engine, raw, settings=desk.settings, now=desk.now).case)
        judge(desk)
    with reading(desk.engine) as session:
        cases = [get_case(session, number) for number in (1, 2, 3, 4)]
    parent, *followers = cases
    assert {follower.campaign_of_id for follower in followers} == {parent.id}
    desk.acknowledge(parent)
    [letter] = desk.letters()
    assert (letter.reference, letter.campaign) == (parent.reference, parent.reference)
    assert len(desk.decisions()) == 1
    leave(desk, followers[0])
    desk.acknowledge(followers[0])
    assert [letter.campaign for letter in desk.letters()] == [parent.reference] * 2


def judge(desk: Desk) -> None:
    with writing(desk.engine) as session:
        for letter in claim_unjudged(session, now=desk.now):
            opinion = replace(an_opinion(Kind.COMMENT), areas=an_opinion().areas)
            judged = Judged(letter.letter_id, opinion, letter.is_first, prints=prints(letter.text))
            record_opinions(session, [judged], settings=desk.settings, now=desk.now)


def leave(desk: Desk, case: Case) -> None:
    from models.campaigns import leave_campaign

    with writing(desk.engine) as session:
        leave_campaign(session, get_case(session, case.number), why="it says more", now=desk.now)
