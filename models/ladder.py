"""Nags: which are due on a clock by the settings, and giving each exactly once. For a case's own clocks and its duties.

Whoever has a clock takes the steps of its ladder (``models.rules.reminders``) that today has reached, finds the
recipients (``models.recipients``), and hands them to ``give``. A nag waits until ``models.telling`` puts it into a
message.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlmodel import Session, col, select

from models.case import Case
from models.once import append_once
from models.queries import times_reopened
from models.record import note, record
from models.reminders import Nag
from models.rules.reminders import DUE_TODAY, MISSED, Clock, Ladder, Rung, Step
from models.settings import Settings

ClockKind = Literal["acknowledge", "answer", "duty", "recommendation"]
"""What is due, where the settings tell one ladder from another."""

OF_A_DUTY = "duty "
"""How the name of a duty's clock begins; its number follows."""

_SHOWN_ON_THE_CARD = frozenset({DUE_TODAY, MISSED})


def ladder_of(kind: ClockKind, settings: Settings, *, snoozed_until: date | None = None) -> Ladder:
    """The settings' ladder for one kind of clock."""
    missed = settings.nags.missed_working_days
    above = (
        (Rung.MANAGER, missed.manager),
        (Rung.HEAD_OF_SERVICE, missed.head_of_service),
        (Rung.CORPORATE_LEAD, missed.corporate_lead),
    )
    return Ladder(getattr(settings.nags.coming_up_working_days, kind), above, snoozed_until)


class NagKey(NamedTuple):
    """What a nag is unique by.

    A duty outlives the stage and the reopening of its case, so for its clock these two are 0.
    """

    case_id: int
    stage: int
    reopened: int
    clock: str
    due: date
    step: str
    recipient: str


@dataclass(frozen=True)
class Reminder:
    """A nag to be given: one step of one clock, told to one recipient."""

    case: Case
    clock: Clock
    step: Step
    recipient: str
    reopened: int = 0

    @property
    def key(self) -> NagKey:
        """What it is unique by."""
        stage, reopened = (0, 0) if self.clock.name.startswith(OF_A_DUTY) else (self.case.stage, self.reopened)
        name, due = self.clock.name, self.clock.due
        return NagKey(self.case.number, stage, reopened, name, due, self.step.word, self.recipient)


def give(
    session: Session, case: Case, clock: Clock, step: Step, recipients: Iterable[str], *, now: datetime
) -> list[str]:
    """Give the nags of one step of one clock. Returns who is told now: whoever had it before is left out.

    The case's row, or the row the clock belongs to, must be locked by this transaction.
    """
    reopened = times_reopened(session, case)
    wanted = [Reminder(case, clock, step, recipient, reopened) for recipient in recipients]
    return [reminder.recipient for reminder in give_many(session, wanted, now=now)]


def give_many(session: Session, wanted: Sequence[Reminder], *, now: datetime) -> list[Reminder]:
    """Give many nags in few statements, each with its event. Returns those that were not given before."""
    given = _given(session, {reminder.case.number for reminder in wanted})
    new = list({reminder.key: reminder for reminder in wanted if reminder.key not in given}.values())
    for reminder in new:
        append_once(session, Nag, **reminder.key._asdict(), at=now)
        _write_event(session, reminder, now=now)
    return new


def _given(session: Session, numbers: set[int]) -> set[NagKey]:
    """Those that were given before on these cases."""
    if not numbers:
        return set()
    columns: list[Any] = [getattr(Nag, name) for name in NagKey._fields]
    return {NagKey(*row) for row in session.exec(select(*columns).where(col(Nag.case_id).in_(numbers)))}


def _write_event(session: Session, reminder: Reminder, *, now: datetime) -> None:
    """The card is redrawn only when its words change: thousands may be due at once, and Slack takes one a second."""
    said: dict[str, Any] = {"clock": reminder.clock.name, "step": reminder.step.word, "told": reminder.recipient}
    changes_card = reminder.step.word in _SHOWN_ON_THE_CARD and not reminder.clock.name.startswith(OF_A_DUTY)
    if changes_card:
        record(session, reminder.case, "nagged", now=now, **said)
    else:
        note(session, reminder.case, "nagged", now=now, **said)
