"""What holds a case up: something that is missing, since when, and who sees to it that it comes."""

from datetime import date

from models.clock import in_words, london_date
from models.duties import Done, NewDuty, check_day, check_due, settle_done
from models.duty import DutyKind
from models.rules.errors import GivenWrong
from models.verbs.offered import is_open
from models.verbs.owing import OWNER, check_may_settle, noted, owe, the_duty, which_duty, who_owes
from models.verbs.verb import Act, Asked, Values, Verb, one_of

OTHER = "other"
MISSING = ("file access", "interview notes", "absent staff", "legal advice", OTHER)
"""What councils report that cases wait for."""

WORKING_DAYS_TO_CLEAR = 5
"""By when a blocker is looked at again where nobody says otherwise. No source sets it."""


def _block(act: Act, values: Values) -> str:
    since = values["since"] or london_date(act.now)
    if values["missing"] == OTHER and not values["what"]:
        raise GivenWrong("what", "Say what is missing.")
    check_day(act.case, since, field="since", now=act.now)
    by = values["by"] or _a_week_from(act)
    check_due(by, field="by", now=act.now)
    what = ": ".join(filter(None, (values["missing"], values["what"])))
    key = f"{act.case.reference} blocked since {since}: {values['missing']}"
    owner = who_owes(act, values)
    duty = owe(act, NewDuty(key, DutyKind.BLOCKER, what, by, owner_id=owner.id, since=since))
    return f"{noted(act, duty)} It has been missing since {in_words(since)}."


def _unblock(act: Act, values: Values) -> str:
    duty = the_duty(act, values)
    check_may_settle(act, duty)
    on = values["done_on"] or london_date(act.now)
    if duty.since and on < duty.since:
        raise GivenWrong("done_on", f"It has been missing since {in_words(duty.since)} only.")
    settle_done(act.session, act.case, duty, Done(on, values["evidence"]), by=act.by, now=act.now)
    waited = (on - (duty.since or on)).days
    return f"{act.case.reference}: duty {duty.number} no longer holds it up, after {waited} days."


def _a_week_from(act: Act) -> date:
    return act.settings.calendar(act.case.procedure).last_day(london_date(act.now), WORKING_DAYS_TO_CLEAR)


BLOCK = Verb(
    "block",
    "Something is missing",
    "Notes what holds the case up, since when, and who sees to it. The clock does not stand still.",
    (
        Asked("missing", "What is missing", "choice", choices=one_of(*MISSING)),
        Asked("what", "In more words", "long text", is_required=False),
        Asked("since", "Since when", "date", is_required=False, hint="Empty: since today."),
        Asked("by", "When it should be there", "date", is_required=False, hint="Empty: in five working days."),
        OWNER,
    ),
    _block,
    is_open,
)
UNBLOCK = Verb(
    "unblock",
    "It is there now",
    "Settles what held the case up.",
    (
        which_duty(DutyKind.BLOCKER),
        Asked("evidence", "What came", "long text"),
        Asked("done_on", "On which day", "date", is_required=False, hint="Empty: today."),
    ),
    _unblock,
)
