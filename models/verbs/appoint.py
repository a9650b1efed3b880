"""The verbs “appoint” and “end appointment”: somebody of the pool takes a seat at a stage, and gives it up again.

The council's own Investigating Officer is in the pool too, and stands in no line of the case.
"""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, select

from models.case import Case
from models.clock import london_date
from models.council import officer_by_email
from models.handling import check_entitled
from models.independent import Appointment, Independent
from models.own_investigators import check_stands_apart, owe_report, settle_report
from models.pool import free_on, member, people, pool_role, seats_to_fill, sitting
from models.record import record
from models.rules.errors import GivenWrong, StepNotAllowed
from models.rules.money import pence, pounds
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.verbs.verb import Act, Asked, Values, Verb

_OPEN = (CaseStatus.NEW, CaseStatus.ACKNOWLEDGED)


def _appoint(act: Act, values: Values) -> str:
    check_entitled(act.case, act.by)
    if act.case.status not in _OPEN:
        raise StepNotAllowed("It is answered or closed: nobody is appointed to it any more.")
    role, person = values["role"], member(act.session, values["who"])
    _check_free(act, person, role)
    seat = {"independent_id": person.id, "case_id": act.case.number, "stage": act.case.stage, "role": role}
    act.session.add(Appointment(**seat, appointed_at=act.now))
    details = {"role": role, "stage": act.case.stage, "independent": person.id, "to": person.name}
    record(act.session, act.case, "appointed", by=act.by, now=act.now, **details)
    officer = officer_by_email(act.session, person.email)
    report = owe_report(act.session, act.case, officer, by=act.by, now=act.now) if officer else ""
    left = [each for each in seats_to_fill(act.session, act.case, act.settings) if each != role]
    still = f" Still to be appointed: {', '.join(left)}." if left else ""
    return f"{person.name} is {role} on {act.case.reference} from today.{report}{still}"


def _check_free(act: Act, person: Independent, role: str) -> None:
    if officer := officer_by_email(act.session, person.email):
        check_stands_apart(act.session, act.case, officer, role, settings=act.settings, now=act.now)
    if pool_role(role) not in person.roles:
        raise GivenWrong("who", f"{person.name} is not in the pool as {pool_role(role)}.")
    if person.id not in {each.id for each in free_on(act.session, london_date(act.now))}:
        raise GivenWrong("who", f"{person.name} is not free today.")
    for before in sitting(act.session, act.case, include_ended=True):
        if before.independent_id == person.id:
            had = f"{person.name} was {before.role} at stage {before.stage} of {act.case.reference}."
            raise GivenWrong("who", f"{had} Nobody has two parts in one case (SI 2006/1738).")


def _end(act: Act, values: Values) -> str:
    check_entitled(act.case, act.by)
    person, appointment = _sitting_now(act, values["who"])
    cost = person.fee_pence if values["cost"] is None else pence(values["cost"])
    if cost is None:
        raise GivenWrong("cost", "“What it cost” is a sum in pounds such as 1250 or 1250.50.")
    appointment.ended_on, appointment.cost_pence = london_date(act.now), cost
    act.session.add(appointment)
    if officer := officer_by_email(act.session, person.email):
        settle_report(act.session, act.case, officer, by=act.by, now=act.now)
    details = {"role": appointment.role, "stage": appointment.stage, "independent": person.id, "cost_pence": cost}
    record(act.session, act.case, "appointment_ended", by=act.by, now=act.now, **details)
    return f"{person.name} is no longer {appointment.role} on {act.case.reference}. It cost {pounds(cost)}."


def _sitting_now(act: Act, email: str) -> tuple[Independent, Appointment]:
    for appointment in sitting(act.session, act.case):
        person = act.session.get_one(Independent, appointment.independent_id)
        if person.email == email:
            return person, appointment
    raise GivenWrong("who", f"Nobody with the address {email} is appointed to {act.case.reference}.")


def _able(session: Session, case: Case, settings: Settings) -> Sequence[str]:
    """Everybody of the pool with a role that is wanted; why one of them cannot have it is said when it is tried."""
    wanted = {pool_role(seat) for seat in seats_to_fill(session, case, settings)}
    return [person.email for person in people(session) if not wanted.isdisjoint(person.roles)]


def _appointed(session: Session, case: Case, _settings: Settings) -> Sequence[str]:
    return [session.get_one(Independent, each.independent_id).email for each in sitting(session, case)]


def _names(session: Session, _case: Case, _settings: Settings) -> Mapping[str, str]:
    return {person.email: person.name for person in session.exec(select(Independent))}


def _is_wanted(session: Session, case: Case, settings: Settings) -> bool:
    return case.status in _OPEN and bool(seats_to_fill(session, case, settings))


def _has_somebody(session: Session, case: Case, settings: Settings) -> bool:
    return bool(_appointed(session, case, settings))


APPOINT = Verb(
    name="appoint",
    title="Appoint somebody independent",
    does="Somebody of the pool takes a seat at this stage, from today.",
    fields=(
        Asked("role", "As", "choice", choices=seats_to_fill, hint="The seats of this stage that nobody has."),
        Asked("who", "Who", "choice", choices=_able, hint="People of the pool.", called=_names),
    ),
    do=_appoint,
    is_offered=_is_wanted,
)

END_APPOINTMENT = Verb(
    name="end-appointment",
    title="End an appointment",
    does="Somebody independent has done their part, and what it cost is written down.",
    fields=(
        Asked("who", "Who", "choice", choices=_appointed, called=_names),
        Asked("cost", "What it cost", is_required=False, hint="In pounds, such as 1250.50; left empty, their fee."),
    ),
    do=_end,
    is_offered=_has_somebody,
)
