"""What others did to a case while a form of it was open: whoever sends the form hears of it first, once."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from sqlmodel import Session, col, func, select

from bot.thread_lines import Happened, line_of
from models.case import Case, CaseEvent
from models.handling import is_entitled
from models.people import Officer
from models.rules.errors import ChangedMeanwhile

Made = TypeVar("Made")

_MOST_LINES = 3


def marked(session: Session, case: Case, made: Made) -> Made:
    """What was made; a form that will be sent keeps the newest event of its case."""
    kept = _kept(made) if isinstance(made, dict) else {}
    if not isinstance(made, dict) or "case" not in kept:
        return made
    newest = select(func.max(CaseEvent.id)).where(CaseEvent.case_id == case.number)
    made["private_metadata"] = json.dumps({**kept, "since": session.exec(newest).one() or 0})
    return made


def newest_event_in(view: Mapping[str, Any]) -> int | None:
    """The newest event when a form was made; None: it is of an earlier version, or of no case."""
    since = _kept(view).get("since")
    return int(since) if since is not None else None


def check_nothing_came_between(session: Session, case: Case, by: Officer, *, view: str, since: int | None) -> None:
    """Raises ChangedMeanwhile with what others did since a form was made, unless it said so when it was sent before.

    Whoever may not see the case and only settles a duty of theirs hears nothing of it.
    """
    if since is None or not is_entitled(case, by):
        return
    query = (
        select(CaseEvent, Officer.name)
        .join(Officer, col(Officer.id) == CaseEvent.by_officer_id, isouter=True)
        .where(CaseEvent.case_id == case.number, col(CaseEvent.id) > since)
        .order_by(col(CaseEvent.id))
    )
    rows = session.exec(query).all()
    told = max((event.id or 0 for event, _ in rows if _was_told(event, view)), default=0)
    lines = [
        line_of(Happened(event.name, event.at, name, event.details))
        for event, name in rows
        if (event.id or 0) > told and event.by_officer_id not in {None, by.id}
    ]
    if heard := [line for line in lines if line]:
        raise ChangedMeanwhile(*heard[-_MOST_LINES:], "If yours still holds, send it again.")


def _was_told(event: CaseEvent, view: str) -> bool:
    told = (event.details.get("because"), event.details.get("view"))
    return event.name == "press_refused" and told == (ChangedMeanwhile.__name__, view)


def _kept(view: Mapping[str, Any]) -> dict[str, Any]:
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
    except ValueError:  # a view of ours that keeps a word and no JSON
        return {}
    return kept if isinstance(kept, dict) else {}
