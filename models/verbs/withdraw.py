"""Withdraw: the person no longer wants it looked into. Who said so, and how, is recorded; a letter confirms it."""

from models.rules.steps import Step
from models.verbs.ending import check_may_end, end, tell
from models.verbs.offered import where_it_may_end
from models.verbs.verb import Act, Asked, Values, Verb


def _withdraw(act: Act, values: Values) -> str:
    check_may_end(act, Step.WITHDRAW)
    is_sent = tell(act, "withdrawn")
    end(act, Step.WITHDRAW, "withdrawn", "withdrawn", who=values["who"], how=values["how"], letter=is_sent)
    told = (
        "A letter confirms it to the resident."
        if is_sent
        else "No letter could go by email: confirm it to the resident another way."
    )
    return f"{act.case.reference} is withdrawn and closed. {told}"


WITHDRAW = Verb(
    "withdraw",
    "Withdrawn",
    "The person does not want it looked into any further. The case closes, and a letter confirms it to them.",
    (
        Asked("who", "Who said so", hint="The complainant, or whoever may speak for them."),
        Asked("how", "How and when they said it", "long text", hint="Such as: by telephone on Monday, unasked."),
    ),
    _withdraw,
    where_it_may_end(Step.WITHDRAW),
)
