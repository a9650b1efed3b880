"""The verbs of people: what an officer does to a case.

Each changes the case, records an event and puts what must be said in the outbox.
No network, no clock, no commit: the caller's transaction makes all of it true at once.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlmodel import Session

from models.case import REOPENED, Case
from models.choosing_procedure import agree_procedure, doubt_of_procedure
from models.clock import in_words, london_date
from models.filing import AREA_CORRECTED, KIND_CORRECTED, filed
from models.letter_texts import answer_name, is_complaint
from models.letters import send_letter
from models.milestones import start_clocks
from models.people import Complainant, Officer
from models.points import check_points_are_decided
from models.reckoning import end_pause, reckon, stage_of
from models.record import draw_alert, note, record, redraw_alerts
from models.remedies import promise_remedies
from models.reminders import Alert
from models.rules.errors import NotEntitled, StepNotAllowed
from models.rules.labels import KINDS, Area, Kind
from models.rules.languages import Language
from models.rules.letter_check import SUPPLIED, Finding, check_letter
from models.rules.remedies import Remedy
from models.rules.steps import CaseStatus, Step, move
from models.settings import Settings
from models.stages import check_looks_afresh


class Outcome(StrEnum):
    """What the council decided at a stage, in the words of complaints procedures; others have their own.

    Which words a stage may use stands in ``Stage.outcomes``.
    """

    UPHELD = "upheld"
    PARTLY_UPHELD = "partly upheld"
    NOT_UPHELD = "not upheld"
    RESOLVED = "resolved"


def is_entitled(case: Case, by: Officer) -> bool:
    """Whether the case is of the officer's areas, or theirs to own."""
    return by.may_see(case.areas) or case.owner_id == by.id


def check_entitled(case: Case, by: Officer) -> None:
    """Raises NotEntitled unless they are."""
    if not is_entitled(case, by):
        raise NotEntitled(f"{case.reference} belongs to another service.")


def acknowledge(session: Session, case: Case, *, by: Officer, settings: Settings, now: datetime) -> str:
    """Tell the complainant who deals with it and by when they hear; the answer's clock starts.

    Returns what was done, as a sentence. Raises StepNotAllowed.
    """
    check_entitled(case, by)
    check_looks_afresh(session, case, by)
    case.status = move(case.status, Step.ACKNOWLEDGE)
    case.acknowledged_on = london_date(now)
    case.look_again = now
    if case.owner_id is None:
        case.owner_id = by.id
    reckon(case, settings=settings)
    moved = agree_procedure(session, case, by=by, settings=settings, now=now)
    is_sent = case.may_answer and send_letter(session, case, "acknowledgement", settings=settings, now=now)
    record(session, case, "acknowledged", by=by, now=now, letter=is_sent)
    redraw_alerts(session, case, now=now)
    if not is_sent:
        return f"{case.reference} is acknowledged. No letter could be sent by email: tell the resident another way."
    by_when = f"The answer is due by {in_words(case.respond_by)}." if case.respond_by and not moved else ""
    said = (f"{case.reference} is acknowledged and the letter is on its way.", by_when, moved, doubt_of_procedure(case))
    return " ".join(filter(None, said))


def take(session: Session, case: Case, *, by: Officer, now: datetime) -> str:
    """Become the case's owner."""
    check_entitled(case, by)
    if case.owner_id == by.id:
        return f"{case.reference} is yours already."
    check_looks_afresh(session, case, by)
    case.owner_id, case.look_again = by.id, now
    record(session, case, "taken", by=by, now=now)
    redraw_alerts(session, case, now=now)
    return f"{case.reference} is yours."


def correct_kind(session: Session, case: Case, kind: Kind, *, by: Officer, settings: Settings, now: datetime) -> str:
    """A person says what kind of message it is; the answer's clock follows."""
    check_entitled(case, by)
    was, case.kind, case.kind_by_person = filed(case), kind, True
    case.look_again = now if case.status != CaseStatus.CLOSED else None
    reckon(case, settings=settings)
    record(session, case, KIND_CORRECTED, by=by, now=now, before=was["kind"], after=kind, was=was)
    moved = agree_procedure(session, case, by=by, settings=settings, now=now)
    return f"{case.reference} is now filed as: {KINDS[kind].name.lower()}. {moved}".rstrip()


def correct_area(session: Session, case: Case, area: Area, *, by: Officer, settings: Settings, now: datetime) -> str:
    """A person says which service it concerns; the card moves to that service's channel.

    An owner who does not work for that service lets go of it, so that somebody there can take it.
    """
    check_entitled(case, by)
    was, case.areas, case.areas_by_person = filed(case), [area.value], True
    owner = session.get(Officer, case.owner_id) if case.owner_id else None
    if owner is not None and not owner.may_see(case.areas):
        case.owner_id = None
    is_open = case.status != CaseStatus.CLOSED
    case.look_again = now if is_open else None
    reckon(case, settings=settings)  # a service may have limits of its own
    record(session, case, AREA_CORRECTED, by=by, now=now, before=was["areas"], after=area, was=was)
    redraw_alerts(session, case, now=now)
    moved = agree_procedure(session, case, by=by, settings=settings, now=now)
    if is_open and not moved:
        start_clocks(session, case, settings=settings, now=now, by=by)
    return f"{case.reference} is now with {settings.team_for(area).name}. {moved}".rstrip()


