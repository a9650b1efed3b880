"""Writing down what happened: the event, the new version, and the card to redraw, in one transaction."""

from collections.abc import Collection
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlmodel import Session, col, select

from models.case import Case, CaseEvent
from models.once import append, insert_ahead, insert_once
from models.outbox import Channel, ToSay, put_unasked
from models.people import Officer
from models.reminders import Alert
from models.rules.warning_signs import WarningSign

Sign = tuple[Case, WarningSign]
"""A sign, and the case it is on."""


def record(
    session: Session, case: Case, name: str, *, now: datetime, by: Officer | None = None, **details: Any
) -> None:
    """Add an event to a case's history and, once it has a card, have the card redrawn."""
    note(session, case, name, now=now, by=by, **details)
    case.version += 1
    session.add(case)
    if case.is_triaged:
        draw_case(session, case, now=now)


def note(session: Session, case: Case, name: str, *, now: datetime, by: Officer | None = None, **details: Any) -> None:
    """Add an event that changes nothing an officer sees on the card."""
    by_officer = by.id if by else None
    append(session, CaseEvent, case_id=case.number, name=name, at=now, by_officer_id=by_officer, details=details)


def draw_case(session: Session, case: Case, *, now: datetime) -> None:
    """Have the case's card drawn as the case now is."""
    key = f"{case.reference} card version {case.version}"
    drawn = ToSay(Channel.SLACK, key, {"draw": "case", "case_id": case.number}, case.number)
    put_unasked(session, drawn, now=now)


def not_yet_told(session: Session, signs: Collection[Sign]) -> list[Sign]:
    """Without those that were told of in the same words: once the key of a missed date did not name the date."""
    of_these = col(Alert.case_id).in_([case.number for case, _ in signs])
    told = set(session.exec(select(Alert.case_id, Alert.reason).where(of_these))) if signs else set()
    return [(case, sign) for case, sign in signs if (case.number, sign.reason) not in told]


def expect_alerts(session: Session, signs: Collection[Sign], *, now: datetime) -> None:
    """These alerts are about to be raised: store them all at once. ``raise_alert`` then tells which are new."""
    rows = sorted((_as_row(case, sign, now) for case, sign in signs), key=itemgetter("case_id", "sign"))
    insert_ahead(session, Alert, rows, by=["case_id", "sign"])


def raise_alert(session: Session, case: Case, sign: WarningSign, *, now: datetime) -> int | None:
    """Warn the corporate lead of a sign on a case, and return the alert's number; None if the sign was seen before."""
    number = insert_once(session, Alert, **_as_row(case, sign, now))
    if number is not None:
        record(session, case, "alert_raised", now=now, sign=sign.key, reason=sign.reason)
        draw_alert(session, number, case, now=now)
    return number


def _as_row(case: Case, sign: WarningSign, now: datetime) -> dict[str, Any]:
    return {"case_id": case.number, "sign": sign.key, "reason": sign.reason, "at": now}


def draw_alert(session: Session, number: int, case: Case, *, now: datetime) -> None:
    """Have the message of the alert with that number drawn as it and its case now are."""
    key = f"alert {number} version {case.version}"
    put_unasked(session, ToSay(Channel.SLACK, key, {"draw": "alert", "alert_id": number}), now=now)


def redraw_alerts(session: Session, case: Case, *, now: datetime) -> None:
    """Have a case's alerts drawn again: its owner or its service has changed."""
    for number in session.exec(select(Alert.id).where(Alert.case_id == case.number)):
        draw_alert(session, number or 0, case, now=now)
