"""What officers note of an Ombudsman's case: that there is one, what it asks, what it decides and recommends."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from models.case import Case
from models.clock import in_words
from models.duties import check_has_come, check_not_too_far
from models.duty import Duty, DutyKind
from models.handling import check_entitled
from models.ombudsman import OmbudsmanCase
from models.ombudsman_work import (
    Decided,
    Enquiry,
    Opened,
    Recommendation,
    check_may_sign_off,
    decide,
    enquire,
    ombudsman_case_named,
    ombudsman_cases_on,
    open_ombudsman_case,
    recommend,
    sign_off,
)
from models.people import Officer
from models.reckoning import procedure_of
from models.record import note
from models.rules.errors import GivenWrong
from models.settings import Settings
from models.verbs.owing import OWNER, noted, officer_named, the_duty, which_duty, who_owes
from models.verbs.verb import Act, Asked, Values, Verb, one_of

UPHELD, NOT_UPHELD, CLOSED = "upheld", "not upheld", "closed without an investigation"
_COUNTS_AS = {UPHELD: True, NOT_UPHELD: False, CLOSED: None}
PERSONAL, SERVICE = "a remedy for the person", "a service improvement"


def _open(act: Act, values: Values) -> str:
    _check_heard(act, values["received_on"], "received_on")
    body = values["body"] or procedure_of(act.case, act.settings).external_body
    opened = Opened(body, values["their_reference"], values["received_on"], is_premature=values["premature"])
    open_ombudsman_case(act.session, act.case, opened, by=act.by, now=act.now)
    early = ", which came too early for them" if opened.is_premature else ""
    return f"{act.case.reference}: the {body}'s case {opened.reference} is noted{early}. The corporate lead is told."


def _enquiry(act: Act, values: Values) -> str:
    theirs = _theirs(act, values)
    _check_due(act, values, theirs)
    enquiry = Enquiry(values["what"], values["by"], who_owes(act, values))
    duty = enquire(act.session, act.case, theirs, enquiry, by=act.by, now=act.now)
    return f"{noted(act, duty)} It is signed off before it counts as answered."


def _draft(act: Act, values: Values) -> str:
    theirs = _theirs(act, values)
    _check_said(act, values, "draft_on", theirs)
    _check_due(act, values, theirs)
    what = "Comment on the draft decision: " + values["what"]
    enquiry = Enquiry(what, values["by"], who_owes(act, values), draft_on=values["draft_on"])
    duty = enquire(act.session, act.case, theirs, enquiry, by=act.by, now=act.now)
    return f"{noted(act, duty)} Comments are signed off before they count as sent."


def _sign_off(act: Act, values: Values) -> str:
    duty = the_duty(act, values)
    writer = _writer(act, duty, values["written_by"])
    check_may_sign_off(act.case, writer, by=act.by, settings=act.settings)
    sign_off(act.session, act.case, duty, writer, by=act.by, now=act.now)
    return f"{act.case.reference}: the answer of duty {duty.number}, written by {writer.name}, may go."


def _decision(act: Act, values: Values) -> str:
    theirs = _theirs(act, values)
    _check_said(act, values, "decided_on", theirs)
    counts_as, before = _COUNTS_AS[values["decision"]], values["remedied_before"]
    if before and not counts_as:
        raise GivenWrong("remedied_before", "Only of an upheld complaint can it have been put right before.")
    decided = Decided(values["decided_on"], values["words"], counts_as, remedied_before=before)
    decide(act.session, act.case, theirs, decided, by=act.by, now=act.now)
    return f"{act.case.reference}: the decision on {theirs.reference} is noted: {values['decision']}."


def _recommendation(act: Act, values: Values) -> str:
    theirs = _theirs(act, values)
    check_not_too_far(values["by"], field="by", now=act.now)
    wanted = Recommendation(
        values["what"],
        values["by"],
        who_owes(act, values),
        is_personal=values["kind"] == PERSONAL,
        expected=values["expected"] or "",
    )
    return noted(act, recommend(act.session, act.case, theirs, wanted, by=act.by, now=act.now))


def _advice(act: Act, values: Values) -> str:
    _check_heard(act, values["on"], "on")
    details = {"on": values["on"].isoformat(), "of": values["of"], "advice": values["advice"]}
    note(act.session, act.case, "ombudsman_advice", by=act.by, now=act.now, **details)
    return f"{act.case.reference}: the advice of {in_words(values['on'])} is noted."


def _check_heard(act: Act, day: date, field: str) -> None:
    """Somebody may go to the Ombudsman before they write to us: only the future is impossible."""
    check_entitled(act.case, act.by)
    check_has_come(day, field=field, now=act.now)


def _check_said(act: Act, values: Values, field: str, theirs: OmbudsmanCase) -> None:
    check_has_come(values[field], field=field, now=act.now)
    _check_after(values[field], theirs, field=field)


def _check_due(act: Act, values: Values, theirs: OmbudsmanCase) -> None:
    """A day of theirs may have passed before we note it."""
    check_not_too_far(values["by"], field="by", now=act.now)
    _check_after(values["by"], theirs, field="by")


def _check_after(day: date, theirs: OmbudsmanCase, *, field: str) -> None:
    if day < theirs.received_on:
        raise GivenWrong(field, f"Their case began on {in_words(theirs.received_on)}; it cannot be earlier.")


def _theirs(act: Act, values: Values) -> OmbudsmanCase:
    check_entitled(act.case, act.by)
    return ombudsman_case_named(act.session, act.case, values["their_reference"])


def _writer(act: Act, duty: Duty, email: str | None) -> Officer:
    """Whoever is named, else whoever owes the answer."""
    if email:
        return officer_named(act, email, field="written_by")
    owner = act.session.get(Officer, duty.owner_id) if duty.owner_id else None
    if owner is None:
        raise GivenWrong("written_by", "Say who wrote the answer.")
    return owner


def _references(session: Session, case: Case, _settings: Settings) -> Sequence[str]:
    return [each.reference for each in ombudsman_cases_on(session, case)]


_THEIR_CASE = Asked("their_reference", "Which of their cases", "choice", choices=_references)
_WRITER_HINT = "An officer's email address. Empty: whoever owes it."

OMBUDSMAN_OPEN = Verb(
    "ombudsman-open",
    "The Ombudsman has it",
    "Notes the Ombudsman's case on this one and tells the corporate lead.",
    (
        Asked("their_reference", "Their reference"),
        Asked("received_on", "On which day we heard of it", "date"),
        Asked("body", "Which Ombudsman", is_required=False, hint="Empty: the one at the end of the procedure."),
        Asked("premature", "They say it came too early", "flag", is_required=False),
    ),
    _open,
)
OMBUDSMAN_ENQUIRY = Verb(
    "ombudsman-enquiry",
    "The Ombudsman asks",
    "Notes what the Ombudsman wants to know, by the day of their letter.",
    (_THEIR_CASE, Asked("what", "What they ask", "long text"), Asked("by", "Due, as their letter says", "date"), OWNER),
    _enquiry,
)
SIGN_OFF = Verb(
    "sign-off",
    "Sign an answer off",
    "Lets an answer to the Ombudsman go: by the corporate lead or the head of service, and nobody who wrote it.",
    (
        which_duty(DutyKind.ENQUIRY),
        Asked("written_by", "Who wrote it", is_required=False, hint=_WRITER_HINT),
    ),
    _sign_off,
)
OMBUDSMAN_DRAFT = Verb(
    "ombudsman-draft",
    "A draft decision came",
    "Notes a draft decision and by when our comments are due.",
    (
        _THEIR_CASE,
        Asked("draft_on", "Of which day", "date"),
        Asked("what", "What it says, in short", "long text"),
        Asked("by", "Comments due, as their letter says", "date"),
        OWNER,
    ),
    _draft,
)
OMBUDSMAN_DECISION = Verb(
    "ombudsman-decision",
    "The Ombudsman decided",
    "Notes the final decision; recommendations are noted after it, one by one.",
    (
        _THEIR_CASE,
        Asked("decided_on", "On which day", "date"),
        Asked("decision", "How it counts", "choice", choices=one_of(*_COUNTS_AS)),
        Asked("words", "In their words", "long text", hint="Such as: upheld, fault and injustice."),
        Asked("remedied_before", "We had put it right before", "flag", is_required=False),
    ),
    _decision,
)
RECOMMENDATION = Verb(
    "recommendation",
    "A recommendation",
    "Notes one recommendation of a decision, with its own day; the lead hears at once when it is late.",
    (
        _THEIR_CASE,
        Asked("what", "What is to be done", "long text"),
        Asked("by", "By when", "date"),
        Asked("kind", "What it is", "choice", choices=one_of(PERSONAL, SERVICE)),
        Asked("expected", "What they expect to see as evidence", "long text", is_required=False),
        OWNER,
    ),
    _recommendation,
)
OMBUDSMAN_ADVICE = Verb(
    "ombudsman-advice",
    "Advice of the Ombudsman",
    "Notes advice that was sought informally.",
    (
        Asked("on", "On which day", "date"),
        Asked("of", "Who gave it"),
        Asked("advice", "What they said", "long text"),
    ),
    _advice,
)
