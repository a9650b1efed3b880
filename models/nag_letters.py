"""Reminders by email, for whoever Slack does not reach: what is due, and a link that acknowledges without Slack."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from models.acting_links import ACKNOWLEDGE, BY_REPLY, Allowed, give_link, keep
from models.case import Case
from models.clock import in_words
from models.letters import message_id_for
from models.outbox import Channel, ToSay, put
from models.people import Officer
from models.reminders import Nag
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.standing_nags import still_stands

_HOW_TO_REPLY = (
    "You can also answer this letter from this address with the one word “acknowledge”{naming}. That works where the "
    "council's own mail server vouches for you."
)


def put_nag_letter(
    session: Session, officer: Officer, nags: Sequence[Nag], *, told_in: str, settings: Settings, now: datetime
) -> bool:
    """Put one letter to an officer that tells what is still due of these reminders. False: nothing is, or it was put.

    ``told_in`` is the key of the message in Slack, so that each is told once by letter too. References and dates
    only: a mailbox is no place for a resident's words.
    """
    due = [(nag, case) for nag in nags if still_stands(session, nag, case := session.get_one(Case, nag.case_id))]
    if not due:
        return False
    key = nag_letter_key(told_in, officer)
    message_id = message_id_for(key, officer.email, settings)
    owed = [case for nag, case in due if nag.clock == "acknowledge" and case.status == CaseStatus.NEW]
    lines = [_line(session, nag, case, officer, settings=settings, now=now) for nag, case in due]
    if owed:
        naming = "" if len(owed) == 1 else ", and the reference of the case it is for"
        lines.append(_HOW_TO_REPLY.format(naming=naming))
    letter = {
        "to": officer.email,
        "subject": _subject([case.reference for _, case in due]),
        "text": "\n\n".join(lines) + "\n",
        "message_id": message_id,
        "in_reply_to": "",
        "automatic": True,
    }
    if not put(session, ToSay(Channel.EMAIL, key, letter), now=now):
        return False
    for case in owed:
        secret = reply_secret(message_id, case.reference)
        keep(session, secret, Allowed(BY_REPLY, case.number, officer.id), settings=settings, now=now)
    return True


def nag_letter_key(told_in: str, officer: Officer) -> str:
    """The outbox's key of the letter to an officer that tells what this message was to tell in Slack."""
    return f"{told_in} by letter to {officer.slack_user}"


def reply_secret(message_id: str, reference: str) -> str:
    """What proves an answer to a letter of ours: its Message-ID, which nobody else can work out, and the case."""
    return f"{message_id} {reference}"


def _line(session: Session, nag: Nag, case: Case, officer: Officer, *, settings: Settings, now: datetime) -> str:
    by = f" by {in_words(nag.due)}" if nag.due else ""
    said = f"{case.reference}: {nag.clock}{by} ({nag.step})."
    if nag.clock != "acknowledge":
        return said
    link = give_link(session, Allowed(ACKNOWLEDGE, case.number, officer.id), settings=settings, now=now)
    return f"{said}\nAcknowledge it here, once, until it is used: {link}" if link else said


def _subject(references: Sequence[str]) -> str:
    cases = list(dict.fromkeys(references))
    return f"Due: {cases[0]}" if len(cases) == 1 else f"Due: {len(cases)} cases"
