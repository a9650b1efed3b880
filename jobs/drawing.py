"""Draws what an outbox entry for Slack says, from the record as it is now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.cards import alert_card, case_card, followed_card, kind_in_words, moved_card
from bot.case_view import alert_view, case_view
from bot.digest import digest_message
from bot.held_cards import held_card, held_title
from bot.in_channel import cases_in, is_restricted, only_the_reference, private_of, texts_of
from bot.inert import inert
from bot.nag_lines import nag_message
from bot.nag_view import nags_of, still_due
from jobs.fallback import ABOUT_SLACK
from jobs.threads import draw_thread, remember_told
from jobs.transports.answers import Drawn, Place
from models.cards import SlackCard
from models.case import Case
from models.clock import london_date
from models.correspondence import Correspondence
from models.digest import digest_of
from models.held_list import held
from models.people import Officer
from models.reminders import Alert
from models.rules.labels import RESTRICTED
from models.rules.private_words import leak_in
from models.settings import Settings

_OF_CASES = frozenset({"line", "digest"})
"""What is drawn of the first case that is named in it, and taken away when that one is long closed."""


def draw(session: Session, key: str, payload: Mapping[str, Any], *, settings: Settings, now: datetime) -> Drawn | None:
    """The message an entry asks for, or None when what stands in Slack is as new already.

    This is the one door: whatever is drawn is looked through for what may stand in no channel.
    """
    drawn = _drawn(session, key, payload, settings=settings, now=now)
    return None if drawn is None else _looked_through(session, drawn, payload, settings)


def _drawn(
    session: Session, key: str, payload: Mapping[str, Any], *, settings: Settings, now: datetime
) -> Drawn | None:
    match payload["draw"]:
        case "case":
            posted_to = payload.get(POSTED_TO, ())
            return _case(session, session.get_one(Case, payload["case_id"]), posted_to, settings=settings, now=now)
        case "thread":
            return draw_thread(session, payload["case_id"], settings=settings)
        case "alert":
            return _alert(session, session.get_one(Alert, payload["alert_id"]), settings)
        case "nags" | "nag":  # a single one was put before reminders were told together
            numbers = payload.get("nags") or [payload["nag_id"]]
            return _nags(session, numbers, subject=key, to=payload.get("to", ""), settings=settings)
        case "held":
            return _held(session, payload["inbound_id"], payload["to"])
    return _of_no_case(session, key, payload, settings=settings, now=now)


def _of_no_case(
    session: Session, key: str, payload: Mapping[str, Any], *, settings: Settings, now: datetime
) -> Drawn | None:
    match payload["draw"]:
        case "digest":
            return _digest(session, payload["officer"], date.fromisoformat(payload["day"]), settings=settings, now=now)
        case "line":
            return _line(payload["to"], payload["text"], subject=key)
    raise ValueError(f"nothing draws {payload['draw']!r}")


def _looked_through(session: Session, drawn: Drawn, payload: Mapping[str, Any], settings: Settings) -> Drawn:
    """The message with whom it is about, who may see it, and without anything that may stand in no channel."""
    shown = [drawn.text, *texts_of(drawn.blocks), *texts_of(drawn.leave_behind)]
    cases = cases_in(session, shown, drawn.case_id)
    private = private_of(session, cases, held=payload.get("inbound_id"))
    drawn = replace(
        drawn,
        case_id=drawn.case_id or (cases[0].number if cases and payload["draw"] in _OF_CASES else None),
        must_be_private=_must_be_private(drawn, payload, cases, settings),
        known_id=_known_id(session, drawn.target),
    )
    held_back = leak_in(shown, private)
    if not held_back:
        return drawn
    text, blocks = only_the_reference(cases, drawn.blocks, private)
    return replace(drawn, text=text, blocks=blocks, leave_behind=blocks[:1], held_back=held_back)


def _must_be_private(drawn: Drawn, payload: Mapping[str, Any], cases: Sequence[Case], settings: Settings) -> bool:
    by_itself = ABOUT_SLACK in payload or drawn.target in restricted_channels(settings)
    return by_itself or any(map(is_restricted, cases))


def restricted_channels(settings: Settings) -> frozenset[str]:
    """The channels of teams whose cases only private channels may show."""
    return frozenset(team.channel for team in settings.teams if not RESTRICTED.isdisjoint(team.areas))


def remember(session: Session, drawn: Drawn, place: Place) -> None:
    """Keep where a message stands, so that it is redrawn there, and taken away when its case is long closed."""
    card = _kept(session, drawn.subject) or SlackCard(subject=drawn.subject, target="", channel="", ts="", version=0)
    card.target, card.channel, card.ts, card.version = drawn.target, place.channel, place.ts, drawn.version
    card.case_id, card.removed_at = drawn.case_id, None
    session.add(card)
    if drawn.under is not None:
        remember_told(session, drawn, drawn.under)


def _known_id(session: Session, target: str) -> str:
    """Under which id something was last posted to a channel of that name: names change, ids do not."""
    asked = select(SlackCard.channel).where(SlackCard.target == target).order_by(col(SlackCard.id).desc())
    return session.exec(asked.limit(1)).first() or ""


POSTED_TO = "posted_to"
"""In what asks for a case's card: the channels in which an earlier try may have posted it."""


