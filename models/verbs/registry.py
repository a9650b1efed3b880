"""Every verb there is, in groups. A verb that is not listed here is offered nowhere."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from models.case import Case
from models.people import Officer
from models.settings import Settings
from models.verbs.agree import AGREE_PLAN, AGREE_SCOPE
from models.verbs.appoint import APPOINT, END_APPOINTMENT
from models.verbs.assign import ASSIGN
from models.verbs.block import BLOCK, UNBLOCK
from models.verbs.change_procedure import CHANGE_PROCEDURE
from models.verbs.decline import DECLINE
from models.verbs.duty_changes import DROP, MOVE, PASS_ON
from models.verbs.escalate import ESCALATE, ESCALATE_DIRECT
from models.verbs.extend import EXTEND
from models.verbs.handled import ACKNOWLEDGE, CLOSE, CORRECT_AREA, CORRECT_KIND, REOPEN, RESPOND, TAKE
from models.verbs.link import LINK
from models.verbs.merge import MERGE
from models.verbs.milestone import HAPPENED
from models.verbs.ombudsman import (
    OMBUDSMAN_ADVICE,
    OMBUDSMAN_DECISION,
    OMBUDSMAN_DRAFT,
    OMBUDSMAN_ENQUIRY,
    OMBUDSMAN_OPEN,
    RECOMMENDATION,
    SIGN_OFF,
)
from models.verbs.partner_letter import ANSWERED, NOT_ANSWERED
from models.verbs.pause import PAUSE, RESUME
from models.verbs.points import POINTS
from models.verbs.promise import DONE, NOT_DONE, PROMISE_ACTION, PROMISE_UPDATE, REMEDY
from models.verbs.request import REQUEST
from models.verbs.signpost import SIGNPOST
from models.verbs.snooze import SNOOZE
from models.verbs.split import SPLIT
from models.verbs.undo import UNDO
from models.verbs.verb import Verb, makes_sense
from models.verbs.withdraw import WITHDRAW

GROUPS: Mapping[str, tuple[Verb, ...]] = {
    "The case": (ACKNOWLEDGE, TAKE, ASSIGN, CORRECT_KIND, CORRECT_AREA, UNDO, CHANGE_PROCEDURE),
    "Its time": (EXTEND, PAUSE, RESUME, AGREE_SCOPE, AGREE_PLAN, HAPPENED, SNOOZE),
    "Deciding": (POINTS, RESPOND, ESCALATE, ESCALATE_DIRECT, DECLINE, SIGNPOST, WITHDRAW, CLOSE, REOPEN),
    "Cases together": (SPLIT, LINK, MERGE),
    "What is owed": (
        PROMISE_UPDATE,
        PROMISE_ACTION,
        REMEDY,
        REQUEST,
        ANSWERED,
        NOT_ANSWERED,
        BLOCK,
        UNBLOCK,
        DONE,
        NOT_DONE,
        MOVE,
        PASS_ON,
        DROP,
    ),
    "The Ombudsman": (
        OMBUDSMAN_OPEN,
        OMBUDSMAN_ENQUIRY,
        SIGN_OFF,
        OMBUDSMAN_DRAFT,
        OMBUDSMAN_DECISION,
        RECOMMENDATION,
        OMBUDSMAN_ADVICE,
    ),
    "Independent people": (APPOINT, END_APPOINTMENT),
}
VERBS: tuple[Verb, ...] = tuple(verb for group in GROUPS.values() for verb in group)


def offered_on(
    session: Session, case: Case, settings: Settings, *, by: Officer | None = None
) -> Mapping[str, Sequence[Verb]]:
    """What may be done to a case as it stands, in groups, of which some may be empty; ``by`` is who asks."""
    return {
        name: [verb for verb in verbs if _is_offered(verb, session, case, settings, by)]
        for name, verbs in GROUPS.items()
    }


def _is_offered(verb: Verb, session: Session, case: Case, settings: Settings, by: Officer | None) -> bool:
    return (by is None or verb.is_for(case, by)) and makes_sense(verb, session, case, settings)


def verb_named(name: str) -> Verb | None:
    """The verb of that name, or None."""
    return next((verb for verb in VERBS if verb.name == name), None)
