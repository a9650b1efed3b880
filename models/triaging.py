"""Recording what the classifier thinks of each letter. It proposes; it never closes or refuses."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from models.arrivals import note_signals
from models.case import Case
from models.correspondence import Correspondence, Direction
from models.people import Complainant
from models.queries import get_case
from models.record import raise_alert, record
from models.rules.labels import Area, Kind
from models.rules.opinions import AreaOpinion, Opinion
from models.rules.warning_signs import sign_in_signals
from models.settings import Settings
from models.triage import Suggestion

_AT_ONCE = 20
_TRY_AGAIN = timedelta(minutes=5)


UNREADABLE = Opinion(
    kind=None,
    guess=Kind.COMPLAINT,
    confidence=0.0,
    areas=(AreaOpinion(Area.CORPORATE_OTHER, 0.0),),
    signals=(),
    reasons=("The classifier could not read it; please read it yourself.",),
    version="none",
)
"""What is recorded of a letter the classifier fails on again and again, so that its case has a card."""


@dataclass(frozen=True)
class Unjudged:
    """What the classifier is shown of a letter."""

    letter_id: int
    case_id: int
    subject: str
    text: str
    sender: str
    tries: int


def claim_unjudged(session: Session, *, now: datetime) -> list[Unjudged]:
    """The next letters the classifier has not been asked about, a handful at a time.

    They are put off first, so that one it cannot judge never starves the others.
    """
    letters = session.exec(
        select(Correspondence)
        .where(col(Correspondence.judge_at) <= now)
        .order_by(col(Correspondence.judge_at), col(Correspondence.id))
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for letter in letters:
        letter.judge_at = now + _TRY_AGAIN
        letter.judge_tries += 1
        session.add(letter)
    return [_as_shown(session, letter) for letter in letters]


def record_opinion(session: Session, letter_id: int, opinion: Opinion, *, settings: Settings, now: datetime) -> bool:
    """Record an opinion on a letter; of a case's first letter it becomes the suggestion on the card.

    Of later letters only the signals count: they are added to the case, and grave ones reach the lead.
    False when the letter was judged meanwhile; then nothing changes.
    """
    letter = session.get_one(Correspondence, letter_id, with_for_update=True)
    if letter.judge_at is None:
        return False
    letter.judge_at = None
    session.add(letter)
    case = get_case(session, letter.case_id)
    if letter.id == first_letter(session, case) and not case.is_triaged:
        record_suggestion(session, case, opinion, settings=settings, now=now)
    else:
        _record_signals(session, case, opinion, settings=settings, now=now)
    return True


def record_suggestion(session: Session, case: Case, opinion: Opinion, *, settings: Settings, now: datetime) -> None:
    """File a case as the classifier proposes, unless a person has spoken, and have its card drawn.

    Its dates stay a complaint's: only a person, who acknowledges it or corrects its kind, lets go of an answer.
    """
    session.add(_as_row(case, opinion, now))
    case.is_triaged = True
    if not case.kind_by_person:
        case.kind = opinion.kind
    if not case.areas_by_person:
        case.areas = [area.area.value for area in opinion.areas]
    record(session, case, "suggestion_recorded", now=now, kind=opinion.kind, version=opinion.version)
    _record_signals(session, case, opinion, settings=settings, now=now)


def first_letter(session: Session, case: Case) -> int | None:
    """The number of the letter that opened a case."""
    letters = select(func.min(Correspondence.id)).where(
        Correspondence.case_id == case.number, col(Correspondence.direction) == Direction.IN
    )
    return session.exec(letters).one()


def _record_signals(session: Session, case: Case, opinion: Opinion, *, settings: Settings, now: datetime) -> None:
    new = note_signals(session, case, opinion.signals)
    if not new:
        return
    record(session, case, "signals_raised", now=now, signals=[signal.value for signal in new])
    if sign := sign_in_signals(new, settings.warnings.grave_signals):
        raise_alert(session, case, sign, now=now)


def _as_shown(session: Session, letter: Correspondence) -> Unjudged:
    case = session.get_one(Case, letter.case_id)
    sender = session.get_one(Complainant, case.complainant_id).email
    return Unjudged(letter.id or 0, case.number, letter.subject, letter.text, sender or "", letter.judge_tries)


def _as_row(case: Case, opinion: Opinion, now: datetime) -> Suggestion:
    return Suggestion(
        case_id=case.number,
        at=now,
        kind=opinion.kind,
        guess=opinion.guess,
        confidence=opinion.confidence,
        areas=[[area.area.value, area.confidence] for area in opinion.areas],
        signals=[signal.value for signal in opinion.signals],
        reasons=list(opinion.reasons),
        model_version=opinion.version,
    )
