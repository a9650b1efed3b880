"""The thread under a case's card: each event after triage, once and in order.

A row of ``slack_card`` with the subject "thread 12" says under which message the thread of case 12 stands and, as its
version, the last event it has told. In the transaction that records that the card was shown, an entry is put where
there is something the thread has not told; at delivery it is drawn from the last told event on.

So nothing is lost, for each event that is told has had its card's redrawing in the outbox since the transaction that
made it true; the thread never comes before its card; what happened together is one message; and taking in letters
costs no row more. The message's metadata names the event it begins after: one whose fate is unknown is found by it,
and then filled up with what came since. Events of a case are numbered in the order they are committed, since whoever
records one has locked the case.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, func, select

from bot.inert import inert
from bot.thread_lines import LINES, Happened, came_from, line_of, posted_anew
from jobs.transports.answers import Drawn, Place
from models.cards import SlackCard
from models.case import Case, CaseEvent
from models.outbox import Channel, ToSay, put_unasked
from models.people import Officer
from models.rules.labels import RESTRICTED
from models.settings import Settings

MOST_LINES = 20
"""Of one message; what is more follows in the next."""

_LONGEST_LINE = 500
"""Characters: twenty lines stay under Slack's 13,200 of all blocks."""

_LONGEST_TEXT = 900
"""Characters of the text beside the blocks: a message that is redrawn may have 4,000 bytes of it."""


class _Thread(NamedTuple):
    """A case with its card and its thread's row."""

    case: Case
    card: SlackCard
    row: SlackCard

    @property
    def has_moved(self) -> bool:
        """The card stands elsewhere than the thread so far."""
        return (self.row.channel, self.row.ts) != (self.card.channel, self.card.ts)


def go_on(session: Session, drawn: Drawn, *, now: datetime) -> None:
    """A message was shown: if it was a case's card or thread, put what its thread has not told yet."""
    what, _, number = drawn.subject.partition(" ")
    if what not in {"case", "thread"}:
        return
    thread = _thread(session, int(number.partition(" ")[0]), begins=True)
    newest = _newest_untold(session, thread) if thread else None
    if thread and (newest or thread.has_moved):
        told = thread.row.version
        key = f"{thread.case.reference} thread under {thread.card.ts} events {told} to {newest or told}"
        asked = {"draw": "thread", "case_id": thread.case.number}
        put_unasked(session, ToSay(Channel.SLACK, key, asked, thread.case.number), now=now)


def draw_thread(session: Session, case_id: int, *, settings: Settings) -> Drawn | None:
    """The next message of a case's thread; None when all is told, or no card stands anywhere."""
    thread = _thread(session, case_id)
    if thread is None:
        return None
    events = _untold(session, thread)
    lines = [*_opening(thread, settings), *(inert(line_of(each)[:_LONGEST_LINE]) for _, each in events)]
    if not lines:
        return None
    # the first message under another card may tell no event, so it has a subject of its own
    begins = "from" if thread.has_moved else "after"
    drawn = Drawn(f"thread {case_id} {begins} event {thread.row.version}", thread.card.target, "", _blocks(lines))
    version = events[-1][0] if events else thread.row.version
    under = Place(thread.card.channel, thread.card.ts)
    text = "\n".join([thread.case.reference, *lines])[:_LONGEST_TEXT]
    return replace(drawn, text=text, version=version, under=under, case_id=case_id)


def remember_told(session: Session, drawn: Drawn, under: Place) -> None:
    """Keep how far a thread has told, and under which message."""
    row = _row(session, " ".join(drawn.subject.split()[:2]))
    if row is not None:
        row.target, row.channel, row.ts, row.version = drawn.target, under.channel, under.ts, drawn.version
        session.add(row)


def _thread(session: Session, case_id: int, *, begins: bool = False) -> _Thread | None:
    """None while the case has no card, or while its thread has not begun."""
    card, row = _row(session, f"case {case_id}"), _row(session, f"thread {case_id}")
    if card is None or card.removed_at is not None or not (row or begins):
        return None
    case = session.get_one(Case, case_id)
    return _Thread(case, card, row or _begin(session, case, card))


def _begin(session: Session, case: Case, card: SlackCard) -> SlackCard:
    """A thread that has told nothing: the card itself says what was found at triage."""
    row = SlackCard(
        subject=f"thread {case.id}",
        target=card.target,
        channel=card.channel,
        ts=card.ts,
        version=_on_the_card(session, case),
        case_id=case.id,
    )
    session.add(row)
    session.flush()
    return row


def _on_the_card(session: Session, case: Case) -> int:
    """The last event of the triage: the opinion, and what else was found at that instant and done by nobody."""
    of_case = select(CaseEvent.id, CaseEvent.name, CaseEvent.at, CaseEvent.by_officer_id)
    last, at = 0, None
    for number, name, when, by in session.exec(of_case.where(CaseEvent.case_id == case.id).order_by(col(CaseEvent.id))):
        if name == "suggestion_recorded":
            at = when
        elif at is not None and (by is not None or when != at):
            break
        if at is not None:
            last = number or 0
    return last


def _newest_untold(session: Session, thread: _Thread) -> int | None:
    newest = select(func.max(CaseEvent.id)).where(*_is_untold(thread))
    return session.exec(newest).one()


def _untold(session: Session, thread: _Thread) -> list[tuple[int, Happened]]:
    query = (
        select(CaseEvent, Officer.name)
        .join(Officer, col(Officer.id) == CaseEvent.by_officer_id, isouter=True)
        .where(*_is_untold(thread))
        .order_by(col(CaseEvent.id))
        .limit(MOST_LINES)
    )
    return [(event.id or 0, Happened(event.name, event.at, by, event.details)) for event, by in session.exec(query)]


def _is_untold(thread: _Thread) -> tuple[Any, ...]:
    of_case = col(CaseEvent.case_id) == thread.case.id
    return of_case, col(CaseEvent.id) > thread.row.version, col(CaseEvent.name).in_(LINES)


def _opening(thread: _Thread, settings: Settings) -> list[str]:
    """Where a thread comes from that goes on under another message."""
    if not thread.has_moved:
        return []
    if thread.row.channel == thread.card.channel:
        return [posted_anew()]
    team = next((team for team in settings.teams if team.channel == thread.row.target), None)
    # the channel it came to may be open to everybody
    is_named = team is not None and RESTRICTED.isdisjoint(team.areas)
    return [inert(came_from(team.name if team and is_named else "another team"))]


def _blocks(lines: Sequence[str]) -> list[dict[str, Any]]:
    return [{"type": "section", "text": {"type": "mrkdwn", "text": line, "verbatim": True}} for line in lines]


def _row(session: Session, subject: str) -> SlackCard | None:
    return session.exec(select(SlackCard).where(SlackCard.subject == subject)).first()
