"""``tocsin deadlines``: the dates of the law's examples, as JSON and day by day."""

import json

import pytest

from tests.commands.shell import Shell
from tests.days import day

pytestmark = pytest.mark.slow

KEYS = ["procedure", "stage", "calendar", "acknowledge_by", "respond_by", "extended_respond_by"]


def statutory(title: str, within: str, longest: str, calendar: str | None = None) -> dict[str, object]:
    stage = {
        "name": "stage 1",
        "acknowledge": {"within": "1 working days", "of": "received"},
        "respond": {"within": within, "of": "received"},
        "longest_extension": longest,
    }
    known: dict[str, object] = {
        "title": title,
        "stages": [stage],
        "answers": ["complaint"],
        "external_body": "Ombudsman",
    }
    return known | ({"calendar": calendar} if calendar else {})


OTHERS = {
    "children": statutory("Children's stage 1", "10 working days", "10 working days"),
    "children-investigation": statutory("Children's stage 2", "25 working days", "40 working days"),
    "panel": statutory("Children's review panel", "30 working days", "0 working days"),
    "foi": statutory("Freedom of information", "20 working days", "20 working days", "any-uk-nation"),
    "member": statutory("Member enquiry", "10 working days", "0 working days"),
    "data": statutory("Data protection complaint", "30 days", "0 days"),
}


@pytest.mark.parametrize(
    ("words", "acknowledge_by", "respond_by", "extended"),
    [
        ("--received 2026-04-02", "Monday 13 April 2026", "Monday 27 April 2026", None),
        ("--received 2026-04-02 --nation scotland", "Friday 10 April 2026", "Friday 24 April 2026", None),
        ("--received 2026-04-02 --nation Northern_Ireland", "Monday 13 April 2026", "Monday 27 April 2026", None),
        (
            "--received 2026-04-02 --acknowledged 2026-04-13 --extended",
            "Monday 13 April 2026",
            "Monday 27 April 2026",
            "Tuesday 12 May 2026",
        ),
        (
            "--received 2026-04-02 --acknowledged 2026-04-07 --extended",
            "Monday 13 April 2026",
            "Tuesday 21 April 2026",
            "Wednesday 6 May 2026",
        ),
        ("--received 2026-12-21", "Wednesday 30 December 2026", "Thursday 14 January 2027", None),
        ("--received 2026-08-24 --stage 2", "Tuesday 1 September 2026", "Tuesday 29 September 2026", None),
    ],
)
def test_the_corporate_dates_are_those_of_the_code(
    shell: Shell, words: str, acknowledge_by: str, respond_by: str, extended: str | None
) -> None:
    ran = shell.run("deadlines", "corporate", *words.split(), "--json")
    assert (ran.code, ran.err) == (0, "")
    [answer] = ran.lines
    assert list(answer) == KEYS
    assert answer["procedure"] == "corporate"
    assert answer["stage"] == (2 if "--stage" in words else 1)
    assert (answer["acknowledge_by"], answer["respond_by"]) == (str(day(acknowledge_by)), str(day(respond_by)))
    assert answer["extended_respond_by"] == (str(day(extended)) if extended else None)


@pytest.mark.parametrize(
    ("procedure", "received", "respond_by", "extended"),
    [
        ("children", "2026-03-02", "Monday 16 March 2026", "Monday 30 March 2026"),
        ("children-investigation", "2026-03-02", "Wednesday 8 April 2026", "Friday 5 June 2026"),
        ("panel", "2026-03-02", "Wednesday 15 April 2026", None),
        ("foi", "2026-03-02", "Tuesday 31 March 2026", None),
        ("member", "2026-05-01", "Monday 18 May 2026", None),
        ("data", "2026-07-03", "Sunday 2 August 2026", None),
    ],
)
def test_a_procedure_of_the_councils_own_counts_as_its_settings_say(
    shell: Shell, procedure: str, received: str, respond_by: str, extended: str | None
) -> None:
    shell.environment["TOCSIN__PROCEDURES"] = json.dumps({"corporate": statutory("C", "10 days", "0 days")} | OTHERS)
    ran = shell.run("deadlines", procedure, "--received", received, "--extended", "--json")
    [answer] = ran.lines
    assert answer["respond_by"] == str(day(respond_by))
    if extended:
        assert answer["extended_respond_by"] == str(day(extended))
    if procedure == "foi":
        assert answer["calendar"] == "any-uk-nation"
    if procedure == "member":
        assert answer["acknowledge_by"] == str(day("Tuesday 5 May 2026"))


def test_explain_names_every_day_and_why_it_was_skipped(shell: Shell) -> None:
    ran = shell.run("deadlines", "corporate", "--received", "2026-04-02", "--explain", CLOSED_DAYS="[2026-04-08]")
    assert ran.code == 0
    assert "Friday 3 April 2026          Good Friday" in ran.out
    assert "Monday 6 April 2026          Easter Monday" in ran.out
    assert "Thursday 2 April 2026, which does not count" in ran.out
    [closed] = [line for line in ran.out.splitlines() if "Wednesday 8 April 2026" in line]
    assert closed.split()[0] == "–"
    assert "acknowledge by       Tuesday 14 April 2026" in ran.out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("nonsense --received 2026-04-02", "corporate"),
        ("corporate --received 2026-04-02 --stage 9", "stages 1 to 2"),
        ("corporate --received 2026-04-02 --nation France", "scotland"),
        ("corporate --received 2026-04-02 --acknowledged 2026-04-01", "two dates"),
        ("corporate --received 2026-02-30", "2026-02-30"),
        ("corporate", "--received"),
        ("corporate --received 9999-12-30", "date"),
    ],
)
def test_a_wrong_question_gets_a_sentence_and_code_2(shell: Shell, words: str, hint: str) -> None:
    ran = shell.run("deadlines", *words.split())
    assert ran.is_civil(), ran.err
    assert ran.code == 2
    assert hint in ran.err
