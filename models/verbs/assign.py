"""The verb “assign”: somebody else becomes the owner."""

from collections.abc import Sequence

from sqlmodel import Session

from models.assigning import give
from models.case import Case
from models.clock import london_date
from models.council import officer_by_email
from models.covering import may_act, roster
from models.handling import check_entitled
from models.people import Officer
from models.rules.errors import GivenWrong, StepNotAllowed
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.verbs.called import officer_names
from models.verbs.verb import Act, Asked, Values, Verb


def _assign(act: Act, values: Values) -> str:
    check_entitled(act.case, act.by)
    if act.case.status == CaseStatus.CLOSED:
        raise StepNotAllowed("It is closed. Open it again first.")
    if act.case.campaign_of_id is not None:
        raise StepNotAllowed("Another case speaks for it, and has its owner: give that one to somebody.")
    officer = _to(act, values["who"])
    if act.case.owner_id == officer.id:
        return f"{act.case.reference} is {officer.name}’s already."
    reason = {"reason": values["reason"]} if values["reason"] else {}
    give(act.session, act.case, officer, by=act.by, now=act.now, **reason)
    return f"{act.case.reference} is {officer.name}’s now.{_who_is_here(act, officer)}"


def _to(act: Act, email: str) -> Officer:
    """Raises GivenWrong, where somebody was taken off the list meanwhile too."""
    officer = officer_by_email(act.session, email)
    if officer is None or not officer.may_see(act.case.areas):
        raise GivenWrong("who", f"{email} is no officer of this service.")
    if not may_act(act.session, act.case, officer):
        stage = f"At stage {act.case.stage} somebody else looks at it afresh."
        raise GivenWrong("who", f"{officer.name} decided {act.case.reference} before. {stage}")
    return officer


def _who_is_here(act: Act, officer: Officer) -> str:
    here = roster(act.session, london_date(act.now))
    if not here.is_away(officer):
        return ""
    cover = here.stands_in(officer)
    return f" They are away; {f'{cover.name} covers' if cover else 'nobody covers'}."


def _officers(_session: Session, case: Case, settings: Settings) -> Sequence[str]:
    areas = {*case.areas}
    entitled = (each for each in settings.officers if each.is_corporate_lead or not areas.isdisjoint(each.areas))
    return [each.email.lower() for each in entitled]


def _can_change_hands(_session: Session, case: Case, _settings: Settings) -> bool:
    return case.status != CaseStatus.CLOSED and case.campaign_of_id is None


ASSIGN = Verb(
    name="assign",
    title="Give to somebody",
    does="Makes somebody else the owner, who hears of it and is reminded of its dates.",
    fields=(
        Asked("who", "Who", "choice", choices=_officers, hint="Officers who may open this case.", called=officer_names),
        Asked("reason", "Reason", is_required=False, hint="Kept with the case’s history; it is shown in no channel."),
    ),
    do=_assign,
    is_offered=_can_change_hands,
)
