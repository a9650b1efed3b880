"""Held messages that nobody looks at: a held complaint has no clock yet, so the lead hears of it before it is late."""

from collections.abc import Sequence
from datetime import date

from jobs.parts import Parts
from models.clock import in_words, london_date, london_instant
from models.db import reading, writing
from models.held_list import waiting_since
from models.outbox import put_already, put_line
from models.rules.labels import Area

WORKING_DAYS = 2
"""Of the five in which the Code wants an acknowledgement, these may pass before anybody has looked."""

_NAMED = 10


def warn_of_held(parts: Parts) -> bool:
    """Tell the lead and the corporate team, once each working day. Always False: there is never more to do."""
    now, settings = parts.clock.now(), parts.settings
    today, calendar = london_date(now), settings.calendar()
    if not calendar.is_working_day(today) or now < london_instant(today, settings.nags.from_time):
        return False
    last_day = calendar.days_before(today, WORKING_DAYS)
    channels = (settings.slack.lead_channel, settings.team_for(Area.CORPORATE_OTHER).channel)
    lines = {f"held too long {today} for {to}": to for to in channels}
    with reading(parts.engine) as session:
        late = waiting_since(session, last_day)
        told = put_already(session, lines)
    if late and (new := {key: to for key, to in lines.items() if key not in told}):
        text = _sentence(late)
        with writing(parts.engine) as session:
            for key, to in new.items():
                put_line(session, key=key, to=to, text=text, case_id=None, now=now)
    return False


def _sentence(late: Sequence[tuple[int, date]]) -> str:
    numbers = ", ".join(str(number) for number, _ in late[:_NAMED]) + (" and more" if len(late) > _NAMED else "")
    waited = f"message has waited since {in_words(late[0][1])}"
    if len(late) > 1:
        waited = (
            f"messages have waited for {WORKING_DAYS} working days or longer, the first since {in_words(late[0][1])}"
        )
    return (
        f"{len(late)} held {waited}, and may be a complaint whose time is running: {numbers}. "
        "Each has a card with the ways out."
    )
