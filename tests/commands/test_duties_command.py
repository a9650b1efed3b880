"""``tocsin duties`` and ``tocsin ombudsman`` as people use them."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.db import writing
from models.duties import NewDuty, make
from models.duty import DutyKind
from models.queries import get_case
from models.verbs.block import BLOCK
from models.verbs.ombudsman import OMBUDSMAN_DECISION, OMBUDSMAN_OPEN, RECOMMENDATION
from models.verbs.promise import PROMISE_ACTION
from models.verbs.request import REQUEST
from tests.build import a_letter, arrive
from tests.commands.shell import Shell
from tests.duty_desk import Desk

pytestmark = pytest.mark.slow

TABLE = 'item,value,service\nComplaints dealt with,5,\nComplaints upheld,80%,\nInvestigated,"1,003",Housing\n'


def in_days(desk: Desk, days: int) -> str:
    return desk.later(days=days).now.date().isoformat()


def test_duties_are_listed_and_narrowed(shell: Shell, desk: Desk) -> None:
    assert "Nothing is owed." in shell.run("duties").out
    today = replace(desk, now=datetime.now(UTC))
    today.act(PROMISE_ACTION, what="Fill the hole.", by=in_days(today, 400), owner="cara@council.example")
    desk.act(BLOCK, missing="file access", by="2026-10-13")
    today.act(REQUEST, party="Highways Ltd", party_email="a@b.example", what="When?", by=in_days(today, 100))
    listed = shell.run("duties", "--json").lines
    assert [line["kind"] for line in listed] == ["blocker", "request", "action"]
    assert listed[0]["days"] == (datetime.now(UTC).date() - desk.now.date()).days
    assert [line["kind"] for line in shell.run("duties", "--overdue", "--json").lines] == ["blocker"]
    assert "OVERDUE" in shell.run("duties", "--overdue").out
    assert [line["kind"] for line in shell.run("duties", "--owner", "cara@council.example", "--json").lines] == [
        "action"
    ]
    assert len(shell.run("duties", "--case", desk.case.reference, "--kind", "request").out.splitlines()) == 1
    assert "Highways Ltd: When?" in shell.run("duties").out


def test_a_partners_letter_that_waits_is_told_by_the_list_and_the_case(shell: Shell, desk: Desk) -> None:
    desk.act(REQUEST, party="Highways Ltd", party_email="a@b.example", what="When?", by="2026-12-01")
    letter = desk.letters("a@b.example")[0]
    raw = a_letter("In May.", From="a@b.example", To=letter["reply_to"], Message_ID="<1@b.example>")
    arrive(desk.engine, raw, settings=desk.settings, now=desk.now)
    [line] = shell.run("duties", "--json").lines
    assert (line["waits_to_be_read"], line["result"]) == (True, "open")
    assert "TO BE READ" in shell.run("duties").out
    assert "from a partner: Pothole in Elm Road" in shell.run("case", desk.case.reference).out


def test_a_report_whose_clock_stands_still_is_paused_and_not_overdue(shell: Shell, desk: Desk) -> None:
    with writing(desk.engine) as session:
        case = get_case(session, desk.case.number)
        case.paused_on = case.received_on
        report = NewDuty("a report", DutyKind.INVESTIGATION, "The report.", case.received_on)
        make(session, case, report, by=None, now=desk.now)
    [line] = shell.run("duties", "--json").lines
    assert (line["is_paused"], line["is_overdue"]) == (True, False)
    assert "PAUSED" in shell.run("duties").out
    assert shell.run("duties", "--overdue", "--json").lines == []


def test_a_case_or_officer_nobody_knows_is_a_sentence(shell: Shell, desk: Desk) -> None:
    for words in (("--case", "T26-99999-X"), ("--owner", "nobody@council.example")):
        refused = shell.run("duties", *words)
        assert (refused.code, refused.is_civil()) == (1, True)
        assert "Hint:" in refused.err


def test_upheld_cases_are_listed_with_their_remedies(shell: Shell, desk: Desk) -> None:
    assert "No Ombudsman's case is noted." in shell.run("ombudsman").out
    desk.act(OMBUDSMAN_OPEN, their_reference="26 001", received_on="2026-10-12")
    desk.act(OMBUDSMAN_OPEN, their_reference="26 002", received_on="2026-10-12", premature="yes")
    decided = {"decided_on": "2026-10-12", "decision": "upheld", "words": "Fault."}
    desk.act(OMBUDSMAN_DECISION, their_reference="26 001", **decided)
    given = {"what": "Apologise.", "by": "2026-11-12", "kind": "a remedy for the person"}
    desk.act(RECOMMENDATION, their_reference="26 001", **given)
    [case] = shell.run("ombudsman", "--upheld", "--json").lines
    assert (case["their_reference"], case["reference"]) == ("26 001", desk.case.reference)
    assert [(each["what"], each["result"]) for each in case["remedies"]] == [("Apologise.", "open")]
    assert "Apologise." in shell.run("ombudsman", "--open").out
    assert len(shell.run("ombudsman", "--json").lines) == 2
    assert shell.run("ombudsman", "--from", "2027-01-01", "--json").lines == []
    assert shell.run("ombudsman", "premature", "--json").lines == [{"area": "highways_transport", "count": 1}]
    turned = shell.run("ombudsman", "--from", "2027-01-01", "--until", "2026-01-01")
    assert (turned.code, turned.is_civil()) == (2, True)


def test_a_letter_is_taken_in_once_and_held_against_the_record(shell: Shell, desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "letter.csv"
    file.write_text(TABLE, encoding="utf-8-sig")
    assert "3 new, 0 changed" in shell.run("ombudsman", "import-letter", file, "--year", "2026-27").out
    file.write_text(TABLE.replace("80%", "75%"))
    assert "was 80, now 75" in shell.run("ombudsman", "import-letter", file, "--year", "2026/27").out
    assert shell.run("ombudsman", "import-letter", file, "--year", "2026-27", "--json").lines[0]["same"] == 3
    found = {line["item"]: line for line in shell.run("ombudsman", "figures", "--json").lines}
    assert (found["Complaints dealt with"]["letter"], found["Complaints dealt with"]["ours"]) == (5, 0)
    assert "5 more in the letter" in shell.run("ombudsman", "figures").out


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        (b"item,value\nLost,3\n", (), "line 2: “Lost” is no item"),
        (b"\xff\xfe\x00", (), "no text in UTF-8"),
        (b"x" * 1_000_001, (), "too large"),
        (b"item,value\nInvestigated,3\n", ("--year", "2026-28"), "no year of an annual letter"),
        (b"item,value\nInvestigated,3\n", ("--body", "The Bank"), "No procedure ends with"),
    ],
)
def test_a_letter_that_cannot_be_is_refused_whole(
    shell: Shell, desk: Desk, tmp_path: Path, content: bytes, words: tuple[str, ...], said: str
) -> None:
    file = tmp_path / "letter.csv"
    file.write_bytes(content)
    refused = shell.run("ombudsman", "import-letter", file, "--year", "2026-27", *words)
    assert (refused.code > 0, refused.is_civil()) == (True, True)
    assert said in refused.err
    assert "No annual letter was taken in." in shell.run("ombudsman", "figures").out
