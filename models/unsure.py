"""The triage queue: cases of which the classifier was not sure what they are, and no person has said so yet."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from models.case import Case
from models.case_clock import running_clock
from models.handling import correct_kind
from models.people import Officer
from models.rules.errors import StepNotAllowed
from models.rules.labels import KINDS, NEVER_WAITS, Kind
from models.rules.opinions import MOST_KINDS
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.triage import Suggestion


@dataclass(frozen=True)
class Guess:
    """A kind that a case may be of, and how likely, 0 to 1; 0 where nothing is known of it."""

    kind: Kind
    chance: float


def is_unsure() -> ColumnElement[bool]:
    """What holds of a case that a person must sort: it has a card, and no kind. One that follows another need not."""
    waits = col(Case.is_triaged) & col(Case.kind).is_(None) & ~col(Case.kind_by_person)
    return waits & (col(Case.status) != CaseStatus.CLOSED) & col(Case.campaign_of_id).is_(None)


def unsure_cases(session: Session, officer: Officer) -> list[tuple[Case, Suggestion]]:
    """The cases an officer may sort, each with what was suggested: what never waits first, then the nearest date."""
    asked = select(Case, Suggestion).join(Suggestion, col(Suggestion.case_id) == Case.id).where(is_unsure())
    rows = session.exec(asked.order_by(col(Case.id))).all()
    theirs = [(case, said) for case, said in rows if officer.may_see(case.areas) or case.owner_id == officer.id]
    return sorted(theirs, key=lambda row: _urgency(row[0]))


def _urgency(case: Case) -> tuple[bool, date]:
    clock = running_clock(case)
    return NEVER_WAITS.isdisjoint(case.signals), clock.due if clock else date.max


def guesses(suggestion: Suggestion) -> tuple[Guess, ...]:
    """The best guesses, the likeliest first; of what was recorded before there were three, the one."""
    likely = [Guess(Kind(kind), chance) for kind, chance in suggestion.likely[:MOST_KINDS]]
    return tuple(likely) or (Guess(Kind(suggestion.guess), suggestion.confidence),)


def sort_case(session: Session, case: Case, kind: Kind, *, by: Officer, settings: Settings, now: datetime) -> str:
    """An officer says which of the guesses it is: the kind is corrected, unless a person has spoken meanwhile.

    Raises NotEntitled, and StepNotAllowed where it was filed as something else, so that nobody overrules unseen.
    """
    if case.kind_by_person and case.kind == kind:
        return f"{case.reference} is filed as {KINDS[kind].name.lower()} already."
    if case.kind_by_person and case.kind:
        filed = KINDS[Kind(case.kind)].name.lower()
        raise StepNotAllowed(f"Somebody has filed it as {filed} meanwhile; “Wrong kind” changes that.")
    return correct_kind(session, case, kind, by=by, settings=settings, now=now)
