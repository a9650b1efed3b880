"""Letters to residents: written from templates, put in the outbox and kept as correspondence."""

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlmodel import Session, col, func, select

from models.case import Case
from models.clock import in_words
from models.correspondence import Correspondence, Direction
from models.outbox import Channel, OutboxEntry, put
from models.people import Complainant
from models.queries import times_reopened
from models.rules.labels import AREAS, Area, Kind
from models.settings import Settings

# letters are plain text; nothing in them is ever read as markup
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "letter_templates"),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701 -- text/plain only
    keep_trailing_newline=True,
)


def send_letter(
    session: Session, case: Case, name: str, *, settings: Settings, now: datetime, **also: Any
) -> Correspondence | None:
    """Write a letter and put it in the outbox, once a stage (and once more each time the case was opened again).

    Returns None when this letter was put before, or when the complainant left no address: then an answer
    is kept as correspondence all the same, and somebody must reach them another way.
    """
    complainant = session.get_one(Complainant, case.complainant_id)
    subject, text = compose(case, name, complainant=complainant, settings=settings, **also)
    again = times_reopened(session, case)
    key = f"{case.reference} stage {case.stage} {name}" + (f" after opening it again {again}" if again else "")
    message_id = message_id_for(key, settings)
    letter = Correspondence(
        case_id=case.number, direction=Direction.OUT, at=now, subject=subject, text=text, message_id=message_id
    )
    if not complainant.email:
        _keep_unsent(session, letter, name)
        return None
    payload = {
        "to": complainant.email,
        "subject": subject,
        "text": text,
        "message_id": message_id,
        "in_reply_to": _last_letter_in(session, case),
        "automatic": name == "receipt",
    }
    if not put(session, channel=Channel.EMAIL, key=key, payload=payload, case_id=case.number, now=now):
        return None
    session.add(letter)
    return letter


def compose(case: Case, name: str, *, complainant: Complainant, settings: Settings, **also: Any) -> tuple[str, str]:
    """The subject and the text of a letter."""
    procedure = settings.procedures[case.procedure]
    filled = _TEMPLATES.get_template(f"{name}.txt").render(
        reference=case.reference,
        name=_one_line(complainant.name),
        council=settings.council,
        received=in_words(case.received_on),
        acknowledge_by=in_words(case.acknowledge_by),
        respond_by=in_words(case.respond_by) if case.respond_by else "",
        stage=case.stage,
        last_stage=len(procedure.stages),
        is_complaint=case.kind in {Kind.COMPLAINT, Kind.CHASER},
        kind=case.kind or "",
        areas=" and ".join(_in_a_sentence(AREAS[Area(area)].name) for area in case.areas) or "our services",
        team=settings.team_for(case.main_area).name,
        external_body=procedure.external_body,
        **also,
    )
    first, _, body = filled.partition("\n")
    return first.removeprefix("Subject: "), body


def message_id_for(key: str, settings: Settings) -> str:
    """The Message-ID of a letter, made from its key: two copies are one message to any mail program."""
    domain = settings.letters.from_address.rpartition("@")[2]
    return f"<tocsin.{hashlib.sha256(key.encode()).hexdigest()[:24]}@{domain}>"


def may_still_answer(session: Session, address: str, *, settings: Settings, now: datetime) -> bool:
    """Whether this address may get one more automatic letter today (RFC 3834, section 2)."""
    sent = session.exec(
        select(func.count())
        .select_from(OutboxEntry)
        .join(Case, col(Case.id) == OutboxEntry.case_id)
        .join(Complainant)
        .where(
            Complainant.email == address,
            OutboxEntry.channel == Channel.EMAIL,
            OutboxEntry.put_at > now - timedelta(days=1),
            col(OutboxEntry.payload)["automatic"].as_boolean().is_(True),
        )
    ).one()
    return sent < settings.letters.automatic_letters_per_day


def _keep_unsent(session: Session, letter: Correspondence, name: str) -> None:
    """The officer's own words are kept, once; an acknowledgement that nobody sends never was one."""
    known = session.exec(select(Correspondence.id).where(Correspondence.message_id == letter.message_id)).first()
    if name == "response" and known is None:
        session.add(letter)


def _in_a_sentence(name: str) -> str:
    """A name in the middle of a sentence: small letters, but an acronym keeps its capitals."""
    return " ".join(word if word.isupper() else word.lower() for word in name.split())


def _last_letter_in(session: Session, case: Case) -> str:
    newest = select(Correspondence.message_id).where(
        Correspondence.case_id == case.number, Correspondence.direction == Direction.IN
    )
    return session.exec(newest.order_by(col(Correspondence.id).desc()).limit(1)).first() or ""


def _one_line(text: str) -> str:
    return " ".join(text.split())[:80]
