"""Dates a procedure sets beside the acknowledgement and the answer: a panel's days, and a hazard's hours.

A hazard's clocks are those of Awaab's Law (Social Housing (Regulation) Act 2023, in force for social tenancies in
England from 27 October 2025), which the shipped settings hold: an emergency is made safe within 24 hours of the day and
hour at which the landlord knows, nights and weekends included; what is significant within working days.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session, col, select

from models.case import Case, CaseEvent
from models.clock import instant_in_words, london_date, london_instant
from models.correspondence import Correspondence, Direction
from models.duties import NewDate, NewDuty, began_on, drop, duty_by_key, make, move
from models.duty import Duty, DutyKind, DutyState
from models.duty_list import open_duties
from models.meant_procedure import procedure_for
from models.outbox import put_line
from models.people import Officer
from models.reckoning import due_dates, happened, procedure_of, stage_of
from models.rules.labels import Signal
from models.rules.procedures import ClockStart, FurtherLimit
from models.settings import Settings

HAZARD_KNOWN: ClockStart = "hazard known"

NOT_ITS_ANY_LONGER = "The case is at another stage or on another procedure."
"""Why a milestone that the case no longer has is dropped."""


@dataclass(frozen=True)
class Milestone:
    """A further date of a case: the limit that sets it, the key of its duty, its last day, and its instant if any."""

    limit: FurtherLimit
    key: str
    due: date
    due_at: datetime | None = None


def start_clocks(
    session: Session, case: Case, *, settings: Settings, now: datetime, by: Officer | None = None
) -> list[Duty]:
    """Make what the procedure sets at this stage into duties, and count the open ones anew. Again changes nothing.

    To be called when a stage begins, a signal is raised, the procedure changes, or an event happens. Milestones that
    the case no longer has are dropped; a hazard is a danger whatever the procedure, so only a person drops its duties.
    Returns those that are new.
    """
    wanted = list(milestones(session, case, settings=settings))
    _drop_others(session, case, {each.key for each in wanted}, by=by, now=now)
    new = [duty for each in wanted if (duty := _make_or_move(session, case, each, by=by, now=now)) is not None]
    for duty in new:
        if duty.due_at is not None:
            _tell_at_once(session, case, duty, settings=settings, now=now)
    return new


def milestones(session: Session, case: Case, *, settings: Settings) -> Iterator[Milestone]:
    """The further dates of a case as they are now: those of its stage, and those that run beside every stage."""
    of_stage = due_dates(case, settings).further
    for limit in stage_of(case, settings).further:
        if _runs(limit, case):
            yield Milestone(limit, f"{case.reference} stage {case.stage} {limit.name}", of_stage[limit.name])
    yield from _beside_the_stages(session, case, settings)


def limits_of(case: Case, settings: Settings) -> list[FurtherLimit]:
    """The further limits of a case's stage and those beside every stage, whether they run or not."""
    return [*stage_of(case, settings).further, *clocks_beside(case, settings)]


def clocks_beside(case: Case, settings: Settings) -> tuple[FurtherLimit, ...]:
    """The clocks that run beside every stage: of its procedure, and those for a danger of the one it belongs to.

    A hazard in a council home does not wait until somebody has put the case on the landlord's procedure.
    """
    own = procedure_of(case, settings).clocks
    names = {limit.name for limit in own}
    meant = settings.procedures[procedure_for(case, settings) or case.procedure].clocks
    return (*own, *(limit for limit in meant if limit.signal is not None and limit.name not in names))


def has_clocks_from_the_start(case: Case, settings: Settings) -> bool:
    """Whether a case has further dates that wait for no signal: they begin with it."""
    return any(limit.signal is None for limit in limits_of(case, settings))


def events_of(case: Case, settings: Settings) -> list[ClockStart]:
    """The events a person may record on a case: what its further dates wait for, and that a hazard is known."""
    limits = limits_of(case, settings)
    named = [limit.until for limit in limits if limit.until is not None]
    known = [HAZARD_KNOWN] if any(limit.of == HAZARD_KNOWN for limit in limits) else []
    return list(dict.fromkeys([*known, *named]))


def is_met_by_an_event(duty: Duty, settings: Settings) -> bool:
    """Whether the day of an event settles a duty, because further dates may count from that day."""
    if duty.kind not in {DutyKind.MILESTONE, DutyKind.HAZARD}:
        return False
    of_stages = (limit for each in settings.procedures.values() for stage in each.stages for limit in stage.further)
    limits = (*of_stages, *(limit for each in settings.procedures.values() for limit in each.clocks))
    return any(limit.until is not None and duty.key.endswith(f" {limit.name}") for limit in limits)


