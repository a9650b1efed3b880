"""What officers write down line by line: points with their decisions, remedies with their dates."""

from datetime import date

import pytest

from models.rules.points import Point, read_points, undecided
from models.rules.remedies import Remedy, read_remedies

WORDS = ("upheld", "not upheld")
TODAY = date(2026, 10, 12)


def test_each_line_is_a_point_with_its_decision_and_finding() -> None:
    lines = (
        "1. The bin was missed | Upheld | The log shows it.",
        "",
        " 2) Nobody rang back ",
        "3. A | not upheld | B | C",
    )
    text = "\n".join(lines)
    assert read_points(text, WORDS) == (
        Point("The bin was missed", "upheld", "The log shows it."),
        Point("Nobody rang back"),
        Point("A", "not upheld", "B | C"),
    )


def test_the_points_without_a_decision_are_named() -> None:
    assert undecided(read_points("1. A\n2. B | upheld | Seen.\n3. C", WORDS)) == [1, 3]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "each point on a line of its own"),
        ("The bin", "Line 1: begin it with “1.”"),
        ("1. A\n3. B", "Line 2: begin it with “2.”"),
        ("1. | upheld | Seen.", "Line 1: say what the point is"),
        ("1. A | maybe | Seen.", "“maybe” is no decision of this stage; it is one of: upheld, not upheld"),
        ("1. A | upheld", "a decision needs a finding"),
        ("1. A | | Seen.", "a finding a decision"),
    ],
)
def test_a_line_that_is_no_point_is_named(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence.replace("|", r"\|")):
        read_points(text, WORDS)


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("Mend the lamp by 2026-11-30", date(2026, 11, 30)),
        ("- Mend the lamp, by Monday 30 November 2026.", date(2026, 11, 30)),
        ("2. Mend the lamp by 1 Nov 2026", date(2026, 11, 1)),
        ("Mend the lamp by 12 October 2026", TODAY),
        ("Mend the lamp", None),
        ("Mend the lamp by Friday", None),
    ],
)
def test_a_remedy_has_the_date_it_ends_with(line: str, due: date | None) -> None:
    (remedy,) = read_remedies(line, today=TODAY)
    assert remedy.due == due
    assert remedy.what.startswith("Mend the lamp")
    assert (remedy.what == "Mend the lamp") == (due is not None or line == "Mend the lamp")


def test_by_in_the_middle_is_no_date() -> None:
    assert read_remedies("Have the path by the school cleared by 2026-12-01", today=TODAY) == (
        Remedy("Have the path by the school cleared", date(2026, 12, 1)),
    )


@pytest.mark.parametrize("line", ["Mend it by 31 November 2026", "Mend it by 2026-02-30", "Mend it by 3 Brumaire 2026"])
def test_a_date_there_is_not_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="is no date; write it as"):
        read_remedies(line, today=TODAY)


def test_a_promise_for_yesterday_is_refused() -> None:
    with pytest.raises(ValueError, match="is over already"):
        read_remedies("Mend it by 2026-10-11", today=TODAY)


def test_a_promise_for_a_year_that_is_a_slip_of_the_pen_is_refused() -> None:
    with pytest.raises(ValueError, match="Look at the year again"):
        read_remedies("Mend it by 30 November 2206", today=TODAY)
