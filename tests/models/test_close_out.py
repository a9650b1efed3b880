"""How an answered case ends by itself: asked after once, closed after the quiet period, never over an open promise."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select, text

from jobs import close_out as job
from jobs.close_out import close_out_some
from jobs.parts import Parts
from models.case import Case
from models.closing_out import claim_to_close_out, close_out
from models.db import reading, writing
from models.duty import Duty, DutyState
from models.queries import get_case
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.settings_people import CloseOut
from tests.desk import Desk
from tests.jobs.office import HandClock, nobody

# answered on Monday 12 October 2026: asked after five working days, closed after ten more
ASKED = date(2026, 10, 19)
QUIET_UNTIL = date(2026, 11, 2)
CLOSED = date(2026, 11, 3)


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    wanted = CloseOut(after_working_days=5, quiet_working_days=10)
    return Desk(engine, settings.model_copy(update={"close_out": wanted}), now)


@pytest.fixture
def case(desk: Desk) -> Case:
    """Answered on the Monday it came."""
    return answered(desk, desk.a_case())


def answered(desk: Desk, case: Case, **given: str) -> Case:
    desk.acknowledge(case)
    return desk.answer(case, **given)


def sweep(desk: Desk) -> None:
    """The job, on that day, until it says that nothing is left."""
    parts = Parts(desk.settings, desk.engine, HandClock(desk.now), {}, nobody)
    while close_out_some(parts):
        pass


def on(desk: Desk, day: date) -> Desk:
    """The sweep on that day, at ten."""
    there = desk.on(day)
    sweep(there)
    return there


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_an_answered_case_is_asked_after_once_and_then_closes(desk: Desk, case: Case) -> None:
    seen = {}
    for day in days(desk.now.date(), CLOSED):
        on(desk, day)
        after = desk.look(case)
        seen[day] = (len(desk.letters(case, "close_out")), after.status == CaseStatus.CLOSED)
    assert next(day for day in seen if seen[day][0]) == ASKED
    assert [day for day in seen if seen[day][1]] == [CLOSED]
    after = desk.look(case)
    assert (after.closed_on, after.outcome, after.quiet_until, after.close_out_on) == (CLOSED, "upheld", None, None)
    assert len(desk.letters(case, "close_out")) == 1


def test_the_letter_says_until_when_and_is_marked_as_automatic(desk: Desk, case: Case) -> None:
    on(desk, ASKED)
    (letter,) = desk.letters(case, "close_out")
    assert "by Monday 2 November 2026, we will close the case" in letter
    assert desk.look(case).quiet_until == QUIET_UNTIL
    assert desk.details(case, "close_out_asked") == {"until": "2026-11-02"}


def test_it_closed_by_itself_and_the_event_says_why(desk: Desk, case: Case) -> None:
    on(desk, ASKED)
    on(desk, CLOSED)
    (event,) = desk.events(case, "closed")
    assert event.by_officer_id is None
    assert event.details["quiet_until"] == "2026-11-02"
    assert "nobody wrote" in event.details["reason"]


def test_without_the_setting_only_people_close(desk: Desk, settings: Settings) -> None:
    off = desk._replace(settings=settings)
    assert settings.close_out.after_working_days is None, "as it is shipped"
    case = answered(off, off.a_case())
    for day in (ASKED, CLOSED, date(2027, 3, 1)):
        on(off, day)
    assert off.look(case).status == CaseStatus.RESPONDED
    assert off.letters(case, "close_out") == []


def test_a_council_that_begins_to_close_asks_after_older_answers_too(desk: Desk, settings: Settings) -> None:
    case = answered(desk._replace(settings=settings), desk.a_case())
    on(desk, ASKED)
    assert desk.look(case).quiet_until == QUIET_UNTIL


@pytest.mark.parametrize("written_on", [date(2026, 10, 14), date(2026, 10, 21), QUIET_UNTIL])
def test_a_letter_from_the_resident_leaves_it_to_people(desk: Desk, case: Case, written_on: date) -> None:
    for day in days(desk.now.date(), CLOSED + timedelta(days=30)):
        on(desk, day)
        if day == written_on:
            desk.on(day).writes(case, "Thank you.")
    after = desk.look(case)
    assert (after.status, after.close_out_on, after.quiet_until) == (CaseStatus.RESPONDED, None, None)
    assert len(desk.events(case, "close_out_left_to_people")) == 1
    assert len(desk.letters(case, "close_out")) == (written_on >= ASKED)


def test_a_letter_that_came_before_the_answer_stops_nothing(desk: Desk) -> None:
    case = desk.a_case()
    desk.acknowledge(case)
    desk.writes(case, "A photo of it.")
    desk.answer(case)
    on(desk, ASKED)
    assert desk.look(case).quiet_until == QUIET_UNTIL


def test_it_waits_for_what_was_promised(desk: Desk) -> None:
    case = answered(desk, desk.a_case(), remedies="Mend the lamp by 2026-12-01")
    for day in days(desk.now.date(), date(2026, 12, 2)):
        on(desk, day)
    assert (desk.look(case).status, desk.letters(case, "close_out")) == (CaseStatus.RESPONDED, [])
    keep_promises(desk)
    on(desk, date(2026, 12, 3))
    assert desk.look(case).quiet_until == date(2026, 12, 17)


def test_a_promise_made_in_the_quiet_period_keeps_it_open(desk: Desk, case: Case) -> None:
    on(desk, ASKED)
    other = answered(desk, desk.a_case("More.", Message_ID="<m@residents.example>"), remedies="Ring by 2026-12-01")
    with writing(desk.engine) as session:
        (duty,) = session.exec(select(Duty).where(Duty.case_id == other.id)).all()
        duty.case_id = case.number
    for day in days(CLOSED, date(2026, 11, 20)):
        on(desk, day)
    assert desk.look(case).status == CaseStatus.RESPONDED
    keep_promises(desk)
    on(desk, date(2026, 11, 23))
    assert desk.look(case).status == CaseStatus.CLOSED


def keep_promises(desk: Desk) -> None:
    with writing(desk.engine) as session:
        for duty in session.exec(select(Duty)):
            duty.state = DutyState.DONE


@pytest.mark.parametrize("why", ["no address", "may not answer"])
def test_who_cannot_be_asked_is_left_to_people(desk: Desk, case: Case, why: str) -> None:
    if why == "no address":
        desk.complainant(case, email=None)
    else:
        desk.put(case, may_answer=False)
    on(desk, ASKED)
    on(desk, CLOSED)
    after = desk.look(case)
    assert (after.status, after.close_out_on) == (CaseStatus.RESPONDED, None)
    assert "no letter could ask" in desk.details(case, "close_out_left_to_people")["why"]


def test_an_address_that_had_its_letters_today_is_asked_tomorrow(desk: Desk, case: Case) -> None:
    there = desk.on(ASKED)
    for number in range(there.settings.letters.automatic_letters_per_day):
        there.a_case(f"Pothole {number}.", Message_ID=f"<p{number}@residents.example>")
    sweep(there)
    assert desk.letters(case, "close_out") == []
    on(desk, ASKED + timedelta(days=1))
    assert len(desk.letters(case, "close_out")) == 1


def test_nobody_is_written_to_at_night_or_at_the_weekend(desk: Desk) -> None:
    friday = desk.on(date(2026, 10, 16))
    case = answered(friday, friday.a_case())
    due = date(2026, 10, 23)
    for hour, sent in ((3, 0), (9, 1)):
        there = desk.on(due)
        sweep(there._replace(now=there.now.replace(hour=hour)))
        assert len(desk.letters(case, "close_out")) == sent
    after = desk.look(case)
    assert after.quiet_until == date(2026, 11, 6), "a Friday, so it closes on the Monday"
    on(desk, date(2026, 11, 7))
    assert desk.look(case).status == CaseStatus.RESPONDED
    on(desk, date(2026, 11, 9))
    assert desk.look(case).status == CaseStatus.CLOSED


def test_what_went_on_meanwhile_is_let_go(desk: Desk, case: Case) -> None:
    desk.close(case)
    desk.reopen(case)
    on(desk, ASKED)
    assert (desk.look(case).close_out_on, desk.letters(case, "close_out")) == (None, [])


def test_answered_again_it_is_asked_after_again(desk: Desk, case: Case) -> None:
    on(desk, ASKED)
    on(desk, CLOSED)
    later = desk.on(date(2026, 11, 9))
    later.reopen(case)
    later.answer(case)
    on(desk, date(2026, 11, 16))
    assert len(desk.letters(case, "close_out")) == 2


def test_a_campaigns_case_closes_after_those_it_speaks_for(desk: Desk, case: Case) -> None:
    follower = desk.a_case("Mine.", From="Bo <bo@residents.example>", Message_ID="<b@residents.example>")
    answered(desk, follower)
    desk.put(follower, campaign_of_id=case.id, close_out_on=None)
    on(desk, ASKED)
    on(desk, CLOSED)
    assert desk.look(case).status == CaseStatus.RESPONDED
    desk.close(follower)
    on(desk, date(2026, 11, 4))
    on(desk, date(2026, 11, 19))
    assert desk.look(case).status == CaseStatus.CLOSED


def test_a_look_that_was_cut_short_leaves_nothing_and_is_taken_again(
    desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_short(*given: object, **named: object) -> None:
        close_out(*given, **named)  # type: ignore[arg-type]
        raise RuntimeError("cut short")

    with monkeypatch.context() as patched:
        patched.setattr(job, "close_out", cut_short)
        on(desk, ASKED)
    assert (desk.look(case).quiet_until, desk.letters(case, "close_out")) == (None, [])
    on(desk, ASKED + timedelta(days=1))
    assert len(desk.letters(case, "close_out")) == 1


def test_two_looks_at_once_ask_once(desk: Desk, case: Case) -> None:
    there = desk.on(ASKED)
    for _ in range(2):
        with writing(desk.engine) as session:
            close_out(session, get_case(session, case.number), settings=there.settings, now=there.now)
    assert len(desk.letters(case, "close_out")) == 1
    assert len(desk.events(case, "close_out_asked")) == 1


def test_a_sweep_claims_only_what_is_due(desk: Desk, case: Case) -> None:
    with writing(desk.engine) as session:
        assert claim_to_close_out(session, now=desk.now) == [case.number]
        assert claim_to_close_out(session, now=desk.now) == []


def test_the_sweep_reads_an_index(desk: Desk) -> None:
    """However many cases are open or closed: only those with a look to come stand in the index."""
    is_lite = desk.engine.dialect.name == "sqlite"
    asked = "SELECT id FROM case_file WHERE close_out_on <= '2026-10-12' ORDER BY close_out_on, id LIMIT 50"
    with reading(desk.engine) as session:
        if not is_lite:
            session.connection().execute(text("SET LOCAL enable_seqscan = off"))
        explain = text(("EXPLAIN QUERY PLAN " if is_lite else "EXPLAIN ") + asked)
        plan = " ".join(str(row) for row in session.connection().execute(explain))
    assert "case_to_close_out" in plan
