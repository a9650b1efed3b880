"""Builders: only what matters is said in the test."""

from copy import deepcopy
from datetime import datetime
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import select

from intake.files import File
from intake.processing import Processed, process
from intake.receive import receive
from models.case import Case
from models.council import officer_by_slack
from models.db import reading, writing
from models.people import Officer
from models.queries import get_case
from models.reading_yaml import read_yaml
from models.reminders import Nag
from models.rules.labels import Area, Kind, Signal
from models.rules.opinions import AreaOpinion, Opinion
from models.rules.threads import keyed_address
from models.settings import Settings
from models.triaging import Judged, claim_unjudged, record_opinions
from tests.people import ASHA, OFFICERS

ROOT = Path(__file__).parent.parent


def the_settings(folder: Path, **changes: Any) -> Settings:
    """The project's own config.yaml with the tests' officers and everything kept in a folder."""
    tree = deepcopy(_config())
    tree |= {"officers": OFFICERS, "council": "Exampleshire Council"}
    tree["database"] = {"url": f"sqlite:///{folder / 'tocsin.db'}"}
    tree["mailboxes"] = [{"kind": "maildir", "name": "complaints", "path": str(folder / "mail")}]
    tree["smtp"] |= {"folder": str(folder / "letters")}
    tree["intake"] |= {"attachments": str(folder / "attachments")}
    tree["slack"] |= {"posts_a_second_per_channel": 0}  # the stand-in takes what comes, and nobody waits
    for section, values in changes.items():
        tree[section] = {**tree[section], **values} if isinstance(values, dict) else values
    return Settings(**tree)


@cache
def _config() -> dict[str, Any]:
    return dict(read_yaml((ROOT / "config.yaml").read_text(encoding="utf-8")))


def a_letter(text: str = "The pothole in Elm Road is back.", **headers: str) -> bytes:
    """A raw message from Asha; headers by name with underscores, an empty one left out."""
    letter = EmailMessage()
    given = {
        "From": f"Asha Okafor <{ASHA}>",
        "To": "complaints@exampleshire.example",
        "Subject": "Pothole in Elm Road",
        "Date": "Mon, 12 Oct 2026 08:58:00 +0100",
        "Message-ID": "<one@residents.example>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in given.items():
        if value:
            letter[name] = value
    letter.set_content(text)
    return letter.as_bytes()


def a_reply(case: Case, text: str = "And again.", **headers: str) -> bytes:
    """Asha's reply to a letter of ours, to the address with the case's own key."""
    to = keyed_address("complaints@exampleshire.example", case.thread_key)
    return a_letter(text, **{"To": to, "Message_ID": "<two@residents.example>"} | headers)


def came(content: bytes, name: str = "photo.jpg", declared: str = "image/jpeg") -> File:
    """A file as it comes with a letter."""
    return File(name, declared, content)


def arrive(engine: Engine, raw: bytes, *, settings: Settings, now: datetime) -> Processed:
    """A message comes in and is processed."""
    with writing(engine) as session:
        kept = receive(session, source="complaints", raw=raw, now=now)
    return process(engine, kept.message_id, settings=settings, now=now)


def an_opinion(kind: Kind | None = Kind.COMPLAINT, area: Area = Area.HIGHWAYS_TRANSPORT, *signals: Signal) -> Opinion:
    """What the classifier might say."""
    return Opinion(
        kind=kind,
        guess=kind or Kind.SERVICE_REQUEST,
        confidence=0.9 if kind else 0.4,
        areas=(AreaOpinion(area, 0.9),),
        signals=signals,
        reasons=("Says it was reported before.",),
        version="test",
    )


def a_case(
    engine: Engine, *, settings: Settings, now: datetime, opinion: Opinion | None = None, raw: bytes | None = None
) -> Case:
    """A triaged case of Asha's on highways."""
    done = arrive(engine, raw or a_letter(), settings=settings, now=now)
    with writing(engine) as session:
        for letter in claim_unjudged(session, now=now):
            judged = Judged(letter.letter_id, opinion or an_opinion(), letter.is_first)
            record_opinions(session, [judged], settings=settings, now=now)
        return session.exec(select(Case).where(Case.reference == done.case)).one()


def reload(engine: Engine, case: Case) -> Case:
    """The case as it now is."""
    with reading(engine) as session:
        return get_case(session, case.number)


def officer(engine: Engine, slack_user: str) -> Officer:
    """The officer behind a Slack user."""
    with reading(engine) as session:
        found = officer_by_slack(session, slack_user)
    assert found is not None, f"{slack_user} is no officer; see tests/people.py"
    return found


def a_nag(case: Case, recipient: str, *, at: datetime, told_in: str | None = None) -> Nag:
    """A reminder, on the day itself, that a case is to be acknowledged."""
    return Nag(
        case_id=case.number,
        stage=1,
        clock="acknowledge",
        step="due today",
        recipient=recipient,
        at=at,
        due=case.acknowledge_by,
        told_in=told_in,
    )
