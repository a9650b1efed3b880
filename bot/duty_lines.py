"""What a card says of the duties on its case: in our own words, for what is promised or asked may name somebody."""

from collections.abc import Sequence
from datetime import datetime

from bot.inert import inert
from models.case import Case
from models.clock import in_words, instant_in_words, london_date
from models.duty import Duty, DutyKind
from models.duty_list import is_late, is_paused
from models.verbs.block import MISSING, OTHER

_MOST = 3

_SAID = {
    DutyKind.REMEDY: "Promised: a remedy by {by}",
    DutyKind.ACTION: "Promised: an action by {by}",
    DutyKind.UPDATE: "Promised: an update by {by}",
    DutyKind.REQUEST: "Waiting for a partner’s answer since {since}, wanted by {by}",
    DutyKind.BLOCKER: "Waiting for {missing} since {since}, wanted by {by}",
    DutyKind.MILESTONE: "By {by} {what}",
    DutyKind.HAZARD: "By {by} {what}",
    DutyKind.INVESTIGATION: "Waiting for the Investigating Officer’s report since {since}, due by {by}",
    DutyKind.ENQUIRY: "Owed to the Ombudsman: an answer by {by}",
    DutyKind.RECOMMENDATION: "Owed after the Ombudsman’s decision: a recommendation by {by}",
}
_OF_THE_PROCEDURE = frozenset({DutyKind.MILESTONE, DutyKind.HAZARD})
"""Kinds whose ``what`` stands in the settings and is no person's word."""


def duty_lines(owed: Sequence[Duty], case: Case, *, now: datetime) -> tuple[str, ...]:
    """A line for each of the first duties, and how many more there are; the nearest date comes first."""
    more = len(owed) - _MOST
    rest = (f"and {more} more that {'is' if more == 1 else 'are'} owed on this case",) if more > 0 else ()
    return (*(_line(duty, case, now=now) for duty in owed[:_MOST]), *rest)


def _line(duty: Duty, case: Case, *, now: datetime) -> str:
    if duty.waits_to_be_read and duty.done_on:
        return f"A partner’s letter of {in_words(duty.done_on)} waits to be read"
    kind = DutyKind(duty.kind)
    said = _SAID[kind].format(
        by=instant_in_words(duty.due_at) if duty.due_at else in_words(duty.due),
        since=in_words(duty.since or london_date(duty.made_at)),
        what=inert(duty.what) if kind in _OF_THE_PROCEDURE else "",
        missing=_missing(duty),
    )
    if is_paused(duty, case):
        return f"{said}; its date stands still with the answer’s"
    return f"{said}  ⚠ MISSED" if is_late(duty, case, now=now) else said


def _missing(duty: Duty) -> str:
    """What a blocker waits for, where it is one of the words that are offered; what was typed stays behind."""
    named = duty.what.partition(":")[0]
    return named if named in MISSING and named != OTHER else "something that is missing"
