"""Made letters and a made past, for measuring."""

from datetime import datetime, timedelta
from email.message import EmailMessage
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, Table, insert

from classifier.examples import Example, read_corpus
from models.case import Case, CaseEvent
from models.clock import Clock, london_date
from models.correspondence import Correspondence, Direction, Disposition, InboundMessage, MailboxCopy
from models.db import open_ready
from models.outbox import Channel, Delivery, OutboxEntry
from models.people import Complainant
from models.rules.references import make_reference
from models.rules.steps import CaseStatus
from models.settings import Settings
from models.triage import Suggestion

_AT_ONCE = 5_000

Rows = dict[type, list[dict[str, Any]]]
"""What is put into each table."""


def letters(count: int) -> list[bytes]:
    """Letters made of the starter corpus, each with an id and a sender of its own."""
    examples = read_corpus()
    return [_letter(number, examples[number % len(examples)]) for number in range(count)]


def _letter(number: int, example: Example) -> bytes:
    letter = EmailMessage()
    letter["From"] = f"Resident {number} <resident{number}@residents.example>"
    letter["To"] = "complaints@exampleshire.example"
    letter["Date"] = "Mon, 12 Oct 2026 08:58:00 +0100"
    letter["Subject"] = " ".join(example.subject.split())[:100]
    letter["Message-ID"] = f"<{number}.{token_hex(4)}@bench.example>"
    letter.set_content(example.body)
    return letter.as_bytes()


def fill(settings: Settings, cases: int) -> None:
    """As many closed and open cases as a council gathers in years, each with what belongs to it."""
    engine = open_ready(settings.database.url)
    for first in range(1, cases + 1, _AT_ONCE):
        with engine.begin() as connection:
            _fill(connection, range(first, min(first + _AT_ONCE, cases + 1)))
    if engine.dialect.name == "postgresql" and cases:
        with engine.begin() as connection:
            for table in ("complainant", "case_file", "inbound_message", "correspondence"):
                connection.exec_driver_sql(f"SELECT setval('{table}_id_seq', {cases + 1})")
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    engine.dispose()


def _fill(connection: Connection, numbers: range) -> None:
    now = Clock().now() - timedelta(days=60)
    rows = {**_cases(numbers, now), **_letters_in(numbers, now), **_what_followed(numbers, now)}
    for table, values in rows.items():
        full = [_defaults(table) | row for row in values]
        columns: Table = table.__table__  # type: ignore[attr-defined]  # SQLModel sets it on every table
        connection.execute(insert(columns), full)


def _cases(numbers: range, now: datetime) -> Rows:
    day = london_date(now)
    common = {"areas": ["highways_transport"], "is_triaged": True, "received_on": day, "logged_at": now}
    return {
        Complainant: [{"id": n, "name": f"Past {n}", "email": f"past{n}@residents.example"} for n in numbers],
        Case: [
            {
                "id": n,
                "reference": make_reference(n, day.year),
                "status": CaseStatus.ACKNOWLEDGED if n % 50 == 0 else CaseStatus.CLOSED,
                "complainant_id": n,
                "acknowledge_by": day,
                "thread_key": token_hex(10),
                **common,
            }
            for n in numbers
        ],
    }


def _letters_in(numbers: range, now: datetime) -> Rows:
    raw = b"From: past\n\n" + b"words " * 100
    message = {"source": "bench", "raw": raw, "size": len(raw), "received_at": now, "look_at": now}
    letter = {"direction": Direction.IN, "at": now, "text": "words " * 60}
    return {
        InboundMessage: [
            {"id": n, "content_key": token_hex(32), "disposition": Disposition.CASE, "case_id": n, **message}
            for n in numbers
        ],
        MailboxCopy: [{"mailbox": "bench", "handle": f"1:{n}", "inbound_id": n, "at": now} for n in numbers],
        Correspondence: [
            {"id": n, "case_id": n, "message_id": f"<past{n}@x.example>", "inbound_id": n, **letter} for n in numbers
        ],
    }


def _what_followed(numbers: range, now: datetime) -> Rows:
    opinion = {"at": now, "guess": "complaint", "confidence": 0.9, "model_version": "past"}
    sent = {"state": Delivery.SENT, "put_at": now, "not_before": now}
    return {
        CaseEvent: [{"case_id": n, "name": name, "at": now} for n in numbers for name in ("received", "acknowledged")],
        Suggestion: [{"case_id": n, **opinion} for n in numbers],
        OutboxEntry: [
            {"key": f"past {n} {way}", "channel": way, "lane": f"{way} case {n}", "case_id": n, **sent}
            for n in numbers
            for way in Channel
        ],
    }


def _defaults(table: Any) -> dict[str, Any]:
    fields = table.model_fields.items()
    return {
        name: field.get_default(call_default_factory=True)
        for name, field in fields
        if name != "id" and not field.is_required()
    }
