"""An Ombudsman's case on one of ours, from the first letter to the last recommendation; every step is an event.

Sources: the Ombudsman's casework guidance. Enquiries and drafts bring their own dates, a decision may carry several
recommendations, each with a date of its own, and slow or poor answers are what it keeps notes of; so an answer is
signed off by somebody who did not write it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.case import Case
from models.clock import in_words
from models.duties import NewDuty, drop, key_of, make
from models.duty import Duty, DutyKind
from models.duty_list import open_duties
from models.ombudsman import OmbudsmanCase, OmbudsmanState
from models.once import insert_once
from models.people import Officer
from models.record import raise_alert, record
from models.rules.errors import GivenWrong, NotEntitled, StepNotAllowed
from models.rules.warning_signs import WarningSign
from models.settings import Settings


@dataclass(frozen=True)
class Opened:
    """What the Ombudsman's first letter says: who they are, their reference, and whether it came too early."""

    body: str
    reference: str
    received_on: date
    is_premature: bool = False


def open_ombudsman_case(session: Session, case: Case, opened: Opened, *, by: Officer, now: datetime) -> OmbudsmanCase:
    """Note that the Ombudsman has a case on one of ours; the lead is warned. Raises StepNotAllowed: it is noted."""
    state = OmbudsmanState.PREMATURE if opened.is_premature else OmbudsmanState.ENQUIRY
    values = {"body": opened.body, "reference": opened.reference, "received_on": opened.received_on}
    number = insert_once(session, OmbudsmanCase, case_id=case.number, state=state, entered_at=now, **values)
    if number is None:
        raise StepNotAllowed(f"{opened.body} {opened.reference} is noted already, on this case or another.")
    details = values | {"received_on": opened.received_on.isoformat(), "premature": opened.is_premature}
    record(session, case, "ombudsman_case_opened", by=by, now=now, **details)
    early = " It says that it came too early." if opened.is_premature else ""
    reason = f"The {opened.body} has a case on it, {opened.reference}, since {in_words(opened.received_on)}.{early}"
    raise_alert(session, case, WarningSign(f"ombudsman {number}", reason), now=now)
    return session.get_one(OmbudsmanCase, number)


def ombudsman_cases_on(session: Session, case: Case) -> list[OmbudsmanCase]:
    """The Ombudsmen's cases on one of ours, oldest first."""
    found = select(OmbudsmanCase).where(OmbudsmanCase.case_id == case.number).order_by(col(OmbudsmanCase.id))
    return list(session.exec(found))


def ombudsman_case_named(session: Session, case: Case, reference: str) -> OmbudsmanCase:
    """The one with that reference, to change: its row is locked. Raises GivenWrong."""
    wanted = select(OmbudsmanCase).where(
        OmbudsmanCase.case_id == case.number, OmbudsmanCase.reference == reference.strip()
    )
    found = session.exec(wanted.with_for_update()).first()
    if found is None:
        raise GivenWrong("their_reference", f"No Ombudsman's case {reference} is noted on {case.reference}.")
    return found


@dataclass(frozen=True)
class Enquiry:
    """What the Ombudsman wants to know by when, and who answers; ``draft_on``: comments on a draft of that day."""

    what: str
    due: date
    owner: Officer
    draft_on: date | None = None


def enquire(
    session: Session, case: Case, theirs: OmbudsmanCase, enquiry: Enquiry, *, by: Officer, now: datetime
) -> Duty:
    """Owe an answer, or comments on a draft decision, by the day of their letter; either is signed off.

    A case that came too early has then been taken up after all. Raises StepNotAllowed.
    """
    _check_undecided(theirs)
    key = f"{theirs.reference} {key_of(case, DutyKind.ENQUIRY, enquiry.what, enquiry.due)}"
    owed = NewDuty(
        key, DutyKind.ENQUIRY, enquiry.what, enquiry.due, owner_id=enquiry.owner.id, ombudsman_case_id=theirs.id
    )
    duty = make(session, case, owed, by=by, now=now)
    if duty is None:
        raise StepNotAllowed("The very same is noted already.")
    if enquiry.draft_on is not None:
        theirs.state, theirs.draft_on = OmbudsmanState.DRAFT, enquiry.draft_on
        draft = {"reference": theirs.reference, "draft_on": enquiry.draft_on.isoformat()}
        record(session, case, "ombudsman_draft", by=by, now=now, comments_due=enquiry.due.isoformat(), **draft)
    elif theirs.state == OmbudsmanState.PREMATURE:
        theirs.state = OmbudsmanState.ENQUIRY
    session.add(theirs)
    return duty


