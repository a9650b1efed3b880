"""The clock that runs on a case: what is to be done next, and its last day."""

from models.case import Case
from models.rules.reminders import PAUSED, Clock
from models.rules.steps import CaseStatus


def running_clock(case: Case) -> Clock | None:
    """The clock that runs on a case now, or None when nothing is owed or the clock stands still.

    Where the acknowledgement is due no earlier than the answer (the procedure sets no limit for it), the answer counts.
    """
    answer = Clock("answer", case.respond_by) if case.respond_by else None
    if case.status == CaseStatus.NEW:
        return answer if answer and answer.due <= case.acknowledge_by else Clock("acknowledge", case.acknowledge_by)
    if case.status == CaseStatus.ACKNOWLEDGED and case.paused_on is None:
        return answer
    return None


def clock_of(case: Case) -> Clock | None:
    """What people are reminded of: the clock that runs, or that it stands still; None when nothing is owed."""
    is_paused = case.status == CaseStatus.ACKNOWLEDGED and case.respond_by is not None and case.paused_on is not None
    return Clock(PAUSED, case.paused_on) if is_paused and case.paused_on else running_clock(case)
