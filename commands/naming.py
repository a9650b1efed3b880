"""Officers as the command line names them: by their address."""

from sqlmodel import Session, select

from commands.joining import say_and_stop
from models.council import officer_by_email
from models.people import Officer

_HINT = "“tocsin people” lists them."


def officer_named(session: Session, email: str) -> Officer:
    """The active officer with that address; ends the program with a sentence when there is none."""
    return officer_by_email(session, email) or say_and_stop(f"No officer has the address {email}.", hint=_HINT)


def anybody(session: Session, email: str) -> Officer:
    """The same, where a leaver will do."""
    found = session.exec(select(Officer).where(Officer.email == email.strip().lower())).first()
    return found or say_and_stop(f"No officer has, or had, the address {email}.", hint=_HINT)
