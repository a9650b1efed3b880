"""What does not move, and why: a few questions of the whole record, never one for each case."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from models.absence import Absence
from models.case import Case
from models.case_clock import running_clock
from models.clock import in_words, london_date
from models.covering import Roster, may_act, roster
from models.duty import Duty, DutyKind, DutyState
from models.held_list import Held, held_list
from models.owed import is_owed
from models.people import Officer
from models.rules.labels import Area
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.triage import Suggestion
from models.unsure import is_unsure
from models.verbs.block import MISSING, OTHER

NOT_SURE_FOR = timedelta(days=1)
"""So long the classifier's doubt may wait for a person before the case counts as stuck."""

_CLOCKS = {"acknowledge": "its acknowledgement was due", "answer": "its answer was due"}
_WAITS = (DutyKind.BLOCKER, DutyKind.REQUEST)


class Reason(NamedTuple):
    """Why something does not move, in words, and since which day."""

    why: str
    since: date


@dataclass(frozen=True)
class Stuck:
    """A case, or a held message, that does not move; ``case_id`` is None of a message, ``reference`` what it is called.

    ``reasons`` are the oldest first, and there is always one.
    """

    reference: str
    area: Area
    reasons: tuple[Reason, ...]
    case_id: int | None = None
    message: int | None = None
    owner: str | None = None

    @property
    def since(self) -> date:
        """The day since which it has not moved."""
        return self.reasons[0].since

    @property
    def why(self) -> str:
        """Every reason, as one sentence."""
        said = "; ".join(reason.why for reason in self.reasons)
        return f"{said[:1].upper()}{said[1:]}."


def areas_managed(session: Session, officer: Officer, *, settings: Settings, today: date) -> frozenset[Area]:
    """The areas somebody answers for: of the teams they manage or head, or stand in for whoever does; all for the lead.

    Only those they may see.
    """
    if officer.is_corporate_lead:
        return frozenset(Area)
    here = roster(session, today)
    stood_in_for = {each.email for n in here.away if (each := here.officers[n]) and here.stands_in(each) == officer}
    theirs = {officer.email, *stood_in_for}
    managed = (t for t in settings.teams if theirs & {(e or "").lower() for e in (t.manager, t.head_of_service)})
    return frozenset(area for team in managed for area in team.areas if officer.may_see([area.value]))


def stuck(session: Session, areas: Collection[Area], *, now: datetime, by: Officer | None = None) -> list[Stuck]:
    """What of these areas does not move, the oldest first; held messages are the corporate team's.

    ``by``: only what that officer may see; None: all of it.
    """
    if not areas:
        return []
    here = roster(session, london_date(now))
    reasons: dict[int, list[Reason]] = {}
    cases: dict[int, Case] = {}
    for case, reason in _found(session, here, areas, now=now):
        if by is None or by.may_see(case.areas):
            cases[case.number] = case
            reasons.setdefault(case.number, []).append(reason)
    found = [_stuck(cases[number], why, here) for number, why in reasons.items()]
    if Area.CORPORATE_OTHER in areas:
        found += [_held(each, london_date(now)) for each in held_list(session)]
    return sorted(found, key=lambda each: (each.since, each.reference))


def _found(session: Session, here: Roster, areas: Collection[Area], *, now: datetime) -> Iterator[tuple[Case, Reason]]:
    today = london_date(now)
    gone = _gone_since(session, today)
    for case, asked_at in _candidates(session, here, areas, now=now):
        for reason in _of_case(case, today):
            yield case, reason
        if case.owner_id in here.away and (why := _absent(session, case, here)):
            yield case, Reason(why, max(gone.get(case.owner_id, case.received_on), case.received_on))
        if asked_at is not None and asked_at <= now - NOT_SURE_FOR and case.kind is None:
            yield case, _aged("nobody is sure what it is, and nobody has said", london_date(asked_at), today)
    for case, duty in _waiting(session, areas):
        since = duty.done_on if duty.waits_to_be_read else duty.since
        yield case, _aged(_waits_for(duty), since or london_date(duty.made_at), today)


