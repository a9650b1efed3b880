"""The Home tab knows what is owed on a case beside its own clock: a hazard's hours, a remedy, a report."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from bot.home import home_tab
from bot.home_view import Asking, Shown, home_view
from models.db import reading, writing
from models.duty import Duty, DutyKind, DutyState
from models.queries import get_case
from models.rules.steps import CaseStatus
from models.settings import Settings
from tests.build import a_letter, officer
from tests.duty_desk import HAZARD, Desk, a_desk, start
from tests.jobs.office import words_on
from tests.people import BEN, CARA, DEV, LENA

MONDAY = date(2026, 10, 12)


@dataclass(frozen=True)
class Tab:
    """The Home tabs of those who look at what is owed on one case."""

    desk: Desk

    def of(self, who: str, shown: Shown = Shown.ALL) -> str:
        by, desk = officer(self.desk.engine, who), self.desk
        with reading(desk.engine) as session:
            seen = home_view(session, by, Asking(shown), settings=desk.settings, now=desk.now)
        return words_on(home_tab(seen)["blocks"])

    def lists(self, who: str, shown: Shown) -> bool:
        return self.desk.case.reference in self.of(who, shown)

    def later(self, **how_long: float) -> "Tab":
        return Tab(self.desk.later(**how_long))

    def put(self, who: str | None = None, **changed: object) -> None:
        """Change the case in the record; ``who`` has it then."""
        with writing(self.desk.engine) as session:
            case = get_case(session, self.desk.case.number)
            case.owner_id = officer(self.desk.engine, who).id if who else None
            for name, value in changed.items():
                setattr(case, name, value)

    def owe(self, kind: DutyKind, due: date, who: str | None = None, key: str = "one") -> None:
        by = officer(self.desk.engine, who).id if who else None
        with writing(self.desk.engine) as session:
            session.add(
                Duty(
                    key=key,
                    case_id=self.desk.case.number,
                    kind=kind,
                    what="Pay Asha.",
                    due=due,
                    owner_id=by,
                    made_at=self.desk.now,
                )
            )


def letter(number: int) -> bytes:
    return a_letter(f"The lamp at number {number} is dark.", Message_ID=f"<{number}@residents.example>")


@pytest.fixture
def tab(engine: Engine, settings: Settings, now: datetime) -> Tab:
    return Tab(a_desk(engine, settings, now))


@pytest.fixture
def hazard(engine: Engine, settings: Settings, now: datetime) -> Tab:
    desk = a_desk(engine, settings, now, opinion=HAZARD)
    start(desk, procedure="housing")
    return Tab(desk)


def test_hours_of_a_hazard_stand_before_the_cases_own_date(hazard: Tab) -> None:
    hazard.put(DEV)
    [hours] = [duty for duty in hazard.desk.duties() if duty.due_at]
    assert hours.what in hazard.of(DEV)
    assert "MISSED" not in hazard.of(DEV)
    told = hazard.later(hours=24, minutes=1).of(DEV)
    assert told.index(f"{hours.what}  ⚠ MISSED") < told.index("Acknowledge by")


def test_missed_hours_are_told_though_the_case_was_late_before(hazard: Tab) -> None:
    hazard.put(DEV, acknowledge_by=MONDAY - timedelta(days=3))
    told = hazard.later(hours=24, minutes=1).of(DEV)
    [hours] = [duty for duty in hazard.desk.duties() if duty.due_at]
    assert told.index("⚠ MISSED: Acknowledge by Friday 9 October 2026") < told.index(hours.what)


@pytest.mark.parametrize("who", [DEV, None])
def test_a_case_whose_hours_have_passed_is_late_whoever_has_it(hazard: Tab, who: str | None) -> None:
    hazard.put(who)
    assert not hazard.lists(DEV, Shown.LATE)
    assert hazard.later(hours=24, minutes=1).lists(DEV, Shown.LATE)
    assert not hazard.later(hours=24, minutes=1).lists(BEN, Shown.LATE)


def test_the_whole_board_counts_a_case_whose_duty_is_late(hazard: Tab) -> None:
    assert "1 owed, 0 late" in hazard.of(LENA)
    assert "1 owed, 1 late" in hazard.later(hours=24, minutes=1).of(LENA)


@pytest.mark.parametrize("who", [BEN, None])
def test_a_remedy_owed_after_the_answer_is_listed(tab: Tab, who: str | None) -> None:
    tab.put(who, status=CaseStatus.RESPONDED, responded_on=MONDAY)
    assert not tab.lists(BEN, Shown.ALL)
    tab.owe(DutyKind.REMEDY, MONDAY + timedelta(days=2))
    assert "Promised: a remedy by Wednesday 14 October 2026" in tab.of(BEN, Shown.WEEK)
    assert not tab.lists(BEN, Shown.LATE)
    assert "⚠ MISSED" in tab.later(days=3).of(BEN, Shown.LATE)
    assert "Asha" not in tab.of(BEN)


def test_a_duty_that_is_settled_is_owed_no_longer(tab: Tab) -> None:
    tab.put(BEN, status=CaseStatus.RESPONDED, responded_on=MONDAY)
    tab.owe(DutyKind.REMEDY, MONDAY)
    with writing(tab.desk.engine) as session:
        session.get_one(Duty, tab.desk.duty().number).state = DutyState.DONE
    assert not tab.lists(BEN, Shown.ALL)


def test_who_owes_one_thing_on_anothers_case_reads_of_that_alone(tab: Tab) -> None:
    tab.put(BEN)
    tab.owe(DutyKind.ACTION, MONDAY + timedelta(days=60), CARA)
    assert "Promised: an action by Friday 11 December 2026" in tab.of(CARA)
    assert "Acknowledge by" not in tab.of(CARA)
    assert not tab.later(days=30).lists(CARA, Shown.LATE)
    assert tab.later(days=30).lists(BEN, Shown.LATE)


def test_a_report_whose_date_stands_still_is_shown_as_paused_and_is_not_late(tab: Tab) -> None:
    tab.put(BEN, status=CaseStatus.ACKNOWLEDGED, acknowledged_on=MONDAY, paused_on=MONDAY)
    tab.owe(DutyKind.INVESTIGATION, MONDAY)
    after = tab.later(days=9)
    assert "its date stands still with the answer’s" in after.of(BEN)
    assert "⏸ Its clock stands still" in after.of(BEN)
    assert not after.lists(BEN, Shown.LATE)


def test_a_remedy_does_not_stand_still_with_the_clock(tab: Tab) -> None:
    tab.put(BEN, status=CaseStatus.ACKNOWLEDGED, acknowledged_on=MONDAY, paused_on=MONDAY)
    tab.owe(DutyKind.REMEDY, MONDAY)
    told = tab.later(days=1).of(BEN, Shown.LATE)
    assert "⚠ MISSED\n⏸ Its clock stands still" in told


def test_what_is_due_first_comes_first(hazard: Tab) -> None:
    other = a_desk(hazard.desk.engine, hazard.desk.settings, hazard.desk.now, raw=letter(2))
    Tab(other).put(DEV, acknowledge_by=MONDAY + timedelta(days=2))
    hazard.put(DEV)
    told = hazard.of(DEV)
    assert told.index(hazard.desk.case.reference) < told.index(other.case.reference)


def test_duties_are_asked_for_once_however_many_there_are(tab: Tab) -> None:
    tab.put(BEN)

    def asked() -> int:
        found: list[str] = []

        def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
            found.append(statement)

        event.listen(tab.desk.engine, "before_cursor_execute", note)
        tab.of(BEN)
        event.remove(tab.desk.engine, "before_cursor_execute", note)
        return len(found)

    before = asked()
    for number in range(5):
        a_desk(tab.desk.engine, tab.desk.settings, tab.desk.now, raw=letter(number))
        tab.owe(DutyKind.REMEDY, MONDAY, key=f"remedy {number}")
    assert asked() == before
