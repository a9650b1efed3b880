"""Another case that a verb names, read from its reference."""

from collections.abc import Mapping

from sqlmodel import Session, col, select

from models.case import Case
from models.handling import check_entitled
from models.queries import case_by_reference, get_case
from models.rules.errors import CaseUnknown, GivenWrong
from models.verbs.verb import Act, Verb


def case_to_act_on(session: Session, number: int, verb: Verb, given: Mapping[str, str]) -> Case:
    """The case a verb is used on, locked to be changed, as is another that is named. Raises CaseUnknown.

    The older is locked first, whichever of them the verb is used on: two who act on both never wait for each other.
    """
    named = [given.get(asked.name, "").upper().strip() for asked in verb.fields if asked.names_a_case]
    if named:
        both = (col(Case.id) == number) | col(Case.reference).in_(named)
        session.exec(select(Case.id).where(both).order_by(col(Case.id)).with_for_update()).all()
    return get_case(session, number)


def other_case(act: Act, field: str, reference: str) -> Case:
    """The other case, locked to be changed. Raises GivenWrong when it is none or the same, and NotEntitled."""
    try:
        found = case_by_reference(act.session, reference)
    except CaseUnknown as unknown:
        raise GivenWrong(field, str(unknown)) from None
    if found.id == act.case.id:
        raise GivenWrong(field, "That is this case itself.")
    check_entitled(found, act.by)
    return get_case(act.session, found.number)