def _beside_the_stages(session: Session, case: Case, settings: Settings) -> Iterator[Milestone]:
    calendar = settings.calendar(case.procedure)
    known: dict[ClockStart, date] = {"received": began_on(case), **happened(case)}
    for limit in clocks_beside(case, settings):
        if not _runs(limit, case):
            continue
        start = _instant_known(session, case, limit.signal) if limit.of == HAZARD_KNOWN else None
        if start is not None:
            known[HAZARD_KNOWN] = london_date(start)  # days and hours count from the same moment
        day = known.setdefault(limit.of, began_on(case))
        key = f"{case.reference} {limit.name}"
        if limit.within.unit == "hours":
            at = limit.within.ends_at(start or london_instant(day, time.min))
            yield Milestone(limit, key, london_date(at), at)
            continue
        due = limit.end(day, calendar)
        if limit.until is not None:
            known.setdefault(limit.until, due)
        yield Milestone(limit, key, due)


def _runs(limit: FurtherLimit, case: Case) -> bool:
    return limit.signal is None or limit.signal in case.signals


def _instant_known(session: Session, case: Case, signal: Signal | None) -> datetime | None:
    """When the letter came that raised the signal first: the council knew from then on, whoever read it when.

    Where a person named an earlier day, it counts from that day's first hour, for nobody knows the hour.
    None: nothing tells.
    """
    said = case.happened.get(HAZARD_KNOWN)
    told = london_instant(date.fromisoformat(said), time.min) if said else None
    raised = _raised_at(session, case, signal)
    if raised is None:
        return told
    came = select(Correspondence.at).where(
        Correspondence.case_id == case.number,
        Correspondence.direction == Direction.IN,
        Correspondence.at <= raised,
    )
    newest_first = col(Correspondence.at).desc(), col(Correspondence.id).desc()
    letter = session.exec(came.order_by(*newest_first).limit(1)).first() or raised
    return min(letter, told) if told and london_date(told) < london_date(letter) else letter


def _raised_at(session: Session, case: Case, signal: Signal | None) -> datetime | None:
    events = select(CaseEvent.at, CaseEvent.details).where(
        CaseEvent.case_id == case.number, CaseEvent.name == "signals_raised"
    )
    raised = session.exec(events.order_by(col(CaseEvent.id))).all()
    return next((at for at, details in raised if signal in details.get("signals", [])), None)


def _make_or_move(session: Session, case: Case, wanted: Milestone, *, by: Officer | None, now: datetime) -> Duty | None:
    """The new duty; None when it was made before: then its day is put right if it is open and counted anew."""
    duty = duty_by_key(session, wanted.key)
    if duty is None:
        kind = DutyKind.HAZARD if wanted.limit.signal else DutyKind.MILESTONE
        new = NewDuty(wanted.key, kind, wanted.limit.what, wanted.due, due_at=wanted.due_at)
        return make(session, case, new, by=by, now=now)
    if duty.state == DutyState.OPEN and _is_elsewhere(duty, wanted):
        to = NewDate(wanted.due, f"Counted from “{wanted.limit.of}”.", wanted.due_at)
        move(session, case, duty, to, by=by, now=now)
    return None


def _is_elsewhere(duty: Duty, wanted: Milestone) -> bool:
    """Whether a duty's day is another by now. Hours that were told only shrink: a danger is never given more time."""
    if duty.due_at is None or wanted.due_at is None:
        return duty.due != wanted.due
    return wanted.due_at < duty.due_at


def _drop_others(session: Session, case: Case, keys: set[str], *, by: Officer | None, now: datetime) -> None:
    for duty in open_duties(session, case, DutyKind.MILESTONE):
        if duty.key not in keys:
            drop(session, case, duty, NOT_ITS_ANY_LONGER, by=by, now=now)


def _tell_at_once(session: Session, case: Case, duty: Duty, *, settings: Settings, now: datetime) -> None:
    """Safety waits for no working hours: the lead's channel and the team's hear of it now."""
    if duty.due_at is None:
        return
    by = instant_in_words(duty.due_at)
    text = f"{case.reference}: by {by} {duty.what}. Hours count, at night and at weekends too."
    for to in (settings.slack.lead_channel, settings.team_for(case.main_area).channel):
        put_line(session, key=f"{duty.key} told to {to}", to=to, text=text, case_id=case.number, now=now)
