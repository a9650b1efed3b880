from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from models import handling
from models.absence import Absence
from models.case import Case
from models.clock import london_date, london_instant
from models.council import sync_officers
from models.db import reading, writing
from models.queries import get_case
from models.reminders import Alert, Nag
from models.reminding import claim_cases_to_look_at, look_at_some, note_deadlines
from models.rules.labels import Kind
from models.settings import Settings
from models.settings_people import Hours
from tests.build import a_case, a_letter, an_opinion, officer, reload
from tests.days import day
from tests.people import BEN, CARA, DEV, LENA

HIGHWAYS = "complaints-highways"
HOURLY = timedelta(hours=1)

# a case received on Monday 12 October 2026 is acknowledged by Monday 19


def london(words: str, at: str = "10:00") -> datetime:
    return london_instant(day(words), time.fromisoformat(at))


def look(engine: Engine, settings: Settings, now: datetime) -> int:
    """What the job does, until nothing is due a look; returns how many it looked at."""
    looked = 0
    while True:
        with writing(engine) as session:
            count, alone = look_at_some(session, settings=settings, now=now)
        if not count:
            return looked
        for number in alone:
            with writing(engine) as session:
                note_deadlines(session, get_case(session, number), settings=settings, now=now)
        looked += count


def watch(engine: Engine, settings: Settings, start: datetime, end: datetime, every: timedelta) -> None:
    while start <= end:
        look(engine, settings, start)
        start += every


def nags(engine: Engine) -> list[tuple[str, str, str]]:
    with reading(engine) as session:
        return [(n.clock, n.step, n.recipient) for n in session.exec(select(Nag).order_by(col(Nag.id)))]


