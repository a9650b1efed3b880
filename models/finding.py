"""Finding a case by words of its letters, among those an officer may open."""

from collections.abc import Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.case import Case
from models.correspondence import Correspondence
from models.people import Officer

_LOOKED_THROUGH = 500
"""Cases with the words that are looked through for those the officer may open: the newest ones."""


def find_cases(session: Session, officer: Officer, words: str, *, at_most: int) -> Sequence[Case]:
    """The newest cases, of those the officer may open, with a letter in which all the words stand."""
    text = func.lower(Correspondence.subject + " " + Correspondence.text)
    has_all = [text.contains(word, autoescape=True) for word in words.lower().split()[:8]]
    theirs = select(Correspondence.case_id).where(*has_all)
    found = select(Case).where(col(Case.id).in_(theirs)).order_by(col(Case.id).desc()).limit(_LOOKED_THROUGH)
    mine = [case for case in session.exec(found) if officer.may_see(case.areas) or case.owner_id == officer.id]
    return mine[:at_most]
