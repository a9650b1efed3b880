"""The dates of the law's examples, in sentences that can be read aloud to somebody with a calendar in their hand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import pytest

from models.clock import in_words
from models.rules.deadlines import Deadlines, deadlines
from models.rules.procedures import ClockStart
from models.rules.working_days import NATIONS, WorkingCalendar
from models.settings import Settings
from tests.days import day

SENTENCES = """
In England, stage 1 of corporate, received on Thursday 2 April 2026: acknowledge by Monday 13 April 2026.
In Scotland, stage 1 of corporate, received on Thursday 2 April 2026: acknowledge by Friday 10 April 2026.
In Northern Ireland, stage 1 of corporate, received on Thursday 2 April 2026: acknowledge by Monday 13 April 2026.

In England, stage 1 of corporate, received on Thursday 2 April 2026, acknowledged on Monday 13 April 2026: \
respond by Monday 27 April 2026, extended by Tuesday 12 May 2026.
In England, stage 1 of corporate, received on Thursday 2 April 2026, acknowledged on Tuesday 7 April 2026: \
respond by Tuesday 21 April 2026, extended by Wednesday 6 May 2026.

In England, stage 1 of corporate, received on Monday 21 December 2026: \
acknowledge by Wednesday 30 December 2026, respond by Thursday 14 January 2027.
In England, stage 1 of corporate, received on Saturday 2 May 2026: acknowledge by Monday 11 May 2026.
In England, stage 1 of corporate, received on Tuesday 5 May 2026: acknowledge by Tuesday 12 May 2026.
In England, stage 2 of corporate, received on Monday 24 August 2026: \
acknowledge by Tuesday 1 September 2026, respond by Tuesday 29 September 2026.

In England, stage 1 of children, received on Monday 2 March 2026: \
respond by Monday 16 March 2026, extended by Monday 30 March 2026.
In England, stage 2 of children, received on Monday 2 March 2026: \
respond by Wednesday 8 April 2026, extended by Friday 5 June 2026.
In England, stage 3 of children, received on Monday 2 March 2026: panel by Wednesday 15 April 2026.

In England, stage 1 of adults, received on Thursday 2 April 2026: acknowledge by Thursday 9 April 2026.

In England, stage 1 of foi, received on Monday 2 March 2026: respond by Monday 30 March 2026.
In any UK nation, stage 1 of foi, received on Monday 2 March 2026: respond by Tuesday 31 March 2026.

In England, stage 1 of member_enquiry, received on Friday 1 May 2026: \
acknowledge by Tuesday 5 May 2026, respond by Monday 18 May 2026.

In Scotland, stage 1 of scotland, received on Friday 12 June 2026: respond by Monday 22 June 2026.
In Scotland without its holiday, stage 1 of scotland, received on Friday 12 June 2026: respond by Friday 19 June 2026.

In England, stage 1 of dp_complaint, received on Friday 3 July 2026: acknowledge by Monday 3 August 2026.
"""

SPOKEN = re.compile(
    r"In (?P<where>[\w ]+), stage (?P<stage>\d) of (?P<procedure>\w+), received on (?P<received>[\w ]+)"
    r"(?:, acknowledged on (?P<acknowledged>[\w ]+))?: (?P<due>.+)\."
)


@dataclass(frozen=True)
class WithoutOneHoliday(WorkingCalendar):
    """As if a bank holiday had not been announced."""

    ordinary: date = date(2026, 6, 15)

    def not_working_because(self, day: date) -> str | None:
        return None if day == self.ordinary else super().not_working_because(day)


def calendar_of(where: str) -> WorkingCalendar:
    nation, without, _ = where.partition(" without its holiday")
    calendar = WorkingCalendar(NATIONS[nation.lower().replace(" ", "-")])
    return WithoutOneHoliday(calendar.name) if without else calendar


def dates(due: Deadlines) -> Mapping[str, date | None]:
    return {
        "acknowledge": due.acknowledge_by,
        "respond": due.respond_by,
        "extended": due.extended_respond_by,
        "panel": due.further.get("panel_by"),
    }


@pytest.mark.parametrize("sentence", [line for line in SENTENCES.splitlines() if line])
def test_a_date_falls_as_the_law_says(settings: Settings, sentence: str) -> None:
    said = SPOKEN.fullmatch(sentence)
    assert said, "write it as the other sentences are written"
    happened: dict[ClockStart, date] = {"acknowledged": day(said["acknowledged"])} if said["acknowledged"] else {}
    due = deadlines(
        settings.procedures[said["procedure"]].stage(int(said["stage"])),
        calendar_of(said["where"]),
        received=day(said["received"]),
        happened=happened,
        extended=True,
    )
    for part in said["due"].split(", "):
        name, _, last = part.partition(" by ")
        found = dates(due)[name]
        assert found is not None
        assert in_words(found) == last


def test_freedom_of_information_counts_by_the_right_calendar_without_being_told(settings: Settings) -> None:
    assert settings.calendar("foi") == WorkingCalendar("any-uk-nation")
    assert settings.calendar("children") == replace(settings.calendar(), name="england-and-wales")
