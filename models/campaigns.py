"""Campaigns: near-identical letters from many people become one case with a count, and each resident is answered.

The oldest case that may speak for the others becomes their parent; the others follow it. What a person does on the
parent is done on each follower by ``jobs.follow_parent``, with the follower's own dates, reference and letters.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.campaign_members import (
    JOINED,
    LEFT,
    Alike,
    alike_cases,
    campaign_of,
    likeness_to,
    may_follow,
    may_lead,
    parents_among,
    people_in,
    says_more,
)
from models.case import Case, CaseEvent
from models.correspondence import Correspondence, LetterBand
from models.once import append
from models.queries import get_case
from models.record import draw_alert, raise_alert, record
from models.reminders import Alert
from models.rules.likeness import Prints
from models.rules.steps import CaseStatus
from models.rules.warning_signs import WarningSign
from models.settings import Settings

RECOGNISED = "campaign_recognised"
COUNTED = "campaign_counted"

_SIGN = "campaign"

_LOOK_SOON = timedelta(minutes=1)
"""How long a parent's count may be behind: five thousand followers must not mean five thousand drawings of a card."""


def join_campaign(
    session: Session,
    letter: Correspondence,
    found: Prints | None,
    shared: frozenset[int],
    *,
    settings: Settings,
    now: datetime,
) -> Case | None:
    """Look for letters near-identical to a case's first one. Returns the case that speaks for this one from now on.

    ``shared`` are the bands that some other letter has: a letter without one of them is like no other.
    A case that says more than the others, or that a person has touched, is marked as part of the campaign and stands
    apart: nobody else speaks for it, and None is returned.
    """
    if found is None:
        return None
    case = session.get_one(Case, letter.case_id)
    since = now - timedelta(days=settings.campaigns.days)
    is_like_another = not shared.isdisjoint(found.bands)
    alike = alike_cases(session, letter, found, since=since, settings=settings) if is_like_another else []
    for band in set(found.bands):
        append(session, LetterBand, band=band, letter_id=letter.id)
    if not alike:
        return None
    parents = parents_among(session, [each.number for each in alike])
    for each in alike:
        if each.number in parents and may_lead(parent := session.get_one(Case, each.number), settings=settings):
            return _join(session, case, parent, each.likeness, settings=settings, now=now)
    alone = [each for each in alike if each.number not in parents]
    return _recognise(session, case, alone, settings=settings, now=now)


def leave_campaign(session: Session, case: Case, *, why: str, now: datetime) -> bool:
    """Nobody speaks for this case any longer: it has its own card and reminders again. False: nobody did."""
    if case.campaign_of_id is None:
        return False
    parent = session.get_one(Case, case.campaign_of_id)
    case.campaign_of_id = None
    case.look_again = now if case.status in {CaseStatus.NEW, CaseStatus.ACKNOWLEDGED} else None
    record(session, case, LEFT, now=now, parent=parent.reference, why=why)
    look_soon(session, parent, now=now)
    return True


def leave_if_it_says_more(session: Session, case: Case, *, settings: Settings, now: datetime) -> bool:
    """A case whose resident has written again, or that has turned grave, speaks for itself from now on."""
    why = says_more(session, case, settings=settings) if case.campaign_of_id is not None else ""
    return bool(why) and leave_campaign(session, case, why=why, now=now)


def count_again(session: Session, parent: Case, *, now: datetime) -> None:
    """Have the card and the warning of a campaign's case drawn with the newest count, if that has changed."""
    told = session.exec(
        select(CaseEvent.details)
        .where(CaseEvent.case_id == parent.id, col(CaseEvent.name).in_((RECOGNISED, COUNTED)))
        .order_by(col(CaseEvent.id).desc())
        .limit(1)
    ).first()
    if told is None or (people := people_in(session, parent)) == told["people"]:
        return
    record(session, parent, COUNTED, now=now, people=people)
    alert = session.exec(select(Alert).where(Alert.case_id == parent.id, Alert.sign == _SIGN)).first()
    if alert is not None:
        alert.reason = _sign(people).reason
        session.add(alert)
        draw_alert(session, alert.id or 0, parent, now=now)


def look_soon(session: Session, parent: Case, *, now: datetime) -> None:
    """The next look at the parent's deadlines comes within the minute: it counts again, and finds the first date."""
    soon = now + _LOOK_SOON
    if parent.look_again is None or parent.look_again > soon:
        get_case(session, parent.number).look_again = soon


def _join(
    session: Session, case: Case, parent: Case, likeness: float, *, settings: Settings, now: datetime
) -> Case | None:
    if not may_follow(session, case, settings=settings):
        _stand_apart(session, case, parent, likeness, now=now)
        return None
    _follow(session, case, parent, likeness, now=now)
    look_soon(session, parent, now=now)
    return parent


def _recognise(
    session: Session, case: Case, alike: Sequence[Alike], *, settings: Settings, now: datetime
) -> Case | None:
    """Make one campaign of cases that are alike, once enough different people wrote them."""
    # in one order, so that two workers at it never wait for each other
    group = [*(get_case(session, number) for number in sorted(each.number for each in alike)), case]
    people = len({each.complainant_id for each in group})
    leads = [each for each in group if may_lead(each, settings=settings)]
    if people < settings.campaigns.people or not leads:
        return None
    parent = min(leads, key=lambda each: (each.received_on, each.number))
    shares = likeness_to(session, parent, group)
    taken = parents_among(session, shares)
    others = [each for each in group if each is not parent and each.campaign_of_id is None]
    close = [each for each in others if each.number not in taken and shares[each.number] >= settings.campaigns.likeness]
    follow = [each for each in close if may_follow(session, each, settings=settings)]
    if not follow:
        return None
    for each in others:
        (_follow if each in follow else _stand_apart)(session, each, parent, shares[each.number], now=now)
    people = people_in(session, parent)
    record(session, parent, RECOGNISED, now=now, people=people)
    raise_alert(session, parent, _sign(people), now=now)
    return parent if case in follow else None


def _follow(session: Session, case: Case, parent: Case, likeness: float, *, now: datetime) -> None:
    """From now on the parent speaks for the case, which is filed and owned as the parent is."""
    case.campaign_of_id, case.owner_id = parent.id, parent.owner_id
    case.kind, case.areas = parent.kind, list(parent.areas)
    record(session, case, JOINED, now=now, parent=parent.reference, likeness=round(likeness, 2))


def _stand_apart(session: Session, case: Case, parent: Case, likeness: float, *, now: datetime) -> None:
    """The case is one of the campaign's, but keeps its own card: an event says so, and the card."""
    if campaign_of(session, case) == parent.reference:
        return
    record(session, case, JOINED, now=now, parent=parent.reference, likeness=round(likeness, 2), apart=True)


def _sign(people: int) -> WarningSign:
    if people < 2:
        return WarningSign(_SIGN, "Others had sent nearly the same letter; this case speaks for none of them any more.")
    said = f"{people} people have sent nearly the same letter. What is done on this case is done for all of them."
    return WarningSign(_SIGN, said)
