"""An officer acknowledges a case by answering the letter that reminded them of it."""

import re
from datetime import datetime

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
from models.rules.errors import LinkSpent, NotEntitled, StepNotAllowed
from models.rules.letters import Email
from models.rules.references import find_references
from models.settings import Settings

_YES = re.compile(r"\W*(acknowledged?|acknowledge it|please acknowledge)\b", re.IGNORECASE)
_RULE = "acts_by_reply"
_NOT_VOUCHED = (
    "It answers a reminder and asks to acknowledge a case, but the council's own mail server does not vouch for its "
    "sender (intake.authserv_id): acknowledge it in Slack or by the link."
)


def act_by_reply(session: Session, email: Email, *, settings: Settings, now: datetime) -> Routed | None:
    """Do what an officer's answer to a reminder asks for; None when the message is no such answer.

    It counts only where the council's own mail server vouches for the officer's address (DMARC), and where it
    answers a reminder that was sent to that officer. What cannot be done is held, with the reason.
    """
    answered = [each for each in email.in_reply_to if each.startswith("<tocsin.")]
    officer = officer_by_email(session, email.sender) if answered and email.sender else None
    if officer is None or automation(email) is not None or not _YES.match(email.text):
        return None
    if verdict(email, authserv_id=settings.intake.authserv_id) is not Verdict.PASSED:
        return Routed(Disposition.HELD, _RULE, _NOT_VOUCHED)
    named = find_references(email.text) or find_references(email.subject)
    try:
        done = [
            take_by_reply(session, _secrets(answered, one), by=officer, settings=settings, now=now) for one in named
        ]
    except (LinkSpent, NotEntitled, StepNotAllowed) as refused:
        return Routed(Disposition.HELD, _RULE, f"{officer.name} answered a reminder. {refused}")
    if not done:
        return Routed(Disposition.HELD, _RULE, f"{officer.name} answered a reminder of several cases and named none.")
    _confirm(session, email, officer, " ".join(done), settings=settings, now=now)
    return Routed(Disposition.IGNORED, _RULE, f"{officer.name} acknowledged {', '.join(named)} by email.")


def _secrets(answered: list[str], reference: str) -> list[str]:
    return [reply_secret(message_id, reference) for message_id in answered]


def _confirm(session: Session, email: Email, officer: Officer, done: str, *, settings: Settings, now: datetime) -> None:
    """Tell the officer that it was done; our own words and references only."""
    key = f"answer to {email.message_id or now.isoformat()} of {officer.slack_user}"
    letter = {
        "to": officer.email,
        "subject": "Done",
        "text": f"{done}\n",
        "message_id": message_id_for(key, officer.email, settings),
        "in_reply_to": email.message_id,
        "automatic": True,
    }
    put(session, ToSay(Channel.EMAIL, key, letter), now=now)