def alerts(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return list(session.exec(select(Alert.sign).order_by(col(Alert.id))))


def owned(engine: Engine, settings: Settings, now: datetime, by: str = BEN) -> Case:
    case = a_case(engine, settings=settings, now=now)
    with writing(engine) as session:
        handling.take(session, get_case(session, case.number), by=officer(engine, by), now=now)
    return case


def test_each_nag_is_given_once_and_in_order(engine: Engine, settings: Settings, now: datetime) -> None:
    owned(engine, settings, now)
    watch(engine, settings, now, london("Friday 23 October 2026"), timedelta(hours=3))
    steps = ["in 3 working days", "in 1 working day", "due today", "missed"]
    assert nags(engine) == [("acknowledge", step, BEN) for step in steps]
    assert alerts(engine) == ["stage 1 acknowledge missed: Monday 19 October 2026"]


def test_nobody_is_reminded_outside_working_hours(engine: Engine, settings: Settings, now: datetime) -> None:
    owned(engine, settings, now)
    for words, at in [
        ("Friday 16 October 2026", "08:59"),
        ("Friday 16 October 2026", "17:00"),
        ("Saturday 17 October 2026", "12:00"),
        ("Sunday 18 October 2026", "12:00"),
        ("Monday 19 October 2026", "00:30"),
    ]:
        look(engine, settings, london(words, at))
    assert nags(engine) == []
    look(engine, settings, london("Monday 19 October 2026", "09:00"))
    assert nags(engine) == [("acknowledge", "due today", BEN)]


def test_catching_up_after_a_pause_sends_one_reminder(engine: Engine, settings: Settings, now: datetime) -> None:
    owned(engine, settings, now)
    later = london("Tuesday 3 November 2026")
    assert look(engine, settings, later) == 1
    assert look(engine, settings, later) == 0
    assert nags(engine) == [("acknowledge", "missed", BEN), ("acknowledge", "missed, told corporate lead", LENA)]
    assert alerts(engine) == ["stage 1 acknowledge missed: Monday 19 October 2026"]


def test_a_case_nobody_owns_reminds_its_team(engine: Engine, settings: Settings, now: datetime) -> None:
    a_case(engine, settings=settings, now=now)
    look(engine, settings, london("Monday 19 October 2026"))
    assert nags(engine) == [("acknowledge", "due today", "complaints-highways")]


def test_a_case_whose_owner_left_reminds_its_team(engine: Engine, settings: Settings, now: datetime) -> None:
    owned(engine, settings, now, CARA)
    stayed = settings.model_copy(update={"officers": tuple(o for o in settings.officers if o.slack_user != CARA)})
    with writing(engine) as session:
        sync_officers(session, stayed)
    look(engine, stayed, london("Monday 19 October 2026"))
    assert nags(engine) == [("acknowledge", "due today", "complaints-highways")]


def test_a_new_owner_is_reminded_too(engine: Engine, settings: Settings, now: datetime) -> None:
    case = owned(engine, settings, now)
    look(engine, settings, london("Tuesday 20 October 2026"))
    with writing(engine) as session:
        handling.take(session, get_case(session, case.number), by=officer(engine, CARA), now=now)
    look(engine, settings, london("Wednesday 21 October 2026"))
    assert nags(engine) == [("acknowledge", "missed", BEN), ("acknowledge", "missed", CARA)]
    assert alerts(engine) == ["stage 1 acknowledge missed: Monday 19 October 2026"]


def test_an_acknowledged_case_runs_on_the_answers_clock(engine: Engine, settings: Settings, now: datetime) -> None:
    case = owned(engine, settings, now)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.acknowledge(session, fresh, by=officer(engine, BEN), settings=settings, now=now)
    look(engine, settings, london("Friday 16 October 2026"))
    assert (nags(engine), alerts(engine)) == ([], [])
    look(engine, settings, london("Thursday 22 October 2026"))
    look(engine, settings, london("Tuesday 27 October 2026"))
    assert nags(engine) == [("answer", "in 2 working days", BEN), ("answer", "missed", BEN)]
    assert alerts(engine) == ["stage 1 answer missed: Monday 26 October 2026"]


def test_nobody_looks_at_a_case_that_owes_nothing(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now, opinion=an_opinion(Kind.COMPLIMENT))
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.acknowledge(session, fresh, by=officer(engine, BEN), settings=settings, now=now)
    look(engine, settings, london("Tuesday 20 October 2026"))
    assert reload(engine, case).look_again is None
    assert look(engine, settings, london("Tuesday 20 October 2026")) == 0


def test_a_kind_that_is_corrected_wakes_the_answers_clock(engine: Engine, settings: Settings, now: datetime) -> None:
    case = a_case(engine, settings=settings, now=now, opinion=an_opinion(Kind.COMPLIMENT))
    ben = officer(engine, BEN)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.acknowledge(session, fresh, by=ben, settings=settings, now=now)
    look(engine, settings, now)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.correct_kind(session, fresh, Kind.COMPLAINT, by=ben, settings=settings, now=now)
    look(engine, settings, london("Tuesday 27 October 2026"))
    assert nags(engine) == [("answer", "missed", BEN)]


def test_a_look_that_fails_lets_the_others_go_ahead(engine: Engine, settings: Settings, now: datetime) -> None:
    first = a_case(engine, settings=settings, now=now)
    second = a_case(engine, settings=settings, now=now, raw=a_letter(Message_ID="<two@residents.example>"))
    claimed = []
    for _ in range(2):
        with writing(engine) as session:
            claimed.append(claim_cases_to_look_at(session, now=now))
    assert claimed == [[first.id, second.id], []]
    assert reload(engine, first).look_again == now + timedelta(minutes=10)


def test_a_case_opened_again_is_reminded_again(engine: Engine, settings: Settings, now: datetime) -> None:
    case = owned(engine, settings, now)
    ben = officer(engine, BEN)
    late = london("Tuesday 3 November 2026")
    answer = handling.Answer(handling.Outcome.UPHELD, "We were wrong.")
    with writing(engine) as session:
        handling.acknowledge(session, get_case(session, case.number), by=ben, settings=settings, now=now)
    look(engine, settings, late)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.respond(session, fresh, answer, by=ben, settings=settings, now=late)
        handling.close(session, fresh, reason="done", by=ben, now=late)
        handling.reopen(session, fresh, reason="not put right", by=ben, now=late)
    before = nags(engine)
    look(engine, settings, late)
    assert nags(engine) == [*before, *before], "the owner and the corporate lead, each once more"
    due = "Monday 26 October 2026"
    assert alerts(engine) == [f"stage 1 answer missed: {due}", f"stage 1, opened again 1 answer missed: {due}"]


def answer_is_due(engine: Engine, case: Case, words: str) -> None:
    """Its date is another now, as after an extension."""
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        fresh.respond_by = day(words)
        fresh.look_again = london(words)


def test_a_new_date_that_is_missed_too_warns_again_once(engine: Engine, settings: Settings, now: datetime) -> None:
    case = owned(engine, settings, now)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.acknowledge(session, fresh, by=officer(engine, BEN), settings=settings, now=now)
    late = london("Wednesday 28 October 2026")
    look(engine, settings, late)
    answer_is_due(engine, case, "Monday 2 November 2026")
    watch(engine, settings, late, london("Friday 20 November 2026"), timedelta(hours=12))
    dates = ["Monday 26 October 2026", "Monday 2 November 2026"]
    assert alerts(engine) == [f"stage 1 answer missed: {each}" for each in dates]


def test_a_date_that_an_earlier_version_warned_of_is_not_warned_of_again(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    """Its key did not name the date."""
    case = owned(engine, settings, now)
    reason = "The time to acknowledge at stage 1 ended on Monday 19 October 2026."
    with writing(engine) as session:
        session.add(Alert(case_id=case.number, sign="stage 1 acknowledge missed", reason=reason, at=now))
    watch(engine, settings, now, london("Thursday 22 October 2026"), timedelta(hours=12))
    assert alerts(engine) == ["stage 1 acknowledge missed"]
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        fresh.acknowledge_by, fresh.look_again = day("Monday 26 October 2026"), now
    watch(engine, settings, london("Monday 26 October 2026"), london("Thursday 29 October 2026"), timedelta(hours=12))
    assert alerts(engine) == ["stage 1 acknowledge missed", "stage 1 acknowledge missed: Monday 26 October 2026"]


def above_highways(settings: Settings, **changes: Any) -> Settings:
    """Dev manages highways, and its head of service is Cara."""
    above = {"manager": "dev@council.example", "head_of_service": "cara@council.example"}
    teams = tuple(t.model_copy(update=above) if t.channel == HIGHWAYS else t for t in settings.teams)
    return settings.model_copy(update={"teams": teams, **changes})


def with_hours(settings: Settings, who: str, hours: Hours) -> Settings:
    officers = tuple(o.model_copy(update={"hours": hours}) if o.slack_user == who else o for o in settings.officers)
    return settings.model_copy(update={"officers": officers})


def test_a_missed_date_climbs_the_ladder(engine: Engine, settings: Settings, now: datetime) -> None:
    owned(engine, settings, now)
    watch(engine, above_highways(settings), london("Monday 19 October 2026"), london("Friday 6 November 2026"), HOURLY)
    with reading(engine) as session:
        told = [(london_date(n.at), n.step, n.recipient) for n in session.exec(select(Nag).order_by(col(Nag.id)))]
    assert told == [
        (day("Monday 19 October 2026"), "due today", BEN),
        (day("Tuesday 20 October 2026"), "missed", BEN),
        (day("Tuesday 20 October 2026"), "missed, told manager", DEV),
        (day("Thursday 22 October 2026"), "missed, told head of service", CARA),
        (day("Tuesday 27 October 2026"), "missed, told corporate lead", LENA),
    ]
    assert alerts(engine) == ["stage 1 acknowledge missed: Monday 19 October 2026"]


def test_a_case_is_looked_at_on_the_days_of_its_steps_only(engine: Engine, settings: Settings, now: datetime) -> None:
    case = owned(engine, settings, now)
    looks = [look(engine, settings, now + timedelta(hours=hour)) for hour in range(24 * 21)]
    # the first look, three before the date, one on it, one after, and one when the corporate lead is told
    assert sum(looks) == 6
    assert reload(engine, case).look_again is None, "everybody has been told"


def test_the_act_stops_the_ladder(engine: Engine, settings: Settings, now: datetime) -> None:
    case = owned(engine, settings, now)
    look(engine, settings, london("Friday 16 October 2026"))
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.acknowledge(session, fresh, by=officer(engine, BEN), settings=settings, now=now)
    watch(engine, settings, london("Friday 16 October 2026"), london("Monday 19 October 2026"), HOURLY)
    assert [clock for clock, _, _ in nags(engine)] == ["acknowledge", "answer"]


def test_a_date_that_is_moved_is_reminded_of_anew(engine: Engine, settings: Settings, now: datetime) -> None:
    case = owned(engine, settings, now)
    look(engine, settings, london("Friday 16 October 2026"))
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        fresh.acknowledge_by, fresh.look_again = (
            day("Tuesday 20 October 2026"),
            london("Friday 16 October 2026", "11:00"),
        )
    watch(engine, settings, london("Friday 16 October 2026", "11:00"), london("Tuesday 20 October 2026"), HOURLY)
    steps = ["in 1 working day", "in 3 working days", "in 1 working day", "due today"]
    assert nags(engine) == [("acknowledge", step, BEN) for step in steps]


def test_a_snoozed_case_is_quiet_until_its_day_but_not_on_its_date(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    case = owned(engine, settings, now)
    with writing(engine) as session:
        get_case(session, case.number).snoozed_until = day("Monday 19 October 2026")
    watch(engine, settings, now, london("Tuesday 20 October 2026"), HOURLY)
    assert nags(engine) == [("acknowledge", "due today", BEN), ("acknowledge", "missed", BEN)]


def test_a_paused_case_reminds_its_owner_weekly_and_of_nothing_else(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    case = owned(engine, settings, now)
    with writing(engine) as session:
        fresh = get_case(session, case.number)
        handling.acknowledge(session, fresh, by=officer(engine, BEN), settings=settings, now=now)
        fresh.paused_on = now.date()
    watch(engine, settings, now, london("Tuesday 3 November 2026"), HOURLY)
    weeks = [f"paused since 2026-10-12, week {week}" for week in (1, 2, 3)]
    assert nags(engine) == [("paused", week, BEN) for week in weeks]
    assert alerts(engine) == []


def test_each_is_told_in_hours_of_their_own_and_the_lead_warned_in_everybodys(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    early = with_hours(settings, BEN, Hours(days=("tuesday", "wednesday"), from_time=time(7), until_time=time(8)))
    owned(engine, early, now)
    watch(engine, early, london("Monday 19 October 2026", "00:00"), london("Wednesday 21 October 2026"), HOURLY)
    assert nags(engine) == [("acknowledge", "missed", BEN)]
    with reading(engine) as session:
        assert session.exec(select(Nag.at)).one() == london("Tuesday 20 October 2026", "07:00")
        assert session.exec(select(Alert.at)).one() == london("Tuesday 20 October 2026", "09:00")


def go_away(engine: Engine, who: str, cover: str | None = None, *, until: str) -> None:
    """From Monday 19 October, when a first acknowledgement is due."""
    with writing(engine) as session:
        absence = Absence(
            officer_id=officer(engine, who).id or 0,
            from_day=day("Monday 19 October 2026"),
            until_day=day(until),
            cover_id=officer(engine, cover).id if cover else None,
            entered_at=london("Monday 12 October 2026"),
        )
        session.add(absence)


def test_the_cover_of_an_absent_owner_and_of_an_absent_manager_is_told(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    managed = above_highways(settings)
    owned(engine, settings, now)
    for who, cover in ((BEN, CARA), (DEV, LENA)):
        go_away(engine, who, cover, until="Friday 23 October 2026")
    look(engine, managed, london("Tuesday 20 October 2026"))
    assert nags(engine) == [("acknowledge", "missed", CARA), ("acknowledge", "missed, told manager", LENA)]


def told_to(engine: Engine, who: str) -> list[tuple[str, datetime]]:
    """Each reminder somebody had, and when."""
    with reading(engine) as session:
        return [(nag.step, nag.at) for nag in session.exec(select(Nag).where(Nag.recipient == who))]


def test_a_manager_for_whom_nobody_stands_in_hears_of_a_missed_date_when_they_are_back(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    managed = above_highways(with_hours(settings, DEV, Hours(days=("monday",), from_time=time(7), until_time=time(8))))
    owned(engine, settings, now)
    go_away(engine, DEV, until="Friday 30 October 2026")
    watch(engine, managed, london("Tuesday 20 October 2026", "00:00"), london("Friday 6 November 2026"), HOURLY)
    assert told_to(engine, DEV) == [("missed, told manager", london("Monday 2 November 2026", "07:00"))]


def test_whoever_is_back_from_leave_is_told_in_hours_that_end_before_everybodys_begin(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    early = with_hours(settings, BEN, Hours(from_time=time(7), until_time=time(8)))
    owned(engine, early, now)
    go_away(engine, BEN, CARA, until="Monday 19 October 2026")
    watch(engine, early, london("Monday 19 October 2026", "00:00"), london("Tuesday 20 October 2026"), HOURLY)
    assert told_to(engine, CARA) == [("due today", london("Monday 19 October 2026", "09:00"))]
    assert told_to(engine, BEN) == [("missed", london("Tuesday 20 October 2026", "07:00"))]


def test_whoever_will_stand_in_is_told_in_hours_that_end_before_everybodys_begin(
    engine: Engine, settings: Settings, now: datetime
) -> None:
    early = with_hours(settings, CARA, Hours(from_time=time(7), until_time=time(8)))
    owned(engine, early, now)
    go_away(engine, BEN, CARA, until="Friday 23 October 2026")
    watch(engine, early, london("Friday 16 October 2026"), london("Monday 19 October 2026"), HOURLY)
    assert told_to(engine, CARA) == [("due today", london("Monday 19 October 2026", "07:00"))]


def test_a_batch_gives_what_each_alone_would(engine: Engine, settings: Settings, now: datetime) -> None:
    letters = [a_letter(f"Matter {n}.", Message_ID=f"<{n}@residents.example>") for n in range(5)]
    cases = [a_case(engine, settings=settings, now=now, raw=letter) for letter in letters]
    due = london("Monday 19 October 2026")
    for case in cases[:2]:
        with writing(engine) as session:
            note_deadlines(session, get_case(session, case.number), settings=settings, now=due)
    assert look(engine, settings, due) == 3
    with reading(engine) as session:
        given = [(nag.case_id, nag.step, nag.due) for nag in session.exec(select(Nag).order_by(col(Nag.id)))]
    assert given == [(case.id, "due today", due.date()) for case in cases]
    assert {reload(engine, case).version for case in cases} == {cases[0].version + 1}, "each card shows it"
