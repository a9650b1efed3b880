"""``tocsin classify``: what kind of message a text is, and why, as JSON."""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

import click

from classifier.suggest import Message, Suggester
from commands.joining import say_and_stop, settings_of, suggester_of
from intake.parse import parse
from models.rules.opinions import Opinion

_AT_ONCE = 256
_HEADERS_OF_A_LETTER = ("from", "to", "subject", "date", "received", "message-id", "mime-version")


@click.command()
@click.option(
    "--jsonl",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    help="JSON lines: id, subject, body, sender.",
)
@click.option("--out", type=click.File("w", encoding="utf-8"), default="-", help="Where the answers go.")
@click.pass_context
def command(context: click.Context, jsonl: Path | None, out: IO[str]) -> None:
    """Classify one message on standard input, or every line of a file."""
    suggester = suggester_of(settings_of(context))
    if jsonl is None:
        opinion = suggester.suggest(_from_bytes(sys.stdin.buffer.read()))
        click.echo(json.dumps(as_line(None, opinion), ensure_ascii=False), file=out)
        return
    with click.open_file(str(jsonl), "rb") as lines:
        for answer in _answers(suggester, _read(lines, jsonl)):
            click.echo(json.dumps(answer), file=out)


def as_line(message_id: Any, opinion: Opinion) -> dict[str, Any]:
    """An opinion as one JSON object."""
    return {
        "id": message_id,
        "kind": opinion.kind,
        "guess": opinion.guess,
        "confidence": round(opinion.confidence, 4),
        "areas": [{"area": each.area, "confidence": round(each.confidence, 4)} for each in opinion.areas],
        "signals": list(opinion.signals),
        "reasons": list(opinion.reasons),
    }


def _from_bytes(raw: bytes) -> Message:
    email = parse(raw)
    if any(email.header(name) for name in _HEADERS_OF_A_LETTER):
        return Message(subject=email.subject, body=email.text, sender=email.sender)
    return Message(subject="", body=raw.decode("utf-8", errors="replace"))


def _read(lines: Iterable[bytes], path: Path) -> Iterator[tuple[Any, Message]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
            message = Message(
                subject=str(given.get("subject") or ""),
                body=str(given.get("body") or ""),
                sender=str(given.get("sender") or ""),
            )
        except (ValueError, AttributeError):
            say_and_stop(f"{path}, line {number}: this is no JSON object.", hint="One object a line.", code=2)
        yield given.get("id"), message


def _answers(suggester: Suggester, messages: Iterator[tuple[Any, Message]]) -> Iterator[dict[str, Any]]:
    while batch := list(islice(messages, _AT_ONCE)):
        opinions = suggester.suggest_many([message for _, message in batch])
        for (message_id, _), opinion in zip(batch, opinions, strict=True):
            yield as_line(message_id, opinion)
