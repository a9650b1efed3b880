"""The hand-over list, and what is said of it when an absence begins and when it is over."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from jobs.announce_absences import announce_absences
from jobs.parts import Parts
from models import handling
from models.db import reading, writing
from models.duty import Duty, DutyKind
from models.handing_over import HandOver, hand_over
from models.people import Officer
from models.queries import get_case
from models.settings import Settings
from models.settings_people import Hours
from tests.build import officer
from tests.days import day
from tests.jobs.office import HandClock, nobody
from tests.people import ASHA, BEN, CARA, LENA
from tests.staff import a_case_of, comes_back, goes_away, has_left, lines_put

MONDAY = day("Monday 12 October 2026")
FRIDAY = day("Friday 16 October 2026")


def a_duty(engine: Engine, number: int, kind: DutyKind, now: datetime, **changes: Any) -> None:
    what = "Ask Asha Okafor for the photos."
    with writing(engine) as session:
        due = date(2026, 10, 21)
        session.add(Duty(key=f"{kind} {number}", case_id=number, kind=kind, what=what, due=due, made_at=now, **changes))


def in_hand(engine: Engine, who: str, on: date = MONDAY) -> HandOver:
    found = officer(engine, who)
    with reading(engine) as session:
        return hand_over(session, session.get_one(Officer, found.id), on=on)


def announced(engine: Engine, settings: Settings, at: datetime) -> Mapping[str, str]:
    """Whom the job tells what, when it runs twice at that instant."""
    parts = Parts(settings, engine, HandClock(at), transports={}, suggester=nobody)
    before = dict(lines_put(engine, key="absence"))
    announce_absences(parts)
    announce_absences(parts)
    return {to: text for to, text in lines_put(engine, key="absence").items() if before.get(to) != text}


def test_the_list_has_cases_duties_and_what_was_asked_of_others(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    answered, new = (a_case_of(engine, BEN, settings=settings, now=now, number=number) for number in (1, 2))
    a_case_of(engine, CARA, settings=settings, now=now, number=3)
    ben = officer(engine, BEN)
    with writing(engine) as session:
        found = get_case(session, answered.number)
        handling.acknowledge(session, found, by=ben, settings=settings, now=now)
        answer = handling.Answer(handling.Outcome.UPHELD, "We are sorry.")
        handling.respond(session, found, answer, by=ben, settings=settings, now=now)
    a_duty(engine, answered.number, DutyKind.REMEDY, now, owner_id=ben.id)
    cara = officer(engine, CARA)
    a_duty(engine, new.number, DutyKind.REQUEST, now, owner_id=cara.id, made_by_id=ben.id, party="Exampleshire Water")
    listed = in_hand(engine, BEN)
    assert [(each.reference, each.what) for each in listed.cases] == [
        (new.reference, "acknowledgement"),
        (answered.reference, "responded, nothing due"),
    ]
    assert [(each.reference, each.what) for each in listed.duties] == [(answered.reference, "remedy")]
    assert [(each.reference, each.of) for each in listed.asked] == [(new.reference, "Exampleshire Water")]


def test_no_word_of_a_residents_is_in_the_list(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case_of(engine, BEN, settings=settings, now=now)
    a_duty(engine, case.number, DutyKind.REMEDY, now, owner_id=officer(engine, BEN).id)
    goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    told = announced(engine, settings, now)
    for text in (str(asdict(in_hand(engine, BEN))), told[CARA]):
        assert not any(word in text for word in ("Asha", "Okafor", ASHA, "othole", "photos"))


def test_the_list_says_who_stands_in_and_for_whom_they_stand_in(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    assert in_hand(engine, BEN).stood_in_by == "Cara Lewis"
    assert in_hand(engine, BEN).away == "from Monday 12 October 2026 to Friday 16 October 2026"
    assert in_hand(engine, CARA).covers_for == ("Ben Carter",)
    assert in_hand(engine, BEN, FRIDAY + timedelta(days=1)).stood_in_by == ""


def test_of_a_leaver_it_says_that_they_have_left(engine: Engine, settings: Settings, now: datetime) -> None:
    ben = officer(engine, BEN)
    case = a_case_of(engine, BEN, settings=settings, now=now)
    has_left(engine, BEN)
    with reading(engine) as session:
        listed = hand_over(session, session.get_one(Officer, ben.id), on=MONDAY)
    assert (listed.has_left, listed.stood_in_by, listed.cases[0].reference) == (True, "", case.reference)


def test_the_cover_is_told_once_what_they_look_after(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case_of(engine, BEN, settings=settings, now=now)
    goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    assert announced(engine, settings, now) == {
        CARA: "You stand in for Ben Carter, who is away from Monday 12 October 2026 to Friday 16 October 2026. Their "
        f"reminders come to you. Cases (1): {case.reference} acknowledgement by 19 October."
    }
    assert not announced(engine, settings, now + timedelta(days=1))


def test_whoever_stands_in_for_the_cover_is_told_too(engine: Engine, settings: Settings, now: datetime) -> None:
    goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    goes_away(engine, CARA, LENA, (FRIDAY, FRIDAY), settings=settings, now=now)
    assert list(announced(engine, settings, now)) == [CARA]
    assert list(announced(engine, settings, now + timedelta(days=4))) == [LENA]


@pytest.mark.parametrize(("later", "is_told"), [(-2, False), (0, True), (9, False), (24, True)])
def test_they_are_told_in_working_hours(
    engine: Engine, settings: Settings, now: datetime, later: int, is_told: bool
) -> None:
    goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    assert bool(announced(engine, settings, now + timedelta(hours=later))) is is_told


def test_a_cover_with_hours_of_their_own_is_told_in_those(engine: Engine, settings: Settings, now: datetime) -> None:
    goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    part_time = Hours(days=("wednesday",))
    entries = [
        each.model_copy(update={"hours": part_time}) if each.slack_user == CARA else each for each in settings.officers
    ]
    theirs = settings.model_copy(update={"officers": tuple(entries)})
    told = [bool(announced(engine, theirs, now + timedelta(days=number))) for number in range(4)]
    assert told == [False, False, True, False]


def test_when_it_is_over_both_are_told_once(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case_of(engine, BEN, settings=settings, now=now)
    goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    announced(engine, settings, now)
    assert not announced(engine, settings, now + timedelta(days=5)), "nobody works on a Saturday"
    assert announced(engine, settings, now + timedelta(days=7)) == {
        BEN: "Welcome back. Cara Lewis was your cover. Reminders come to you again. "
        f"Cases (1): {case.reference} acknowledgement by 19 October.",
        CARA: "Ben Carter is back: their reminders go to them again.",
    }
    assert not announced(engine, settings, now + timedelta(days=8))


def test_one_who_comes_back_early_is_told_that_day(engine: Engine, settings: Settings, now: datetime) -> None:
    goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    announced(engine, settings, now)
    wednesday = now + timedelta(days=2)
    comes_back(engine, BEN, wednesday)
    assert sorted(announced(engine, settings, wednesday)) == [BEN, CARA]


def test_of_an_absence_called_off_in_time_nobody_hears(engine: Engine, settings: Settings, now: datetime) -> None:
    goes_away(engine, BEN, CARA, (FRIDAY, FRIDAY), settings=settings, now=now)
    comes_back(engine, BEN, now)
    later = [announced(engine, settings, now + timedelta(days=number)) for number in (0, 4, 7)]
    assert later == [{}, {}, {}]


def test_a_long_list_is_cut_short(engine: Engine, settings: Settings, now: datetime) -> None:
    for number in range(17):
        a_case_of(engine, BEN, settings=settings, now=now, number=number)
    goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    text = announced(engine, settings, now)[CARA]
    assert "Cases (17): " in text
    assert text.endswith("; and 2 more.")
