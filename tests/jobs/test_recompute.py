"""A holiday announced late moves the clocks that run over it, once, and every case says why."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlmodel import col, select

from jobs.recompute import recompute_some
from models import recomputing
from models.case import Case, CaseEvent
from models.db import open_engine, reading, writing
from models.duty import Duty
from models.known_day import KnownDay
from models.milestones import start_clocks
from models.outbox import Channel
from models.reckoning import reckon
from models.recomputing import MOVED
from models.rules.steps import CaseStatus
from models.rules.working_days import CALENDARS, _last_day, bank_holidays
from models.settings import Settings
from tests.build import a_letter
from tests.days import day
from tests.jobs.office import LEAD, Office, open_office

HOLIDAY = "Monday 19 October 2026"
"""One working week after the office's day, in the middle of a stage 1."""

WHY = f"{HOLIDAY} was added to the settings as a closed day"


def closed(office: Office, *days: str) -> Office:
    """The same office, its program started again with these closed days."""
    settings = office.parts.settings.model_copy(update={"closed_days": tuple(day(each) for each in days)})
    return replace(office, parts=replace(office.parts, settings=settings))


def look(office: Office) -> None:
    while recompute_some(office.parts):
        pass


def reloaded(office: Office, case: Case) -> Case:
    with reading(office.parts.engine) as session:
        return session.get_one(Case, case.id)


def moves(office: Office, case: Case) -> list[dict[str, object]]:
    return [event.details for event in office.events(case) if event.name == MOVED]


def lines(office: Office) -> list[str]:
    return [
        str(entry.payload["text"])
        for entry in office.entries(Channel.SLACK)
        if entry.key.startswith("cases reckoned anew")
    ]


def known(office: Office) -> list[KnownDay]:
    with reading(office.parts.engine) as session:
        return list(session.exec(select(KnownDay).order_by(col(KnownDay.day), col(KnownDay.calendar))))


def a_numbered_letter(number: int) -> bytes:
    text = f"The pothole in Elm Road is back, number {number}."
    return a_letter(text, Message_ID=f"<{number}@residents.example>")


def test_the_first_look_only_learns(office: Office) -> None:
    case = office.new_case()
    look(closed(office, HOLIDAY))
    assert len(known(office)) > 60
    assert {row.reckoned_to for row in known(office)} == {None}
    assert {row.day.year for row in known(office)} == {2025, 2026, 2027, 2028}
    assert {row.calendar for row in known(office)} == {
        "england-and-wales",
        "scotland",
        "northern-ireland",
        "any-uk-nation",
    }
    assert moves(office, case) == []
    assert lines(office) == []


def test_a_further_closed_day_moves_open_clocks_and_says_why(office: Office) -> None:
    case = office.new_case()
    look(office)
    assert (case.acknowledge_by, case.respond_by) == (
        day("Monday 19 October 2026"),
        day("Monday 2 November 2026"),
    )
    look(closed(office, HOLIDAY))
    [details] = moves(office, case)
    assert details == {
        "before": {"acknowledge_by": "2026-10-19", "respond_by": "2026-11-02"},
        "after": {"acknowledge_by": "2026-10-20", "respond_by": "2026-11-03"},
        "why": WHY,
    }
    moved = reloaded(office, case)
    assert (moved.acknowledge_by, moved.respond_by) == (date(2026, 10, 20), date(2026, 11, 3))
    assert moved.look_again == office.clock.now()
    assert lines(office) == [f"{WHY}. 1 open case has other dates now."]
    assert [entry.payload["to"] for entry in office.entries() if entry.key.startswith("cases reckoned anew")] == [LEAD]


def test_the_technical_contact_is_told_where_there_is_one(engine: Engine, tmp_path: Path, now: datetime) -> None:
    with open_office(engine, tmp_path, now) as office:
        look(office)
        contact = office.parts.settings.technical_contact.model_copy(update={"slack": "U0TECH"})
        settings = closed(office, HOLIDAY).parts.settings.model_copy(update={"technical_contact": contact})
        look(replace(office, parts=replace(office.parts, settings=settings)))
        [entry] = office.entries()
        assert (entry.payload["to"], entry.payload["text"]) == ("U0TECH", f"{WHY}. No open case has other dates now.")


