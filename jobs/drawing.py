"""Draws what an outbox entry for Slack says, from the record as it is now."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from bot.cards import alert_card, case_card, followed_card, inert, kind_in_words, moved_card
from bot.case_view import alert_view, case_view
from bot.held_cards import held_card, held_title
from bot.nag_lines import nag_message
from bot.nag_view import nags_of, still_due
from jobs.transports.answers import Drawn, Place
from models.cards import SlackCard
from models.case import Case
from models.held_list import held
from models.reminders import Alert
from models.settings import Settings


def draw(session: Session, key: str, payload: Mapping[str, Any], *, settings: Settings, now: datetime) -> Drawn | None:
    """The message an entry asks for, or None when what stands in Slack is as new already."""
    match payload["draw"]:
        case "case":
            return _case(session, session.get_one(Case, payload["case_id"]), settings=settings, now=now)
        case "alert":
            return _alert(session, session.get_one(Alert, payload["alert_id"]), settings)
        case "nags":
            return _nags(session, payload["nags"], subject=key, settings=settings)
        case "nag":  # put before reminders were told together
            return _nags(session, [payload["nag_id"]], subject=key, settings=settings)
        case "held":
            return _held(session, payload["inbound_id"], payload["to"])
        case "line":
            return _line(payload["to"], payload["text"], subject=key)
    raise ValueError(f"nothing draws {payload['draw']!r}")


def remember(session: Session, drawn: Drawn, place: Place) -> None:
    """Keep where a message stands, so that it is redrawn there."""
    card = _card(session, drawn.subject) or SlackCard(subject=drawn.subject, target="", channel="", ts="", version=0)
    card.target, card.channel, card.ts, card.version = drawn.target, place.channel, place.ts, drawn.version
    session.add(card)


def _case(session: Session, case: Case, *, settings: Settings, now: datetime) -> Drawn | None:
    team = settings.team_for(case.main_area)
    subject = f"case {case.id}"
    card = _card(session, subject)
    if card is not None and card.version >= case.version:
        return None
    if case.campaign_of_id is not None:
        return _followed(session, case, card)
    view = case_view(session, case, settings=settings, now=now)
    text = f"{case.reference}: {kind_in_words(view)}"
    drawn = Drawn(subject, team.channel, text, case_card(view), version=case.version)
    if card is None or card.target == team.channel:
        return _standing(drawn, card)
    return replace(drawn, left=_place(card), leave_behind=moved_card(view, team=team.name))


def _followed(session: Session, case: Case, card: SlackCard | None) -> Drawn | None:
    """A case that another speaks for has no card; where one stood before, it says who does."""
    if card is None:
        return None
    parent = session.get_one(Case, case.campaign_of_id)
    blocks = followed_card(case.reference, parent.reference)
    return _standing(Drawn(card.subject, card.target, case.reference, blocks, version=case.version), card)


def _alert(session: Session, alert: Alert, settings: Settings) -> Drawn:
    view = alert_view(session, alert)
    subject = f"alert {alert.id}"
    drawn = Drawn(subject, settings.slack.lead_channel, f"⚠ Early warning: {view.reference}", alert_card(view))
    return _standing(drawn, _card(session, subject))


def _nags(session: Session, numbers: Sequence[int], *, subject: str, settings: Settings) -> Drawn | None:
    nags = nags_of(session, numbers)
    views = still_due(session, nags, settings=settings)
    if not views:
        return None
    text, blocks = nag_message(views)
    return Drawn(subject, nags[0][0].recipient, text, blocks)


def _held(session: Session, number: int, to: str) -> Drawn | None:
    view = held(session, number)
    subject = f"held {number}"
    card = _card(session, subject)
    if card is not None and card.version >= view.version:
        return None
    return _standing(Drawn(subject, to, held_title(view), held_card(view), version=view.version), card)


def _line(to: str, text: str, *, subject: str) -> Drawn:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": inert(text)}}
    return Drawn(subject, to, text, [block])


def _card(session: Session, subject: str) -> SlackCard | None:
    return session.exec(select(SlackCard).where(SlackCard.subject == subject)).first()


def _standing(drawn: Drawn, card: SlackCard | None) -> Drawn:
    """To be redrawn where it stands, or posted when it stands nowhere yet."""
    return drawn if card is None else replace(drawn, stands_at=_place(card))


def _place(card: SlackCard) -> Place:
    return Place(card.channel, card.ts)
