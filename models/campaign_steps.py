"""What a person did on a campaign's case, done on each case that follows it: each resident gets a letter of their own.

What is left to do is read from the two cases' states, so a step is never taken twice, and one that was cut short is
taken up again. Each step is the verb a person would use, recorded under the officer who used it on the parent.
"""

import json
from datetime import date, datetime

from sqlalchemy import ColumnElement, String, cast
from sqlmodel import Session, and_, col, or_, select

from models import handling
from models.campaign_members import ORDER, says_more
from models.campaigns import leave_campaign
from models.case import PROCEDURE_CHANGED, Case, CaseEvent
from models.choosing_procedure import Going, go_to_procedure
from models.outbox import Channel, OutboxEntry
from models.people import Officer
from models.queries import get_case
from models.rules.errors import StepNotAllowed, TocsinError
from models.rules.labels import Area, Kind
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.verbs.extend import EXTENDED, extend
from models.verbs.verb import Act


def lagging(session: Session) -> list[int]:
    """Cases that are behind the one that speaks for them, by number."""
    is_open = (col(Case.campaign_of_id).is_not(None), col(Case.status).in_(ORDER[:-1]))
    speak = select(Case.campaign_of_id).where(*is_open).distinct()
    # one parent at a time: joined to themselves, PostgreSQL would walk the whole table of cases
    parents = session.exec(select(Case).where(col(Case.id).in_(session.exec(speak).all()))).all()
    found = (session.exec(select(Case.id).where(*_behind(parent))) for parent in parents)
    return sorted(number or 0 for numbers in found for number in numbers)


def _behind(parent: Case) -> tuple[ColumnElement[bool], ...]:
    """What holds of a case that is to follow a step of its parent's."""
    unlike: list[ColumnElement[bool]] = [col(Case.owner_id).is_distinct_from(parent.owner_id)]
    if parent.kind_by_person:
        unlike += [col(Case.kind).is_distinct_from(parent.kind), ~col(Case.kind_by_person)]
    if parent.areas_by_person:
        unlike += [cast(col(Case.areas), String) != json.dumps(parent.areas), ~col(Case.areas_by_person)]
    if parent.procedure_by_person:
        unlike += [col(Case.procedure) != parent.procedure, ~col(Case.procedure_by_person)]
    if parent.status == CaseStatus.ACKNOWLEDGED:
        unlike += [col(Case.extensions) < parent.extensions]
    earlier = col(Case.status).in_(ORDER[: ORDER.index(parent.status)])
    is_open, is_at_stage = col(Case.status).in_(ORDER[:2]), col(Case.stage) == parent.stage
    behind = or_(and_(is_at_stage, or_(earlier, and_(is_open, or_(*unlike)))), and_(~is_at_stage, is_open))
    return (col(Case.campaign_of_id) == parent.id, behind)


def follow_parent(session: Session, number: int, *, settings: Settings, now: datetime) -> None:
    """Do on a case what a person did on the one that speaks for it.

    A case that says more than the campaign does, or on which it cannot be done, leaves it and is shown to a person.
    """
    case = get_case(session, number)
    if case.campaign_of_id is None:
        return
    parent = session.get_one(Case, case.campaign_of_id)
    why = says_more(session, case, settings=settings)
    if not why and case.stage != parent.stage:
        why = "the campaign's case went on to another stage before this one was answered"
    if not why:
        try:
            with session.begin_nested():
                _catch_up(session, case, parent, settings=settings, now=now)
        except TocsinError as refused:
            session.refresh(case)
            why = str(refused)
    if why:
        leave_campaign(session, case, why=why, now=now)


