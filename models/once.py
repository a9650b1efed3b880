"""Adding a row that may be there already: the unique index gives the answer."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel


def add_once(session: Session, row: SQLModel) -> bool:
    """Add a row. False: an equal one was there, and nothing changes; two who try at once get one True."""
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        return False
    return True
