"""What a card shows of a case, gathered from the record into a frozen value.

This is the one place that decides what of a case may stand in a channel: the
reference, kind, area, dates, owner and flags. Never a name, an address, a
contact or a word of the resident's.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from bot.duty_lines import duty_lines
from models.campaign_members import campaign_of, first_due, people_in
from models.case import Case
from models.chasing import NOTHING_BESIDE, Beside, beside
from models.clock import london_date
from models.correspondence import Correspondence, Direction
from models.duty_list import open_duties
from models.letter_texts import is_complaint
from models.outbox import Channel, Delivery, OutboxEntry
from models.people import Officer
from models.queries import suggestion
from models.reckoning import stage_of
from models.reminders import Alert
from models.rules.doubts import Doubt
from models.rules.follow_ups import Sort
from models.rules.labels import Area, Kind, Signal
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.splitting import letter_to_split
from models.stages import stage_after
from models.unsure import Guess, guesses


@dataclass(frozen=True)
class Campaign:
    """Of a case that speaks for others: how many people in all, and the first date owed to them.

    Of one that stands apart from a campaign, or follows it: the reference of the case that speaks for it.
    """

    people: int = 0
    first_due: date | None = None
    parent: str = ""


@dataclass(frozen=True)
class CaseView:
    """A case as a card shows it.

    - ``drops_answer``: acknowledging it as this kind lets go of the date for an answer.
    - ``next_stage`` is the stage a resident may ask for now; ``wants`` what the newest letter wants, until we write.
    - ``beside``: cases of the same person on the same matter; ``asks_what_it_is``: it reads like a chaser, and the
      council has a person say what it is.
    - ``outcomes``: the decisions its stage knows.
    - ``guesses``: what it may be, the likeliest first, while nobody is sure and a person is asked.
    - ``may_split``: a letter may raise a new issue and has no case of its own.
    - ``owed``: its open duties, a line each, as ``bot.duty_lines`` says them.
    """

    case_id: int
    reference: str
    status: CaseStatus
    kind: Kind | None
    guess: Kind | None
    confidence: float
    kind_by_person: bool
    reasons: tuple[str, ...]
    areas: tuple[Area, ...]
    signals: tuple[Signal, ...]
    owner: str | None
    acknowledge_by: date
    respond_by: date | None
    letters_since: int
    letter_problem: bool
    today: date
    acknowledged_on: date | None = None
    responded_on: date | None = None
    drops_answer: bool = False
    campaign: Campaign | None = None
    stage: int = 1
    next_stage: str | None = None
    wants: Sort | None = None
    may_split: bool = False
    doubts: tuple[Doubt, ...] = ()
    beside: Beside = NOTHING_BESIDE
    asks_what_it_is: bool = False
    outcomes: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    guesses: tuple[Guess, ...] = ()


@dataclass(frozen=True)
class AlertView:
    """An alert as the corporate lead's channel shows it."""

    alert_id: int
    reference: str
    area: Area
    owner: str | None
    reason: str
    taken_by: str | None
    case_id: int = 0


def case_view(session: Session, case: Case, *, settings: Settings, now: datetime) -> CaseView:
    """Gather what the card of a case shows."""
    proposed = suggestion(session, case)
    return CaseView(
        case_id=case.number,
        reference=case.reference,
        status=CaseStatus(case.status),
        kind=Kind(case.kind) if case.kind else None,
        guess=Kind(proposed.guess) if proposed else None,
        confidence=proposed.confidence if proposed else 0.0,
        kind_by_person=case.kind_by_person,
        reasons=tuple(proposed.reasons) if proposed else (),
        areas=tuple(Area(area) for area in case.areas),
        signals=tuple(Signal(signal) for signal in case.signals),
        owner=_name(session, case.owner_id),
        acknowledge_by=case.acknowledge_by,
        respond_by=case.respond_by,
        letters_since=_letters_in(session, case) - 1,
        letter_problem=_has_stuck_letter(session, case),
        today=london_date(now),
        acknowledged_on=case.acknowledged_on,
        responded_on=case.responded_on,
        drops_answer=case.kind is not None and case.kind not in settings.procedures[case.procedure].answers,
        campaign=campaign_view(session, case),
        stage=case.stage,
        next_stage=stage_after(case, settings=settings) if is_complaint(case) else None,
        wants=_wants(session, case),
        may_split=letter_to_split(session, case) is not None,
        doubts=tuple(Doubt(doubt) for doubt in case.doubts),
        beside=beside(session, case),
        asks_what_it_is=case.kind is None and proposed is not None and proposed.kind == Kind.CHASER,
        outcomes=stage_of(case, settings).outcomes,
        owed=duty_lines(open_duties(session, case), case, now=now),
        guesses=guesses(proposed) if proposed and _asks_for_its_kind(case) else (),
    )


def campaign_view(session: Session, case: Case) -> Campaign | None:
    """What a card says of the campaign that a case speaks for or is one of."""
    if people := people_in(session, case):
        return Campaign(people, first_due(session, case))
    parent = campaign_of(session, case)
    return Campaign(parent=parent) if parent else None


def alert_view(session: Session, alert: Alert) -> AlertView:
    """Gather what an alert shows."""
    case = session.get_one(Case, alert.case_id)
    return AlertView(
        alert_id=alert.id or 0,
        reference=case.reference,
        area=case.main_area,
        owner=_name(session, case.owner_id),
        reason=alert.reason,
        taken_by=_name(session, alert.taken_by_id),
        case_id=case.number,
    )


def _asks_for_its_kind(case: Case) -> bool:
    return case.kind is None and not case.kind_by_person and case.status != CaseStatus.CLOSED


def _name(session: Session, officer_id: int | None) -> str | None:
    return session.get_one(Officer, officer_id).name if officer_id else None


def _letters_in(session: Session, case: Case) -> int:
    query = select(func.count()).where(Correspondence.case_id == case.id, Correspondence.direction == Direction.IN)
    return session.exec(query).one()


def _wants(session: Session, case: Case) -> Sort | None:
    ours_or_theirs = (Correspondence.case_id == case.number, Correspondence.direction != Direction.PARTNER)
    newest = select(Correspondence.sort).where(*ours_or_theirs)
    sort = session.exec(newest.order_by(col(Correspondence.id).desc()).limit(1)).first()
    return Sort(sort) if sort else None


def _has_stuck_letter(session: Session, case: Case) -> bool:
    stuck = select(OutboxEntry.id).where(
        OutboxEntry.case_id == case.id,
        OutboxEntry.channel == Channel.EMAIL,
        col(OutboxEntry.state).in_((Delivery.FAILED, Delivery.UNCERTAIN)),
    )
    return session.exec(stuck).first() is not None
