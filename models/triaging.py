"""Recording what the classifier thinks of each letter. It proposes; it never closes or refuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, col, func, select, update

from models.assigning import assign_all
from models.campaign_members import shared_bands
from models.campaigns import join_campaign, leave_if_it_says_more
from models.case import Case
from models.chasing import put_beside
from models.correspondence import Correspondence, Direction
from models.following import follow
from models.milestones import has_clocks_from_the_start, start_clocks
from models.once import append
from models.people import Complainant
from models.record import draw_case, expect_alerts, record
from models.rules.chasers import Chasers, kind_to_file
from models.rules.doubts import Doubt
from models.rules.follow_ups import FollowUp
from models.rules.labels import Area, Kind
from models.rules.likeness import Prints
from models.rules.opinions import AreaOpinion, Opinion
from models.rules.references import find_references
from models.rules.same_matter import Earlier
from models.rules.warning_signs import WarningSign, sign_in_signals
from models.settings import Settings
from models.signals import new_signals, raise_signals
from models.stages import has_answer
from models.triage import Suggestion

_AT_ONCE = 50
_TRY_AGAIN = timedelta(minutes=5)
_READ = 20_000
"""Characters that are read for references; the same as when it was decided which case a letter belongs to."""


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
    """What the classifier is shown of a letter; ``is_answered``: its case has had an answer or is closed.

    - ``writer``: the complainant's number; None where the address stands for many, or may be somebody else's.
    - ``named``: the references it names, what it quotes of other letters included.
    - ``earlier``: the writer's earlier cases, newest first, once ``models.looking_back`` has looked.
    """

    letter_id: int
    case_id: int
    subject: str
    text: str
    sender: str
    tries: int
    is_first: bool
    is_answered: bool
    writer: int | None
    writer_name: str
    named: tuple[str, ...]
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True)
class Judged:
    """What was thought of a letter: of a case's first one with its fingerprints, of a later one with what it wants.

    ``open_before``: the number of the writer's open case on the same matter.
    """

    letter_id: int
    opinion: Opinion
    is_first: bool
    prints: Prints | None = None
    follow_up: FollowUp | None = None
    open_before: int | None = None


def claim_unjudged(session: Session, *, now: datetime) -> list[Unjudged]:
    """The next letters the classifier has not been asked about, some at a time; one that failed before comes alone.

    They are put off first, so that one it cannot judge never starves the others.
    """
    waiting = session.exec(
        select(Correspondence)
        .where(col(Correspondence.judge_at) <= now)
        .order_by(col(Correspondence.judge_at), col(Correspondence.id))
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    is_alone = bool(waiting) and waiting[0].judge_tries > 0
    letters = waiting[:1] if is_alone else [letter for letter in waiting if letter.judge_tries == 0]
    tried = {"judge_at": now + _TRY_AGAIN, "judge_tries": Correspondence.judge_tries + 1}
    _change_all(session, letters, **tried)
    return _as_shown(session, letters)


def record_opinions(session: Session, judged: Sequence[Judged], *, settings: Settings, now: datetime) -> list[Judged]:
    """Record an opinion on each letter, all in the caller's transaction.

    Returns those recorded: of a letter that was judged meanwhile nothing changes.
    """
    numbers = [each.letter_id for each in judged]
    locked = select(Correspondence).where(col(Correspondence.id).in_(numbers)).order_by(col(Correspondence.id))
    letters = {each.id: each for each in session.exec(locked.with_for_update()) if each.judge_at is not None}
    done = [each for each in judged if each.letter_id in letters]
    cases = {letter.case_id for letter in letters.values()} | {each.open_before for each in done if each.open_before}
    of_letters = select(Case).where(col(Case.id).in_(cases)).order_by(col(Case.id))
    # named, though never read: the session forgets at once what nobody holds, and would ask for each again
    _held = letters, session.exec(of_letters.with_for_update()).all()
    shared = shared_bands(session, [each.prints for each in done if each.prints])
    expect_alerts(session, _alerts_of(session, done, settings), now=now)
    _change_all(session, list(letters.values()), judge_at=None)
    for each in done:
        _record_opinion(session, each, shared, settings=settings, now=now)
    firsts = [letters[each.letter_id].case_id for each in done if each.is_first]
    assign_all(session, [session.get_one(Case, number) for number in firsts], settings=settings, now=now)
    return done


def _change_all(session: Session, letters: Sequence[Correspondence], **values: Any) -> None:
    """The same change to all of them in one statement."""
    if letters:
        numbers = [letter.id for letter in letters]
        session.exec(update(Correspondence).where(col(Correspondence.id).in_(numbers)).values(**values))


def _alerts_of(session: Session, judged: Sequence[Judged], settings: Settings) -> list[tuple[Case, WarningSign]]:
    """The alerts that those opinions are sure to raise: of each case, that of its first letter still to be judged."""
    found: dict[int, tuple[Case, WarningSign | None]] = {}
    for each in judged:
        letter = session.get_one(Correspondence, each.letter_id)
        if letter.case_id not in found:
            case = session.get_one(Case, letter.case_id)
            new = new_signals(case, each.opinion.signals)
            found[letter.case_id] = case, sign_in_signals(new, settings.warnings.grave_signals, each.opinion.perhaps)
    return [(case, sign) for case, sign in found.values() if sign]


def _record_opinion(
    session: Session, judged: Judged, shared: frozenset[int], *, settings: Settings, now: datetime
) -> None:
    """Record an opinion on a letter; of a case's first letter it becomes the suggestion on the card.

    Of later letters only the signals count, and what the letter wants: signals are added to the case, and grave
    ones reach the lead.
    """
    letter = session.get_one(Correspondence, judged.letter_id)
    case = session.get_one(Case, letter.case_id)
    if judged.is_first and not case.is_triaged:
        record_suggestion(session, case, judged.opinion, settings=settings, now=now)
        if settings.classifier.chasers is Chasers.BESIDE and case.kind is Kind.CHASER and judged.open_before:
            put_beside(session, case, judged.open_before, now=now)
        join_campaign(session, letter, judged.prints, shared, settings=settings, now=now)
        return
    _raise(session, case, judged.opinion, settings, now)
    leave_if_it_says_more(session, case, settings=settings, now=now)
    if judged.follow_up is not None:
        follow(session, case, letter, judged.follow_up, settings=settings, now=now)


def _raise(session: Session, case: Case, opinion: Opinion, settings: Settings, now: datetime) -> None:
    raise_signals(session, case, opinion.signals, perhaps=opinion.perhaps, settings=settings, now=now)


def record_suggestion(session: Session, case: Case, opinion: Opinion, *, settings: Settings, now: datetime) -> None:
    """File a case as the classifier proposes, unless a person has spoken, and have its card drawn.

    Its dates stay a complaint's: only a person, who acknowledges it or corrects its kind, lets go of an answer.
    """
    append(session, Suggestion, **_as_row(case, opinion, now))
    if not case.kind_by_person:
        case.kind = kind_to_file(opinion.kind, settings.classifier.chasers)
    if not case.areas_by_person:
        case.areas = [area.area.value for area in opinion.areas]
    record(session, case, "suggestion_recorded", now=now, kind=opinion.kind, version=opinion.version)
    _raise(session, case, opinion, settings, now)
    if has_clocks_from_the_start(case, settings):
        start_clocks(session, case, settings=settings, now=now)
    case.is_triaged = True  # last, so that all of this is drawn as one card
    for changed in ("kind", "areas", "signals"):  # though equal: rows with the same columns are written in one go
        flag_modified(case, changed)
    draw_case(session, case, now=now)


def _as_shown(session: Session, letters: Sequence[Correspondence]) -> list[Unjudged]:
    """What the classifier needs to know of those letters and their cases, in one question."""
    numbers = {letter.case_id for letter in letters}
    firsts = (
        select(Correspondence.case_id, func.min(Correspondence.id).label("first"))
        .where(col(Correspondence.case_id).in_(numbers), col(Correspondence.direction) == Direction.IN)
        .group_by(col(Correspondence.case_id))
        .subquery()
    )
    known = select(Case, Complainant.email, Complainant.name, firsts.c.first).join(Complainant)
    found = session.exec(known.join(firsts, firsts.c.case_id == Case.id)).all()
    about = {case.number: (case, (sender or "", name), first) for case, sender, name, first in found}
    return [_shown(letter, *about[letter.case_id]) for letter in letters]


def _shown(letter: Correspondence, case: Case, who: tuple[str, str], first: int) -> Unjudged:
    sender, name = who
    is_surely_theirs = case.may_answer and Doubt.SENDER_FAILED not in case.doubts
    return Unjudged(
        letter_id=letter.id or 0,
        case_id=case.number,
        subject=letter.subject,
        text=letter.text,
        sender=sender,
        tries=letter.judge_tries,
        is_first=letter.id == first,
        is_answered=has_answer(case),
        writer=case.complainant_id if is_surely_theirs else None,
        writer_name=name,
        named=find_references("\n".join((letter.subject, letter.text[:_READ], letter.quoted[:_READ]))),
    )


def _as_row(case: Case, opinion: Opinion, now: datetime) -> dict[str, Any]:
    return {
        "case_id": case.number,
        "at": now,
        "kind": opinion.kind,
        "guess": opinion.guess,
        "confidence": opinion.confidence,
        "areas": [[area.area.value, area.confidence] for area in opinion.areas],
        "signals": [signal.value for signal in opinion.signals],
        "reasons": list(opinion.reasons),
        "model_version": opinion.version,
        "likely": [[each.kind.value, each.confidence] for each in opinion.likely],
    }
