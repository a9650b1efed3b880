"""What the verbs that move time ask of a case first, each refusal with its sentence."""

from datetime import date, timedelta

from sqlmodel import Session

from models.campaign_members import parents_among
from models.case import Case
from models.clock import in_words
from models.rules.errors import GivenWrong, StepNotAllowed
from models.rules.steps import CaseStatus

_FURTHEST = timedelta(days=366)
"""No answer is put off further at once: a later year is a slip of the pen."""

_OVER = {
    CaseStatus.NEW: "Acknowledge it first: the time for the answer counts from then.",
    CaseStatus.RESPONDED: "It is answered already.",
    CaseStatus.CLOSED: "It is closed; reopen it first.",
}


def answer_due(case: Case) -> date:
    """The last day of the answer's clock. Raises StepNotAllowed with the reason when that clock does not run."""
    if case.status != CaseStatus.ACKNOWLEDGED:
        raise StepNotAllowed(_why_not(case))
    if case.respond_by is None:
        raise StepNotAllowed("It needs no answer under its procedure, so there is no date to move.")
    if case.paused_on is not None:
        raise StepNotAllowed(f"Its clock has stood still since {in_words(case.paused_on)}; resume it first.")
    return case.respond_by


def check_unanswered(case: Case) -> None:
    """Raises StepNotAllowed when the stage's answer has gone out, or the case is closed."""
    if case.status not in {CaseStatus.NEW, CaseStatus.ACKNOWLEDGED}:
        raise StepNotAllowed(_why_not(case))


def check_speaks_for_itself(session: Session, case: Case) -> None:
    """Raises StepNotAllowed for a campaign's case: what concerns one resident is not done for all of them."""
    if parents_among(session, [case.number]):
        raise StepNotAllowed("It speaks for other residents too, and this concerns only one. Extend it instead.")


def check_lies_ahead(field: str, day: date, *, today: date) -> None:
    """Raises GivenWrong for a day that is over, or that lies more than a year ahead."""
    if day < today:
        raise GivenWrong(field, f"{in_words(day)} is over.")
    if day > today + _FURTHEST:
        raise GivenWrong(field, f"{in_words(day)} lies more than a year ahead. Look at the year again.")


def check_has_been(field: str, day: date, case: Case, *, today: date) -> None:
    """Raises GivenWrong for a day in the future, or before the case was received at this stage."""
    if day > today:
        raise GivenWrong(field, f"{in_words(day)} has not come yet.")
    if day < case.received_on:
        raise GivenWrong(field, f"{case.reference} was received on {in_words(case.received_on)}, after that day.")


def moved(before: date | None, after: date | None) -> dict[str, str | None]:
    """The answer's old and new date, as an event keeps them."""
    return {name: day.isoformat() if day else None for name, day in (("before", before), ("until", after))}


def is_on_its_way(is_sent: bool) -> str:
    """What becomes of a letter to the resident, as a sentence."""
    if is_sent:
        return "The letter is on its way."
    return "No letter could be sent by email: tell the resident another way."


def _why_not(case: Case) -> str:
    return _OVER.get(CaseStatus(case.status), f"It is {case.status}.")