def note_reading(session: Session, case: Case, *, by: Officer, now: datetime) -> None:
    """Record that somebody opened the text."""
    check_entitled(case, by)
    note(session, case, "read", by=by, now=now)


class Answer(NamedTuple):
    """What the resident is told at the end of a stage."""

    outcome: str
    letter: str
    as_it_is: bool = False
    """The officer saw that something is missing and sends it all the same."""
    remedies: tuple[Remedy, ...] = ()


def missing_from(session: Session, case: Case, answer: Answer, *, settings: Settings) -> tuple[Finding, ...]:
    """What the Code asks of a complaint's answer and this one lacks.

    A letter to somebody who is written to in Welsh is not judged: the check reads English only.
    """
    complainant = session.get_one(Complainant, case.complainant_id)
    if not is_complaint(case) or complainant.language != Language.ENGLISH:
        return ()
    return check_letter(
        answer.letter,
        owes_remedy=answer.outcome != Outcome.NOT_UPHELD,
        is_last=case.stage == len(settings.procedures[case.procedure].stages),
        supplied=SUPPLIED[answer_name(case, settings=settings)],
    )


def respond(session: Session, case: Case, answer: Answer, *, by: Officer, settings: Settings, now: datetime) -> str:
    """Send the answer at this stage; what it promises by a date is followed from now on.

    Raises StepNotAllowed, also for a decision in words that are not the stage's, or a recorded point without one.
    """
    check_entitled(case, by)
    check_looks_afresh(session, case, by)
    status = move(case.status, Step.RESPOND)
    _check_decided(session, case, answer, settings=settings)
    end_pause(case, today=london_date(now), settings=settings)
    case.status = status
    case.outcome = str(answer.outcome)
    case.responded_on = case.close_out_on = london_date(now)
    case.look_again = case.quiet_until = None
    words = {"outcome": case.outcome, "letter": answer.letter}
    is_sent = send_letter(session, case, answer_name(case, settings=settings), settings=settings, now=now, **words)
    details: dict[str, Any] = {"outcome": case.outcome, "letter": is_sent, "stage": case.stage}
    if answer.remedies:
        details["remedies"] = [[each.what, each.due.isoformat() if each.due else None] for each in answer.remedies]
        promise_remedies(session, case, answer.remedies, by=by, now=now)
    if answer.as_it_is and (missing := missing_from(session, case, answer, settings=settings)):
        details["sent_as_it_is"] = "without " + ", ".join(finding.element for finding in missing)
    record(session, case, "responded", by=by, now=now, **details)
    if not is_sent:
        return f"{case.reference} is answered. The resident left no email address: send the answer another way."
    if not case.may_answer:
        return f"{case.reference} is answered. A machine may have sent it: make sure the resident has the answer."
    return f"{case.reference} is answered and the letter is on its way."


def _check_decided(session: Session, case: Case, answer: Answer, *, settings: Settings) -> None:
    outcomes = stage_of(case, settings).outcomes
    if answer.outcome not in outcomes:
        raise StepNotAllowed(f"At this stage the decision is one of: {', '.join(outcomes)}.")
    check_points_are_decided(session, case)


def close(session: Session, case: Case, *, reason: str, by: Officer, now: datetime) -> str:
    """Close a case, with the reason a person gave. A complaint is answered first."""
    check_entitled(case, by)
    if case.status == CaseStatus.ACKNOWLEDGED and case.respond_by is not None:
        raise StepNotAllowed("It is owed an answer before it can be closed.")
    case.status = move(case.status, Step.CLOSE)
    case.closed_on = london_date(now)
    case.look_again = case.quiet_until = case.close_out_on = case.paused_on = None
    record(session, case, "closed", by=by, now=now, reason=reason)
    return f"{case.reference} is closed."


def reopen(session: Session, case: Case, *, reason: str, by: Officer, now: datetime) -> str:
    """Open a closed case again; it keeps its dates, and what it was decided stands in its history alone.

    One that ended before it was ever acknowledged is new again.
    """
    check_entitled(case, by)
    has_ended = case.status == CaseStatus.CLOSED and case.acknowledged_on is None
    case.status = move(case.status, Step.BEGIN_AGAIN if has_ended else Step.REOPEN)
    case.closed_on = None
    case.outcome = ""
    case.look_again = now
    record(session, case, REOPENED, by=by, now=now, reason=reason)
    return f"{case.reference} is open again."


def take_alert(session: Session, alert: Alert, case: Case, *, by: Officer, now: datetime) -> str:
    """Somebody says "I have it"; the first one has it."""
    check_entitled(case, by)
    if alert.taken_by_id is not None:
        holder = session.get_one(Officer, alert.taken_by_id)
        return f"{holder.name} has it already."
    alert.taken_by_id, alert.taken_at = by.id, now
    record(session, case, "alert_taken", by=by, now=now, sign=alert.sign)
    draw_alert(session, alert.id or 0, case, now=now)
    return f"You have {case.reference}."
