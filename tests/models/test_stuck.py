"""What does not move is found with its reasons in words, the oldest first, in a fixed number of questions."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from models.case import Case
from models.clock import london_date
from models.db import reading
from models.rules.labels import Area, Kind
from models.settings import Settings
from models.stuck import Stuck, areas_managed, stuck
from models.verbs.block import BLOCK
from models.verbs.handled import CORRECT_AREA, CORRECT_KIND, TAKE
from models.verbs.pause import PAUSE
from models.verbs.request import REQUEST
from tests.build import a_case, a_letter, an_opinion, arrive, officer
from tests.desk import Desk
from tests.moving import a_procedure
from tests.people import BEN, CARA, DEV, LENA
from tests.staff import goes_away, has_left, with_team

EVERY = frozenset(Area)
HIGHWAYS = frozenset({Area.HIGHWAYS_TRANSPORT})


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    return Desk(engine, settings, now)


def found(desk: Desk, areas: frozenset[Area] = EVERY) -> list[Stuck]:
    with reading(desk.engine) as session:
        return stuck(session, areas, now=desk.now)


def whys(desk: Desk) -> list[str]:
    return [each.why for each in found(desk)]


def taken(desk: Desk, by: str = BEN) -> Case:
    case = desk.a_case()
    desk.use(TAKE, case, by)
    return case


def test_what_moves_is_not_in_it(desk: Desk) -> None:
    taken(desk)
    assert found(desk) == []


def test_a_new_case_has_a_day_to_find_its_owner(desk: Desk) -> None:
    desk.a_case()
    assert found(desk) == []
    assert whys(desk.later(days=1)) == ["Nobody has it (for 1 day)."]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (7, []),
        (8, ["Its acknowledgement was due by Monday 19 October 2026 (for 1 day)."]),
    ],
)
def test_a_missed_acknowledgement(desk: Desk, days: int, said: list[str]) -> None:
    taken(desk)
    assert whys(desk.later(days=days)) == said


def test_a_missed_answer(desk: Desk) -> None:
    desk.acknowledge(taken(desk))
    assert whys(desk.later(days=22)) == ["Its answer was due by Monday 26 October 2026 (for 8 days)."]


def test_a_clock_that_stands_still(desk: Desk) -> None:
    desk = desk.with_procedures(corporate=a_procedure({"pauses": ["an advocate"]}, title="Ours"))
    case = taken(desk)
    desk.acknowledge(case)
    desk.use(PAUSE, case, reason="an advocate")
    assert whys(desk.later(days=30)) == ["Its clock stands still (for 30 days)."]


def test_what_waits_for_something_or_somebody_says_for_how_long_and_nothing_that_was_typed(desk: Desk) -> None:
    case = taken(desk)
    desk.use(BLOCK, case, missing="file access", what="Mr Okafor has the key")
    later = desk.later(days=2)
    later.use(BLOCK, case, missing="other", what="Asha's photographs")
    later.use(REQUEST, case, party="Smith Ltd", party_email="a@b.example", what="When?", by="2026-10-20")
    [each] = found(later)
    assert each.why == (
        "It waits for file access (for 2 days); it waits for something that is missing (since today); "
        "it waits for the answer of whoever was asked (since today)."
    )


def test_an_owner_who_is_away_without_cover_or_has_left(desk: Desk) -> None:
    taken(desk)
    today = london_date(desk.now)
    goes_away(desk.engine, BEN, None, (today, today + timedelta(days=3)), settings=desk.settings, now=desk.now)
    assert whys(desk) == ["Its owner, Ben Carter, is away, and nobody who may act covers."]
    has_left(desk.engine, BEN)
    assert whys(desk) == ["Its owner, Ben Carter, has left."]


def test_an_owner_whose_cover_may_act_is_no_reason(desk: Desk) -> None:
    taken(desk)
    today = london_date(desk.now)
    goes_away(desk.engine, BEN, CARA, (today, today + timedelta(days=3)), settings=desk.settings, now=desk.now)
    assert found(desk) == []


@pytest.mark.parametrize(("hours", "count"), [(23, 0), (25, 1)])
def test_a_doubt_that_waits_for_more_than_a_day(desk: Desk, hours: int, count: int) -> None:
    case = a_case(desk.engine, settings=desk.settings, now=desk.now, opinion=an_opinion(None))
    desk.use(TAKE, case)
    assert len(found(desk.later(hours=hours))) == count
    if count:
        assert whys(desk.later(hours=hours)) == ["Nobody is sure what it is, and nobody has said (for 1 day)."]
    desk.use(CORRECT_KIND, case, kind=Kind.COMPLAINT)
    assert found(desk.later(hours=hours)) == []


def test_a_held_message_is_the_corporate_teams(desk: Desk) -> None:
    arrive(desk.engine, a_letter("", Subject=""), settings=desk.settings, now=desk.now)
    [each] = found(desk)
    assert (each.reference, each.case_id, each.message, each.area) == ("Message 1", None, 1, Area.CORPORATE_OTHER)
    assert each.why.startswith("It is held (since today): ")
    assert found(desk, HIGHWAYS) == []


def test_the_oldest_is_first_and_a_case_stands_once_with_all_its_reasons(desk: Desk) -> None:
    second = a_case(
        desk.engine, settings=desk.settings, now=desk.later(days=1).now, raw=a_letter(Message_ID="<b@r.example>")
    )
    first = desk.a_case(Message_ID="<a@r.example>")
    later = desk.later(days=9)
    assert [each.reference for each in found(later)] == [first.reference, second.reference]
    assert found(later)[0].why == (
        "Nobody has it (for 9 days); its acknowledgement was due by Monday 19 October 2026 (for 2 days)."
    )


def test_answered_and_closed_cases_are_in_it_no_more(desk: Desk) -> None:
    case = taken(desk)
    desk.acknowledge(case)
    desk.answer(case)
    desk.close(case)
    assert found(desk.later(days=90)) == []


def test_only_the_areas_that_are_asked_for(desk: Desk) -> None:
    case = desk.a_case()
    desk.use(CORRECT_AREA, case, area=Area.HOUSING)
    later = desk.later(days=1)
    assert [each.area for each in found(later, frozenset({Area.HOUSING}))] == [Area.HOUSING]
    assert found(later, HIGHWAYS) == []
    assert found(later, frozenset()) == []


def managed(desk: Desk, who: str) -> frozenset[Area]:
    with reading(desk.engine) as session:
        by = session.merge(officer(desk.engine, who))
        return areas_managed(session, by, settings=desk.settings, today=london_date(desk.now))


def test_whoever_manages_heads_or_leads_sees_what_they_answer_for(desk: Desk) -> None:
    desk = desk._replace(
        settings=with_team(desk.settings, manager="cara@council.example", head_of_service="dev@council.example")
    )
    assert managed(desk, CARA) == HIGHWAYS
    assert managed(desk, DEV) == frozenset(), "he may open none of them"
    assert managed(desk, BEN) == frozenset()
    assert managed(desk, LENA) == EVERY


def test_whoever_covers_for_a_manager_sees_it_meanwhile(desk: Desk) -> None:
    desk = desk._replace(settings=with_team(desk.settings, manager="cara@council.example"))
    today = london_date(desk.now)
    goes_away(desk.engine, CARA, BEN, (today, today), settings=desk.settings, now=desk.now)
    assert managed(desk, BEN) == HIGHWAYS
    assert managed(desk.later(days=1), BEN) == frozenset()


def test_many_cases_take_no_more_questions_than_few(desk: Desk) -> None:
    def questions() -> int:
        asked: list[str] = []
        event.listen(desk.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
        assert found(desk.later(days=30))
        return len(asked)

    desk.a_case(Message_ID="<0@r.example>")
    few = questions()
    for number in range(1, 20):
        desk.use(BLOCK, desk.a_case(Message_ID=f"<{number}@r.example>"), missing="legal advice")
    assert questions() == few
    assert few <= 8
