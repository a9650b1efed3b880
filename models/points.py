"""The points of a case's complaint at the stage it is at: recorded by a person, each decided before the answer goes."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from models.case import Case, CaseEvent
from models.people import Officer
from models.record import record
from models.rules.errors import StepNotAllowed
from models.rules.languages import Language
from models.rules.points import Point, undecided
from models.rules.welsh import OUTCOMES_IN_WELSH

RECORDED = "points_recorded"


def record_points(session: Session, case: Case, points: Sequence[Point], *, by: Officer, now: datetime) -> None:
    """Write down the points of this stage, in the place of those written down before."""
    record(session, case, RECORDED, by=by, now=now, stage=case.stage, points=[list(point) for point in points])


def points_of(session: Session, case: Case) -> tuple[Point, ...]:
    """The points recorded at the stage a case is at, as they were last written down."""
    query = select(CaseEvent.details).where(CaseEvent.case_id == case.number, CaseEvent.name == RECORDED)
    newest_first = session.exec(query.order_by(col(CaseEvent.id).desc()))
    details = next((each for each in newest_first if each["stage"] == case.stage), None)
    return tuple(Point(*point) for point in details["points"]) if details else ()


def check_points_are_decided(session: Session, case: Case) -> None:
    """Raises StepNotAllowed while a recorded point has no decision: the answer must address every one."""
    if left := undecided(points_of(session, case)):
        which = f"Point {left[0]} has" if len(left) == 1 else f"Points {', '.join(map(str, left))} have"
        raise StepNotAllowed(f"{which} no decision yet: record it under “Points” first.")


def in_words(points: Sequence[Point], language: Language) -> str:
    """The points as the answer gives them: what it was, what was decided, what was found."""
    is_welsh = language == Language.WELSH
    called = "Pwynt" if is_welsh else "Point"
    decided = {point: OUTCOMES_IN_WELSH.get(point.decision, point.decision) for point in points} if is_welsh else {}
    return "\n\n".join(
        f"{called} {number}: {point.what}\n{decided.get(point, point.decision).capitalize()}. {point.finding}"
        for number, point in enumerate(points, 1)
    )
