"""The signals a case bears: each new one is in its history, reaches the lead if it is grave, and starts its clocks."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from models.case import Case
from models.milestones import limits_of, start_clocks
from models.record import raise_alert, record
from models.rules.labels import Signal
from models.rules.warning_signs import sign_in_signals
from models.settings import Settings


def new_signals(case: Case, signals: Sequence[Signal]) -> list[Signal]:
    """Those of the signals that the case does not bear yet."""
    return [signal for signal in signals if signal not in case.signals]


def have_clocks(case: Case, signals: Sequence[Signal], settings: Settings) -> bool:
    """Whether dates of a case's own count from one of these signals, as they do from a hazard."""
    return any(limit.signal in signals for limit in limits_of(case, settings))


def raise_signals(
    session: Session,
    case: Case,
    signals: Sequence[Signal],
    *,
    perhaps: Sequence[Signal] = (),
    settings: Settings,
    now: datetime,
) -> None:
    """Add to a case those of the signals that it does not bear yet, with what follows from them.

    ``perhaps`` are those that only the wording as a whole is like; the lead's alert says so.
    """
    new = new_signals(case, signals)
    if not new:
        return
    case.signals = [*case.signals, *new]
    record(session, case, "signals_raised", now=now, signals=[signal.value for signal in new])
    if sign := sign_in_signals(new, settings.warnings.grave_signals, perhaps):
        raise_alert(session, case, sign, now=now)
    if have_clocks(case, new, settings):
        start_clocks(session, case, settings=settings, now=now)