def _candidates(
    session: Session, here: Roster, areas: Collection[Area], *, now: datetime
) -> Iterable[tuple[Case, datetime | None]]:
    """Open cases that may be stuck, each with when the classifier was asked."""
    today = london_date(now)
    may_be = (
        (col(Case.status) == CaseStatus.NEW) & (col(Case.acknowledge_by) < today),
        col(Case.respond_by) < today,
        col(Case.paused_on).is_not(None),
        col(Case.owner_id).is_(None) & (col(Case.received_on) < today),
        col(Case.owner_id).in_(list(here.away)),
        is_unsure() & (col(Suggestion.at) <= now - NOT_SURE_FOR),
    )
    asked = (
        select(Case, Suggestion.at)
        .join(Suggestion, col(Suggestion.case_id) == Case.id, isouter=True)
        .where(is_owed(), _of(areas), or_(*may_be))
    )
    return session.exec(asked.order_by(col(Case.id))).all()


def _of_case(case: Case, today: date) -> Iterator[Reason]:
    clock = running_clock(case)
    if clock is not None and clock.due < today:
        yield _aged(f"{_CLOCKS[clock.name]} by {in_words(clock.due)}", clock.due, today)
    if case.status == CaseStatus.ACKNOWLEDGED and case.paused_on is not None:
        yield _aged("its clock stands still", case.paused_on, today)
    if case.owner_id is None and case.received_on < today:
        yield _aged("nobody has it", case.received_on, today)


def _gone_since(session: Session, today: date) -> dict[int | None, date]:
    """The first day of each absence of today, by the officer's number; nobody knows since when somebody has left."""
    running = select(Absence).where(Absence.from_day <= today, Absence.until_day >= today).order_by(col(Absence.id))
    return {absence.officer_id: absence.from_day for absence in session.exec(running)}


def _absent(session: Session, case: Case, here: Roster) -> str:
    owner = here.officers[case.owner_id or 0]
    if not owner.is_active:
        return f"its owner, {owner.name}, has left"
    cover = here.stands_in(owner)
    is_covered = cover is not None and may_act(session, case, cover)
    return "" if is_covered else f"its owner, {owner.name}, is away, and nobody who may act covers"


def _waiting(session: Session, areas: Collection[Area]) -> Sequence[tuple[Case, Duty]]:
    """Open cases that wait for something or somebody, with what they wait for."""
    asked = (
        select(Case, Duty)
        .join(Duty, col(Duty.case_id) == Case.id)
        .where(Duty.state == DutyState.OPEN, col(Duty.kind).in_(_WAITS))
        .where(col(Case.status) != CaseStatus.CLOSED, col(Case.campaign_of_id).is_(None), _of(areas))
    )
    return session.exec(asked.order_by(col(Duty.id))).all()


def _waits_for(duty: Duty) -> str:
    """In words of ours alone: what an officer typed may name somebody."""
    if duty.kind == DutyKind.REQUEST:
        is_there = duty.waits_to_be_read
        return (
            "an answer that came by email waits to be read"
            if is_there
            else "it waits for the answer of whoever was asked"
        )
    what = duty.what.partition(":")[0].strip()
    return f"it waits for {what}" if what in MISSING and what != OTHER else "it waits for something that is missing"


def _aged(why: str, since: date, today: date) -> Reason:
    return Reason(f"{why} ({_age(since, today)})", since)


def _age(since: date, today: date) -> str:
    days = (today - since).days
    return {0: "since today", 1: "for 1 day"}.get(days, f"for {days} days")


def _of(areas: Collection[Area]) -> ColumnElement[bool]:
    main = func.coalesce(col(Case.areas)[0].as_string(), Area.CORPORATE_OTHER.value)
    return main.in_([area.value for area in areas])


def _stuck(case: Case, reasons: list[Reason], here: Roster) -> Stuck:
    owner = here.officers.get(case.owner_id) if case.owner_id else None
    oldest = tuple(sorted(reasons, key=lambda each: each.since))
    return Stuck(case.reference, case.main_area, oldest, case_id=case.number, owner=owner.name if owner else None)


def _held(held: Held, today: date) -> Stuck:
    since = london_date(held.received_at)
    reason = Reason(f"it is held ({_age(since, today)}): {held.reason.rstrip('.')}", since)
    return Stuck(f"Message {held.number}", Area.CORPORATE_OTHER, (reason,), message=held.number)
