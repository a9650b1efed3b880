"""``tocsin deadlines --hazard``: the clocks of a danger in a home, beside the complaint's own dates."""

import pytest

from tests.commands.shell import Shell
from tests.commands.test_deadlines_command import KEYS

pytestmark = pytest.mark.slow

ASKED = "deadlines housing --received 2026-04-02"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("--hazard emergency --hazard-known 2026-04-02T15:30", {"hazard_emergency_by": "2026-04-03T15:30+01:00"}),
        ("--hazard emergency", {"hazard_emergency_by": "2026-04-03T00:00+01:00"}),
        ("--hazard emergency --hazard-known 2026-10-24T15:30", {"hazard_emergency_by": "2026-10-25T14:30+00:00"}),
        ("--hazard emergency --hazard-known 2026-03-28T15:30", {"hazard_emergency_by": "2026-03-29T16:30+01:00"}),
        (
            "--hazard significant",
            {
                "hazard_investigated_by": "2026-04-20",
                "hazard_summary_by": "2026-04-23",
                "hazard_safe_by": "2026-04-27",
            },
        ),
        (
            "--hazard significant --hazard-investigated 2026-04-08",
            {
                "hazard_investigated_by": "2026-04-20",
                "hazard_summary_by": "2026-04-13",
                "hazard_safe_by": "2026-04-15",
            },
        ),
    ],
)
def test_a_hazards_clocks_stand_beside_the_dates(shell: Shell, words: str, names: dict[str, str]) -> None:
    ran = shell.run(*ASKED.split(), *words.split(), "--json")
    [answer] = ran.lines
    assert list(answer) == [*KEYS, *names]
    assert {name: answer[name] for name in names} == names
    assert answer["respond_by"] == "2026-04-27"


def test_explain_says_each_hour_of_an_emergency(shell: Shell) -> None:
    ran = shell.run(*ASKED.split(), "--hazard", "emergency", "--hazard-known", "2026-10-24T15:30", "--explain")
    _, _, hours = ran.out.partition("hazard emergency by: 24 hours from hazard known: Saturday 24 October 2026, 15:30")
    numbered = [line for line in hours.splitlines() if "October" in line]
    assert len(numbered) == 24
    assert numbered[9:11] == ["   10  Sunday 25 October 2026, 01:30 BST", "   11  Sunday 25 October 2026, 01:30 GMT"]
    assert numbered[-1] == "   24  Sunday 25 October 2026, 14:30 GMT"


def test_explain_says_each_day_of_what_is_significant(shell: Shell) -> None:
    ran = shell.run(*ASKED.split(), "--hazard", "significant", "--explain")
    dates, _, days = ran.out.partition("hazard investigated by: 10 working days from hazard known")
    assert "hazard safe by           Monday 27 April 2026: the safety works are done" in dates
    assert "Friday 3 April 2026          Good Friday" in days
    assert "hazard summary by: 3 working days from hazard investigated, at the latest: Monday 20 April 2026" in days


def test_without_a_hazard_nothing_is_said_of_one(shell: Shell) -> None:
    assert "hazard" not in shell.run(*ASKED.split(), "--explain").out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("deadlines corporate --received 2026-04-02 --hazard emergency", "These have: housing."),
        (f"{ASKED} --hazard dreadful", "significant"),
        (f"{ASKED} --hazard-known 2026-04-02", "Add --hazard emergency"),
        (
            f"{ASKED} --hazard significant --hazard-investigated 2026-04-01",
            "--hazard-investigated (Wednesday 1 April 2026) cannot come before the hazard was known (Thursday 2 April",
        ),
        (f"{ASKED} --hazard emergency --hazard-known 9999-12-31T23:00", "The calendar ends"),
    ],
)
def test_a_wrong_question_of_a_hazard_gets_a_sentence_and_code_2(shell: Shell, words: str, hint: str) -> None:
    ran = shell.run(*words.split())
    assert (ran.code, ran.is_civil()) == (2, True), ran.err
    assert hint in ran.err
