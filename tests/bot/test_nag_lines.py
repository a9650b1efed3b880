from dataclasses import replace
from datetime import timedelta

import pytest

from bot.nag_lines import NagView, nag_message, nag_sentence
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
    title, lines = [block["text"]["text"] for block in blocks]
    assert title == "*2 reminders*"
    assert [line[2:13] for line in lines.splitlines()] == ["T26-00001-X", "T26-00002-Y"]


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
