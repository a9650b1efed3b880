"""``tocsin cases``: open cases, the nearest date first."""

import json
from collections.abc import Mapping
from typing import Any

import click

from commands.joining import clock_of, engine_of, settings_of
from models.campaign_members import people_by_parent
from models.case import Case
from models.case_clock import running_clock
from models.clock import london_date
from models.db import reading
from models.queries import officer_names, open_cases
from models.rules.deadlines import is_overdue
from models.rules.labels import AREAS, KINDS, Kind


@click.command()
@click.option("--all", "include_closed", is_flag=True, help="Also closed cases, and those that another speaks for.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a case.")
@click.pass_context
def command(context: click.Context, include_closed: bool, as_json: bool) -> None:
    """List open cases."""
    settings = settings_of(context)
    today = london_date(clock_of(settings).now())
    with reading(engine_of(settings)) as session:
        cases = open_cases(session, include_closed=include_closed)
        names = officer_names(session)
        people = people_by_parent(session)
    if as_json:
        for case in cases:
            click.echo(json.dumps(summary(case, names) | {"people": people.get(case.number, 1)}, default=str))
        return
    if not cases:
        click.echo("There are no open cases.")
    for case in cases:
        clock = running_clock(case)
        late = "MISSED" if clock and is_overdue(clock.due, today) else ""
        due = f"{clock.name} by {clock.due}" if clock else case.status.value
        kind = KINDS[Kind(case.kind)].name if case.kind else "Not sure"
        owner = names.get(case.owner_id or 0, "nobody")
        many = f"  ({people[case.number]} people)" if case.number in people else ""
        click.echo(f"{case.reference}  {kind:20} {AREAS[case.main_area].name:32} {due:26} {late:7} {owner}{many}")


def summary(case: Case, names: Mapping[int, str]) -> dict[str, Any]:
    """A case as one JSON object: what a machine wants to know, and nothing of the resident's."""
    return {
        "reference": case.reference,
        "status": case.status,
        "kind": case.kind,
        "areas": case.areas,
        "signals": case.signals,
        "procedure": case.procedure,
        "stage": case.stage,
        "received_on": case.received_on,
        "acknowledged_on": case.acknowledged_on,
        "responded_on": case.responded_on,
        "closed_on": case.closed_on,
        "acknowledge_by": case.acknowledge_by,
        "respond_by": case.respond_by,
        "owner": names.get(case.owner_id or 0),
    }
