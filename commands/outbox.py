"""``tocsin outbox``: what could not be delivered; trying again, and settling what is in doubt."""

import json

import click

from commands.joining import clock_of, engine_of, say_and_stop, settings_of
from models.db import reading, writing
from models.outbox import retry_failed, settle
from models.queries import get_case, stuck_deliveries
from models.record import record


@click.command()
@click.option("--retry", is_flag=True, help="Put failed entries back in the queue.")
@click.option("--arrived", metavar="KEY", help="Somebody made sure: this one did arrive.")
@click.option("--again", metavar="KEY", help="Somebody made sure: this one did not arrive; send it again.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an entry.")
@click.pass_context
def command(context: click.Context, retry: bool, arrived: str | None, again: str | None, as_json: bool) -> None:
    """List what could not be delivered, or may not have been."""
    settings = settings_of(context)
    engine = engine_of(settings)
    now = clock_of(settings).now()
    with writing(engine) as session:
        if retry:
            click.echo(f"{retry_failed(session, now=now)} put back in the queue.", err=True)
        for key, has_arrived in ((arrived, True), (again, False)):
            if key is None:
                continue
            entry = settle(session, key, has_arrived=has_arrived, now=now)
            if entry is None:
                say_and_stop(f"Nothing stuck has the key “{key}”.", hint="“tocsin outbox” lists the keys.")
            if entry.case_id is not None:
                case = get_case(session, entry.case_id)
                record(session, case, "delivery_settled", now=now, letter=key, arrived=has_arrived)
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
