"""Looking back at the earlier cases of who writes: what the classifier is told that no single letter says.

Reading only. What is read does not grow with the number of cases, nor with how many cases one person has.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Executable, bindparam
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from models.case import Case
from models.clock import london_date
from models.correspondence import Correspondence, Direction
from models.people import Complainant
from models.rules.doubts import Doubt
from models.rules.same_matter import LONGEST, Before, Earlier, before, matter_of
from models.settings import Settings
from models.stages import has_answer
from models.triaging import Unjudged

_NEWEST = 20
"""Cases of one person that are looked at, the one in hand among them: an address that writes daily costs no more."""


def _newest_cases() -> Executable:
    of_same, letter = aliased(Case), aliased(Correspondence)
    twentieth = (
        select(of_same.id)
        .where(of_same.complainant_id == Complainant.id)
        .order_by(col(of_same.id).desc())
        .limit(1)
        .offset(_NEWEST - 1)
    )
    # materialized: PostgreSQL would look for the twentieth anew for every case
    writer = (
        select(Complainant.id, func.coalesce(twentieth.correlate(Complainant).scalar_subquery(), 0).label("oldest"))
        .where(col(Complainant.id).in_(bindparam("writers", expanding=True)))
        .cte("writer")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    first = select(func.min(letter.id)).where(letter.case_id == Case.id, letter.direction == Direction.IN)
    return (
        select(Case, Correspondence.subject, func.substr(Correspondence.text, 1, LONGEST))
        .join(writer, (writer.c.id == Case.complainant_id) & (col(Case.id) >= writer.c.oldest))
        .join(Correspondence, col(Correspondence.id) == first.correlate(Case).scalar_subquery())
        .where(col(Case.received_on) >= bindparam("since"), col(Case.campaign_of_id).is_(None))
        .order_by(col(Case.id).desc())
    )


_NEWEST_CASES = _newest_cases()
"""The newest cases of each writer, newest first, that were received since a day and follow no other.

Written once: to write it anew takes longer than to ask it.
"""

_Found = tuple[Case, str, str]
"""A case, and the subject and the beginning of the text of the letter that opened it."""


def with_earlier(session: Session, letters: Sequence[Unjudged], *, settings: Settings, now: datetime) -> list[Unjudged]:
    """The same letters, each that opens a case with its writer's earlier ones; one question for all of them.

    Those received more than ``classifier.history_days`` ago do not count, nor those that follow a campaign, whose
    letters are not their writers' own, nor those whose sender failed the council's check.
    """
    writers = {letter.writer for letter in letters if letter.is_first and letter.writer is not None}
    if not writers:
        return list(letters)
    asked = {"writers": sorted(writers), "since": london_date(now) - timedelta(days=settings.classifier.history_days)}
    rows = session.execute(_NEWEST_CASES, asked)
    found = [(case, subject, text) for case, subject, text in rows if Doubt.SENDER_FAILED not in case.doubts]
    return [replace(letter, earlier=_earlier(letter, found)) if letter.is_first else letter for letter in letters]


def came_before(letter: Unjudged) -> Before:
    """Which of those earlier cases are on the letter's matter. Asks nothing, so nothing need be open meanwhile."""
    if not letter.earlier:
        return Before()
    writer = f"{letter.writer_name} {letter.sender.partition('@')[0]}"
    matter = matter_of(letter.subject, letter.text, writer=writer)
    named = replace(matter, references=matter.references.union(letter.named))
    return before(named, letter.earlier, writer=writer)


def _earlier(letter: Unjudged, found: Iterable[_Found]) -> tuple[Earlier, ...]:
    return tuple(
        Earlier(case.number, case.reference, not has_answer(case), subject, text)
        for case, subject, text in found
        if case.complainant_id == letter.writer and case.number < letter.case_id
    )
