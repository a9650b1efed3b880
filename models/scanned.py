"""Attachments that no scanner has seen yet: which letters have some, and what was learnt of them in the end."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, cast
from sqlmodel import Session, col, func, select

from models.correspondence import Correspondence
from models.queries import get_case
from models.record import record
from models.rules.doubts import Doubt

CLEAN, INFECTED, UNSCANNED, TOO_LARGE = "clean", "infected", "unscanned", "too_large"
"""The states of an attachment."""

LATEST = timedelta(days=7)
"""How old a letter may be; an officer who saves an older one's attachments is told that they are unscanned."""

MOST_LETTERS = 20_000
"""How many of the newest letters are looked through: a range of the primary key, so that it costs the same always."""

_TRY_AGAIN = timedelta(hours=1)


def letters_to_scan(session: Session, *, now: datetime) -> list[tuple[int, int, list[str]]]:
    """Letter, case and the hashes to scan, oldest first.

    The column is JSON, which neither database indexes here; its text is searched in few rows, and read in fewer.
    """
    newest = session.exec(select(func.max(Correspondence.id))).one() or 0
    found = session.exec(
        select(Correspondence.id, Correspondence.case_id, Correspondence.attachments)
        .where(
            col(Correspondence.id) > newest - MOST_LETTERS,
            col(Correspondence.at) >= now - LATEST,
            cast(col(Correspondence.attachments), Text).contains(f'"{UNSCANNED}"'),
        )
        .order_by(col(Correspondence.id))
    ).all()
    waiting = (
        (number, case_id, [row["digest"] for row in rows if _waits(row, now)]) for number, case_id, rows in found
    )
    return [(number, case_id, digests) for number, case_id, digests in waiting if number and digests]


def note_scanned(session: Session, letter_id: int, case_id: int, states: Mapping[str, str], *, now: datetime) -> None:
    """What the scanner said, in the letter's row; a virus is an event and a doubt, and the card is drawn again.

    ``states`` by hash; "" for a file of which nothing can be said now: it is left alone for an hour.
    """
    case = get_case(session, case_id)
    letter = session.get_one(Correspondence, letter_id, with_for_update=True)
    waited = {row["digest"] for row in letter.attachments if _waits(row, now)} & states.keys()
    letter.attachments = [
        {**row, **_learned(states[row["digest"]], now)} if row.get("digest") in waited else row
        for row in letter.attachments
    ]
    session.add(letter)
    for digest in sorted(digest for digest in waited if states[digest] == INFECTED):
        if Doubt.INFECTED not in case.doubts:
            case.doubts = [*case.doubts, Doubt.INFECTED.value]
        record(session, case, "attachment_infected", now=now, digest=digest[:12])


def _waits(row: Mapping[str, Any], now: datetime) -> bool:
    is_due = row.get("again_at", "") <= now.isoformat()
    return row.get("state") == UNSCANNED and bool(row.get("digest")) and is_due


def _learned(state: str, now: datetime) -> dict[str, str]:
    return {"state": state} if state else {"again_at": (now + _TRY_AGAIN).isoformat()}
