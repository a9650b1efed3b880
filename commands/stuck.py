"""``tocsin stuck``: what does not move, and why, the oldest first."""

import json
from datetime import date
from typing import Any

import click

from commands.joining import clock_of, engine_of, settings_of
from models.clock import london_date
from models.db import reading
from models.rules.labels import AREAS, Area
from models.stuck import Stuck, stuck


@click.command()
@click.option("--team", "team_name", metavar="NAME", help="Only of this team's services, as the settings name it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a case or held message.")
@click.pass_context
def command(context: click.Context, team_name: str | None, as_json: bool) -> None:
    """List cases and held messages that do not move: late, waiting, paused, without an owner, or not sorted."""
    settings = settings_of(context)
    known = {team.name.lower(): team for team in settings.teams}
    if team_name is not None and team_name.lower() not in known:
        raise click.BadParameter(f"it is one of: {', '.join(team.name for team in settings.teams)}")
    areas = known[team_name.lower()].areas if team_name else tuple(Area)
    now = clock_of(settings).now()
    with reading(engine_of(settings)) as session:
        found = stuck(session, areas, now=now)
    if not found and not as_json:
        click.echo("Nothing is stuck.")
    for each in found:
        told = _as_dict(each, london_date(now))
        click.echo(json.dumps(told, default=str, ensure_ascii=False) if as_json else _line(each, told))


def _as_dict(stuck: Stuck, today: date) -> dict[str, Any]:
    return {
        "reference": stuck.reference,
        "area": stuck.area,
        "owner": stuck.owner,
        "since": stuck.since,
        "days": (today - stuck.since).days,
        "why": [{"why": reason.why, "since": reason.since} for reason in stuck.reasons],
    }


def _line(stuck: Stuck, told: dict[str, Any]) -> str:
    area, owner = AREAS[stuck.area].name, stuck.owner or "nobody"
    return f"{stuck.reference:14}  {told['days']:4} days  {area:32} {owner:20} {stuck.why}"
