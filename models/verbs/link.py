"""Link: two cases that belong together are named on each other."""

from models.case_link import LinkKind
from models.handling import check_entitled
from models.linking import put_link
from models.record import record
from models.rules.errors import GivenWrong
from models.verbs.other_case import other_case
from models.verbs.verb import Act, Asked, Values, Verb


def _link(act: Act, values: Values) -> str:
    check_entitled(act.case, act.by)
    other = other_case(act, "other", values["other"])
    # the older one first, so that one row stands for the pair whichever of them is linked
    first, second = sorted((act.case, other), key=lambda case: case.number)
    if not put_link(act.session, first, second, LinkKind.RELATED, by=act.by, now=act.now):
        raise GivenWrong("other", f"{other.reference} is linked to it already.")
    why = values["why"] or ""
    record(act.session, act.case, "linked", by=act.by, now=act.now, other=other.reference, why=why)
    record(act.session, other, "linked", by=act.by, now=act.now, other=act.case.reference, why=why)
    return f"{act.case.reference} and {other.reference} are linked."


LINK = Verb(
    "link",
    "Link to another case",
    "Both cases name each other from now on. Nothing else about them changes.",
    (
        Asked("other", "The other case", hint="Its reference, such as T26-00012-K.", names_a_case=True),
        Asked("why", "How they belong together", is_required=False),
    ),
    _link,
)
