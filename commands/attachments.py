"""``tocsin attachments REF``: what came with a case's letters; --save takes it out, under names that do no harm."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from commands.joining import case_of, clock_of, engine_of, say_and_stop, settings_of
from intake.attachments import content_of, is_locked_away
from models.clock import LONDON
from models.db import reading, writing
from models.queries import get_case, letters
from models.record import note
from models.rules.attached import name_that_only_opens, size_in_words, state_in_words, type_in_words, type_of
from models.scanned import CLEAN, INFECTED, TOO_LARGE
from models.settings_mail import IntakeSettings

_MOST_OF_ONE_NAME = 10_000
_LONGEST_STEM = 150
"""Bytes of a name before its ending; file systems take 255 in all, and a letter may be four of them."""


@dataclass(frozen=True)
class _Attached:
    """One attachment of a case, numbered in the order in which they came."""

    number: int
    came_at: datetime
    name: str
    content_type: str
    size: int
    digest: str
    state: str


@click.command()
@click.argument("reference")
@click.option("--save", "folder", type=click.Path(path_type=Path, file_okay=False), help="Save them into this folder.")
@click.option("--although-unscanned", is_flag=True, help="Save those, too, that the virus scanner has not seen.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an attachment.")
@click.pass_context
def command(
    context: click.Context, reference: str, folder: Path | None, although_unscanned: bool, as_json: bool
) -> None:
    """List the attachments of the case REFERENCE, with what each truly is.

    Saved ones get new names where one is taken, and “.txt” at the end where a double click would run them.
    What holds a virus is never saved. Each saving is written into the case's history.
    """
    settings = settings_of(context)
    engine = engine_of(settings)
    with reading(engine) as session:
        case = case_of(session, reference)
        rows = [(letter.at, row) for letter in letters(session, case) for row in letter.attachments]
    attached = [_attached(number, at, row, settings.intake) for number, (at, row) in enumerate(rows, start=1)]
    _list(attached, as_json=as_json)
    if folder is None:
        return
    saved, problem = _save_all(attached, folder, settings.intake, although_unscanned=although_unscanned)
    if saved:
        now = clock_of(settings).now()
        with writing(engine) as session:
            note(session, get_case(session, case.number), "attachments_saved", now=now, count=saved)
    click.echo(f"{saved} of {len(attached)} saved in {folder}.", err=True)
    if problem:
        say_and_stop(f"{folder} cannot be written to: {problem}.", hint="Make room, or choose another folder.")


def _attached(number: int, at: datetime, row: dict[str, Any], settings: IntakeSettings) -> _Attached:
    digest = str(row.get("digest", ""))
    locked = bool(digest) and is_locked_away(digest, settings)  # the same file may have been found out elsewhere
    return _Attached(
        number=number,
        came_at=at,
        name=str(row["name"]),
        content_type=type_of(row),
        size=int(row["size"]),
        digest=digest,
        state=INFECTED if locked else str(row.get("state", "")),
    )


def _list(attached: list[_Attached], *, as_json: bool) -> None:
    if not attached and not as_json:
        click.echo("Nothing is attached to its letters.")
    for each in attached:
        if as_json:
            click.echo(json.dumps(vars(each), default=str, ensure_ascii=False))
            continue
        at = f"{each.came_at.astimezone(LONDON):%Y-%m-%d %H:%M}"
        state = state_in_words(each.state) or "not kept apart"
        kind = type_in_words(each.content_type)
        click.echo(f"{each.number:4}  {at}  {size_in_words(each.size):>8}  {kind:24} {state:26} {each.name}")


def _save_all(
    attached: list[_Attached], folder: Path, settings: IntakeSettings, *, although_unscanned: bool
) -> tuple[int, str]:
    """How many were saved, and what stopped it, if anything did."""
    saved = 0
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for each in attached:
            saved += _save(each, folder, settings, although_unscanned=although_unscanned)
    except OSError as refused:
        return saved, refused.strerror or "it refuses"
    return saved, ""


def _save(each: _Attached, folder: Path, settings: IntakeSettings, *, although_unscanned: bool) -> bool:
    if why := _why_not(each, settings, although_unscanned=although_unscanned):
        click.echo(f"{each.name} is not saved: {why}", err=True)
        return False
    try:
        content = content_of(each.digest, settings)
    except FileNotFoundError:
        click.echo(f"{each.name} is not saved: its file is gone from {settings.attachments}.", err=True)
        return False
    path = _write_new(folder, name_that_only_opens(each.name, each.content_type), content)
    click.echo(f"{each.name} is saved as {path.name}.", err=True)
    return True


def _why_not(each: _Attached, settings: IntakeSettings, *, although_unscanned: bool) -> str:
    """Why a file is not handed out, or ""."""
    if each.state == INFECTED:
        return "it holds a virus and stays locked away."
    if each.state == TOO_LARGE:
        return "it is too large and was not kept. The whole message is in the mailbox."
    if not each.digest:
        return "it came before attachments were kept. The whole message is in the mailbox."
    if each.state != CLEAN and settings.clamd and not although_unscanned:
        return "the virus scanner has not seen it. Try again later, or add --although-unscanned."
    return ""


def _write_new(folder: Path, name: str, content: bytes) -> Path:
    """Write a new file, for its owner alone; one that is there is never touched, be it a link."""
    for path in _names(folder, name):
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        return path
    raise FileExistsError(17, "every name is taken")


def _names(folder: Path, name: str) -> Iterator[Path]:
    stem, dot, ending = (Path(name).name.strip(" .") or "attachment").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    stem = stem.encode()[:_LONGEST_STEM].decode(errors="ignore")
    for number in range(1, _MOST_OF_ONE_NAME):
        yield folder / f"{stem}{f' ({number})' if number > 1 else ''}{dot}{ending}"
