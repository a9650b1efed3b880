"""``tocsin deadlines``: when a stage is due, and with --explain why, day by day."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args

import click

from commands.hazard_clocks import Danger, clocks_of, day_lines, hazard_dates, hours_and_days, in_london
from commands.joining import say_and_stop, settings_of
from models.clock import in_words, london_instant
from models.rules.deadlines import Deadlines, Happened, deadlines, explain, limits
from models.rules.labels import Area
from models.rules.procedures import ClockStart, Procedure, Stage
from models.rules.side_clocks import Hazard
from models.rules.working_days import NATIONS, WorkingCalendar
from models.settings import Settings

DAY = click.DateTime(formats=["%Y-%m-%d"])
INSTANT = click.DateTime(formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"])
_FOLLOWS = {"panel_reported": "panel_met"}
"""Events that follow another one than the receipt, as the options name them."""


@dataclass(frozen=True)
class Question:
    """What was asked on the command line, by the options' names."""

    number: int
    received: datetime
    acknowledged: datetime | None
    record_agreed: datetime | None
    panel_met: datetime | None
    panel_reported: datetime | None
    area: str | None
    extended: bool
    nation: str | None
    explained: bool
    as_json: bool
    hazard: str | None
    known: datetime | None
    looked_into: datetime | None

    def day_of(self, event: str) -> date | None:
        """The day an event was said to have happened on."""
        given: datetime | None = getattr(self, event)
        return given.date() if given else None

    def happened(self) -> Happened:
        """The days of the events that were given."""
        events: dict[ClockStart, date] = {}
        for event in get_args(ClockStart):
            name = event.replace(" ", "_")
            if event != "received" and hasattr(self, name) and (day := self.day_of(name)):
                events[event] = day
        return events


