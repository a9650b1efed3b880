"""Which procedure a case is on: where its kind and service usually belong, and how it goes to another."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from models.case import PROCEDURE_CHANGED, Case
from models.clock import in_words, london_date
from models.letter_texts import is_complaint
from models.meant_procedure import CORPORATE, procedure_for
from models.milestones import start_clocks
from models.people import Officer
from models.reckoning import procedure_of, reckon
from models.record import record
from models.rules.labels import Area
from models.rules.steps import CaseStatus
from models.rules.warning_signs import sign_of_corporate_procedure
from models.settings import Settings
from models.stages import shut_out


class Going(NamedTuple):
    """Where a case goes and on whose word: the procedure, its stage, the reason."""

    procedure: str
    stage: int
    by: Officer
    reason: str


class _Due(NamedTuple):
    """The dates of a case at one moment."""

    acknowledge_by: date
    respond_by: date | None

    @classmethod
    def of(cls, case: Case) -> "_Due":
        return cls(case.acknowledge_by, case.respond_by)

    def plain(self) -> dict[str, str | None]:
        """As an event keeps them."""
        return {name: day and day.isoformat() for name, day in self._asdict().items()}


def agree_procedure(session: Session, case: Case, *, by: Officer, settings: Settings, now: datetime) -> str:
    """Take a case to the procedure its kind and area belong to, now that a person has said or confirmed them.

    Nothing happens, and "" is returned, when a person chose the procedure, beyond stage 1 or after the answer;
    else a sentence with the dates before and after.
    """
    is_open = case.status in {CaseStatus.NEW, CaseStatus.ACKNOWLEDGED}
    name = procedure_for(case, settings) or case.procedure
    if case.procedure_by_person or case.stage != 1 or not is_open or name == case.procedure:
        return ""
    return go_to_procedure(session, case, Going(name, 1, by, ""), settings=settings, now=now)


def go_to_procedure(session: Session, case: Case, going: Going, *, settings: Settings, now: datetime) -> str:
    """Put a case on another procedure; its clocks are counted anew from the same day of receipt.

    What happened stays (acknowledged, scope agreed); dates that the old procedure's rules gave, agreed or extended
    ones and pauses, end with it and are kept in the event. Returns the old and the new dates as a sentence.
    """
    before, ended = _Due.of(case), _ended(case)
    changed: dict[str, Any] = {"procedure_before": case.procedure, "stage_before": case.stage}
    case.procedure, case.stage, case.look_again = going.procedure, going.stage, now
    case.agreed_by = case.extended_to = case.paused_on = None
    case.paused_days = 0
    reckon(case, settings=settings)
    changed |= {"procedure": going.procedure, "stage": going.stage, "reason": going.reason, "ended": ended}
    changed |= {"before": before.plain(), "after": _Due.of(case).plain()}
    changed["decided_by"] = shut_out(session, case, procedure_of(case, settings).stage(case.stage))
    record(session, case, PROCEDURE_CHANGED, by=going.by, now=now, **changed)
    start_clocks(session, case, settings=settings, now=now, by=going.by)
    return _in_a_sentence(case, before, settings=settings, today=london_date(now))


def doubt_of_procedure(case: Case) -> str:
    """Why the procedure of a case may be the wrong one, as a sentence; "" when nothing speaks against it."""
    if case.procedure != CORPORATE or not is_complaint(case):
        return ""
    sign = sign_of_corporate_procedure(Area(area) for area in case.areas)
    return sign.reason if sign else ""


def _ended(case: Case) -> dict[str, str | int]:
    """What the old procedure's rules gave, and what does not go along."""
    days = {name: getattr(case, name) for name in ("agreed_by", "extended_to", "paused_on")}
    paused = {"paused_days": case.paused_days} if case.paused_days else {}
    return {name: day.isoformat() for name, day in days.items() if day} | paused


def _in_a_sentence(case: Case, before: _Due, *, settings: Settings, today: date) -> str:
    procedure = procedure_of(case, settings)
    said = [f"{case.reference} is now under: {procedure.title}, {procedure.stage(case.stage).name}."]
    if case.status == CaseStatus.NEW:
        said.append(_change("Acknowledgement", before.acknowledge_by, case.acknowledge_by))
    said.append(_change("Answer", before.respond_by, case.respond_by))
    if case.respond_by and case.respond_by < today:
        said.append("That day is over: tell the resident when they will hear.")
    return " ".join(said)


def _change(what: str, before: date | None, after: date | None) -> str:
    was, is_now = (f"by {in_words(day)}" if day else "not due" for day in (before, after))
    return f"{what}: {is_now} (before: {was})." if was != is_now else f"{what}: {is_now}, as before."
