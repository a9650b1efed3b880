"""``tocsin people``, ``tocsin away`` and ``tocsin independents`` as people use them."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from models.case import Case
from models.council import officer_by_email, sync_officers
from models.db import open_engine, writing
from models.handling import take
from tests.build import a_case, the_settings
from tests.commands.shell import Shell
from tests.people import OFFICERS

pytestmark = pytest.mark.slow

TODAY = datetime.now(UTC).date()
NEXT_WEEK = TODAY + timedelta(days=7)
BEN, CARA, LENA = "ben@council.example", "cara@council.example", "lena@council.example"


@pytest.fixture
def reference(shell: Shell) -> str:
    """A case of Ben's."""
    settings, now = the_settings(shell.folder), datetime.now(UTC)
    engine = open_engine(settings.database.url)
    with writing(engine) as session:
        sync_officers(session, settings)
    case = a_case(engine, settings=settings, now=now)
    with writing(engine) as session:
        ben = officer_by_email(session, BEN)
        assert ben is not None
        take(session, session.exec(select(Case)).one(), by=ben, now=now)
    engine.dispose()
    return case.reference


def test_an_absence_from_going_to_coming_back(shell: Shell, reference: str) -> None:
    gone = shell.run(
        "away", BEN, "--from", TODAY, "--until", NEXT_WEEK, "--cover", CARA, "--by", "lena@council.example"
    )
    assert (gone.code, gone.out.endswith("Cara Lewis covers.\n")) == (0, True), gone.err
    [ben] = [line for line in shell.run("people", "--json").lines if line["email"] == BEN]
    assert (ben["away_until"], ben["cover"], ben["open_cases"]) == (str(NEXT_WEEK), "Cara Lewis", 1)
    [listed] = shell.run("people", "handover", BEN, "--json").lines
    assert [each["reference"] for each in listed["cases"]] == [reference]
    assert listed["stood_in_by"] == "Cara Lewis"
    assert "Cara Lewis stands in" in shell.run("people", "handover", BEN).out
    assert "Ben Carter is back" in shell.run("people", "back", BEN.upper()).out
    again = shell.run("people", "back", BEN)
    assert (again.code, again.is_civil(), "not away" in again.err) == (1, True, True)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((BEN, "--from", TODAY, "--until", TODAY, "--cover", BEN), "Nobody covers for themselves"),
        ((BEN, "--from", NEXT_WEEK, "--until", TODAY), "before it begins"),
        ((BEN, "--from", "2026-02-29", "--until", TODAY), "2026-02-29"),
        (("eve@council.example", "--from", TODAY, "--until", TODAY), "No officer has, or had, the address"),
        ((BEN, "--from", TODAY, "--until", TODAY, "--by", "eve@council.example"), "No officer has the address"),
    ],
)
def test_what_cannot_be_entered_is_refused_in_a_sentence(
    shell: Shell, words: tuple[object, ...], sentence: str
) -> None:
    refused = shell.run("away", *words)
    assert refused.code != 0
    assert refused.is_civil()
    assert sentence in refused.err


def test_who_is_away_already_is_called_back_first(shell: Shell) -> None:
    shell.run("away", BEN, "--from", TODAY, "--until", NEXT_WEEK)
    refused = shell.run("away", BEN, "--from", NEXT_WEEK, "--until", NEXT_WEEK)
    assert f"already. To change that, call it off first: tocsin people back {BEN}" in refused.err


def test_the_cases_of_a_leaver_are_listed_until_somebody_has_them(shell: Shell, reference: str) -> None:
    assert "Somebody looks after every case" in shell.run("people", "orphans").out
    stayed = json.dumps([each for each in OFFICERS if each["email"] != BEN])
    [orphan] = shell.run("people", "orphans", "--json", OFFICERS=stayed).lines
    assert (orphan["reference"], orphan["why"]) == (reference, "has left")
    assert reference in shell.run("people", "orphans", OFFICERS=stayed).out
    assert "has left" in shell.run("people", "handover", BEN, OFFICERS=stayed).out
    [left] = [line for line in shell.run("people", "--json", OFFICERS=stayed).lines if line["has_left"]]
    assert (left["email"], left["open_cases"]) == (BEN, 1)


def test_people_are_listed_for_reading(shell: Shell) -> None:
    listed = shell.run("people")
    assert (listed.code, listed.is_civil()) == (0, True)
    assert "Ben Carter" in listed.out
    assert "Lena Moss (corporate lead)" in listed.out


def test_the_pool_from_taking_somebody_in_to_their_leaving(shell: Shell) -> None:
    ivy = "ivy@independents.example"
    added = shell.run("independents", "add", ivy, "--name", "Ivy", "--role", "Independent Person", "--fee", "900")
    assert (added.code, added.out.startswith("Ivy is in the pool.")) == (0, True), added.err
    away = shell.run("independents", "unavailable", ivy, "--from", TODAY, "--until", TODAY)
    assert away.out.startswith("Ivy is not free from ")
    [pool] = shell.run("independents", "list", "--json").lines
    assert (pool["people"][0]["email"], pool["people"][0]["fee"]) == (ivy, "£900.00")
    assert pool["people"][0]["is_free_today"] is False
    assert "not free today" in shell.run("independents", "list").out
    assert shell.run("independents", "cost", "--year", "2026-27").out == "2026-27: 0 cases, £0.00 in all\n"
    assert shell.run("independents", "retire", ivy).out == "Ivy has left the pool.\n"
    assert shell.run("independents", "list", "--json").lines[0]["people"] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("add", BEN, "--name", "Ben", "--role", "Independent Person"), "is an officer of the council"),
        (("add", "i@x.example", "--name", "I", "--role", "Referee"), "No procedure has the role"),
        (("add", "i@x.example", "--name", "I", "--role", "Independent Person", "--fee", "lots"), "no sum in pounds"),
        (("retire", "i@x.example"), "Nobody of the pool has the address"),
        (("cost", "--year", "2026-28"), "2026-28 is no year"),
    ],
)
def test_what_the_pool_cannot_have_is_refused_in_a_sentence(
    shell: Shell, words: tuple[str, ...], sentence: str
) -> None:
    refused = shell.run("independents", *words)
    assert refused.code != 0
    assert refused.is_civil()
    assert sentence in refused.err
