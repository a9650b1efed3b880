"""Merge: the same person wrote twice of one matter, and both letters are answered in the older case."""

from sqlmodel import Session

from models.arrivals import add_doubts
from models.campaigns import leave_campaign
from models.case import Case
from models.case_link import MERGED, LinkKind
from models.linking import put_link
from models.record import record
from models.remedies import has_open_duties
from models.rules.doubts import Doubt
from models.rules.errors import GivenWrong, StepNotAllowed
from models.rules.labels import Signal
from models.rules.steps import CaseStatus, Step
from models.settings import Settings
from models.signals import have_clocks, new_signals, raise_signals
from models.verbs.ending import TOLD_ANOTHER_WAY, check_may_end, end, how_told, tell_or_refuse
from models.verbs.offered import where_it_may_end
from models.verbs.other_case import other_case
from models.verbs.verb import Act, Asked, Values, Verb


def _merge(act: Act, values: Values) -> str:
    check_may_end(act, Step.MERGE)
    if has_open_duties(act.session, act.case):
        raise StepNotAllowed("Something promised or asked for on it is still open: settle that first.")
    into = other_case(act, "into", values["into"])
    if wrong := _why_not(act.case, into):
        raise GivenWrong("into", f"{into.reference} {wrong}")
    signals = new_signals(into, [Signal(signal) for signal in act.case.signals])
    if have_clocks(act.case, signals, act.settings):
        raise StepNotAllowed("Dates of its own count from a danger it tells of, and stay with it: link the two.")
    is_sent = tell_or_refuse(act, values, "merged", other=into.reference)
    leave_campaign(act.session, into, why="another case was merged into it", now=act.now)
    put_link(act.session, act.case, into, LinkKind.MERGED_INTO, by=act.by, now=act.now)
    end(act, Step.MERGE, MERGED, "merged", into=into.reference, letter=is_sent)
    record(act.session, into, "merged_in", by=act.by, now=act.now, other=act.case.reference)
    add_doubts(into, [Doubt(doubt) for doubt in act.case.doubts])
    raise_signals(act.session, into, signals, settings=act.settings, now=act.now)
    return f"{act.case.reference} is merged into {into.reference} and closed. {how_told(is_sent)}"


def _why_not(case: Case, into: Case) -> str:
    """Why one may not be merged into the other, "" when it may: no date that is owed may be lost by it."""
    is_newer = into.received_on > case.received_on or into.stage < case.stage
    owes_less = into.respond_by is None and case.respond_by is not None
    owes_later = into.respond_by is not None and case.respond_by is not None and into.respond_by > case.respond_by
    checks = (
        (into.complainant_id != case.complainant_id, "is another person’s: link the two instead."),
        (into.status == CaseStatus.CLOSED, "is closed: reopen it first, or link the two."),
        (into.status == CaseStatus.RESPONDED, "is answered, and what is new here would not be: link the two."),
        (into.procedure != case.procedure, "is on another procedure: change one of them first."),
        (is_newer, "is the newer one, or at an earlier stage: merge it into this one, so that no date is lost."),
        (owes_less, "is of a kind that is owed no answer, and this one is owed one: correct its kind first."),
        (into.paused_on is not None, "stands still, and the date of this one would too: resume it first."),
        (owes_later, "is due its answer later than this one, whose date would be lost: link the two."),
    )
    return next((sentence for is_so, sentence in checks if is_so), "")


def _is_offered(session: Session, case: Case, settings: Settings) -> bool:
    return where_it_may_end(Step.MERGE)(session, case, settings) and not has_open_duties(session, case)


_OF_WHOM = "An older, open case of the same person, by its reference."

MERGE = Verb(
    "merge",
    "Merge into another case",
    "This case closes, and its letters are read with the other one’s. The resident is told to expect one answer.",
    (
        Asked("into", "The case it goes into", hint=_OF_WHOM, names_a_case=True),
        TOLD_ANOTHER_WAY,
    ),
    _merge,
    _is_offered,
)
