"""``tocsin procedures``: the procedures of the settings, or one of them as a table to check line by line."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import click
from pydantic import BaseModel

from commands.joining import say_and_stop, settings_of
from models.clock import in_words
from models.rules.labels import AREAS, KINDS
from models.rules.lengths import Length
from models.rules.procedures import FurtherLimit, Override, Procedure, Stage, TimeLimit
from models.settings import Settings

Row = tuple[str, str, str]
"""What is owed, how long there is, and what it is counted from."""

_HEAD: Row = ("what", "how long", "counted from")
_WIDTH = 18
"""Of the first column, so that tables and lines stand below each other."""


@click.command()
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a procedure.")
@click.pass_context
def command(context: click.Context, name: str | None, as_json: bool) -> None:
    """List the procedures, or print the one called NAME as a table."""
    settings = settings_of(context)
    wanted = [name] if name is not None else list(settings.procedures)
    if name is not None and name not in settings.procedures:
        known = ", ".join(settings.procedures)
        say_and_stop(f"There is no procedure “{name}”.", hint=f"The settings have: {known}.", code=2)
    if as_json:
        for each in wanted:
            click.echo(json.dumps(in_full(each, settings), ensure_ascii=False))
    elif name is None:
        _list(settings)
    else:
        _table(name, settings)


def in_full(name: str, settings: Settings) -> dict[str, Any]:
    """A procedure as the settings have it, each length of time as people write it."""
    told: dict[str, Any] = _plain(settings.procedures[name])
    return {"name": name, **told, "calendar": settings.calendar(name).name}


def _plain(value: Any) -> Any:
    if isinstance(value, Length):
        return str(value)
    if isinstance(value, BaseModel):
        return {key: _plain(inner) for key, inner in value}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, (bool, int)) else str(value)


def _list(settings: Settings) -> None:
    rows = [
        (name, rules.title, str(len(rules.stages)), settings.calendar(name).name, rules.external_body)
        for name, rules in settings.procedures.items()
    ]
    _columns([("name", "title", "stages", "calendar", "external body"), *rows])


def _table(name: str, settings: Settings) -> None:
    rules = settings.procedures[name]
    click.secho(f"{name}: {rules.title}", bold=True)
    _facts(_of_procedure(rules, calendar=settings.calendar(name).name, nation=settings.nation))
    for number, stage in enumerate(rules.stages, 1):
        click.echo()
        click.secho(_heading(number, stage.name), bold=True)
        _columns([_HEAD, *_dates(stage)], indent=2)
        _facts(_of_stage(stage, is_last=number == len(rules.stages)))
    if rules.clocks:
        click.echo()
        click.secho("Clocks beside every stage", bold=True)
        clocks = [(*_row(_what(each), each), each.until or "–", each.signal or "every case") for each in rules.clocks]
        _columns([(*_HEAD, "met by", "runs with the signal"), *clocks], indent=2)
    for count, override in enumerate(rules.overrides, 1):
        click.echo()
        click.secho(f"Override {count}: stage {override.stage}, {_holds(override)}", bold=True)
        _columns([_HEAD, *_dates(override)], indent=2)


def _of_procedure(rules: Procedure, *, calendar: str, nation: str) -> Iterator[tuple[str, str]]:
    whose = "" if rules.calendar else f" (the settings' nation, {nation})"
    yield "working days", f"those of {calendar}{whose}"
    yield "where", ", ".join(rules.nations) or "everywhere"
    yield "needs an answer", _names(KINDS[kind].name for kind in rules.answers)
    kinds = _names(KINDS[kind].name for kind in rules.for_kinds)
    areas = _names(AREAS[area].name for area in rules.for_areas)
    yield "usually for", " about ".join(filter(None, (kinds, areas))) or "what a person puts on it"
    yield "may begin at", ", ".join(f"stage {number}" for number in sorted({1, *rules.may_begin_at}))
    yield "how old", f"{rules.accept_within}; older with good reason" if rules.accept_within else "no limit set"
    contact = f" ({rules.external_body_contact})" if rules.external_body_contact else ""
    yield "in the end", rules.external_body + contact


def _heading(number: int, name: str) -> str:
    return name.capitalize() if name.startswith(f"stage {number}") else f"Stage {number}: {name}"


def _of_stage(stage: Stage, *, is_last: bool) -> Iterator[tuple[str, str]]:
    if stage.by_agreement:
        yield "by agreement", "the day of the answer is agreed with the person; until then the limit stands"
    yield "clock stands", "; ".join(stage.pauses) or "never"
    yield "may not decide", _names(f"who decided stage {number}" for number in stage.independent_of) or "–"
    yield "to be appointed", ", ".join(stage.roles) or "–"
    yield "letters", ", ".join(letter.replace("_", " ") for letter in stage.letters) or "–"
    yield "outcomes", ", ".join(stage.outcomes)
    if not is_last:
        yield "next stage", f"to be asked for within {stage.ask_within}" if stage.ask_within else "no limit to ask"


def _dates(of: Stage | Override) -> Iterator[Row]:
    if of.acknowledge:
        yield _row("acknowledge", of.acknowledge)
    for each in of.further if isinstance(of, Stage) else ():
        yield _row(_what(each), each)
    if of.respond:
        yield _row("answer" + (f" ({of.respond.name})" if of.respond.name else ""), of.respond)
    elif isinstance(of, Stage):
        yield "answer", "no day is set", ""
    yield from _extension(of)


def _extension(of: Stage | Override) -> Iterator[Row]:
    if of.longest_extension:
        in_all = f", {of.respond.within.plus(of.longest_extension)} in all" if of.respond else ""
        yield "longest extension", f"{of.longest_extension} more{in_all}", ""
    elif isinstance(of, Stage):
        yield "longest extension", "none", ""


def _row(what: str, limit: TimeLimit) -> Row:
    return what, f"{limit.within}, rolling on" if limit.rolls else str(limit.within), limit.of


def _what(limit: FurtherLimit) -> str:
    return f"{limit.name}: {limit.what}"


def _holds(override: Override) -> str:
    services = _names(AREAS[area].name for area in override.services) or "every service"
    since = f", received from {in_words(override.received_from)}" if override.received_from else ""
    until = f", received until {in_words(override.received_until)}" if override.received_until else ""
    return services + since + until


def _names(names: Iterable[str]) -> str:
    return ", ".join(names)


def _facts(facts: Iterable[tuple[str, str]]) -> None:
    for name, value in facts:
        click.echo(f"  {name:{_WIDTH}}  {value}")


def _columns(rows: list[tuple[str, ...]], *, indent: int = 0) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    widths[0] = max(widths[0], _WIDTH)
    for number, row in enumerate(rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        click.secho((" " * indent + "  ".join(cells)).rstrip(), dim=number == 0)
