"""What every verb that ends a case has in common: who may, that nobody is left waiting, and that it is told."""

from typing import Any

from sqlmodel import select

from models.campaigns import leave_campaign
from models.case import Case
from models.clock import london_date
from models.handling import check_entitled
from models.letters import send_letter
from models.people import Complainant
from models.reckoning import end_pause
from models.record import record
from models.rules.errors import GivenWrong, StepNotAllowed
from models.rules.languages import Language
from models.rules.steps import CaseStatus, Step, move
from models.stages import check_looks_afresh
from models.verbs.verb import Act, Asked, Values

TOLD_ANOTHER_WAY = Asked(
    "told_another_way",
    "The resident has been told another way",
    "flag",
    is_required=False,
    hint="Only where no letter can go by email: by post, by telephone, in person.",
)


def check_may_end(act: Act, step: Step) -> None:
    """Raises NotEntitled or StepNotAllowed unless this officer may take that step on this case now."""
    check_entitled(act.case, act.by)
    check_looks_afresh(act.session, act.case, act.by)
    move(CaseStatus(act.case.status), step)
    check_speaks_for_nobody(act)


def check_speaks_for_nobody(act: Act) -> None:
    """Raises StepNotAllowed for a campaign's case: the people behind it are each owed an answer of their own."""
    follower = select(Case.id).where(Case.campaign_of_id == act.case.number).limit(1)
    if act.session.exec(follower).first() is not None:
        raise StepNotAllowed(
            "It speaks for other people who wrote the same, and each is owed an answer: answer it, "
            "or have them leave the campaign first."
        )


def end(act: Act, step: Step, outcome: str, event: str, **details: Any) -> None:
    """Close the case with that outcome, and record the event with who, when and why.

    A pause ends with it, its days given back: opened again, the case keeps its dates, and stands still no longer.
    """
    case = act.case
    leave_campaign(act.session, case, why="a person decided it by itself", now=act.now)
    stage = case.stage
    end_pause(case, today=london_date(act.now), settings=act.settings)
    case.status = move(CaseStatus(case.status), step)
    case.closed_on, case.outcome = london_date(act.now), outcome
    case.look_again = case.quiet_until = case.close_out_on = None
    record(act.session, case, event, by=act.by, now=act.now, stage=stage, outcome=outcome, **details)


def tell_or_refuse(act: Act, values: Values, letter: str, **words: str) -> bool:
    """Send the letter, or believe that the resident was told another way; True: it is sent.

    Raises GivenWrong when neither holds: then the case stays open, for nobody is refused in silence.
    """
    if tell(act, letter, **words):
        return True
    if values[TOLD_ANOTHER_WAY.name]:
        return False
    raise GivenWrong(
        TOLD_ANOTHER_WAY.name,
        "No letter can go by email, so the case stays open. Tell the resident another way, with the reasons and "
        f"where they can go next; then tick “{TOLD_ANOTHER_WAY.label}”.",
    )


def tell(act: Act, letter: str, **words: str) -> bool:
    """Send a letter if one may go; True: it is on its way. None goes where a machine may have written."""
    if not act.case.may_answer:
        return False
    return send_letter(act.session, act.case, letter, settings=act.settings, now=act.now, **words)


def language_of(act: Act) -> Language:
    """The language we write in to the case's complainant."""
    return Language(act.session.get_one(Complainant, act.case.complainant_id).language)


def how_told(is_sent: bool) -> str:
    """The end of the sentence an officer reads."""
    return "The letter is on its way." if is_sent else "No letter went by email; the resident was told another way."
