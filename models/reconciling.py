"""Counting what arrived against what became of it, and telling the technical contact once a day.

Every message counts once where it came first: at the first place in the ledger (``MailboxCopy``) where it
lay, or at its own source when it lay in no mailbox. Each further place counts as a further copy. A second
copy by the form or “tocsin ingest” leaves no row, and is not counted.
"""

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from models.clock import in_words, london_date
from models.correspondence import Disposition, HeldMessage, InboundMessage, MailboxCopy
from models.letters import to_the_contact
from models.outbox import put, put_already, put_line
from models.rules.balance import Balance, MailboxCount, SourceCount, in_sentences
from models.rules.labels import Area
from models.settings import Settings

_LONG = timedelta(hours=1)
_LONGEST_LINE = 2900
"""Characters that one message in Slack may have here."""

_NAMES = {
    Disposition.CASE: "cases",
    Disposition.FOLLOW_UP: "follow_ups",
    Disposition.HELD: "held",
    Disposition.IGNORED: "ignored",
    None: "unprocessed",
}


@dataclass(frozen=True)
class Lying:
    """What a mailbox says lies in it: how many wait, how many are marked as kept, and the handles of both.

    ``handles`` is None where a kept message has another name than the one it came under, so that only
    numbers can be compared; else ``marked`` are those of kept ones alone. ``problem`` says why the mailbox
    could not be looked into.
    """

    waiting: int = 0
    kept: int = 0
    handles: AbstractSet[str] | None = None
    marked: AbstractSet[str] = frozenset()
    problem: str = ""


def reconcile(session: Session, lying: Mapping[str, Lying], *, now: datetime) -> Balance:
    """Count everything. The mailboxes were asked before, so that what is marked there was known here by then."""
    return Balance(
        at=now,
        sources=tuple(_sources(session)),
        mailboxes=tuple(_mailbox(session, name, each) for name, each in lying.items()),
        waits_long=_waits_long(session, now=now),
    )


def was_counted(session: Session, day: date) -> bool:
    """Whether that day's count was reported already."""
    return bool(put_already(session, (_key(day), _key_by_email(day))))


def report(session: Session, balance: Balance, *, settings: Settings, now: datetime) -> None:
    """Tell the technical contact, once a London day; and the corporate lead when something is missing.

    Without a technical contact the corporate team's channel hears it: a count nobody hears of proves nothing.
    """
    day, contact = london_date(now), settings.technical_contact
    text = "\n".join([f"Count of {in_words(day)}", *in_sentences(balance)])
    slack = contact.slack or ("" if contact.email else settings.team_for(Area.CORPORATE_OTHER).channel)
    if slack:
        put_line(session, key=_key(day), to=slack, text=_short(text), case_id=None, now=now)
    if contact.email:
        subject = f"Tocsin’s count of {in_words(day)}: {'in' if balance.is_balanced else 'NOT in'} balance"
        put(session, to_the_contact(_key_by_email(day), subject, text, "count", settings), now=now)
    if balance.missing:
        lead = "\n".join([f"⚠ {balance.verdict}", *balance.missing])
        key = f"{_key(day)} for the lead"
        put_line(session, key=key, to=settings.slack.lead_channel, text=_short(lead), case_id=None, now=now)


def _key(day: date) -> str:
    return f"count of {day}"


def _key_by_email(day: date) -> str:
    return f"count of {day} by email"


def _short(text: str) -> str:
    cut = "… “tocsin intake reconcile” shows all of it."
    return text if len(text) <= _LONGEST_LINE else text[: _LONGEST_LINE - len(cut)] + cut


def _sources(session: Session) -> list[SourceCount]:
    figures: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for source, disposition, is_nowhere, number in _by_disposition(session):
        of = figures[source]
        of[_NAMES[disposition]] += number
        if is_nowhere and disposition in {Disposition.CASE, Disposition.FOLLOW_UP}:
            of["astray"] += number
    for source, number in _settled(session):
        figures[source]["settled"] += number
    for source, number in _further_copies(session):
        figures[source]["further_copies"] += number
    for source, number in _arrived(session):
        figures[source]["arrived"] += number
    return [SourceCount(source, of.pop("arrived", 0), **of) for source, of in sorted(figures.items())]


def _arrived(session: Session) -> list[tuple[str, int]]:
    """The left side of the equation, counted by itself."""
    places = select(MailboxCopy.mailbox, func.count()).group_by(col(MailboxCopy.mailbox))
    elsewhere = select(InboundMessage.source, func.count()).where(~_has_a_place()).group_by(col(InboundMessage.source))
    return [(name, number) for query in (places, elsewhere) for name, number in session.exec(query)]


def _by_disposition(session: Session) -> list[Any]:
    is_nowhere = col(InboundMessage.case_id).is_(None)
    what = (_came_first(), col(InboundMessage.disposition), is_nowhere)
    return list(session.execute(select(*what, func.count()).group_by(*what)))


def _settled(session: Session) -> list[tuple[str, int]]:
    place = _came_first()
    query = (
        select(place, func.count())
        .select_from(InboundMessage)
        .join(HeldMessage, col(HeldMessage.inbound_id) == InboundMessage.id)
        .where(col(HeldMessage.settled_at).is_not(None))
        .group_by(place)
    )
    return [(name, number) for name, number in session.exec(query)]


def _further_copies(session: Session) -> list[tuple[str, int]]:
    before = aliased(MailboxCopy)
    came_before = (
        select(before.id)
        .where(before.inbound_id == MailboxCopy.inbound_id, col(before.id) < MailboxCopy.id)
        .correlate(MailboxCopy)
        .exists()
    )
    query = select(MailboxCopy.mailbox, func.count()).where(came_before).group_by(col(MailboxCopy.mailbox))
    return [(name, number) for name, number in session.exec(query)]


def _came_first() -> Any:
    """Where a message lay first, or the source of one that lay in no mailbox."""
    first = (
        select(MailboxCopy.mailbox)
        .where(MailboxCopy.inbound_id == InboundMessage.id)
        .order_by(col(MailboxCopy.id))
        .limit(1)
        .correlate(InboundMessage)
        .scalar_subquery()
    )
    return func.coalesce(first, InboundMessage.source).label("place")


def _has_a_place() -> Any:
    place = aliased(MailboxCopy)
    return select(place.id).where(place.inbound_id == InboundMessage.id).correlate(InboundMessage).exists()


def _mailbox(session: Session, name: str, lying: Lying) -> MailboxCount:
    if lying.problem:
        return MailboxCount(name, problem=lying.problem)
    if lying.handles is None:
        known = session.exec(select(func.count()).where(MailboxCopy.mailbox == name)).one()
        unknown, gone = max(lying.kept - known, 0), max(known - lying.kept, 0)
    else:
        ledger = set(session.exec(select(MailboxCopy.handle).where(MailboxCopy.mailbox == name)))
        # what still waits is not expected to be known, and may be: somebody took the mark off it
        unknown, gone = len(lying.marked - ledger), len(ledger - lying.handles)
    return MailboxCount(name, waiting=lying.waiting, marked=lying.kept, unknown=unknown, gone=gone)


def _waits_long(session: Session, *, now: datetime) -> int:
    query = select(func.count()).where(col(InboundMessage.disposition).is_(None), InboundMessage.look_at < now - _LONG)
    return session.exec(query).one()
