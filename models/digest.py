"""What an officer's day begins with: what is due, missed and coming, what they cover, and what waits to be sorted."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from models.case import Case
from models.case_clock import running_clock
from models.clock import london_date
from models.covering import Roster, may_act, roster
from models.duty import Duty, DutyKind
from models.duty_list import Which, duties, is_late, is_paused
from models.held_list import held_list
from models.outbox import Channel, ToSay, put, put_already
from models.owed import cases_owed
from models.people import Officer
from models.rules.labels import Area
from models.settings import Settings
from models.stuck import Stuck, areas_managed, stuck
from models.unsure import unsure_cases
from models.working_hours import hours_of, opens

_COMING = timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """Something with a date: of a case ``clock`` says what is to be done, of a duty ``duty`` what sort it is."""

    case_id: int
    reference: str
    area: Area
    due: date
    clock: str = ""
    duty: DutyKind | None = None


@dataclass(frozen=True)
class Dues:
    """What is due of one officer's, the nearest date first: on a day that is past, today, or within a week."""

    missed: tuple[Due, ...] = ()
    today: tuple[Due, ...] = ()
    coming: tuple[Due, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.missed or self.today or self.coming)


@dataclass(frozen=True)
class Digest:
    """An officer's morning.

    - ``covered``: what is due of those they stand in for, by name.
    - ``unsure``: the references of cases that nobody is sure of; ``held``: how many messages wait. Both are theirs to
      sort.
    - ``stuck``: of whoever manages a team, what does not move.
    """

    day: date
    own: Dues = Dues()
    covered: tuple[tuple[str, Dues], ...] = ()
    unsure: tuple[str, ...] = ()
    held: int = 0
    stuck: tuple[Stuck, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.own or self.covered or self.unsure or self.held or self.stuck)


def put_digests(session: Session, officers: Iterable[Officer], *, now: datetime) -> None:
    """Have each one's morning drawn and sent, once a day whoever asks."""
    day = london_date(now)
    for officer in officers:
        asked = {"draw": "digest", "officer": officer.id, "day": day.isoformat()}
        put(session, ToSay(Channel.SLACK, _key(officer, day), asked), now=now)


def who_gets_one(session: Session, *, settings: Settings, now: datetime) -> list[Officer]:
    """Those whose hours have begun, who are here today, and whose morning has not been put."""
    active = session.exec(select(Officer).where(col(Officer.is_active).is_(True)).order_by(col(Officer.id))).all()
    at_work = [each for each in active if opens(now, settings=settings, hours=hours_of(each.slack_user, settings))]
    day = london_date(now)
    told = put_already(session, [_key(each, day) for each in at_work]) if at_work else set()
    left = [each for each in at_work if _key(each, day) not in told]
    here = roster(session, day) if left else None
    return [each for each in left if here and not here.is_away(each)]


def digest_of(session: Session, officer: Officer, *, settings: Settings, now: datetime) -> Digest | None:
    """An officer's morning as the record is now; None: there is nothing to say, or they are not here today."""
    today = london_date(now)
    here = roster(session, today)
    if here.is_away(officer):
        return None
    managed = areas_managed(session, officer, settings=settings, today=today)
    found = Digest(
        day=today,
        own=_dues(session, officer, now),
        covered=tuple(_covered(session, officer, here, now)),
        unsure=tuple(case.reference for case, _ in unsure_cases(session, officer)),
        held=len(held_list(session)) if officer.may_see([Area.CORPORATE_OTHER]) else 0,
        stuck=tuple(stuck(session, managed, now=now, by=officer)),
    )
    return found or None


def _key(officer: Officer, day: date) -> str:
    return f"digest of {day} for {officer.slack_user}"


def _covered(session: Session, officer: Officer, here: Roster, now: datetime) -> Iterator[tuple[str, Dues]]:
    for number in here.away:
        person = here.officers[number]
        if person.id == officer.id or here.stands_in(person) != officer:
            continue
        dues = _dues(session, person, now, may=lambda case: may_act(session, case, officer))
        if dues:
            yield person.name, dues


def _dues(session: Session, officer: Officer, now: datetime, may: Callable[[Case], bool] = lambda _case: True) -> Dues:
    today = london_date(now)
    of_cases = [_of_case(case) for case in cases_owed(session, officer) if may(case)]
    owed = [each for each in duties(session, Which(owner=officer)) if may(each[1]) and not is_paused(*each)]
    late = [_of_duty(*each) for each in owed if is_late(*each, now=now)]
    early = [_of_duty(*each) for each in owed if not is_late(*each, now=now)]
    running = [each for each in of_cases if each is not None]
    return Dues(
        missed=_in_order([each for each in running if each.due < today] + late),
        today=_in_order(each for each in [*running, *early] if each.due == today),
        coming=_in_order(each for each in [*running, *early] if today < each.due <= today + _COMING),
    )


def _in_order(found: Iterable[Due]) -> tuple[Due, ...]:
    return tuple(sorted(found, key=lambda each: (each.due, each.reference)))


def _of_case(case: Case) -> Due | None:
    clock = running_clock(case)
    return Due(case.number, case.reference, case.main_area, clock.due, clock=clock.name) if clock else None


def _of_duty(duty: Duty, case: Case) -> Due:
    return Due(case.number, case.reference, case.main_area, duty.due, duty=DutyKind(duty.kind))
