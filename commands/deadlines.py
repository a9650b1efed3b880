"""``tocsin deadlines``: when a stage is due, and with --explain why, day by day."""

import json
from dataclasses import asdict
from datetime import date, datetime

import click

from commands.joining import say_and_stop, settings_of
from models.clock import in_words
from models.rules.deadlines import deadlines, explain, response_starts
from models.rules.procedures import Length, Procedure, Stage
from models.rules.working_days import NATIONS, WorkingCalendar
from models.settings import Settings

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("procedure")
@click.option("--stage", "number", type=int, default=1, show_default=True, help="The stage.")
@click.option("--received", type=DAY, required=True, help="The day it was received (stage 2: asked for).")
@click.option("--acknowledged", type=DAY, help="The day it was acknowledged; without it, the latest day it may be.")
@click.option("--extended", is_flag=True, help="Also the date with the longest ordinary extension.")
@click.option("--nation", help=f"Whose bank holidays count: {', '.join(NATIONS)}.")
@click.option("--explain", "explained", is_flag=True, help="Each day, counted or skipped, and why (not with --json).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 -- one parameter an option
    context: click.Context,
    procedure: str,
    number: int,
    received: datetime,
    acknowledged: datetime | None,
    extended: bool,
    nation: str | None,
    explained: bool,
    as_json: bool,
) -> None:
    """Say when PROCEDURE is due."""
    settings = settings_of(context)
    rules, stage = _stage(settings, procedure, number)
    calendar = _calendar(settings, rules, nation)
    day, done = received.date(), acknowledged.date() if acknowledged else None
    if done and done < day:
        say_and_stop("It cannot be acknowledged before it was received.", hint="Look at the two dates.", code=2)
    try:
        due = deadlines(stage, calendar, received=day, acknowledged=done, extended=extended)
    except OverflowError:
        say_and_stop("The calendar ends before the date this is due.", hint="Look at the dates.", code=2)
    answer = {"procedure": procedure, "stage": number, "calendar": calendar.name, **asdict(due)}
    if as_json:
        click.echo(json.dumps(answer, default=str))
        return
    _print(answer)
    if explained:
        _explain(stage, calendar, received=day, acknowledged=done or due.acknowledge_by, extended=extended)


def _stage(settings: Settings, procedure: str, number: int) -> tuple[Procedure, Stage]:
    rules = settings.procedures.get(procedure)
    if rules is None:
        known = ", ".join(settings.procedures)
        say_and_stop(f"There is no procedure “{procedure}”.", hint=f"The settings have: {known}.", code=2)
    try:
        return rules, rules.stage(number)
    except LookupError as wrong:
        say_and_stop(f"{procedure}: {wrong}.", code=2)


def _calendar(settings: Settings, rules: Procedure, nation: str | None) -> WorkingCalendar:
    name = rules.calendar or NATIONS[settings.nation]
    if nation is not None:
        wanted = nation.lower().replace("_", "-").replace(" ", "-")
        if wanted not in NATIONS:
            say_and_stop(f"There is no nation “{nation}”.", hint=f"Choose one of {', '.join(NATIONS)}.", code=2)
        name = NATIONS[wanted]
    return WorkingCalendar(name, frozenset(settings.closed_days))


def _print(answer: dict[str, object]) -> None:
    click.echo(f"{answer['procedure']}, stage {answer['stage']}, working days of {answer['calendar']}")
    for name in ("acknowledge_by", "respond_by", "extended_respond_by"):
        due = answer[name]
        if isinstance(due, date):
            click.echo(f"  {name.replace('_', ' '):20} {in_words(due)}")


def _explain(stage: Stage, calendar: WorkingCalendar, *, received: date, acknowledged: date, extended: bool) -> None:
    starts = response_starts(stage, received=received, acknowledged=acknowledged)
    limit = stage.respond.within.plus(stage.longest_extension) if extended else stage.respond.within
    _days("acknowledge", stage.acknowledge.within, calendar, received)
    _days("respond", limit, calendar, starts)


def _days(what: str, length: Length, calendar: WorkingCalendar, start: date) -> None:
    click.echo(f"\n{what}: {length.number} {length.unit} after {in_words(start)}, which does not count")
    for day in explain(length, calendar, start):
        mark = f"{day.number:>3}" if day.number else "  –"
        click.echo(f"  {mark}  {in_words(day.day):28} {day.reason if day.number is None else ''}".rstrip())
