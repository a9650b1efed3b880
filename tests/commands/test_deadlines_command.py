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


@pytest.mark.parametrize(
    ("words", "acknowledge_by", "respond_by", "extended"),
    [
        ("housing --received 2026-04-02", "2026-04-13", "2026-04-27", "2026-05-12"),
        ("children --received 2026-03-02", None, "2026-03-16", "2026-03-30"),
        ("children --stage 2 --received 2026-03-02", None, "2026-04-08", "2026-06-05"),
        ("adults --received 2026-04-02", "2026-04-09", "2026-10-02", None),
        ("foi --received 2026-03-02", None, "2026-03-31", None),
        ("eir --received 2026-03-02", None, "2026-03-31", "2026-04-30"),
        ("sar --received 2026-01-30", None, "2026-03-02", "2026-04-30"),
        ("dp_complaint --received 2026-07-03", "2026-08-03", None, None),
        ("member_enquiry --received 2026-05-01", "2026-05-05", "2026-05-18", None),
        ("scotland --received 2026-06-12", None, "2026-06-22", "2026-06-29"),
        ("scotland --stage 2 --received 2026-06-12", "2026-06-18", "2026-07-13", None),
        ("wales --received 2026-03-02", None, "2026-03-16", None),
        ("wales --received 2026-03-02 --area adult_social_care", "2026-03-04", "2026-03-18", None),
        ("northern_ireland --received 2026-07-10", None, "2026-07-20", "2026-07-27"),
        ("ombudsman --received 2026-03-02", None, "2026-03-30", None),
        ("ombudsman --stage 2 --received 2026-03-02", None, "2026-03-16", None),
    ],
)
def test_every_procedure_says_its_dates(
    shell: Shell, words: str, acknowledge_by: str | None, respond_by: str | None, extended: str | None
) -> None:
    ran = shell.run("deadlines", *words.split(), "--extended", "--json")
    assert (ran.code, ran.err) == (0, "")
    [answer] = ran.lines
    assert list(answer) == KEYS
    assert [answer[key] for key in KEYS[3:]] == [acknowledge_by, respond_by, extended]


@pytest.mark.parametrize(
    ("words", "panel_by", "panel_report_by", "council_response_by"),
    [
        ("", "2026-04-15", "2026-04-22", "2026-05-14"),
        ("--panel-met 2026-04-01", "2026-04-15", "2026-04-10", "2026-05-01"),
        ("--panel-met 2026-04-01 --panel-reported 2026-04-07", "2026-04-15", "2026-04-10", "2026-04-28"),
    ],
)
def test_the_panels_stage_adds_its_dates(
    shell: Shell, words: str, panel_by: str, panel_report_by: str, council_response_by: str
) -> None:
    ran = shell.run("deadlines", "children", "--stage", 3, "--received", "2026-03-02", *words.split(), "--json")
    [answer] = ran.lines
    assert list(answer) == [*KEYS, "panel_by", "panel_report_by", "council_response_by"]
    assert answer["panel_by"] == panel_by
    assert answer["panel_report_by"] == panel_report_by
    assert answer["respond_by"] == answer["council_response_by"] == council_response_by
    assert answer["acknowledge_by"] is None


def test_explain_speaks_of_every_date_of_the_panels_stage(shell: Shell) -> None:
    ran = shell.run(
        "deadlines", "children", "--stage", 3, "--received", "2026-03-02", "--panel-met", "2026-04-01", "--explain"
    )
    assert "panel by: 30 working days from escalation requested: Monday 2 March 2026, which" in ran.out
    assert "panel report by: 5 working days from panel met: Wednesday 1 April 2026, which" in ran.out
    assert "council response by: 15 working days from panel reported, at the latest: Friday 10 April 2026" in ran.out


def test_explain_shows_the_extension_in_one_run(shell: Shell) -> None:
    ran = shell.run("deadlines", "corporate", "--received", "2026-04-02", "--extended", "--explain")
    _, _, run = ran.out.partition("extended respond by: 20 working days from acknowledged, at the latest: Monday 13")
    assert "  20  Tuesday 12 May 2026" in run


def test_explain_says_where_a_limit_rolls_on(shell: Shell) -> None:
    ran = shell.run("deadlines", "dp_complaint", "--received", "2026-07-03", "--explain")
    assert ran.out.splitlines()[-2:] == [
        "   30  Sunday 2 August 2026",
        "    –  Monday 3 August 2026         rolls to the next working day",
    ]


def test_a_record_that_was_agreed_counts_where_the_settings_say_so(shell: Shell) -> None:
    asked = ("deadlines", "children", "--stage", 2, "--received", "2026-03-02", "--record-agreed", "2026-03-09")
    assert "nothing at this stage is counted from the day of “record agreed”" in shell.run(*asked).out
    ran = shell.run(*asked, "--json", PROCEDURES__CHILDREN__STAGES__1__RESPOND__OF="record agreed")
    [answer] = ran.lines
    assert answer["respond_by"] == "2026-04-15"


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
        ("children --stage 2 --received 2026-03-02 --record-agreed 2026-03-01", "cannot come before --received"),
        ("children --stage 3 --received 2026-03-02 --panel-met 2026-03-01", "cannot come before --received"),
        (
            "children --stage 3 --received 2026-03-02 --panel-met 2026-04-02 --panel-reported 2026-04-01",
            "--panel-reported (Wednesday 1 April 2026) cannot come before --panel-met (Thursday 2 April 2026)",
        ),
        ("children --stage 3 --received 2026-03-02 --panel-reported 2026-03-01", "cannot come before --received"),
        ("foi --stage 2 --received 2026-03-02", "foi: this procedure has stage 1 alone, not 2"),
        ("wales --received 2026-03-02 --area gardens", "adult_social_care"),
        ("sar --received 9999-12-30", "The calendar ends"),
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
