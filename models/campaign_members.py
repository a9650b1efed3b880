"""Questions about campaigns: who may be part of one, how many people it speaks for, what is owed first. Reading only.

A case whose ``campaign_of_id`` is set *follows* that one, its parent: it has no card and no reminders of its own, and
what a person does on the parent is done on it. A case that was found to be part of a campaign but has something of its
own to say stands *apart*: it is marked in its history, and keeps its card and its clock.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import CompoundSelect, Select, bindparam, text
from sqlmodel import Session, col, func, or_, select, union_all

from models.case import Case, CaseEvent
from models.case_clock import running_clock
from models.correspondence import Correspondence, Direction, LetterBand
from models.once import write_appended
from models.rules.labels import NEVER_WAITS
from models.rules.likeness import BANDS, Prints, in_common, runs_of
from models.rules.steps import CaseStatus
from models.settings import Settings

JOINED = "joined_campaign"
LEFT = "left_campaign"

_LOOKED_AT = 50
"""Letters compared in full, the newest: a campaign of thousands shares every fingerprint and must cost no more."""

ORDER = (CaseStatus.NEW, CaseStatus.ACKNOWLEDGED, CaseStatus.RESPONDED, CaseStatus.CLOSED)
"""How far a case has come: a follower is never further than a person took its parent."""


def _newest_of_band(place: int) -> Select[tuple[int]]:
    letters = select(LetterBand.letter_id).where(LetterBand.band == bindparam(f"band_{place}"))
    newest = letters.order_by(col(LetterBand.letter_id).desc()).limit(bindparam("at_most"))
    return select(newest.subquery().c.letter_id)


@cache
def _newest() -> CompoundSelect[tuple[int]]:
    """Written once, when first asked: to write it anew takes longer than to ask it."""
    return union_all(*map(_newest_of_band, range(BANDS)))


_STORED = (
    "SELECT asked.value FROM {each} WHERE "
    "(SELECT band FROM letter_band WHERE band = CAST(asked.value AS BIGINT) LIMIT 1) IS NOT NULL"
)
"""Which of many bands any letter has: one look at the index for each, however many letters share it."""

_EACH = {
    "sqlite": "json_each(:bands) AS asked",
    "postgresql": "json_array_elements_text(CAST(:bands AS json)) AS asked (value)",
}


def shared_bands(session: Session, letters: Iterable[Prints]) -> frozenset[int]:
    """Those bands of letters judged together that another letter has too, stored or among these."""
    counted = Counter(band for prints in letters for band in set(prints.bands))
    shared = {band for band, times in counted.items() if times > 1}
    if counted:
        connection = session.connection()
        asked = text(_STORED.format(each=_EACH[connection.dialect.name]))
        shared |= {int(band) for (band,) in connection.execute(asked, {"bands": json.dumps(list(counted))})}
    return frozenset(shared)


class Alike(NamedTuple):
    """A case whose first letter is near-identical to another: its number, and how alike they are (0 to 1)."""

    number: int
    likeness: float


def alike_cases(
    session: Session, letter: Correspondence, found: Prints, *, since: datetime, settings: Settings
) -> list[Alike]:
    """Cases whose first letters are near-identical to this one; those that follow stand for their parents.

    Of cases that follow the same parent only the parent's letter is compared: whoever reads that one has read what
    all of them say. Newest first. The cost does not grow with the number of cases or with the size of a campaign.
    """
    at_most = max(_LOOKED_AT, 2 * settings.campaigns.people)
    numbers = _sharing_a_band(session, found.bands, at_most=at_most)
    if not numbers:
        return []
    known = select(Case.id, Case.campaign_of_id).join(Correspondence, col(Correspondence.case_id) == Case.id)
    recent = known.where(col(Correspondence.id).in_(numbers), Correspondence.at >= since, Case.id != letter.case_id)
    rows = session.exec(recent.order_by(col(Correspondence.id).desc())).all()
    speakers = list(dict.fromkeys(follows or number or 0 for number, follows in rows))
    said = _first_texts(session, speakers)
    shares = (Alike(number, in_common(found.runs, runs_of(said[number]))) for number in speakers)
    return [each for each in shares if each.likeness >= settings.campaigns.likeness]


def _sharing_a_band(session: Session, bands: Sequence[int], *, at_most: int) -> list[int]:
    """The newest letters that share a fingerprint; each band is read from the end of the primary key."""
    write_appended(session)
    values = {f"band_{place}": band for place, band in enumerate(bands)} | {"at_most": at_most}
    found = {row.letter_id for row in session.connection().execute(_newest(), values)}
    return sorted(found, reverse=True)[:at_most]


def likeness_to(session: Session, parent: Case, cases: Iterable[Case]) -> dict[int, float]:
    """How alike the first letter of each case is to a parent's, by number."""
    numbers = [case.number for case in cases]
    runs = {number: runs_of(text) for number, text in _first_texts(session, [parent.number, *numbers]).items()}
    return {number: in_common(runs[parent.number], runs[number]) for number in numbers}


def _first_texts(session: Session, numbers: Sequence[int]) -> dict[int, str]:
    """What the letter says that opened each case."""
    letters = select(Correspondence.case_id, Correspondence.text).where(
        col(Correspondence.case_id).in_(numbers), col(Correspondence.direction) == Direction.IN
    )
    # read from the newest, so that the first one has the last word
    return dict(session.exec(letters.order_by(col(Correspondence.id).desc())).all())


