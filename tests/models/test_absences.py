"""Going away: what is refused, what is warned of, and how it ends."""

import threading
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.absence import Absence
from models.absences import Leave, go_away
from models.covering import stands_in
from models.db import reading, writing
from models.people import Officer
from models.rules.errors import GivenWrong
from models.settings import Settings
from tests.days import day
from tests.people import BEN, CARA, DEV, LENA
from tests.staff import LEAD, a_case_of, comes_back, goes_away, has_left, lines_put, with_team

MONDAY = day("Monday 12 October 2026")
FRIDAY = day("Friday 16 October 2026")


def stand_in(engine: Engine, who: str, on: date) -> str | None:
    with reading(engine) as session:
        found = stands_in(session, session.exec(select(Officer).where(Officer.slack_user == who)).one(), on)
    return found.slack_user if found else None


def test_whoever_goes_away_is_covered_from_the_first_day_to_the_last(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    said = goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    assert said == ("Ben Carter is away from Monday 12 October 2026 to Friday 16 October 2026. Cara Lewis covers.")
    assert [stand_in(engine, BEN, each) for each in (MONDAY, FRIDAY, FRIDAY + timedelta(days=1))] == [CARA, CARA, BEN]


WRONG = [
    (CARA, (FRIDAY, MONDAY), "until", "It ends on Monday 12 October 2026, before it begins."),
    (CARA, (MONDAY - timedelta(days=9), MONDAY - timedelta(days=1)), "until", "It was over on Sunday 11 October"),
    (BEN, (MONDAY, FRIDAY), "cover", "Nobody covers for themselves"),
    (DEV, (MONDAY, FRIDAY), "cover", "Dev Patel works for none of Ben Carter’s service areas"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=[sentence for *_, sentence in WRONG])
def test_what_cannot_be_is_refused_in_a_sentence(
    engine: Engine, settings: Settings, now: datetime, wrong: tuple[str, tuple[date, date], str, str]
) -> None:
    cover, days, field, sentence = wrong
    with pytest.raises(GivenWrong, match=sentence) as refused:
        goes_away(engine, BEN, cover, days, settings=settings, now=now)
    assert refused.value.field == field
    assert stand_in(engine, BEN, MONDAY) == BEN


def test_the_lead_may_cover_for_everybody_and_anybody_for_the_lead(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    goes_away(engine, BEN, LENA, (MONDAY, MONDAY), settings=settings, now=now)
    goes_away(engine, LENA, DEV, (FRIDAY, FRIDAY), settings=settings, now=now)
    assert [stand_in(engine, BEN, MONDAY), stand_in(engine, LENA, FRIDAY)] == [LENA, DEV]


def test_a_second_absence_in_the_same_time_is_refused(engine: Engine, settings: Settings, now: datetime) -> None:
    goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    with pytest.raises(GivenWrong, match="away from Monday 12 October 2026 to Friday 16 October 2026 already"):
        goes_away(engine, BEN, CARA, (FRIDAY, FRIDAY + timedelta(days=7)), settings=settings, now=now)
    after = FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=4)
    assert "covers" in goes_away(engine, BEN, CARA, after, settings=settings, now=now)


def test_of_two_who_enter_one_absence_at_once_the_second_is_refused(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    done: list[str] = []

    def enter() -> None:
        try:
            done.append(goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now))
        except GivenWrong as refused:
            done.append(str(refused))

    both = [threading.Thread(target=enter) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    with reading(engine) as session:
        assert len(session.exec(select(Absence)).all()) == 1
    assert sum("already" in each for each in done) == 1


def test_a_cover_who_is_away_then_is_warned_of(engine: Engine, settings: Settings, now: datetime) -> None:
    goes_away(engine, CARA, None, (FRIDAY, FRIDAY), settings=settings, now=now)
    said = goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    assert said.endswith("Cara Lewis covers. From Friday 16 October 2026 nobody stands in for Ben Carter.")


def test_whoever_was_to_cover_for_others_is_told_that_they_are_left_alone(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    a_case_of(engine, BEN, settings=settings, now=now)
    goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    said = goes_away(engine, CARA, None, (FRIDAY, FRIDAY), settings=settings, now=now)
    assert "From Friday 16 October 2026 nobody stands in for Ben Carter." in said
    assert "1 open case is owed an answer meanwhile" in said
    assert list(lines_put(engine, key="absence")) == [LEAD]


def test_an_owner_with_no_cover_is_told_to_the_manager_once(engine: Engine, settings: Settings, now: datetime) -> None:
    for number in (1, 2):
        a_case_of(engine, BEN, settings=settings, now=now, number=number)
    managed = with_team(settings, manager="cara@council.example")
    said = goes_away(engine, BEN, None, (MONDAY, FRIDAY), settings=managed, now=now)
    warning = "From Monday 12 October 2026 nobody stands in for Ben Carter. "
    warning += "2 open cases are owed an answer meanwhile: somebody must cover."
    assert said.endswith(f"Nobody covers. {warning}")
    assert lines_put(engine, key="absence") == {CARA: warning}


def test_a_manager_who_goes_away_is_told_to_the_lead(engine: Engine, settings: Settings, now: datetime) -> None:
    a_case_of(engine, BEN, settings=settings, now=now)
    managed = with_team(settings, manager="ben@council.example")
    goes_away(engine, BEN, None, (FRIDAY, FRIDAY), settings=managed, now=now)
    assert list(lines_put(engine, key="absence")) == [LEAD]


def test_somebody_with_no_open_case_alarms_nobody(engine: Engine, settings: Settings, now: datetime) -> None:
    goes_away(engine, BEN, None, (MONDAY, FRIDAY), settings=settings, now=now)
    assert not lines_put(engine, key="absence")


def test_coming_back_ends_the_absence_from_today(engine: Engine, settings: Settings, now: datetime) -> None:
    goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    wednesday = now + timedelta(days=2)
    assert comes_back(engine, BEN, wednesday) == ("Ben Carter is back, and hears of their own cases again from today.")
    days = [MONDAY + timedelta(days=number) for number in range(4)]
    assert [stand_in(engine, BEN, each) for each in days] == [CARA, CARA, BEN, BEN]


def test_coming_back_on_the_first_day_undoes_it(engine: Engine, settings: Settings, now: datetime) -> None:
    goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    comes_back(engine, BEN, now)
    assert stand_in(engine, BEN, MONDAY) == BEN
    assert "covers" in goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)


def test_an_absence_to_come_can_be_called_off(engine: Engine, settings: Settings, now: datetime) -> None:
    goes_away(engine, BEN, CARA, (FRIDAY, FRIDAY), settings=settings, now=now)
    assert comes_back(engine, BEN, now) == "Ben Carter is not going away on Friday 16 October 2026 after all."
    assert stand_in(engine, BEN, FRIDAY) == BEN
    with pytest.raises(GivenWrong, match="Ben Carter is not away, and is not going to be"):
        comes_back(engine, BEN, now)


def test_whoever_was_warned_of_an_absence_hears_that_it_is_called_off(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    a_case_of(engine, BEN, settings=settings, now=now)
    goes_away(engine, BEN, None, (FRIDAY, FRIDAY), settings=settings, now=now)
    goes_away(engine, DEV, None, (FRIDAY, FRIDAY), settings=settings, now=now)
    for who in (BEN, DEV):
        comes_back(engine, who, now + timedelta(days=1))
    said = {LEAD: "Ben Carter is not going away on Friday 16 October 2026 after all."}
    assert lines_put(engine, key="absence 1 is over") == said
    assert lines_put(engine, key="absence 2 is over") == {}, "nobody was warned of Dev, who owns nothing"


def test_the_manager_hears_that_somebody_is_back_sooner(engine: Engine, settings: Settings, now: datetime) -> None:
    a_case_of(engine, BEN, settings=settings, now=now)
    managed = with_team(settings, manager="cara@council.example")
    goes_away(engine, BEN, None, (MONDAY, FRIDAY), settings=managed, now=now)
    comes_back(engine, BEN, now + timedelta(days=1))
    back = "Ben Carter is back, and hears of their own cases again from today."
    assert lines_put(engine, key="absence 1 is over") == {CARA: back}


def test_a_leaver_covers_for_nobody(engine: Engine, settings: Settings, now: datetime) -> None:
    goes_away(engine, BEN, CARA, (MONDAY, FRIDAY), settings=settings, now=now)
    has_left(engine, CARA)
    assert stand_in(engine, BEN, MONDAY) is None


def test_an_officer_may_not_be_covered_by_a_leaver(engine: Engine, settings: Settings, now: datetime) -> None:
    has_left(engine, CARA)
    with writing(engine) as session:
        ben = session.exec(select(Officer).where(Officer.slack_user == BEN)).one()
        cara = session.exec(select(Officer).where(Officer.slack_user == CARA)).one()
        with pytest.raises(GivenWrong, match="Cara Lewis has left"):
            go_away(session, ben, Leave(MONDAY, FRIDAY, cara), by=None, settings=settings, now=now)
