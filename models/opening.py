"""A new case, whatever brought it: its dates from the day it was received, and its reference."""

from datetime import date, datetime
from secrets import token_hex

from sqlmodel import Session

from models.case import Case
from models.once import next_number
from models.reckoning import reckon
from models.rules.references import make_reference
from models.settings import Settings

NO_ADDRESS = "there is no address that a person reads"
"""Why somebody gets no receipt for a new case."""


def new_case(session: Session, complainant_id: int, *, received: date, settings: Settings, now: datetime) -> Case:
    """A case on the corporate procedure. Nobody knows its kind yet, so it runs on the complaint's clock."""
    number = next_number(session, Case)
    case = Case(
        # all is given: the library looks at the maker of each default anew for every row
        id=number,
        reference=make_reference(number, received.year),
        thread_key=token_hex(10),
        areas=[],
        signals=[],
        doubts=[],
        happened={},
        complainant_id=complainant_id,
        received_on=received,
        logged_at=now,
        acknowledge_by=received,
        look_again=now,
    )
    reckon(case, settings=settings)
    session.add(case)
    return case
