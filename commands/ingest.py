"""``tocsin ingest``: take in files or folders of messages as if they had come by mail."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from commands.joining import parts_of, say_and_stop, settings_of
from intake.processing import process
from intake.receive import receive
from jobs.parts import Parts
from jobs.triage import triage_some
from models.db import writing

SOURCE = "ingest"


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a message.")
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """Take in PATHS: files, or folders with everything below them."""
    settings = settings_of(context)
    for path in paths:
        if not path.exists():
            say_and_stop(f"{path}: there is no such file or folder.", hint="Look at the spelling.", code=2)
    files = [file for path in paths for file in _files(path)]
    parts = parts_of(settings)
    counts: Counter[str] = Counter()
    with click.progressbar(files, label="Taking in", file=sys.stderr, hidden=as_json) as bar:
        for file in bar:
            line = take_in(parts, file)
            counts["duplicate" if line["duplicate"] else line["disposition"]] += 1
            if as_json:
                click.echo(json.dumps(line))
    _triage(parts, quiet=as_json)
    if not as_json:
        _print(counts)
    sys.exit(1 if counts["unreadable"] else 0)


def take_in(parts: Parts, file: Path) -> dict[str, Any]:
    """Keep and process one file; the line that says what became of it."""
    try:
        raw = file.read_bytes()
    except OSError as wrong:
        return {**_BLANK, "source": str(file), "disposition": "unreadable", "reason": f"{wrong.strerror}."}
    now = parts.clock.now()
    with writing(parts.engine) as session:
        kept = receive(session, source=SOURCE, raw=raw, now=now)
    done = process(parts.engine, kept.message_id, settings=parts.settings, now=now)
    return {
        "source": str(file),
        "disposition": done.disposition.value,
        "rule": done.rule,
        "reason": "The same message is here already." if kept.is_duplicate else done.reason,
        "case": done.case,
        "duplicate": kept.is_duplicate,
        "defects": list(done.email.defects),
        "subject": done.email.subject,
        "text": done.email.text,
    }


_BLANK: dict[str, Any] = {
    "source": "",
    "disposition": "",
    "rule": "",
    "reason": "",
    "case": None,
    "duplicate": False,
    "defects": [],
    "subject": "",
    "text": "",
}


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(found for found in path.rglob("*") if _could_be_a_message(found))
    else:
        yield path


def _could_be_a_message(path: Path) -> bool:
    """Everything but folders, and what would wait for ever for a writer."""
    return not (path.is_dir() or path.is_fifo() or path.is_socket() or path.is_char_device())


def _triage(parts: Parts, *, quiet: bool) -> None:
    try:
        parts.suggester()
    except SystemExit:  # it has said why
        click.echo("The cases are kept and wait to be classified.", err=True)
        return
    if not quiet:
        click.echo("Classifying …", err=True)
    while triage_some(parts):
        pass


def _print(counts: Counter[str]) -> None:
    words = {
        "case": "opened a case",
        "follow_up": "joined a case",
        "held": "put aside for a person (tocsin intake held)",
        "ignored": "ignored, with the reason kept",
        "duplicate": "were here already",
        "unreadable": "could not be read from disk",
    }
    for name, sentence in words.items():
        if counts[name]:
            click.echo(f"{counts[name]:6}  {sentence}")
    click.echo(f"{counts.total():6}  in all")
