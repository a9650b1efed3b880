"""Links by which one person does one thing, once, without Slack and without an account.

The secret in a link is 256 random bits, and only its hash is kept: there is nothing to forge, and nothing in the
database that could be used. A link ends when it is used, when its time is over, and when what it allows is done.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlmodel import Session, col, select

from models.act_link import ActLink
from models.case import Case
from models.duty import Duty
from models.handling import acknowledge
from models.once import insert_once
from models.partner_answers import answer_request
from models.people import Officer
from models.queries import get_case
from models.rules.errors import AnswerSpent, LinkSpent, NotEntitled
from models.settings import Settings

ACKNOWLEDGE = "acknowledge"
ANSWER_REQUEST = "answer request"
ANSWER_BY_EMAIL = "answer request by email"
"""What a letter from a partner is, that bears the key of one of ours; it settles nothing by itself."""
BY_REPLY = "acknowledge by reply"
"""What an answer to a reminder allows; its secret is the reminder's Message-ID and the reference."""

_KEY_LASTS = timedelta(days=365)
"""How long a partner's letter is known by its key: some answer after months. No source sets it."""


@dataclass(frozen=True)
class Allowed:
    """What a link allows, on which case; given to an officer, or to a partner who is asked about a duty."""

    act: str
    case_id: int
    officer_id: int | None = None
    duty_id: int | None = None


def give_link(session: Session, allowed: Allowed, *, settings: Settings, now: datetime) -> str:
    """A new link; "" when the settings give no address at which it could be opened."""
    if not settings.act_links.address:
        return ""
    secret = secrets.token_urlsafe(32)
    keep(session, secret, allowed, settings=settings, now=now)
    return f"{settings.act_links.address.rstrip('/')}/act/{secret}"


def keep(session: Session, secret: str, allowed: Allowed, *, settings: Settings, now: datetime) -> None:
    """Let whoever shows this secret do the act once, until the days in the settings are over."""
    _keep(session, secret, allowed, ends=now + timedelta(days=settings.act_links.valid_days), now=now)


def keep_key(session: Session, key: str, allowed: Allowed, *, now: datetime) -> None:
    """Let a letter that bears this key of ours be known for an answer to what a partner was asked."""
    _keep(session, key, allowed, ends=now + _KEY_LASTS, now=now)


def duties_by_key(session: Session, keys: Collection[str], *, now: datetime) -> list[int]:
    """The requests that letters of ours with these keys asked for, oldest first; a key may be shown again and again."""
    asked = select(ActLink.duty_id).where(
        col(ActLink.token_hash).in_([_hash(key) for key in keys]),
        ActLink.act == ANSWER_BY_EMAIL,
        ActLink.expires_at > now,
    )
    return sorted({number for number in session.exec(asked) if number}) if keys else []


def _keep(session: Session, secret: str, allowed: Allowed, *, ends: datetime, now: datetime) -> None:
    insert_once(session, ActLink, token_hash=_hash(secret), made_at=now, expires_at=ends, **asdict(allowed))


@dataclass(frozen=True)
class Offered:
    """What a link offers, as its page may show it: the reference and no more of the case."""

    act: str
    reference: str
    duty_id: int | None = None
    officer: str = ""
    what: str = ""


def look_at(session: Session, secret: str, *, now: datetime) -> Offered:
    """What a link offers; using nothing up, for mail programs open links on their own. Raises LinkSpent."""
    link = _usable(session, secret, now)
    case = session.get_one(Case, link.case_id)
    officer = session.get(Officer, link.officer_id) if link.officer_id else None
    duty = session.get(Duty, link.duty_id) if link.duty_id else None
    return Offered(
        link.act, case.reference, link.duty_id, officer.name if officer else "", what=duty.what if duty else ""
    )


def use(session: Session, secret: str, answer: str, *, settings: Settings, now: datetime) -> str:
    """Do what a link allows and use it up; returns what was done, as a sentence.

    ``answer`` is what a partner wrote, who was asked something. Raises LinkSpent, or what the act raises: then the
    link is not used up.
    """
    link = _usable(session, secret, now, lock=True)
    case = get_case(session, link.case_id)
    if link.act == ACKNOWLEDGE:
        done = acknowledge(session, case, by=_officer(session, link), settings=settings, now=now)
    else:
        done = answer_request(session, case, link.duty_id or 0, answer, settings=settings, now=now)
    link.used_at = now
    session.add(link)
    return done


def take_by_reply(session: Session, shown: Sequence[str], *, by: Officer, settings: Settings, now: datetime) -> str:
    """Acknowledge the case that one of the secrets shown is for, if a letter to this officer had it.

    Returns what was done, as a sentence. Raises AnswerSpent, or what acknowledging raises; nothing is changed then.
    """
    hashes = [_hash(secret) for secret in shown]
    asked = select(ActLink).where(
        col(ActLink.token_hash).in_(hashes), ActLink.act == BY_REPLY, ActLink.officer_id == by.id
    )
    link = session.exec(asked.with_for_update()).first()
    if link is None:
        raise AnswerSpent("No reminder to acknowledge that case was sent to you by email.")
    _check(link, now, AnswerSpent)
    done = acknowledge(session, get_case(session, link.case_id), by=by, settings=settings, now=now)
    link.used_at = now
    session.add(link)
    return done


def _officer(session: Session, link: ActLink) -> Officer:
    officer = session.get(Officer, link.officer_id) if link.officer_id else None
    if officer is None or not officer.is_active:
        raise NotEntitled("Whoever this link was given to no longer works here.")
    return officer


def _usable(session: Session, secret: str, now: datetime, *, lock: bool = False) -> ActLink:
    by_page = col(ActLink.act).in_((ACKNOWLEDGE, ANSWER_REQUEST))  # a key in a letter's address opens no page
    asked = select(ActLink).where(ActLink.token_hash == _hash(secret), by_page)
    link = session.exec(asked.with_for_update() if lock else asked).first()
    if link is None:
        raise LinkSpent("There is no such link: copy the whole of it from the letter.")
    _check(link, now)
    return link


def _check(link: ActLink, now: datetime, spent: type[LinkSpent] = LinkSpent) -> None:
    if link.used_at is not None:
        raise spent("It was used already, and works once.")
    if now >= link.expires_at:
        raise spent("Its time is over.")


def _hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
