"""``tocsin people``: teams and officers, who is away and who covers; hand-over lists, coming back, orphans."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

import click
from sqlmodel import Session

from commands.joining import clock_of, engine_of, say_and_stop, settings_of
from commands.naming import anybody
from models.absences import absences_of, come_back
from models.clock import london_date
from models.covering import Roster, roster
from models.db import reading, writing
from models.handing_over import HandOver, Item, hand_over
from models.orphans import orphans
from models.owed import owed_by_officer
from models.people import Officer
from models.rules.errors import GivenWrong
from models.rules.labels import AREAS
from models.settings import Settings
from models.settings_people import Team
from models.working_hours import hours_of

_LIST = "The same as JSON, one object a line."


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help=_LIST)
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List the teams and their officers: hours, absences, cover, and how many open cases each has."""
    if context.invoked_subcommand is not None:
        return
    settings = settings_of(context)
    today = london_date(clock_of(settings).now())
    with reading(engine_of(settings)) as session:
        told = list(_everybody(session, settings, today))
    for each in told:
        click.echo(json.dumps(each, default=str) if as_json else _line(each))
    if not told and not as_json:
        click.echo("There are no officers: name them under “officers” in the settings.")


@command.command("handover")
@click.argument("email")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_context
def handover(context: click.Context, email: str, as_json: bool) -> None:
    """List what EMAIL, an officer or a leaver, has in hand."""
    settings = settings_of(context)
    today = london_date(clock_of(settings).now())
    with reading(engine_of(settings)) as session:
        found = hand_over(session, anybody(session, email), on=today)
    if as_json:
        click.echo(json.dumps(asdict(found), default=str, ensure_ascii=False))
        return
    for line in _hand_over_lines(found):
        click.echo(line)


@command.command("back")
@click.argument("email")
@click.pass_context
def back(context: click.Context, email: str) -> None:
    """End the absence of EMAIL from today on, or call off the next one."""
    settings = settings_of(context)
    try:
        with writing(engine_of(settings)) as session:
            said = come_back(session, anybody(session, email), now=clock_of(settings).now())
    except GivenWrong as wrong:
        say_and_stop(str(wrong), hint="“tocsin people” lists who is away.")
    click.echo(said)


@command.command("orphans")
@click.option("--json", "as_json", is_flag=True, help=_LIST)
@click.pass_context
def list_orphans(context: click.Context, as_json: bool) -> None:
    """List what is owed on cases that nobody looks after: its owner has left, or is away without cover."""
    settings = settings_of(context)
    today = london_date(clock_of(settings).now())
    with reading(engine_of(settings)) as session:
        found = orphans(session, roster(session, today))
    if not found and not as_json:
        click.echo("Somebody looks after every case that has an owner.")
    for each in found:
        if as_json:
            click.echo(json.dumps(asdict(each), default=str, ensure_ascii=False))
        else:
            due = f"{each.what} by {each.due}" if each.due else each.what
            click.echo(f"{each.reference}  {AREAS[each.area].name:32} {due:28} {each.owner} {each.why}")


def _everybody(session: Session, settings: Settings, today: date) -> Iterator[dict[str, Any]]:
    """Everybody of every team, those who work for several in each; then who works for none of them."""
    here, owed = roster(session, today), owed_by_officer(session)
    active = [each for each in here.officers.values() if each.is_active]
    for team in settings.teams:
        for officer in active:
            if not set(team.areas).isdisjoint(officer.areas):
                yield _told(session, officer, here, settings, today) | _of_team(officer, team, owed)
    for officer in active:
        if not officer.areas:
            yield _told(session, officer, here, settings, today) | {"open_cases": owed.get(officer.id or 0, 0)}
    for officer in here.officers.values():
        if not officer.is_active and owed.get(officer.id or 0):
            yield _told(session, officer, here, settings, today) | {"open_cases": owed[officer.id or 0]}


def _told(session: Session, officer: Officer, here: Roster, settings: Settings, today: date) -> dict[str, Any]:
    hours = hours_of(officer.slack_user, settings)
    absence = next(iter(absences_of(session, officer, since=today)), None)
    cover = here.officers.get(absence.cover_id) if absence and absence.cover_id else None
    return {
        "team": None,
        "name": officer.name,
        "email": officer.email,
        "role": "corporate lead" if officer.is_corporate_lead else None,
        "has_left": not officer.is_active,
        "hours": f"{', '.join(day[:3] for day in hours.days)} {hours.from_time:%H:%M}–{hours.until_time:%H:%M}",
        "away_from": absence.from_day if absence else None,
        "away_until": absence.until_day if absence else None,
        "cover": cover.name if cover else None,
        "open_cases": 0,
        "most_cases": None,
    }


def _of_team(officer: Officer, team: Team, owed: dict[int, int]) -> dict[str, Any]:
    role = {(team.head_of_service or "").lower(): "head of service", (team.manager or "").lower(): "manager"}
    told = {"team": team.name, "open_cases": owed.get(officer.id or 0, 0), "most_cases": team.most_cases}
    return told | ({"role": role[officer.email]} if officer.email in role else {})


def _line(each: dict[str, Any]) -> str:
    team = each["team"] or ("left" if each["has_left"] else "all services")
    name = each["name"] + (f" ({each['role']})" if each["role"] else "")
    most = f" of {each['most_cases']}" if each["most_cases"] else ""
    away = f"  away {each['away_from']} to {each['away_until']}, " if each["away_from"] else ""
    cover = (f"{each['cover']} covers" if each["cover"] else "NOBODY COVERS") if away else ""
    return f"{team:28} {name:32} {each['hours']:36} {each['open_cases']}{most} open{away}{cover}"


def _hand_over_lines(found: HandOver) -> Iterator[str]:
    yield f"{found.name} ({found.email})"
    if found.has_left:
        yield "  has left"
    if found.away or found.has_left:
        away = f"is away {found.away}; " if found.away else ""
        yield f"  {away}{found.stood_in_by or 'nobody'} stands in"
    if found.covers_for:
        yield f"  covers for {', '.join(found.covers_for)}"
    for title, items in (("Cases", found.cases), ("Duties", found.duties), ("Asked of others", found.asked)):
        yield click.style(f"{title}: {len(items) or 'none'}", bold=True)
        yield from map(_item, items)


def _item(item: Item) -> str:
    due = f" by {item.due}" if item.due else ""
    return f"  {item.reference}  {item.area:32} {item.what}{due}{f', {item.of}' if item.of else ''}"
