"""The monthly note: how far officers agreed with what was suggested, told once in the first working days of a month."""

from datetime import datetime

from sqlmodel import Session

from jobs.parts import Parts
from models.clock import london_date, london_instant
from models.corrections import agreement_in, was_asked
from models.db import reading, writing
from models.letters import to_the_contact
from models.outbox import put, put_already, put_line
from models.rules.agreement import Agreement, in_sentences, month_before
from models.settings import Settings

_LONGEST_LINE = 2900
"""Characters that one message in Slack may have here."""


def note_agreement(parts: Parts) -> bool:
    """Tell the technical contact and the lead of the month before, once, on its first working day or the next after it.

    A month in which nothing was suggested is passed over. Always False: there is never more to do.
    """
    now, settings = parts.clock.now(), parts.settings
    today = london_date(now)
    if not settings.calendar().is_working_day(today) or now < london_instant(today, settings.nags.from_time):
        return False
    month = month_before(today)
    key = f"agreement of {month:%Y-%m}"
    with reading(parts.engine) as session:
        if put_already(session, _keys(key, settings)) or not was_asked(session, month):
            return False
        found = agreement_in(session, month)
    with writing(parts.engine) as session:
        _tell(session, key, found, settings=settings, now=now)
    return False


def _keys(key: str, settings: Settings) -> list[str]:
    return [*(f"{key} for {to}" for to in _channels(settings)), f"{key} by email"]


def _channels(settings: Settings) -> list[str]:
    """Where it is told in Slack, each once."""
    return list(dict.fromkeys(filter(None, (settings.technical_contact.slack, settings.slack.lead_channel))))


def _tell(session: Session, key: str, found: Agreement, *, settings: Settings, now: datetime) -> None:
    """All of it in one transaction, so that what is told at all is told to everybody."""
    text = "\n".join(in_sentences(found))
    for to in _channels(settings):
        put_line(session, key=f"{key} for {to}", to=to, text=_short(text), case_id=None, now=now)
    if settings.technical_contact.email:
        subject = f"How officers agreed with Tocsin’s suggestions in {found.month:%B %Y}"
        put(session, to_the_contact(f"{key} by email", subject, text, "agreement", settings), now=now)


def _short(text: str) -> str:
    cut = "… “tocsin model note” shows all of it."
    return text if len(text) <= _LONGEST_LINE else text[: _LONGEST_LINE - len(cut)] + cut
