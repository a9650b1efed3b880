"""``tocsin held``: messages put aside for a person, each with its reason."""

import json

import click

from commands.joining import engine_of, settings_of
from models.clock import LONDON
from models.db import reading
from models.queries import held_messages


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a message.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List messages put aside for a person."""
    with reading(engine_of(settings_of(context))) as session:
        held = held_messages(session)
    if not held and not as_json:
        click.echo("Nothing is held.")
    for message in held:
        if as_json:
            click.echo(json.dumps(message._asdict(), default=str))
        else:
            at = message.received_at.astimezone(LONDON)
            click.echo(
                f"{message.number:6}  {at:%Y-%m-%d %H:%M}  {message.source:14} {message.size:>9} B  {message.reason}"
            )
