"""One outbox entry: claim it, send it with nothing open, record what became of it."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from jobs.drawing import draw, remember
from jobs.parts import Parts
from jobs.transports.answers import Delivered, Drawn, Permanent, Technical, Temporary, Uncertain
from models.bounces import letter_bounced
from models.case import Case
from models.db import reading, writing
from models.delivered import letter_sent_as
from models.outbox import Channel, Delivery, OutboxEntry, Parcel, claim
from models.queries import get_case
from models.record import raise_alert, record
from models.rules.letters import Report
from models.rules.warning_signs import WarningSign
from models.settings import Settings

log = logging.getLogger("tocsin.deliver")

_LONGEST_WAIT = timedelta(minutes=5)
_WHEN_OUR_SET_UP_IS_WRONG = timedelta(minutes=5)


@dataclass(frozen=True)
class Result:
    """What to record of a try: the new state, and when to look again."""

    state: Delivery
    not_before: datetime
    problem: str = ""
    delivered: Delivered | None = None
    line_is_down: bool = False


def deliver_slack_one(parts: Parts) -> bool:
    """Deliver the next message to Slack. True: there may be more."""
    return _deliver_one(parts, Channel.SLACK)


def deliver_email_one(parts: Parts) -> bool:
    """Deliver the next letter. True: there may be more."""
    return _deliver_one(parts, Channel.EMAIL)


def _deliver_one(parts: Parts, channel: Channel) -> bool:
    now = parts.clock.now()
    lease = timedelta(seconds=parts.settings.jobs.lease_seconds)
    with writing(parts.engine) as session:
        parcel = claim(session, channel=channel, now=now, lease=lease)
    if parcel is None:
        return False
    drawn = None
    if channel is Channel.SLACK:
        with reading(parts.engine) as session:
            drawn = draw(session, parcel.key, parcel.payload, settings=parts.settings, now=now)
    result = _try(parts, parcel, drawn, now)
    with writing(parts.engine) as session:
        _record(session, parcel, drawn, result, now=now)
        if result.state is Delivery.FAILED:
            _take_back(session, parcel, settings=parts.settings, now=now)
    # what the line does not take now it will not take in the next moment either: let the tick pass.
    # a channel or account of ours that is wrong is put off alone, so that it keeps nobody else waiting
    return not result.line_is_down


def _try(parts: Parts, parcel: Parcel, drawn: Drawn | None, now: datetime) -> Result:
    """Send it; nothing of the database is open here."""
    try:
        delivered = parts.transports[parcel.channel].send(parcel, drawn)
    except Temporary as failed:
        wait = failed.after or min(timedelta(seconds=2 ** min(parcel.attempts, 10)), _LONGEST_WAIT)
        result = Result(Delivery.WAITING, now + wait, str(failed), line_is_down=True)
    except Technical as failed:
        result = Result(Delivery.WAITING, now + _WHEN_OUR_SET_UP_IS_WRONG, str(failed))
    except Permanent as failed:
        result = Result(Delivery.FAILED, now, str(failed))
    except Uncertain as failed:
        result = Result(Delivery.UNCERTAIN, now, str(failed))
    else:
        return Result(Delivery.SENT, now, delivered=delivered)
    log.warning("not delivered", extra={"action": "deliver", "key": parcel.key, "state": result.state.value})
    return result


def _record(session: Session, parcel: Parcel, drawn: Drawn | None, result: Result, *, now: datetime) -> None:
    entry = session.get_one(OutboxEntry, parcel.entry_id)
    entry.state, entry.not_before, entry.problem = result.state, result.not_before, result.problem
    session.add(entry)
    if result.delivered is not None:
        entry.provider_id = result.delivered.provider_id
        if drawn is not None and result.delivered.place is not None:
            remember(session, drawn, result.delivered.place)
    elif result.state is Delivery.UNCERTAIN and parcel.channel is Channel.EMAIL:
        _put_before_a_person(session, parcel, result, now=now)


def _put_before_a_person(session: Session, parcel: Parcel, result: Result, *, now: datetime) -> None:
    """A letter that may or may not have arrived: the card says so and the lead is told."""
    if parcel.case_id is None or session.get(Case, parcel.case_id) is None:
        return
    case = get_case(session, parcel.case_id)
    record(session, case, "letter_in_doubt", now=now, letter=parcel.key, state=result.state, problem=result.problem)
    raise_alert(session, case, WarningSign(f"letter {parcel.key}", "A letter of ours may not have arrived."), now=now)


def _take_back(session: Session, parcel: Parcel, *, settings: Settings, now: datetime) -> None:
    """A letter that its mail server refused for good has come back at once: what it told has not been said."""
    if (letter := letter_sent_as(session, parcel.entry_id)) is not None:
        letter_bounced(session, letter, Report(status="refused"), settings=settings, now=now)
