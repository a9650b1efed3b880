"""``tocsin campaign REF``: the cases that one speaks for, the least alike first; --leave takes one out."""

import json
from datetime import datetime

import click
from sqlmodel import Session

from commands.joining import case_of, clock_of, engine_of, say_and_stop, settings_of
from models.campaign_members import followers
from models.campaigns import leave_campaign
from models.case import Case
from models.db import reading, writing
from models.queries import get_case


@click.command()
@click.argument("reference")
@click.option("--leave", is_flag=True, help="Take the case out of its campaign: it gets a card and is answered alone.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a case.")
@click.pass_context
def command(context: click.Context, reference: str, leave: bool, as_json: bool) -> None:
    """List the cases that REFERENCE speaks for; each is answered as that one is."""
    settings = settings_of(context)
    engine = engine_of(settings)
    if leave:
        now = clock_of(settings).now()
        with writing(engine) as session:
            _leave(session, case_of(session, reference), now=now)
        click.echo(f"{reference.upper()} has left its campaign.", err=True)
        return
    with reading(engine) as session:
        found = followers(session, case_of(session, reference))
    if not found and not as_json:
        click.echo("It speaks for no other case.")
    for case, likeness in found:
        if as_json:
            click.echo(json.dumps({"reference": case.reference, "status": case.status, "likeness": likeness}))
        else:
            click.echo(f"{case.reference}  {case.status.value:12}  {likeness:.0%} alike")


def _leave(session: Session, case: Case, *, now: datetime) -> None:
    if not leave_campaign(session, get_case(session, case.number), why="a person took it out", now=now):
        say_and_stop(
            "No other case speaks for it.", hint=f"“tocsin campaign {case.reference}” lists those it speaks for."
        )
