"""An officer acknowledges a case by answering the letter that reminded them of it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from intake.authentication import Verdict, verdict
from intake.automatic import automation
from intake.routing import Routed
from models.acting_links import take_by_reply
from models.correspondence import Disposition
from models.council import officer_by_email
from models.letters import message_id_for
from models.nag_letters import reply_secret
from models.outbox import Channel, ToSay, put
from models.people import Officer
from models.rules.errors import AnswerSpent, NotEntitled, StepNotAllowed
from models.rules.letters import Email
from models.rules.references import find_references
from models.settings import Settings

_REFERENCE = r"T\d\d-\d{5,9}-[A-Z]\b"
"""A slip of the pen in one counts too: no reminder was sent of such a case, and that is told."""

_ASKS = re.compile(
    rf"\W*(?:please )?acknowledged?(?: it)?\b(?P<alone>(?:[\s,;&.*\"”]|and\b|{_REFERENCE})*$)?",
    re.IGNORECASE | re.MULTILINE,
)
"""``alone``: the references, where the word and they are all that the line says; else what follows may take it back."""

_RULE = "acts_by_reply"
_NOT_VOUCHED = (
    "It answers a reminder and asks to acknowledge a case, but the council's own mail server does not vouch for its "
    "sender (intake.authserv_id): acknowledge it in Slack or by the link."
)
_SAYS_MORE = (
    "Nothing was acknowledged: the first line says more than “acknowledge” and references, so a person reads the "
    "answer. Hint: answer again with these alone."
)
_NAMES_NONE = (
    "Nothing was acknowledged: neither the answer nor its subject names a case. "
    "Hint: answer again with “acknowledge” and the reference."
)


class _Told(NamedTuple):
    """What the officer is told: a sentence for each case that was acknowledged, and for what was not, why."""

    done: list[str]
    not_done: list[str]


def act_by_reply(session: Session, email: Email, *, settings: Settings, now: datetime) -> Routed | None:
    """Do what an officer's answer to a reminder asks for; None when the message is no such answer.

    It counts only where the council's own mail server vouches for the officer's address (DMARC), and where it
    answers a reminder that was sent to that officer. They are told of each case what was done, or why not; an
    answer of which anything could not be done is held besides.
    """
    answered = [each for each in email.in_reply_to if each.startswith("<tocsin.")]
    officer = officer_by_email(session, email.sender) if answered and email.sender else None
    asked = _ASKS.match(email.text)
    if officer is None or asked is None or automation(email) is not None:
        return None
    if verdict(email, authserv_id=settings.intake.authserv_id) is not Verdict.PASSED:
        return Routed(Disposition.HELD, _RULE, _NOT_VOUCHED)
    told = _act(session, answered, _named(asked["alone"], email), by=officer, settings=settings, now=now)
    _tell(session, email, officer, told, settings=settings, now=now)
    disposition = Disposition.HELD if told.not_done else Disposition.IGNORED
    return Routed(disposition, _RULE, f"{officer.name} answered a reminder. {' '.join((*told.done, *told.not_done))}")


def _named(alone: str | None, email: Email) -> Sequence[str] | None:
    """The references to act on: those beside the word, else the subject's; None where the line says more."""
    if alone is None:
        return None
    return tuple(dict.fromkeys(re.findall(_REFERENCE, alone.upper()))) or find_references(email.subject)


def _act(
    session: Session,
    answered: Sequence[str],
    named: Sequence[str] | None,
    *,
    by: Officer,
    settings: Settings,
    now: datetime,
) -> _Told:
    if not named:
        return _Told([], [_SAYS_MORE if named is None else _NAMES_NONE])
    told = _Told([], [])
    for one in sorted(named, key=lambda each: (len(each), each)):  # the older case is locked first
        secrets = [reply_secret(message_id, one) for message_id in answered]
        try:
            told.done.append(take_by_reply(session, secrets, by=by, settings=settings, now=now))
        except (AnswerSpent, NotEntitled, StepNotAllowed) as refused:
            told.not_done.append(f"{one}: {refused}")
    return told


def _tell(session: Session, email: Email, officer: Officer, told: _Told, *, settings: Settings, now: datetime) -> None:
    """Tell the officer what was done and what was not; our own words and references only."""
    key = f"answer to {email.message_id or now.isoformat()} of {officer.slack_user}"
    letter = {
        "to": officer.email,
        "subject": "Not done" if not told.done else "Done in part" if told.not_done else "Done",
        "text": "\n\n".join((*told.done, *told.not_done)) + "\n",
        "message_id": message_id_for(key, officer.email, settings),
        "in_reply_to": email.message_id,
        "automatic": True,
    }
    put(session, ToSay(Channel.EMAIL, key, letter), now=now)
