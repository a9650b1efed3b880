"""An annual letter's figures: taken in once, put right when they change, and held against our own record."""

from datetime import date, datetime

import pytest
from sqlalchemy import Engine

from models.annual_letter import Compared, LetterTableWrong, compare, keep_figures, own_counts, read_table, read_year
from models.db import reading, writing
from models.settings import Settings
from models.verbs.ombudsman import OMBUDSMAN_DECISION, OMBUDSMAN_OPEN, RECOMMENDATION
from models.verbs.promise import DONE, NOT_DONE
from tests.duty_desk import Desk, a_desk

LGSCO = "Local Government and Social Care Ombudsman"
TABLE = """item,value,service
Complaints dealt with,"1,104",
Complaints upheld,80%,
Investigated,3,Highways & Transport
"""


def taken_in(engine: Engine, table: str, now: datetime, year: str = "2026-27") -> tuple[int, int, list[str]]:
    with writing(engine) as session:
        done = keep_figures(session, read_table(table), body=LGSCO, year=year, now=now)
    return done.new, done.same, done.changed


def compared(engine: Engine) -> dict[tuple[str, str], Compared]:
    with reading(engine) as session:
        return {(each.item, each.service): each for each in compare(session)}


def test_twice_the_same_changes_nothing_and_another_figure_is_named(engine: Engine, now: datetime) -> None:
    assert taken_in(engine, TABLE, now) == (3, 0, [])
    assert taken_in(engine, TABLE, now) == (0, 3, [])
    new, same, changed = taken_in(engine, TABLE.replace("80%", "79%"), now)
    assert (new, same, changed) == (0, 2, ["Complaints upheld (%): was 80, now 79"])
    assert compared(engine)["Complaints upheld (%)", ""].letter == 79


def test_another_year_stands_beside_it(engine: Engine, now: datetime) -> None:
    taken_in(engine, TABLE, now)
    assert taken_in(engine, TABLE, now, year="2025-26") == (3, 0, [])


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "line 1: these are not the columns"),
        ("item,value\n", "line 2: the table has no figures"),
        ("item;value\nInvestigated;3\n", "line 1: these are not the columns"),
        ("item,value,value\nInvestigated,3,4\n", "line 1: these are not the columns"),
        ("item,value\nInvestigated,3\nComplaints lost,4\n", "line 3: “Complaints lost” is no item"),
        ("item,value\nInvestigated,1,204\n", "line 2: it has more cells than columns"),
        ("item,value\nInvestigated\n", "line 2: “” is no figure"),
        ("item,value\nInvestigated,3\ninvestigated,4\n", "line 3: “Investigated” stands there twice"),
        ("item,value\n" + "x" * 200_000 + ",3\n", "line 2"),
        ("item,value\n\x00,3\n", "line 2"),
    ],
)
def test_a_table_with_a_mistake_is_refused_with_its_line(table: str, said: str) -> None:
    with pytest.raises(LetterTableWrong) as wrong:
        read_table(table)
    assert said in str(wrong.value)


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(LetterTableWrong) as wrong:
        read_table("item,value\nLost,3\nInvestigated,x\n")
    assert [problem.place for problem in wrong.value.problems] == ["line 2", "line 3"]


def test_a_mark_before_the_table_and_spaces_do_no_harm() -> None:
    assert len(read_table("\ufeffItem, Value\r\nInvestigated, 3\r\n\r\n")) == 1


@pytest.mark.parametrize("year", ["2024", "2024-26", "1999-00", "24-25", "2024-2025", "2024-24", ""])
def test_what_is_no_year_is_refused(year: str) -> None:
    with pytest.raises(ValueError, match="no year of an annual letter"):
        read_year(year)


def test_a_year_begins_in_april_also_over_a_century() -> None:
    assert (read_year("2024/25"), read_year("2099-00")) == (date(2024, 4, 1), date(2099, 4, 1))


@pytest.fixture
def desk(engine: Engine, settings: Settings, now: datetime) -> Desk:
    """One upheld case with two recommendations, one carried out; one closed; one that came too early."""
    desk = a_desk(engine, settings, now)
    for reference, decision in (("1", "upheld"), ("2", "closed without an investigation")):
        desk.act(OMBUDSMAN_OPEN, their_reference=reference, received_on="2026-10-12")
        decided = {"decided_on": "2026-10-12", "decision": decision, "words": "As they write."}
        desk.act(OMBUDSMAN_DECISION, their_reference=reference, **decided)
    desk.act(OMBUDSMAN_OPEN, their_reference="3", received_on="2026-10-12", premature="yes")
    for what in ("Apologise.", "Pay."):
        given = {"what": what, "by": "2026-11-12", "kind": "a remedy for the person"}
        desk.act(RECOMMENDATION, their_reference="1", **given)
    first, second = [duty.number for duty in desk.duties()]
    desk.act(DONE, duty=first, done_on="2026-10-12", evidence="The letter.")
    desk.act(NOT_DONE, duty=second, reason="Refused.")
    return desk


def test_our_own_counts_follow_the_year_and_the_service(desk: Desk) -> None:
    with reading(desk.engine) as session:
        ours = own_counts(session, LGSCO, date(2026, 4, 1))
        assert own_counts(session, LGSCO, date(2025, 4, 1))["Complaints dealt with"] == 0
        assert own_counts(session, LGSCO, date(2026, 4, 1), "Housing")["Complaints dealt with"] == 0
        assert own_counts(session, LGSCO, date(2026, 4, 1), "Highways & Transport") == ours
        assert own_counts(session, "Housing Ombudsman", date(2026, 4, 1))["Complaints dealt with"] == 0
    assert ours == {
        "Complaints dealt with": 3,
        "Not for us": 1,
        "Assessed and closed": 1,
        "Investigated": 1,
        "Complaints upheld": 1,
        "Satisfactory remedies provided by the Council": 0,
        "Compliance with Ombudsman recommendations": 1,
        "Complaints upheld (%)": 100,
        "Satisfactory remedies provided by the Council (%)": 0,
        "Compliance with Ombudsman recommendations (%)": 50,
    }


def test_what_differs_is_named(desk: Desk) -> None:
    table = "item,value\nComplaints dealt with,5\nInvestigated,1\nAssessed and closed,0\nUphold Rate (%),64\n"
    taken_in(desk.engine, table, desk.now)
    found = compared(desk.engine)
    assert "2 more in the letter (the Ombudsman does not tell" in found["Complaints dealt with", ""].difference
    assert found["Investigated", ""].difference == ""
    assert found["Assessed and closed", ""].difference == "1 more in the record"
    assert (found["Uphold Rate (%)", ""].ours, found["Uphold Rate (%)", ""].difference) == (None, "")


def test_older_figures_are_shown_as_they_were_and_as_todays(desk: Desk) -> None:
    taken_in(desk.engine, "item,value\nUpheld,9\nNot Upheld,6\n", desk.now)
    found = compared(desk.engine)
    assert (found["Upheld", ""].letter, found["Upheld", ""].ours) == (9, None)
    assert (found["Investigated", ""].letter, found["Investigated", ""].ours) == (15, 1)
