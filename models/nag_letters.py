"""Reminders by email, for whoever Slack does not reach: what is due, and a link that acknowledges without Slack."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from models.acting_links import ACKNOWLEDGE, BY_REPLY, Allowed, give_link, keep
from models.case import Case
from models.clock import in_words
from models.letters import message_id_for
from models.outbox import Channel, ToSay, put
from models.people import Officer
from models.reminders import Nag
from models.rules.reminders import PAUSED
from models.settings import Settings
from models.standing_nags import still_stands

_ACKNOWLEDGE = "acknowledge"
"""The clock of what is owed its acknowledgement; only that can be done by letter."""

_HOW_TO_REPLY = (
    "You can also answer this letter from this address with “{words}” alone in the first line{fewer}. That works where "
    "the council's own mail server vouches for you."
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
    owed = _to_acknowledge(due)
    by_reply = owed if _is_answer_known(settings) else {}
    links = {
        number: give_link(session, Allowed(ACKNOWLEDGE, number, officer.id), settings=settings, now=now)
        for number in owed
    }
    letter = {
        "to": officer.email,
        **_words(due, [case.reference for case in by_reply.values()], links, settings=settings),
        "message_id": message_id,
        "in_reply_to": "",
        "automatic": True,
    }
    if not put(session, ToSay(Channel.EMAIL, key, letter), now=now):
        return False
    for number, case in by_reply.items():
        secret = reply_secret(message_id, case.reference)
        keep(session, secret, Allowed(BY_REPLY, number, officer.id), settings=settings, now=now)
    return True


def nag_letter_key(told_in: str, officer: Officer) -> str:
    """The outbox's key of the letter to an officer that tells what this message was to tell in Slack."""
    return f"{told_in} by letter to {officer.slack_user}"


def reply_secret(message_id: str, reference: str) -> str:
    """What proves an answer to a letter of ours: its Message-ID, which nobody else can work out, and the case."""
    return f"{message_id} {reference}"


def _to_acknowledge(due: Sequence[tuple[Nag, Case]]) -> dict[int, Case]:
    """The cases that are owed their acknowledgement, by number and in its order.

    A link that is kept locks its case, and whoever acts on two cases locks the older one first.
    """
    owed = {case.number: case for nag, case in due if nag.clock == _ACKNOWLEDGE}
    return dict(sorted(owed.items()))


def _is_answer_known(settings: Settings) -> bool:
    """Whether an answer could act: somebody vouches for senders, and letters bear our Message-ID (Notify's do not)."""
    return bool(settings.intake.authserv_id) and not settings.notify.template_id


def _words(
    due: Sequence[tuple[Nag, Case]], by_reply: Sequence[str], links: Mapping[int, str], *, settings: Settings
) -> dict[str, str]:
    """The subject and the text; ``by_reply`` are the cases that an answer may acknowledge."""
    cases = list(dict.fromkeys(case.reference for _, case in due))
    lines = [_line(nag, case, links, settings=settings) for nag, case in due]
    if by_reply:
        # of a letter about one case, the subject of an answer names it
        words = ("acknowledge", *(by_reply if len(cases) > 1 else ()))
        fewer = "; leave out the cases that you do not mean" if len(by_reply) > 1 else ""
        lines.append(_HOW_TO_REPLY.format(words=" ".join(words), fewer=fewer))
    subject = f"Due: {cases[0]}" if len(cases) == 1 else f"Due: {len(cases)} cases"
    return {"subject": subject, "text": "\n\n".join(lines) + "\n"}


def _line(nag: Nag, case: Case, links: Mapping[int, str], *, settings: Settings) -> str:
    link = links.get(case.number, "") if nag.clock == _ACKNOWLEDGE else ""
    days = settings.act_links.valid_days
    how = f"\nAcknowledge it here, once, within {days} day{'s' if days > 1 else ''}: {link}" if link else ""
    return f"{case.reference}: {_what(nag)}.{how}"


def _what(nag: Nag) -> str:
    if nag.due and nag.clock == PAUSED:
        return f"paused since {in_words(nag.due)}"
    by = f" by {in_words(nag.due)}" if nag.due else ""
    return f"{nag.clock}{by} ({nag.step})"
