"""One outbox entry: claim it, send it with nothing open, record what became of it."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from jobs.drawing import POSTED_TO, draw, remember
from jobs.fallback import Undelivered, see_to, tell, tell_given_up, tell_held_back
from jobs.parts import Parts
from jobs.threads import go_on
from jobs.transports.answers import Delivered, Drawn, Permanent, Technical, Temporary, Uncertain
from models.bounces import letter_bounced
from models.case import Case
from models.db import reading, writing
from models.delivered import letter_sent_as
from models.outbox import Channel, Delivery, OutboxEntry, Parcel, claim, put_off
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
    technical: Technical | None = None
    limited: str = ""


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
        passing_over = parts.pace.waiting(now) if channel is Channel.SLACK else ()
        parcel = claim(session, channel=channel, now=now, lease=lease, passing_over=passing_over)
    if parcel is None:
        return False
    drawn = _draw(parts, parcel, now)
    if drawn is not None and (free_at := parts.pace.free_at(drawn)) > now:
        with writing(parts.engine) as session:
            put_off(session, parcel, until=free_at)
        return parts.pace.wait(parcel.lane, drawn)
    result = _try(parts, parcel, drawn, now)
    if drawn is not None:
        _keep_pace(parts, drawn, result, now)
    with writing(parts.engine) as session:
        _record(session, parcel, drawn, result, now=now)
        if drawn is not None:
            _see_to_faults(session, parcel, drawn, result, parts.settings, now)
        if _is_seen_by_nobody(parcel, result):
            tell_given_up(session, parcel, result.problem, settings=parts.settings, now=now)
        if result.state is Delivery.FAILED:
            _take_back(session, parcel, settings=parts.settings, now=now)
    # what the line does not take now it will not take in the next moment either: let the tick pass.
    # a channel or account of ours that is wrong is put off alone, so that it keeps nobody else waiting
    return not result.line_is_down


def _draw(parts: Parts, parcel: Parcel, now: datetime) -> Drawn | None:
    """What Slack is to show; a letter was written in full when it was put."""
    if parcel.channel is not Channel.SLACK:
        return None
    # where a worker that died has posted it nobody knows: it is looked for wherever it may have been
    anywhere = {POSTED_TO: sorted({team.channel for team in parts.settings.teams})} if parcel.was_interrupted else {}
    with reading(parts.engine) as session:
        return draw(session, parcel.key, {**parcel.payload, **anywhere}, settings=parts.settings, now=now)


def _keep_pace(parts: Parts, drawn: Drawn, result: Result, now: datetime) -> None:
    parts.pace.sent(drawn, a_second=parts.settings.slack.posts_a_second_per_channel, now=now)
    if result.limited:
        parts.pace.limited(result.limited, drawn, until=result.not_before)


def _try(parts: Parts, parcel: Parcel, drawn: Drawn | None, now: datetime) -> Result:
    """Send it; nothing of the database is open here."""
    try:
        delivered = parts.transports[parcel.channel].send(parcel, drawn)
    except Temporary as failed:
        wait = failed.after or min(timedelta(seconds=2 ** min(parcel.attempts, 10)), _LONGEST_WAIT)
        result = Result(
            Delivery.WAITING, now + wait, str(failed), line_is_down=not failed.limited, limited=failed.limited
        )
    except Technical as failed:
        result = Result(Delivery.WAITING, now + _WHEN_OUR_SET_UP_IS_WRONG, str(failed), technical=failed)
    except Permanent as failed:
        result = Result(Delivery.FAILED, now, str(failed))
    except Uncertain as failed:
        result = Result(Delivery.UNCERTAIN, now, str(failed), line_is_down=True)
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
            go_on(session, drawn, now=now)
    elif drawn is not None and result.state is Delivery.WAITING and drawn.subject.startswith("case "):
        posted_to = {*parcel.payload.get(POSTED_TO, ()), *drawn.elsewhere, drawn.target}
        entry.payload = {**entry.payload, POSTED_TO: sorted(posted_to)}
    elif result.state is Delivery.UNCERTAIN and parcel.channel is Channel.EMAIL and parcel.case_id is not None:
        _put_before_a_person(session, get_case(session, parcel.case_id), parcel, result, now=now)


def _see_to_faults(
    session: Session, parcel: Parcel, drawn: Drawn, result: Result, settings: Settings, now: datetime
) -> None:
    """Whatever of Slack must be mended is told; what cannot be shown where it belongs goes to somebody else."""
    if result.technical is not None and result.technical.fault:
        is_settled = see_to(session, Undelivered(parcel, drawn, result.technical), settings=settings, now=now)
        if is_settled:
            session.get_one(OutboxEntry, parcel.entry_id).state = Delivery.FAILED
    elif result.delivered is not None and result.delivered.notice:
        tell(session, result.delivered.notice, result.delivered.notice, settings=settings, now=now)
    if result.delivered is not None and drawn.held_back:
        tell_held_back(session, drawn, settings=settings, now=now)


def _is_seen_by_nobody(parcel: Parcel, result: Result) -> bool:
    """Whether it is not tried again, and no card says so: cards tell of the letters of cases alone."""
    has_ended = result.state in {Delivery.FAILED, Delivery.UNCERTAIN}
    return has_ended and (parcel.channel is Channel.SLACK or parcel.case_id is None)


def _put_before_a_person(session: Session, case: Case, parcel: Parcel, result: Result, *, now: datetime) -> None:
    """A letter that may or may not have arrived: the card says so and the lead is told."""
    record(session, case, "letter_in_doubt", now=now, letter=parcel.key, state=result.state, problem=result.problem)
    raise_alert(session, case, WarningSign(f"letter {parcel.key}", "A letter of ours may not have arrived."), now=now)


def _take_back(session: Session, parcel: Parcel, *, settings: Settings, now: datetime) -> None:
    """A letter that its mail server refused for good has come back at once: what it told has not been said."""
    if (letter := letter_sent_as(session, parcel.entry_id)) is not None:
        letter_bounced(session, letter, Report(status="refused"), settings=settings, now=now)