def _catch_up(session: Session, case: Case, parent: Case, *, settings: Settings, now: datetime) -> None:
    """Filed first, so that the letters say what the parent's did; the owner last."""
    if parent.kind_by_person and parent.kind and (case.kind != parent.kind or not case.kind_by_person):
        by = _who(session, parent, "kind_corrected")
        handling.correct_kind(session, case, Kind(parent.kind), by=by, settings=settings, now=now)
    if parent.areas_by_person and (case.areas != parent.areas or not case.areas_by_person):
        by = _who(session, parent, "area_corrected")
        handling.correct_area(session, case, Area(parent.areas[0]), by=by, settings=settings, now=now)
    if parent.procedure_by_person and (case.procedure != parent.procedure or not case.procedure_by_person):
        _follow_procedure(session, case, parent, settings=settings, now=now)
    while ORDER.index(case.status) < ORDER.index(parent.status):
        _step(session, case, parent, settings=settings, now=now)
    if case.status == parent.status == CaseStatus.ACKNOWLEDGED and case.extensions < parent.extensions:
        _follow_extension(session, case, parent, settings=settings, now=now)
    if case.owner_id != parent.owner_id and parent.owner_id is not None:
        handling.take(session, case, by=_on_behalf(session.get_one(Officer, parent.owner_id)), now=now)
    case.owner_id = parent.owner_id
    session.add(case)


def _step(session: Session, case: Case, parent: Case, *, settings: Settings, now: datetime) -> None:
    if case.status == CaseStatus.NEW:
        handling.acknowledge(session, case, by=_who(session, parent, "acknowledged"), settings=settings, now=now)
    elif case.status == CaseStatus.ACKNOWLEDGED and parent.responded_on is not None:
        by, answer = _who(session, parent, "responded"), _answer(session, parent)
        handling.respond(session, case, answer, by=by, settings=settings, now=now)
    else:
        reason = str(_event(session, parent, "closed").details["reason"])
        handling.close(session, case, reason=reason, by=_who(session, parent, "closed"), now=now)


def _follow_procedure(session: Session, case: Case, parent: Case, *, settings: Settings, now: datetime) -> None:
    by, reason = _who(session, parent, PROCEDURE_CHANGED), _event(session, parent, PROCEDURE_CHANGED).details["reason"]
    case.procedure_by_person = True
    if case.procedure != parent.procedure:
        going = Going(parent.procedure, parent.stage, by, reason)
        go_to_procedure(session, case, going, settings=settings, now=now)


def _follow_extension(session: Session, case: Case, parent: Case, *, settings: Settings, now: datetime) -> None:
    """The newest of the parent's extensions, told to this resident too; one whose own date is later needs none."""
    details = _event(session, parent, EXTENDED).details
    until = date.fromisoformat(details["until"])
    if case.respond_by is not None and case.respond_by < until:
        act = Act(session, case, _who(session, parent, EXTENDED), settings, now)
        extend(act, {"until": until, "reason": details["reason"], "good_reason": details["good_reason"]})
    case.extensions = parent.extensions


def _event(session: Session, parent: Case, name: str) -> CaseEvent:
    """The newest event of that name that a person caused."""
    done = select(CaseEvent).where(
        CaseEvent.case_id == parent.id, CaseEvent.name == name, col(CaseEvent.by_officer_id).is_not(None)
    )
    event = session.exec(done.order_by(col(CaseEvent.id).desc()).limit(1)).first()
    if event is None:
        raise StepNotAllowed("Nobody is on record as having done it.")
    return event


def _who(session: Session, parent: Case, name: str) -> Officer:
    return _on_behalf(session.get_one(Officer, _event(session, parent, name).by_officer_id))


def _on_behalf(by: Officer) -> Officer:
    """The officer as they stood before the parent: entitled then, whatever areas are theirs by now.

    A value of its own, so that nothing of it is ever stored.
    """
    return Officer(id=by.id, name=by.name, email=by.email, slack_user=by.slack_user, is_corporate_lead=True)


def _answer(session: Session, parent: Case) -> handling.Answer:
    """What the parent's resident was told: the decision, and the officer's own words as the outbox keeps them."""
    details = _event(session, parent, "responded").details
    letters = select(OutboxEntry.payload).where(OutboxEntry.case_id == parent.id, OutboxEntry.channel == Channel.EMAIL)
    newest = session.exec(letters.order_by(col(OutboxEntry.id).desc())).all()
    words = next((payload["answer"] for payload in newest if "answer" in payload), None)
    if words is None:
        raise StepNotAllowed("The words of the answer are not at hand.")
    return handling.Answer(str(details["outcome"]), words, as_it_is="sent_as_it_is" in details)
