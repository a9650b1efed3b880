"""``tocsin outbox``: what could not be delivered, and trying again."""

import json

import click

from commands.joining import clock_of, engine_of, settings_of
from models.db import reading, writing
from models.outbox import retry_failed
from models.queries import stuck_deliveries


@click.command()
@click.option("--retry", is_flag=True, help="Put failed entries back in the queue.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an entry.")
@click.pass_context
def command(context: click.Context, retry: bool, as_json: bool) -> None:
    """List what could not be delivered, or may not have been."""
    settings = settings_of(context)
    engine = engine_of(settings)
    if retry:
        with writing(engine) as session:
            click.echo(f"{retry_failed(session, now=clock_of(settings).now())} put back in the queue.", err=True)
    with reading(engine) as session:
        stuck = stuck_deliveries(session)
    if not stuck and not as_json:
        click.echo("Nothing is stuck.")
    for entry in stuck:
        if as_json:
            line = {"key": entry.key, "channel": entry.channel, "state": entry.state, "problem": entry.problem}
            click.echo(json.dumps({**line, "attempts": entry.attempts}))
        else:
            click.echo(f"{entry.state.value:10} {entry.channel.value:6} {entry.key:45} {entry.problem}")