def parents_among(session: Session, numbers: Iterable[int]) -> set[int]:
    """Those of the cases that others follow."""
    query = select(Case.campaign_of_id).where(col(Case.campaign_of_id).in_(list(numbers))).distinct()
    return {number for number in session.exec(query) if number}


def people_in(session: Session, parent: Case) -> int:
    """How many different people a case speaks for, its own among them; 0 when nobody follows it."""
    if not parents_among(session, [parent.number]):
        return 0
    of_it = or_(Case.campaign_of_id == parent.id, Case.id == parent.id)
    return session.exec(select(func.count(func.distinct(Case.complainant_id))).where(of_it)).one()


def people_by_parent(session: Session) -> dict[int, int]:
    """How many different people each campaign's case speaks for, by its number."""
    parent = func.coalesce(Case.campaign_of_id, Case.id)
    is_parent = select(Case.campaign_of_id).where(col(Case.campaign_of_id).is_not(None)).distinct()
    people = func.count(func.distinct(Case.complainant_id))
    query = select(parent, people).where(or_(col(Case.campaign_of_id).is_not(None), col(Case.id).in_(is_parent)))
    return dict(session.exec(query.group_by(parent)).all())


def campaign_of(session: Session, case: Case) -> str:
    """The reference of the campaign that a case follows, or of which it stands apart; "" when there is none."""
    if case.campaign_of_id is not None:
        return session.get_one(Case, case.campaign_of_id).reference
    marked = select(CaseEvent.details).where(CaseEvent.case_id == case.id, col(CaseEvent.name).in_((JOINED, LEFT)))
    details = session.exec(marked.order_by(col(CaseEvent.id).desc()).limit(1)).first()
    return str(details["parent"]) if details else ""


def followers(session: Session, parent: Case) -> Sequence[tuple[Case, float]]:
    """The cases that follow one, each with how alike its letter was found to be; the least alike first."""
    query = (
        select(Case, CaseEvent.details)
        .join(CaseEvent, col(CaseEvent.case_id) == Case.id)
        .where(Case.campaign_of_id == parent.id, CaseEvent.name == JOINED)
        .order_by(col(CaseEvent.id))
    )
    newest = {case.number: (case, float(details["likeness"])) for case, details in session.exec(query)}
    return sorted(newest.values(), key=lambda each: (each[1], each[0].number))


def says_more(session: Session, case: Case, *, settings: Settings) -> str:
    """Why a case must be read for itself though its letter is like many others, or ""."""
    if _is_grave(case, settings):
        return "it raises a grave signal"
    if case.doubts:
        return "there is something to know before it is answered"
    letters = select(Correspondence.attachments).where(
        Correspondence.case_id == case.id, col(Correspondence.direction) == Direction.IN
    )
    attached = session.exec(letters).all()
    if len(attached) > 1:
        return "the resident has written again"
    return "something is attached to it" if any(attached) else ""


def may_follow(session: Session, case: Case, *, settings: Settings) -> bool:
    """Whether another case may speak for it: nobody has touched it, a letter can reach its writer, it says no more."""
    is_untouched = case.status == CaseStatus.NEW and (case.owner_id is None or _was_only_given_out(session, case))
    is_filed_by_person = case.kind_by_person or case.areas_by_person
    if not is_untouched or is_filed_by_person or not case.is_triaged or not case.may_answer or case.stage != 1:
        return False
    left = select(CaseEvent.id).where(CaseEvent.case_id == case.id, CaseEvent.name == LEFT)
    return session.exec(left).first() is None and not says_more(session, case, settings=settings)


def _was_only_given_out(session: Session, case: Case) -> bool:
    """Whether its owner was given it by the rota and nobody has done anything yet."""
    by_people = (col(CaseEvent.by_officer_id).is_not(None), CaseEvent.name != "read")
    return session.exec(select(CaseEvent.id).where(CaseEvent.case_id == case.id, *by_people)).first() is None


def may_lead(case: Case, *, settings: Settings) -> bool:
    """Whether it may speak for others: it is open at its first stage, no answer has gone out, nothing in it is grave.

    Who writes after the answer is not answered by it: a person decides anew. Nor does one speak whose clock stands
    still, which concerns only its own resident: the clocks of the others would run unseen.
    """
    is_open = case.status in {CaseStatus.NEW, CaseStatus.ACKNOWLEDGED} and case.responded_on is None
    may_speak = case.campaign_of_id is None and case.may_answer and case.paused_on is None
    return is_open and case.stage == 1 and may_speak and not _is_grave(case, settings)


def _is_grave(case: Case, settings: Settings) -> bool:
    return not {*NEVER_WAITS, *settings.warnings.grave_signals}.isdisjoint(case.signals)


def first_due(session: Session, parent: Case) -> date | None:
    """The earliest date still owed to those that follow a case and stand where it stands, or None."""
    due = Case.acknowledge_by if parent.status == CaseStatus.NEW else Case.respond_by
    same = (Case.campaign_of_id == parent.id, Case.status == parent.status)
    return session.exec(select(func.min(due)).where(*same)).one()


def is_spoken_for(session: Session, case: Case) -> bool:
    """Whether a case's parent owes what it owes, or something earlier, so that the parent is reminded for both."""
    if case.campaign_of_id is None:
        return False
    parent = session.get_one(Case, case.campaign_of_id)
    return running_clock(parent) is not None and ORDER.index(case.status) >= ORDER.index(parent.status)
