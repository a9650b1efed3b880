"""The Ombudsmen's cases as a list: how far each is, what was upheld, and what became of every remedy. Reading only.

Councils could not list which of their complaints were upheld, for the annual letter does not say; this record can.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from models.case import Case
from models.duty import Duty, DutyKind
from models.duty_list import Which, duties, result
from models.ombudsman import OmbudsmanCase, OmbudsmanState
from models.rules.labels import Area

REMEDIES = (DutyKind.RECOMMENDATION, DutyKind.REMEDY)


@dataclass(frozen=True)
class Span:
    """From a day until a day, both included; None: without a beginning, or without an end."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Listed:
    """An Ombudsman's case, ours, and the duties that hang on it: recommendations and our own remedies."""

    theirs: OmbudsmanCase
    case: Case
    remedies: Sequence[Duty]

    def as_dict(self) -> dict[str, Any]:
        """For a machine; decision and remedies are in people's words."""
        theirs = self.theirs.model_dump(exclude={"id", "case_id", "entered_at", "reference"})
        return {
            "reference": self.case.reference,
            "their_reference": self.theirs.reference,
            "area": self.case.main_area,
            **theirs,
            "remedies": [_remedy(duty) for duty in self.remedies],
        }


def ombudsman_cases(
    session: Session, span: Span, *, only_upheld: bool = False, only_open: bool = False
) -> list[Listed]:
    """The Ombudsmen's cases of a span, by the day of the decision, or else of the day we heard of them.

    ``only_open``: not decided, or decided with a recommendation that is still owed.
    """
    query = select(OmbudsmanCase, Case).join(Case, col(Case.id) == OmbudsmanCase.case_id).where(*_in(span))
    if only_upheld:
        query = query.where(col(OmbudsmanCase.is_upheld).is_(True))
    found = session.exec(query.order_by(_day(), col(OmbudsmanCase.id))).all()
    listed = [Listed(theirs, case, _remedies(session, theirs, case)) for theirs, case in found]
    return [each for each in listed if _is_open(each)] if only_open else listed


def premature_by_area(session: Session, span: Span) -> dict[Area, int]:
    """How many people went to the Ombudsman too early, by the service their case is about."""
    query = select(OmbudsmanCase, Case).join(Case, col(Case.id) == OmbudsmanCase.case_id).where(*_in(span))
    early = session.exec(query.where(OmbudsmanCase.state == OmbudsmanState.PREMATURE)).all()
    return dict(Counter(case.main_area for _, case in early).most_common())


def _day() -> ColumnElement[date]:
    return func.coalesce(col(OmbudsmanCase.decided_on), col(OmbudsmanCase.received_on))


def _in(span: Span) -> Iterator[ColumnElement[bool]]:
    if span.first is not None:
        yield _day() >= span.first
    if span.last is not None:
        yield _day() <= span.last


def _remedies(session: Session, theirs: OmbudsmanCase, case: Case) -> list[Duty]:
    """Its own recommendations, and what we promised the person on the case ourselves."""
    found = [duty for duty, _ in duties(session, Which(case=case, include_settled=True)) if duty.kind in REMEDIES]
    return [duty for duty in found if duty.ombudsman_case_id in {None, theirs.id}]


def _is_open(listed: Listed) -> bool:
    owed = any(duty.ombudsman_case_id and result(duty) == "open" for duty in listed.remedies)
    is_premature = listed.theirs.state == OmbudsmanState.PREMATURE
    return owed or (listed.theirs.decided_on is None and not is_premature)


def _remedy(duty: Duty) -> dict[str, Any]:
    return {
        "duty": duty.number,
        "from": "the Ombudsman" if duty.ombudsman_case_id else "us",
        "for": "the person" if duty.is_personal or duty.kind == DutyKind.REMEDY else "the service",
        "what": duty.what,
        "due": duty.due,
        "result": result(duty),
        "done_on": duty.done_on,
        "evidence": duty.evidence,
    }
