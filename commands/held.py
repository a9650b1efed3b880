"""``tocsin held``: messages put aside for a person, each with its reason; --show opens one."""

import json

import click

from commands.joining import engine_of, say_and_stop, settings_of
from intake.parse import parse
from models.clock import LONDON
from models.correspondence import InboundMessage
from models.db import reading
from models.queries import held_messages


@click.command()
@click.option("--show", "number", type=int, help="Show the message with that number.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a message.")
@click.pass_context
def command(context: click.Context, number: int | None, as_json: bool) -> None:
    """List messages put aside for a person."""
    with reading(engine_of(settings_of(context))) as session:
        if number is not None:
            _show(session.get(InboundMessage, number))
            return
        held = held_messages(session)
    if not held and not as_json:
        click.echo("Nothing is held.")
    for message in held:
        if as_json:
            click.echo(json.dumps(message._asdict(), default=str))
        else:
            at = f"{message.received_at.astimezone(LONDON):%Y-%m-%d %H:%M}"
            click.echo(f"{message.number:6}  {at}  {message.source:14} {message.size:>9} B  {message.reason}")


def _show(message: InboundMessage | None) -> None:
    if message is None:
        say_and_stop("There is no such message.", hint="“tocsin held” lists their numbers.")
    email = parse(message.raw[:1_000_000])
    for name, value in (("From", email.sender), ("Subject", email.subject), ("Held because", message.reason)):
        click.echo(f"{name}: {value or '(none)'}")
    for attachment in email.attachments:
        click.echo(f"Attached: {attachment.name} ({attachment.content_type}, {attachment.size} B)")
    click.echo(f"\n{email.text or email.quoted}")