def check_may_sign_off(case: Case, writer: Officer, *, by: Officer, settings: Settings) -> None:
    """Raises NotEntitled for whoever wrote the answer, and for whoever is not senior enough."""
    head = (settings.team_for(case.main_area).head_of_service or "").lower()
    if not by.is_corporate_lead and by.email != head:
        raise NotEntitled("An answer to the Ombudsman is signed off by the corporate lead or the head of service.")
    if writer.id == by.id:
        raise NotEntitled("Whoever wrote an answer to the Ombudsman does not sign it off.")


def sign_off(session: Session, case: Case, duty: Duty, writer: Officer, *, by: Officer, now: datetime) -> None:
    """Let an answer to the Ombudsman go. Raises StepNotAllowed."""
    if duty.signed_off_by_id is not None:
        raise StepNotAllowed("It is signed off already.")
    duty.signed_off_by_id = by.id
    session.add(duty)
    record(session, case, "signed_off", by=by, now=now, duty=duty.number, writer=writer.id)


@dataclass(frozen=True)
class Decided:
    """The final decision: its day and words; None for ``is_upheld``: closed without an investigation."""

    on: date
    words: str
    is_upheld: bool | None
    remedied_before: bool = False


def decide(
    session: Session, case: Case, theirs: OmbudsmanCase, decided: Decided, *, by: Officer, now: datetime
) -> None:
    """Note the final decision; what the Ombudsman still wanted to know before it is no longer owed."""
    _check_undecided(theirs)
    theirs.state, theirs.decided_on, theirs.decision = OmbudsmanState.DECIDED, decided.on, decided.words
    theirs.is_upheld = decided.is_upheld
    theirs.remedied_before = decided.remedied_before if decided.is_upheld else None
    session.add(theirs)
    details = {"reference": theirs.reference, "decided_on": decided.on.isoformat(), "decision": decided.words}
    upheld = {"upheld": decided.is_upheld, "remedied_before": theirs.remedied_before}
    record(session, case, "ombudsman_decided", by=by, now=now, **details, **upheld)
    for duty in open_duties(session, case, DutyKind.ENQUIRY):
        if duty.ombudsman_case_id == theirs.id:
            drop(session, case, duty, "The Ombudsman has decided.", by=by, now=now)


@dataclass(frozen=True)
class Recommendation:
    """What a decision recommends: what, by when, for the person or for the service, what shows it, who sees to it."""

    what: str
    due: date
    owner: Officer
    is_personal: bool
    expected: str = ""


def recommend(
    session: Session, case: Case, theirs: OmbudsmanCase, wanted: Recommendation, *, by: Officer, now: datetime
) -> Duty:
    """Owe a recommendation by its own day. Raises StepNotAllowed before the decision, or when it is noted already."""
    if theirs.decided_on is None:
        raise StepNotAllowed("Note the decision first: recommendations come with it.")
    if wanted.due < theirs.decided_on:
        raise GivenWrong("by", f"The decision was made on {in_words(theirs.decided_on)}; it cannot be due before.")
    expected = f" (the Ombudsman expects to see: {wanted.expected})" if wanted.expected else ""
    owed = NewDuty(
        f"{theirs.reference} {key_of(case, DutyKind.RECOMMENDATION, wanted.what, wanted.due)}",
        DutyKind.RECOMMENDATION,
        wanted.what + expected,
        wanted.due,
        owner_id=wanted.owner.id,
        ombudsman_case_id=theirs.id,
        is_personal=wanted.is_personal,
    )
    duty = make(session, case, owed, by=by, now=now)
    if duty is None:
        raise StepNotAllowed("The very same recommendation is noted already.")
    return duty


def _check_undecided(theirs: OmbudsmanCase) -> None:
    if theirs.decided_on is not None:
        raise StepNotAllowed(f"The Ombudsman decided {theirs.reference} on {in_words(theirs.decided_on)}.")