@click.command()
@click.argument("procedure")
@click.option("--stage", "number", type=int, default=1, show_default=True, help="The stage.")
@click.option("--received", type=DAY, required=True, help="The day it was received (of a later stage: asked for).")
@click.option("--acknowledged", type=DAY, help="The day it was acknowledged; without it, the latest day it may be.")
@click.option(
    "--record-agreed", type=DAY, help="The day the complainant agreed the written record (children, stage 2)."
)
@click.option("--panel-met", type=DAY, help="The day the panel met; without it, the latest day it may.")
@click.option("--panel-reported", type=DAY, help="The day the panel reported; without it, the latest day it may.")
@click.option(
    "--area",
    type=click.Choice([area.value for area in Area]),
    help="The service it concerns, where it has limits of its own.",
)
@click.option(
    "--hazard",
    type=click.Choice([each.value for each in Hazard]),
    help="Also the clocks of a danger in a home that is so grave (housing).",
)
@click.option(
    "--hazard-known",
    "known",
    type=INSTANT,
    help="When the council knew of it, such as 2026-04-02T15:30; without it, from the first hour of --received.",
)
@click.option(
    "--hazard-investigated",
    "looked_into",
    type=DAY,
    help="The day it was investigated; without it, the latest day it may be.",
)
@click.option("--extended", is_flag=True, help="Also the date with the longest ordinary extension.")
@click.option("--nation", help=f"Whose bank holidays count: {', '.join(NATIONS)}.")
@click.option("--explain", "explained", is_flag=True, help="Each day, counted or skipped, and why (not with --json).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def command(context: click.Context, /, procedure: str, **asked: Any) -> None:
    """Say when PROCEDURE is due."""
    question = Question(**asked)
    settings = settings_of(context)
    rules, stage = _stage(settings, procedure, question)
    calendar = _calendar(settings, rules, question.nation)
    _check_order(question)
    due = _due(stage, calendar, question)
    danger = _danger(question)
    beside = clocks_of(settings, procedure, calendar, danger) if danger else ()
    if question.as_json:
        answer = {"procedure": procedure, "stage": question.number, "calendar": calendar.name, **dates_of(due)}
        answer |= {each.limit.name: in_london(each.ends) for each in beside}
        click.echo(json.dumps(answer, default=str))
        return
    click.echo(f"{procedure}, stage {question.number}, working days of {calendar.name}")
    for line in (*_dates(stage, due, question), *hazard_dates(beside)):
        click.echo(line)
    for line in _explained(stage, calendar, due, question) if question.explained else ():
        click.echo(line)
    for line in hours_and_days(beside, calendar, danger) if danger and question.explained else ():
        click.echo(line)


def dates_of(due: Deadlines) -> dict[str, date | None]:
    """The dates by name; those that only this stage has come after the usual three."""
    return {
        "acknowledge_by": due.acknowledge_by,
        "respond_by": due.respond_by,
        "extended_respond_by": due.extended_respond_by,
        **due.further,
    }


def _stage(settings: Settings, procedure: str, question: Question) -> tuple[Procedure, Stage]:
    rules = settings.procedures.get(procedure)
    if rules is None:
        known = ", ".join(settings.procedures)
        say_and_stop(f"There is no procedure “{procedure}”.", hint=f"The settings have: {known}.", code=2)
    area = Area(question.area) if question.area else None
    try:
        return rules, rules.stage(question.number, area=area, received=question.day_of("received"))
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


def _check_order(question: Question) -> None:
    """Ends the program when something happened before what it follows."""
    for event, day in question.happened().items():
        name = event.replace(" ", "_")
        before = next((each for each in (_FOLLOWS.get(name), "received") if each and question.day_of(each)), "received")
        earliest = question.day_of(before)
        if earliest and day < earliest:
            first, then = f"--{name.replace('_', '-')}", f"--{before.replace('_', '-')}"
            say_and_stop(
                f"{first} ({in_words(day)}) cannot come before {then} ({in_words(earliest)}).",
                hint="Look at the two dates.",
                code=2,
            )


def _danger(question: Question) -> Danger | None:
    """The danger that was named; ends the program where something is said of one and it is not named."""
    if question.hazard:
        given = question.known or question.received
        known = london_instant(given.date(), given.time())  # a day alone is its first hour
        return Danger(Hazard(question.hazard), known, question.looked_into.date() if question.looked_into else None)
    if question.known or question.looked_into:
        say_and_stop("Which hazard is it?", hint="Add --hazard emergency or --hazard significant.", code=2)
    return None


def _due(stage: Stage, calendar: WorkingCalendar, question: Question) -> Deadlines:
    received = question.received.date()
    try:
        return deadlines(stage, calendar, received=received, happened=question.happened(), extended=question.extended)
    except (OverflowError, ValueError):  # a day, or a month, after the last one there is
        say_and_stop("The calendar ends before the date this is due.", hint="Look at the dates.", code=2)


def _dates(stage: Stage, due: Deadlines, question: Question) -> Iterator[str]:
    """What people read: the dates, and what has no effect."""
    dates = list(limits(stage, due))
    ends = dates_of(due)
    for name, *_ in dates:
        if day := ends[name]:
            yield f"  {name.replace('_', ' '):20} {in_words(day)}"
    happened = question.happened()
    for event in happened.keys() - {limit.of for _, limit, *_ in dates}:
        yield f"  (nothing at this stage is counted from the day of “{event}”)"


def _explained(stage: Stage, calendar: WorkingCalendar, due: Deadlines, question: Question) -> Iterator[str]:
    """Each date day by day."""
    happened = question.happened()
    for name, limit, length, start in limits(stage, due):
        since = _since(limit.of, is_known=limit.of in happened, is_receipt=start == question.day_of("received"))
        yield f"\n{name.replace('_', ' ')}: {length} from {since}: {in_words(start)}, which does not count"
        yield from day_lines(explain(length, calendar, start, rolls=limit.rolls))


def _since(event: ClockStart, *, is_known: bool, is_receipt: bool) -> str:
    if is_known or event in {"received", "escalation requested"}:
        return event
    return f"received, for the day of “{event}” is not given" if is_receipt else f"{event}, at the latest"
