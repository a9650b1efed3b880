"""A message Slack does not take because something must be mended: it is told, and the work goes to somebody else.

The technical contact hears of it once a day; whoever stands above those it was for gets to know that there is work.
What waits for a channel goes on waiting for it; what goes elsewhere says no more than the channel would have shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from jobs.transports.answers import Drawn, Technical
from models.case import Case
from models.clock import london_date
from models.council import officer_by_email
from models.letters import message_id_for
from models.outbox import Channel, Parcel, ToSay, put
from models.people import Officer
from models.rules.references import find_references
from models.settings import Settings

ABOUT_SLACK = "about_slack"
"""In a payload: it tells of a fault in Slack, and is not handed on when Slack does not take it either."""

_TRIED = "instead_of"
"""In a payload: for whom it was meant before."""

_NOT_HANDED_ON = frozenset({"thread", "digest"})
_MOST_TEXT = 1_500


@dataclass(frozen=True)
class Undelivered:
    """A message with what stands in its way."""

    parcel: Parcel
    drawn: Drawn
    failed: Technical

    @property
    def tried(self) -> list[str]:
        """For whom it was meant, and who should have got it instead."""
        return [*self.parcel.payload.get(_TRIED, []), self.drawn.target]


def see_to(session: Session, what: Undelivered, *, settings: Settings, now: datetime) -> bool:
    """Tell of the fault, and hand the work to somebody else. True: the message itself need not be tried again."""
    fault, where = what.failed.fault, what.failed.where
    is_told = bool(what.parcel.payload.get(ABOUT_SLACK))
    tell(
        session, f"Slack: {fault} {where}".strip(), str(what.failed), settings=settings, now=now, by_letter_only=is_told
    )
    if not is_told and what.parcel.payload["draw"] not in _NOT_HANDED_ON:
        _hand_on(session, what, settings=settings, now=now)
    return is_told or what.failed.is_about_a_person


def tell_held_back(session: Session, drawn: Drawn, *, settings: Settings, now: datetime) -> None:
    """Something of a resident's stood in a message: who mends that hears where, and never what."""
    which = _references(session, drawn)
    about = f"the case {' '.join(which)}" if which else f"“{drawn.subject}”"
    text = (
        f"A message about {about} was not shown in Slack as it was drawn, because {drawn.held_back} stood in it; only "
        "the reference is shown. Look in the case’s history for an officer’s words that name somebody; if there are "
        "none, the program has a fault."
    )
    tell(session, f"held back {drawn.subject}", text, settings=settings, now=now, by_letter_only=True)


def tell_given_up(session: Session, parcel: Parcel, problem: str, *, settings: Settings, now: datetime) -> None:
    """Something is not tried again: of each way out once a day, since what tells of it may come to the same end."""
    way = "to Slack" if parcel.channel is Channel.SLACK else "by email"
    text = (
        f"Something that was to go {way} is not tried again, and no card tells of it. “tocsin outbox” lists all that "
        f"ended so, and “tocsin outbox --help” says how to send it again. {problem}"
    )
    tell(session, f"given up by {parcel.channel}", text, settings=settings, now=now)


def tell(
    session: Session, what: str, text: str, *, settings: Settings, now: datetime, by_letter_only: bool = False
) -> None:
    """Tell the technical contact by letter, and the lead's channel if it is private, of each thing once a day."""
    key = f"{what}, told {london_date(now)}"
    for email in _who_mends(session, settings):
        _put_letter(session, f"{key} by letter to {email}", email, ("Slack needs your help", text), settings, now)
    if not by_letter_only:
        line = {"draw": "line", "to": settings.slack.lead_channel, "text": text, ABOUT_SLACK: True}
        put(session, ToSay(Channel.SLACK, key, line), now=now)


def _hand_on(session: Session, what: Undelivered, *, settings: Settings, now: datetime) -> None:
    case = _case_of(session, what.drawn)
    to = next((each for each in _above(session, what, case, settings) if each not in what.tried), "")
    if to and what.failed.where:
        put(session, ToSay(Channel.SLACK, f"{what.parcel.key} for {to}", _payload(what, to)), now=now)
    elif what.failed.where or what.parcel.payload["draw"] == "alert":
        _write(session, what, case, settings=settings, now=now)


def _payload(what: Undelivered, to: str) -> dict[str, object]:
    """Reminders are drawn for another; of all else the line that a notification would show."""
    payload = what.parcel.payload
    if payload["draw"] in {"nags", "nag"}:
        numbers = payload.get("nags") or [payload["nag_id"]]
        return {"draw": "nags", "nags": numbers, "to": to, _TRIED: what.tried}
    said = payload["text"] if payload["draw"] == "line" else _said(what.drawn)
    if _TRIED not in payload:
        said = f"Could not be shown to {what.drawn.target}: {said}"
    return {"draw": "line", "to": to, "text": said, _TRIED: what.tried}


def _said(drawn: Drawn) -> str:
    """The text of a notification, as it was before it was made inert."""
    return drawn.text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")[:_MOST_TEXT]


def _above(session: Session, what: Undelivered, case: Case | None, settings: Settings) -> Iterator[str]:
    """Of somebody who is gone: their manager; of a channel and of the manager: the lead's channel."""
    if what.failed.is_about_a_person and case is not None:
        manager = officer_by_email(session, settings.team_for(case.main_area).manager or "")
        yield from [manager.slack_user] if manager else []
    yield settings.slack.lead_channel


def _write(session: Session, what: Undelivered, case: Case | None, *, settings: Settings, now: datetime) -> None:
    """By letter, without words: which case, and how to come to it."""
    which = ", ".join(_references(session, what.drawn)) or what.drawn.subject
    text = (
        f"{which}: Slack could not show a message about it. Open it with /case or in Tocsin’s Home tab in Slack, or on "
        "the command line with “tocsin case”. The technical contact knows what must be mended."
    )
    manager = settings.team_for(case.main_area).manager if case is not None else None
    for email in [manager] if manager else _leads(session):
        key = f"{what.parcel.key} by letter to {email}"
        _put_letter(session, key, email, (f"Slack could not show: {which}", text), settings, now)


def _put_letter(session: Session, key: str, to: str, words: tuple[str, str], settings: Settings, now: datetime) -> None:
    subject, text = words
    letter = {"to": to, "subject": subject, "text": text + "\n", "in_reply_to": "", "automatic": True}
    letter["message_id"] = message_id_for(key, to, settings)
    put(session, ToSay(Channel.EMAIL, key, letter), now=now)


def _who_mends(session: Session, settings: Settings) -> Sequence[str]:
    contact = settings.technical_contact.email
    return [contact] if contact else _leads(session)


def _leads(session: Session) -> Sequence[str]:
    leads = select(Officer.email).where(col(Officer.is_corporate_lead).is_(True), col(Officer.is_active).is_(True))
    return session.exec(leads).all()


def _case_of(session: Session, drawn: Drawn) -> Case | None:
    return session.get(Case, drawn.case_id) if drawn.case_id else None


def _references(session: Session, drawn: Drawn) -> list[str]:
    """The cases a message is about: its own, or those it names."""
    case = _case_of(session, drawn)
    return [case.reference] if case is not None else list(find_references(drawn.text))
