"""Whether a reminder that was given is still to be told: what the act, or another date, has overtaken no longer is."""

from sqlmodel import Session

from models.case import Case
from models.case_clock import clock_of
from models.duty import Duty, DutyState
from models.ladder import OF_A_DUTY
from models.reminders import Nag
from models.reminding import clock_of_all
from models.rules.reminders import Clock


def still_stands(session: Session, nag: Nag, case: Case) -> bool:
    """Whether the clock a nag is of runs at this moment, to the day it was given for."""
    if nag.clock.startswith(OF_A_DUTY):
        duty = duty_of(session, nag)
        return duty is not None and duty.state == DutyState.OPEN and duty.due == nag.due
    clock = clock_of(case)
    if clock is None or clock.name != nag.clock or nag.stage != case.stage:
        return False
    return nag.due == clock.due or clock_of_all(session, case) == Clock(clock.name, nag.due or clock.due)


def duty_of(session: Session, nag: Nag) -> Duty | None:
    """The duty whose clock a nag is of; None for the clocks of a case."""
    is_of_one = nag.clock.startswith(OF_A_DUTY)
    return session.get(Duty, int(nag.clock.removeprefix(OF_A_DUTY))) if is_of_one else None