def test_a_day_taken_back_moves_them_back(office: Office) -> None:
    with_holiday = closed(office, HOLIDAY)
    look(with_holiday)
    case = with_holiday.new_case()
    assert case.acknowledge_by == date(2026, 10, 20)
    look(office)
    [details] = moves(office, case)
    assert details["why"] == f"{HOLIDAY} is no longer a closed day"
    assert reloaded(office, case).acknowledge_by == date(2026, 10, 19)
    assert [row for row in known(office) if row.day == day(HOLIDAY)] == []


@pytest.fixture
def announce(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """A newer version of the holidays library: it knows one bank holiday more of some calendars."""

    def announcing(words: str, *calendars: str) -> None:
        def newer(calendar: str, year: int) -> dict[date, str]:
            known = bank_holidays(calendar, year)
            return {**known, day(words): "Jubilee"} if calendar in calendars and year == day(words).year else known

        for module in ("models.recomputing", "models.rules.working_days"):
            monkeypatch.setattr(f"{module}.bank_holidays", newer)
        _last_day.cache_clear()

    yield announcing
    monkeypatch.undo()
    _last_day.cache_clear()


def test_a_bank_holiday_that_the_library_learns_moves_them(office: Office, announce: Callable[..., None]) -> None:
    case = office.new_case()
    look(office)
    announce(HOLIDAY, *CALENDARS)
    look(office)
    [details] = moves(office, case)
    assert details["why"] == f"{HOLIDAY} was announced as a bank holiday"


def test_a_day_moves_those_alone_whose_calendar_has_it(office: Office, announce: Callable[..., None]) -> None:
    complaint, request = office.new_case(), office.new_case(raw=a_numbered_letter(2))
    with writing(office.parts.engine) as session:
        foi = session.get_one(Case, request.id)
        foi.procedure = "foi"
        reckon(foi, settings=office.parts.settings)
    look(office)
    announce(HOLIDAY, "northern-ireland", "any-uk-nation")
    look(office)
    assert [len(moves(office, case)) for case in (complaint, request)] == [0, 1]
    assert lines(office) == [f"{HOLIDAY} was announced as a bank holiday. 1 open case has other dates now."]


@pytest.mark.parametrize(
    "elsewhere",
    [
        pytest.param("Monday 12 October 2026", id="the day it came does not count"),
        pytest.param("Friday 9 October 2026", id="before it came"),
        pytest.param("Tuesday 3 November 2026", id="after its last day"),
    ],
)
def test_a_day_outside_a_clock_moves_nothing(office: Office, elsewhere: str) -> None:
    case = office.new_case()
    look(office)
    look(closed(office, elsewhere))
    assert moves(office, case) == []
    assert reloaded(office, case).look_again == case.look_again
    assert lines(office)[0].endswith("No open case has other dates now.")


@pytest.mark.parametrize("status", [CaseStatus.RESPONDED, CaseStatus.CLOSED])
def test_what_is_answered_or_closed_keeps_its_dates(office: Office, status: CaseStatus) -> None:
    case = office.new_case()
    look(office)
    with writing(office.parts.engine) as session:
        session.get_one(Case, case.id).status = status
    look(closed(office, HOLIDAY))
    assert moves(office, case) == []


def test_nothing_new_is_nothing_written(office: Office) -> None:
    look(office)
    written: list[str] = []

    def note(*given: object) -> None:
        if not str(given[2]).lstrip().upper().startswith(("SELECT", "BEGIN", "PRAGMA")):
            written.append(str(given[2]))

    event.listen(office.parts.engine, "before_cursor_execute", note)
    assert recompute_some(office.parts) is False
    assert written == []


def test_a_new_year_is_learned_without_a_word(office: Office) -> None:
    look(office)
    case = office.new_case()
    office.clock.pass_time(days=100)
    look(office)
    assert {row.day.year for row in known(office)} == {2025, 2026, 2027, 2028, 2029}
    assert moves(office, case) == []
    assert lines(office) == []


def test_in_january_a_day_of_december_still_moves_them(office: Office) -> None:
    office.clock.pass_time(days=77)
    case = office.new_case()
    assert (case.received_on, case.respond_by) == (date(2026, 12, 28), date(2027, 1, 19))
    look(office)
    office.clock.pass_time(days=7)
    look(closed(office, "Wednesday 30 December 2026"))
    assert reloaded(office, case).respond_by == date(2027, 1, 20)
    assert len(moves(office, case)) == 1


def test_twice_the_same_day_moves_them_once(office: Office) -> None:
    case = office.new_case()
    look(office)
    for _ in range(3):
        look(closed(office, HOLIDAY))
    assert len(moves(office, case)) == 1
    assert len(lines(office)) == 1


@pytest.fixture
def several(office: Office, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[int]]:
    """Seven open cases that are reckoned three at a time; tells how often each one’s dates moved."""
    monkeypatch.setattr(recomputing, "_AT_ONCE", 3)
    look(office)
    cases = [office.new_case(raw=a_numbered_letter(number)) for number in range(7)]
    return lambda: [len(moves(office, case)) for case in cases]


def test_a_program_killed_between_two_batches_goes_on(
    office: Office, several: Callable[[], list[int]], database_url: str
) -> None:
    announced = closed(office, HOLIDAY)
    assert recompute_some(announced.parts) is True
    assert several() == [1, 1, 1, 0, 0, 0, 0]
    engine = open_engine(database_url)  # the program is started again
    look(replace(announced, parts=replace(announced.parts, engine=engine)))
    engine.dispose()
    assert several() == [1] * 7
    assert lines(office) == [f"{WHY}. 7 open cases have other dates now."]


def test_a_program_killed_within_a_batch_does_it_again(
    office: Office, several: Callable[[], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    announced = closed(office, HOLIDAY)
    assert recompute_some(announced.parts) is True

    def dies(case: Case, *, settings: Settings) -> None:
        reckon(case, settings=settings)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(recomputing, "reckon", dies)
        with pytest.raises(KeyboardInterrupt):
            recompute_some(announced.parts)
    assert several() == [1, 1, 1, 0, 0, 0, 0]
    look(announced)
    assert several() == [1] * 7
    assert lines(office) == [f"{WHY}. 7 open cases have other dates now."]


def test_a_second_day_announced_meanwhile_moves_them_further(office: Office, several: Callable[[], list[int]]) -> None:
    assert recompute_some(closed(office, HOLIDAY).parts) is True
    both = closed(office, HOLIDAY, "Tuesday 20 October 2026")
    look(both)
    with reading(office.parts.engine) as session:
        dates = {case.acknowledge_by for case in session.exec(select(Case))}
    assert dates == {date(2026, 10, 21)}
    assert several() == [2, 2, 2, 1, 1, 1, 1]


def test_a_day_taken_back_meanwhile_leaves_them_where_they_were(
    office: Office, several: Callable[[], list[int]]
) -> None:
    assert recompute_some(closed(office, HOLIDAY).parts) is True
    look(office)
    with reading(office.parts.engine) as session:
        dates = {case.acknowledge_by for case in session.exec(select(Case))}
    assert dates == {day(HOLIDAY)}
    assert several() == [2, 2, 2, 0, 0, 0, 0]


def test_a_procedure_taken_out_of_the_file_stops_nobody_else(office: Office) -> None:
    case, other = office.new_case(), office.new_case(raw=a_numbered_letter(2))
    look(office)
    with writing(office.parts.engine) as session:
        session.get_one(Case, case.id).procedure = "parking"
        session.get_one(Case, other.id).stage = 2
    look(closed(office, HOLIDAY))
    assert moves(office, case) == []
    assert len(moves(office, other)) == 1
    with reading(office.parts.engine) as session:
        assert session.exec(select(CaseEvent).where(CaseEvent.name == MOVED)).one().case_id == other.id


def test_the_panels_dates_move_too(office: Office) -> None:
    case = office.new_case()
    with writing(office.parts.engine) as session:
        at_panel = session.get_one(Case, case.id)
        at_panel.procedure, at_panel.stage = "children", 3
        reckon(at_panel, settings=office.parts.settings)
        start_clocks(session, at_panel, settings=office.parts.settings, now=office.clock.now())
    look(office)
    look(closed(office, HOLIDAY))
    with reading(office.parts.engine) as session:
        due = {duty.key.rpartition(" ")[2]: duty.due.isoformat() for duty in session.exec(select(Duty))}
    assert due == {
        "panel_by": "2026-11-24",
        "panel_report_by": "2026-12-01",
    }


def test_four_programs_at_once_move_each_case_once(
    office: Office, several: Callable[[], list[int]], database_url: str
) -> None:
    announced = closed(office, HOLIDAY)

    def program() -> None:
        engine = open_engine(database_url)
        for _ in range(6):
            recompute_some(replace(announced.parts, engine=engine))
        engine.dispose()

    programs = [threading.Thread(target=program) for _ in range(4)]
    for each in programs:
        each.start()
    for each in programs:
        each.join()
    look(announced)
    assert several() == [1] * 7
    assert lines(office) == [f"{WHY}. 7 open cases have other dates now."]
