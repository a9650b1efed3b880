"""Procedures that cases are on must stand in the settings: without one nobody could say when they are due."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, func, or_, select

from models.case import Case
from models.rules.errors import ProcedureMissing
from models.rules.steps import CaseStatus
from models.settings import Settings


def check_procedures_in_use(session: Session, settings: Settings) -> None:
    """Raises ProcedureMissing, with how many cases each concerns, when a procedure or a stage of one was taken out.

    Closed cases count too: their residents may write again and ask for the next stage. Every case is read.
    """
    is_open = func.count().filter(col(Case.status) != CaseStatus.CLOSED)
    query = select(Case.procedure, Case.stage, is_open, func.count()).where(_is_lost(settings))
    rows = session.exec(query.group_by(Case.procedure, col(Case.stage))).all()
    if rows:
        lacking = "; no ".join(
            f"{_what(name, stage, settings)} ({_cases(n, of - n)})" for name, stage, n, of in sorted(rows)
        )
        hint = "Hint: put it back; no new case goes to a procedure without for_kinds and for_areas."
        raise ProcedureMissing(f"There is no {lacking}. {hint}")


def _is_lost(settings: Settings) -> ColumnElement[bool]:
    name, stage = col(Case.procedure), col(Case.stage)
    too_far = [and_(name == known, stage > len(each.stages)) for known, each in settings.procedures.items()]
    return or_(name.not_in(settings.procedures), *too_far)


def _what(name: str, stage: int, settings: Settings) -> str:
    return f"stage {stage} of “{name}”" if name in settings.procedures else f"procedure “{name}”"


def _cases(still_open: int, closed: int) -> str:
    counts = ((still_open, "open"), (closed, "closed"))
    return " and ".join(f"{count} {what} case{'s' * (count != 1)}" for count, what in counts if count)
