from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.nag_lines import NagView, nag_message, nag_sentence
from demo.slack.blocks import problems_in
from models.duty import DutyKind
from tests.days import day

MONDAY = day("Monday 12 October 2026")
VIEW = NagView("T26-00001-X", "answer", due=MONDAY, today=MONDAY - timedelta(days=4), left=2)


@pytest.mark.parametrize("clock", ["acknowledge", "answer"])
@pytest.mark.parametrize(("today", "left"), [(-4, 2), (-3, 1), (0, 0), (1, 0)])
def test_a_reminder_is_one_sentence_with_its_date(clock: str, today: int, left: int) -> None:
    said = nag_sentence(replace(VIEW, clock=clock, today=MONDAY + timedelta(days=today), left=left))
    assert "Monday 12 October 2026" in said
    assert "acknowledged" in said or "answered" in said
    assert ("should have been" in said) is (today > 0)
    assert ("working day" in said) is (left > 0)


def test_whoever_stands_above_reads_who_has_the_case() -> None:
    late = replace(VIEW, today=MONDAY + timedelta(days=1), owner="Ben Carter")
    assert nag_sentence(late).endswith("Its owner: Ben Carter.")


@pytest.mark.parametrize("kind", DutyKind)
def test_a_duty_is_told_by_its_sort_and_never_in_its_own_words(kind: DutyKind) -> None:
    view = replace(VIEW, clock="duty 7", duty=kind)
    assert "is due by Monday 12 October 2026 (in 2 working days)" in nag_sentence(view)
    assert "was due by" in nag_sentence(replace(view, today=MONDAY + timedelta(days=1)))


def test_a_pause_says_since_when_and_which_week() -> None:
    said = nag_sentence(replace(VIEW, clock="paused", today=MONDAY + timedelta(days=15)))
    assert "stands paused since Monday 12 October 2026 (week 2)" in said


def test_one_reminder_stands_alone() -> None:
    text, blocks = nag_message([VIEW])
    assert text == nag_sentence(VIEW)
    assert [block["text"]["text"] for block in blocks] == [text]


def test_several_are_a_list_with_the_nearest_first() -> None:
    later = replace(VIEW, reference="T26-00002-Y", due=MONDAY + timedelta(days=7), left=7)
    text, blocks = nag_message([later, VIEW])
    assert text.startswith("2 reminders. First: T26-00001-X")
    title, *lines = [block["text"]["text"] for block in blocks]
    assert title == "*2 reminders*"
    assert [line[:13] for line in lines] == ["• T26-00001-X", "• T26-00002-Y"]


def test_one_button_stands_beside_its_line_and_two_below_it() -> None:
    duty = replace(VIEW, clock="duty 9", duty=DutyKind.REMEDY, opens=7, settles=9)
    [line] = nag_message([replace(VIEW, opens=7)])[1]
    assert pressable(line["accessory"]) == ("open_case", "Open", "7", "Open: T26-00001-X")
    [line, below] = nag_message([duty])[1]
    assert "accessory" not in line
    assert [pressable(each) for each in below["elements"]] == [
        ("open_case", "Open", "7", "Open: T26-00001-X"),
        ("settle", "Settle…", "9", "Settle…: T26-00001-X, duty 9"),
    ]
    [line] = nag_message([replace(duty, opens=None)])[1]
    assert pressable(line["accessory"])[0] == "settle"


def test_each_of_several_has_its_own_button() -> None:
    views = [replace(VIEW, reference=f"T26-0000{n}-X", opens=n) for n in (1, 2, 3)]
    _, *lines = nag_message(views)[1]
    assert [(line["text"]["text"][2:13], line["accessory"]["value"]) for line in lines] == [
        (f"T26-0000{n}-X", str(n)) for n in (1, 2, 3)
    ]


@pytest.mark.parametrize(("opens", "settles", "shown"), [(None, None, 40), (7, None, 40), (None, 9, 40), (7, 9, 24)])
def test_the_fullest_message_keeps_slacks_limits_with_its_buttons(
    opens: int | None, settles: int | None, shown: int
) -> None:
    view = replace(VIEW, clock="duty 9", duty=DutyKind.REMEDY, opens=opens, settles=settles)
    _, blocks = nag_message([view] * 100)
    assert problems_in(blocks, 50) == []
    sections = [block["text"]["text"] for block in blocks if block["type"] == "section"]
    assert len(sections) == 1 + shown + 1
    assert sections[-1] == f"and {100 - shown} more: tocsin cases"


def pressable(button: dict[str, Any]) -> tuple[str, ...]:
    return button["action_id"], button["text"]["text"], button["value"], button["accessibility_label"]


@pytest.mark.parametrize("owner", [None, "<b>&" * 30], ids=["short", "long"])
def test_a_long_list_keeps_slacks_limits_and_says_how_many_more(owner: str | None) -> None:
    late = replace(VIEW, today=MONDAY + timedelta(days=1), owner=owner)
    text, blocks = nag_message([replace(late, reference=f"T26-{n:05}-X") for n in range(1_000)])
    sections = [block["text"]["text"] for block in blocks]
    assert len(text) < 3000
    assert all(0 < len(section) <= 3000 for section in sections)
    assert len(sections) <= 50
    lines = "\n".join(sections[1:]).splitlines()
    assert len(lines) == 41
    assert lines[-1] == "and 960 more: tocsin cases"
    assert "<b>" not in "\n".join(sections)
