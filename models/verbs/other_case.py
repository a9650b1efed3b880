"""Another case that a verb names, read from its reference."""

from models.case import Case
from models.handling import check_entitled
from models.queries import case_by_reference, get_case
from models.rules.errors import CaseUnknown, GivenWrong
from models.verbs.verb import Act


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
