"""On which cases a verb makes sense, for its ``is_offered``. The verb itself checks once more when it is used."""

from collections.abc import Callable

from sqlmodel import Session

from models.campaign_members import parents_among
from models.case import Case
from models.rules.steps import CaseStatus, Step, may
from models.settings import Settings

Offered = Callable[[Session, Case, Settings], bool]


def where(step: Step) -> Offered:
    """Where that step leads on."""
    return lambda _session, case, _settings: may(case.status, step)


def where_it_may_end(step: Step) -> Offered:
    """The same, and nobody else waits for its answer."""
    return lambda session, case, _settings: may(case.status, step) and speaks_for_itself(session, case)


def is_open(_session: Session, case: Case, _settings: Settings) -> bool:
    """Until it is closed."""
    return case.status != CaseStatus.CLOSED


def is_unanswered(_session: Session, case: Case, _settings: Settings) -> bool:
    """Until its answer has gone out."""
    return case.status in {CaseStatus.NEW, CaseStatus.ACKNOWLEDGED}


def is_unanswered_alone(session: Session, case: Case, settings: Settings) -> bool:
    """The same, where it concerns this resident only."""
    return is_unanswered(session, case, settings) and speaks_for_itself(session, case)


def answer_runs(case: Case) -> bool:
    """Whether the answer's clock runs."""
    return case.status == CaseStatus.ACKNOWLEDGED and case.respond_by is not None and case.paused_on is None


def speaks_for_itself(session: Session, case: Case) -> bool:
    """Whether it is no campaign's case."""
    return not parents_among(session, [case.number])
