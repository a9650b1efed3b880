"""``tocsin model``: the trained models on the shelf, which one is in use, and the monthly note."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from classifier import shelf
from classifier.artefact import ArtefactError
from classifier.shelf import Kept, ShelfError
from commands.joining import clock_of, engine_of, say_and_stop, settings_of
from models.clock import london_date
from models.corrections import agreement_in
from models.db import reading
from models.rules.agreement import in_sentences, month_before

_IN_USE = "Programs that run take it up with the next letter."


@click.group()
def command() -> None:
    """The trained models on the shelf, which one is in use, and how officers agreed with it."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a model.")
@click.pass_context
def list_command(context: click.Context, *, as_json: bool) -> None:
    """List the models that are kept, the one in use first."""
    found = shelf.kept(_shelf(context))
    if not found and not as_json:
        click.echo("No model is kept. Run: tocsin train")
    for each in found:
        click.echo(json.dumps(_as_dict(each)) if as_json else _line(each))


@command.command()
@click.argument("version")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def promote(context: click.Context, version: str, *, as_json: bool) -> None:
    """Take VERSION into use, whatever a comparison said."""

    def take(folder: Path) -> str:
        shelf.promote(folder, version)
        return version

    _change(context, take, as_json=as_json)


@command.command("roll-back")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def roll_back(context: click.Context, *, as_json: bool) -> None:
    """Take the model that was in use before back into use."""
    _change(context, shelf.roll_back, as_json=as_json)


@command.command()
@click.option("--month", metavar="YYYY-MM", help="Which month; otherwise the last one.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def note(context: click.Context, *, month: str | None, as_json: bool) -> None:
    """Say how officers agreed with what was suggested in a month, and what drifted since the one before."""
    settings = settings_of(context)
    first = _month(month) if month else month_before(london_date(clock_of(settings).now()))
    with reading(engine_of(settings)) as session:
        found = agreement_in(session, first)
    click.echo(json.dumps(found.as_dict()) if as_json else "\n".join(in_sentences(found)))


def _shelf(context: click.Context) -> Path:
    return settings_of(context).classifier.artefact


def _change(context: click.Context, take: Callable[[Path], str], *, as_json: bool) -> None:
    """Take another version into use, and say which one; ends the program with a sentence when that cannot be."""
    folder = _shelf(context)
    before = shelf.current_version(folder)
    try:
        version = take(folder)
    except ShelfError as refused:
        say_and_stop(str(refused), hint=refused.hint)
    except ArtefactError as refused:
        say_and_stop(refused.problem, hint="It stays out of use; “tocsin train” makes one that fits.")
    if as_json:
        click.echo(json.dumps({"version": version, "before": before}))
        return
    click.echo(f"{version} is in use. {_IN_USE}")


def _month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 -- a month has no hour
    except ValueError:
        say_and_stop(f"{text} is no month.", hint="Write it as 2026-10.", code=2)


def _as_dict(kept: Kept) -> dict[str, Any]:
    told = {name: kept.card.get(name) for name in ("trained_on", "comparison")}
    return {"version": kept.version, "in_use": kept.is_current, "problem": kept.problem, **told}


def _line(kept: Kept) -> str:
    trained = kept.card.get("trained_on") or {"starter": kept.card.get("examples", 0), "corrections": 0}
    use = "in use" if kept.is_current else ""
    what = f"{trained['starter']} messages of the corpus, {trained['corrections']} that officers decided"
    worse = (kept.card.get("comparison") or {}).get("worse") or []
    notes = [*([f"when compared, {'; '.join(worse)}"] if worse else []), *([kept.problem] if kept.problem else [])]
    return f"{kept.version}  {use:6}  {what}{''.join(f'; {note}' for note in notes)}"