def _case(session: Session, case: Case, posted_to: Sequence[str], *, settings: Settings, now: datetime) -> Drawn | None:
    team = settings.team_for(case.main_area)
    subject = f"case {case.id}"
    card = _card(session, subject)
    if card is not None and card.version >= case.version:
        return None
    if case.campaign_of_id is not None:
        return _followed(session, case, card, posted_to)
    view = case_view(session, case, settings=settings, now=now)
    text = f"{case.reference}: {kind_in_words(view)}"
    drawn = Drawn(subject, team.channel, text, case_card(view), version=case.version, case_id=case.id)
    name = "another team" if is_restricted(case) else team.name  # the channel it leaves may be open to everybody
    drawn = replace(drawn, leave_behind=moved_card(view, team=name), elsewhere=_others(posted_to, team.channel))
    if card is None or card.target == team.channel:
        return _standing(drawn, card)
    return replace(drawn, left=_place(card))


def _others(channels: Sequence[str], own: str) -> tuple[str, ...]:
    return tuple(each for each in channels if each != own)


def _followed(session: Session, case: Case, card: SlackCard | None, posted_to: Sequence[str]) -> Drawn | None:
    """A case that another speaks for has no card; where one stood before, or may have been posted, it says who does."""
    stood = [card.target] if card else list(posted_to[:1])
    if not stood:
        return None
    parent = session.get_one(Case, case.campaign_of_id)
    blocks = followed_card(case.reference, parent.reference)
    drawn = Drawn(f"case {case.id}", stood[0], case.reference, blocks, version=case.version, case_id=case.id)
    return _standing(replace(drawn, leave_behind=blocks, elsewhere=_others(posted_to, stood[0])), card)


def _alert(session: Session, alert: Alert, settings: Settings) -> Drawn:
    view = alert_view(session, alert)
    subject = f"alert {alert.id}"
    title = f"⚠ Early warning: {view.reference}"
    drawn = Drawn(subject, settings.slack.lead_channel, title, alert_card(view), case_id=alert.case_id)
    return _standing(drawn, _card(session, subject))


def _nags(session: Session, numbers: Sequence[int], *, subject: str, settings: Settings, to: str = "") -> Drawn | None:
    nags = nags_of(session, numbers)
    views = still_due(session, nags, settings=settings, to=to)
    if not views:
        return None
    text, blocks = nag_message(views)
    return Drawn(subject, to or nags[0][0].recipient, inert(text), blocks, case_id=nags[0][0].case_id)


def _held(session: Session, number: int, to: str) -> Drawn | None:
    view = held(session, number)
    subject = f"held {number}"
    card = _card(session, subject)
    if card is not None and card.version >= view.version:
        return None
    drawn = Drawn(subject, to, held_title(view), held_card(view), version=view.version)
    return _standing(replace(drawn, case_id=_case_of(session, number)), card)


def _case_of(session: Session, inbound: int) -> int | None:
    """The case a message was put with or made into."""
    return session.exec(select(Correspondence.case_id).where(Correspondence.inbound_id == inbound)).first()


def _digest(session: Session, number: int, day: date, *, settings: Settings, now: datetime) -> Drawn | None:
    """A morning that is over before Slack can be reached is not told: the next one is."""
    officer = session.get_one(Officer, number)
    found = digest_of(session, officer, settings=settings, now=now) if london_date(now) == day else None
    if found is None:
        return None
    text, blocks = digest_message(found)
    return Drawn(f"digest of {day} for {officer.slack_user}", officer.slack_user, text, blocks)


def _line(to: str, text: str, *, subject: str) -> Drawn:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": inert(text), "verbatim": True}}
    return Drawn(subject, to, inert(text), [block])


def _card(session: Session, subject: str) -> SlackCard | None:
    """Where a message stands; one that was taken away stands nowhere, and is posted anew."""
    card = _kept(session, subject)
    return None if card is None or card.removed_at is not None else card


def _kept(session: Session, subject: str) -> SlackCard | None:
    return session.exec(select(SlackCard).where(SlackCard.subject == subject)).first()


def _standing(drawn: Drawn, card: SlackCard | None) -> Drawn:
    """To be redrawn where it stands, or posted when it stands nowhere yet."""
    return drawn if card is None else replace(drawn, stands_at=_place(card))


def _place(card: SlackCard) -> Place:
    return Place(card.channel, card.ts)
