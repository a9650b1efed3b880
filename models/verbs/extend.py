"""Extend: put the answer off, with a letter that says why and until when.

Complaint Handling Code (2024), on both stages: how long depends on how complex the matter is, beyond the longest only
for good reason, and the person is told the reason, the new date and the Ombudsman's details.
"""

from datetime import date

from sqlmodel import Session

from models.case import Case
from models.clock import in_words, london_date
from models.handling import check_entitled
from models.letters import send_letter
from models.reckoning import longest_extension, reckon, stage_of
from models.record import raise_alert, record
from models.rules.errors import GivenWrong, StepNotAllowed
from models.rules.warning_signs import sign_of_extending_again
from models.settings import Settings
from models.verbs.clocks import answer_due, check_lies_ahead, is_on_its_way, moved
from models.verbs.offered import answer_runs
from models.verbs.verb import Act, Asked, Values, Verb

EXTENDED = "extended"


def extend(act: Act, values: Values) -> str:
    """Put the answer off and tell the resident; a second time at one stage warns the lead.

    Of a date that was missed already the sentence says so. Raises StepNotAllowed, GivenWrong and NotEntitled.
    """
    case, today, until = act.case, london_date(act.now), values["until"]
    check_entitled(case, act.by)
    before = answer_due(case)
    longest = _longest(case, act.settings)
    _check_later(until, before, today)
    _check_reason(until, longest, values["good_reason"])
    case.extended_to, case.extensions, case.look_again = until, case.extensions + 1, act.now
    reckon(case, settings=act.settings)
    is_sent = _tell(act, until, values["reason"])
    given = {"reason": values["reason"], "good_reason": values["good_reason"] or "", "letter": is_sent}
    given |= {"was_late": today > before, **moved(before, until)}
    record(act.session, case, EXTENDED, by=act.by, now=act.now, **given)
    _warn_if_again(act, until)
    late = f" It was already late: it was due by {in_words(before)}." if today > before else ""
    return f"{case.reference} is extended: the answer is due by {in_words(until)}.{late} {is_on_its_way(is_sent)}"


def _longest(case: Case, settings: Settings) -> date:
    longest = longest_extension(case, settings)
    if longest is None:
        stage = stage_of(case, settings)
        instead = " Agree a new date with the person instead." if stage.by_agreement else ""
        raise StepNotAllowed(f"At {stage.name} the procedure allows no extension.{instead}")
    return longest


def _check_later(until: date, before: date, today: date) -> None:
    if until <= before:
        raise GivenWrong("until", f"It is due by {in_words(before)} now; an extension ends later than that.")
    check_lies_ahead("until", until, today=today)


def _check_reason(until: date, longest: date, good_reason: str | None) -> None:
    if until > longest and not good_reason:
        sentence = f"Without good reason it may be put off to {in_words(longest)} at the latest. Give the good reason."
        raise GivenWrong("good_reason", sentence)


def _tell(act: Act, until: date, reason: str) -> bool:
    case = act.case
    return case.may_answer and send_letter(
        act.session,
        case,
        "extension",
        settings=act.settings,
        now=act.now,
        which=str(case.extensions),
        reason=reason,
        until=until,
    )


def _warn_if_again(act: Act, until: date) -> None:
    # for a campaign's others the case that speaks for them has warned
    if act.case.extensions > 1 and act.case.campaign_of_id is None:
        name = stage_of(act.case, act.settings).name
        raise_alert(act.session, act.case, sign_of_extending_again(name, in_words(until)), now=act.now)


def _is_offered(_session: Session, case: Case, settings: Settings) -> bool:
    return answer_runs(case) and longest_extension(case, settings) is not None


EXTEND = Verb(
    name="extend",
    title="Extend",
    does="Puts the answer off and writes to the resident why, until when, and that the Ombudsman may hear of it.",
    fields=(
        Asked("reason", "Why it takes longer", "long text", hint="These words stand in the letter to the resident."),
        Asked("until", "New date for the answer", "date"),
        Asked(
            "good_reason",
            "Good reason for going beyond the longest extension",
            "long text",
            is_required=False,
            hint="Only needed beyond the longest extension the procedure allows. It is kept on record, not sent.",
        ),
    ),
    do=extend,
    is_offered=_is_offered,
)
