"""Letters from partners who were asked something: which request one answers, and what follows from it.

Only a person can tell whether a letter is the answer. So it settles nothing: it is kept with the case, the partner is
no longer reminded, and whoever owes the request is told to read it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.acting_links import duties_by_key
from models.arrivals import keep_partners_letter
from models.case import Case
from models.clock import london_date
from models.correspondence import InboundMessage
from models.duty import Duty, DutyKind, DutyState
from models.outbox import put_line
from models.people import Complainant
from models.recipients import Recipients
from models.record import record
from models.rules.doubts import Doubt
from models.rules.letters import Email
from models.rules.reminders import Rung
from models.settings import Settings

CAME = "request_answered_by_email"
"""The event of a partner's letter; its details name the request and the message."""

_WAITS = (
    "{reference}: a partner has answered by email what it was asked (duty {duty}). Open the case to read it, then say "
    "whether it is the answer: the partner is not reminded meanwhile."
)
_SETTLED = "{reference}: a partner has written again about what it was asked (duty {duty}, settled). Open the case."


def request_by_key(session: Session, keys: Collection[str], sender: str, *, now: datetime) -> Duty | None:
    """The request whose letter bore one of these keys, if its sender is the partner who was asked; or None."""
    asked = [session.get_one(Duty, number) for number in duties_by_key(session, keys, now=now)]
    return _newest(session, asked, sender)


def request_named(session: Session, references: Collection[str], sender: str) -> Duty | None:
    """The one open request to this sender on the cases that are named, or None: there is none, or there are several.

    A reference may be overheard, so whoever asks has made sure of the sender.
    """
    open_ones = _requests(session, references, sender, Duty.state == DutyState.OPEN) if references and sender else []
    return _newest(session, open_ones, sender) if len(open_ones) == 1 else None


def request_of_case(session: Session, reference: str, sender: str) -> Duty | None:
    """The newest request on a case to this sender, or None; a person has said that the letter belongs to the case."""
    return _newest(session, _requests(session, [reference], sender), sender)


@dataclass(frozen=True)
class Came:
    """A partner's letter as it came, and what gives reason for care in it."""

    message: InboundMessage
    email: Email
    doubts: tuple[Doubt, ...] = ()


def take_partners_letter(
    session: Session, case: Case, duty_id: int, came: Came, *, settings: Settings, now: datetime
) -> None:
    """Keep a partner's letter with its case, stop the reminders to the partner, and tell whoever owes the request."""
    duty = session.get_one(Duty, duty_id, with_for_update=True, populate_existing=True)
    message = came.message
    keep_partners_letter(session, case, message, came.email, doubts=came.doubts)
    if is_open := duty.state == DutyState.OPEN:
        # a mail server's date may be wrong: nothing is answered before it was asked
        duty.done_on = duty.done_on or max(london_date(message.received_at), london_date(duty.made_at))
        session.add(duty)
    record(session, case, CAME, now=now, duty=duty.number, party=duty.party, message=message.id)
    (to,) = Recipients(session, settings=settings, now=now).of(case, Rung.OWNER, owner_id=duty.owner_id)
    text = (_WAITS if is_open else _SETTLED).format(reference=case.reference, duty=duty.number)
    key = f"{duty.key} answered by email, message {message.number}"
    put_line(session, key=key, to=to, text=text, case_id=case.number, now=now)


def _requests(session: Session, references: Collection[str], sender: str, *also: object) -> list[Duty]:
    query = select(Duty).join(Case, col(Case.id) == Duty.case_id).where(col(Case.reference).in_(references))
    theirs = (Duty.kind == DutyKind.REQUEST, Duty.party_email == sender.lower(), *also)
    return list(session.exec(query.where(*theirs).order_by(col(Duty.id))))  # type: ignore[arg-type]  # conditions


def _newest(session: Session, asked: Sequence[Duty], sender: str) -> Duty | None:
    """The newest of those that were asked of this sender, an open one first; never the case's own complainant."""
    theirs = [duty for duty in asked if duty.party_email == sender.lower() and not _is_complainant(session, duty)]
    return max(theirs, key=lambda duty: (duty.state == DutyState.OPEN, duty.number), default=None)


def _is_complainant(session: Session, duty: Duty) -> bool:
    """Whether the address asked is the resident's own: then what comes from it is the resident's word."""
    case = session.get_one(Case, duty.case_id)
    return session.get_one(Complainant, case.complainant_id).email == duty.party_email
