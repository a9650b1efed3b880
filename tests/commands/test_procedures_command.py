"""``tocsin procedures``: every rule of a procedure on paper, to be held beside the law."""

import pytest

from tests.commands.shell import Shell

pytestmark = pytest.mark.slow


def test_without_a_name_every_procedure_has_its_line(shell: Shell) -> None:
    ran = shell.run("procedures")
    assert (ran.code, ran.err) == (0, "")
    head, *lines = ran.out.splitlines()
    assert head.split() == ["name", "title", "stages", "calendar", "external", "body"]
    assert len(lines) == 13
    [children] = [line for line in lines if line.startswith("children ")]
    for part in ("Children's social care", " 3 ", "england-and-wales", "Local Government and Social Care Ombudsman"):
        assert part in children


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        (
            "corporate",
            [
                "answer              10 working days                               acknowledged",
                "longest extension   10 working days more, 20 working days in all",
                "may not decide      who decided stage 1",
                "in the end          Local Government and Social Care Ombudsman (www.lgo.org.uk",
                "working days        those of england-and-wales (the settings' nation, england)",
                "how old             12 months; older with good reason",
                "next stage          no limit to ask",
            ],
        ),
        (
            "children",
            [
                "Stage 2, investigation",
                "to be appointed     Investigating Officer, Independent Person, adjudicator",
                "clock stands        until an advocate is appointed",
                "next stage          to be asked for within 20 working days",
                "panel_report_by: the panel reports  5 working days   panel met",
                "answer (council_response_by)        15 working days  panel reported",
                "may not decide      who decided stage 1, who decided stage 2",
            ],
        ),
        ("adults", ["by agreement", "Stage 1: the council's answer"]),
        ("dp_complaint", ["30 days, rolling on", "answer              no day is set"]),
        ("housing", ["hazard_emergency_by: an emergency hazard is investigated and made safe  24 hours"]),
        ("scotland", ["may begin at        stage 1, stage 2", "resolved"]),
        (
            "wales",
            ["Override 1: stage 1, Adult social care, Children’s social care", "acknowledge         2 working days"],
        ),
    ],
)
def test_a_procedure_can_be_checked_line_by_line(shell: Shell, name: str, lines: list[str]) -> None:
    ran = shell.run("procedures", name)
    assert (ran.code, ran.err) == (0, "")
    assert [line for line in lines if line not in ran.out] == []


def test_an_override_says_whose_and_when(shell: Shell) -> None:
    override = (
        '[{"stage": 1, "received_from": "2026-04-01", "received_until": "2026-09-30",'
        ' "respond": {"within": "15 working days", "of": "acknowledged"}}]'
    )
    ran = shell.run("procedures", "corporate", PROCEDURES__CORPORATE__OVERRIDES=override)
    held = "every service, received from Wednesday 1 April 2026, received until Wednesday 30 September 2026"
    assert f"Override 1: stage 1, {held}" in ran.out


def test_json_has_every_rule(shell: Shell) -> None:
    ran = shell.run("procedures", "children", "--json")
    [told] = ran.lines
    assert (told["name"], told["calendar"], len(told["stages"])) == ("children", "england-and-wales", 3)
    assert told["stages"][0]["respond"] == {
        "within": "10 working days",
        "of": "received",
        "rolls": False,
        "name": "",
    }
    assert told["stages"][1]["roles"] == ["Investigating Officer", "Independent Person", "adjudicator"]
    assert [each["name"] for each in told["stages"][2]["further"]] == ["panel_by", "panel_report_by"]
    assert told["for_areas"] == ["childrens_social_care"]
    assert len(shell.run("procedures", "--json").lines) == 13


def test_a_name_that_is_not_known_gets_a_sentence(shell: Shell) -> None:
    ran = shell.run("procedures", "parking")
    assert ran.code == 2
    assert ran.err.startswith("There is no procedure “parking”.\n    Hint: The settings have: corporate, housing")
