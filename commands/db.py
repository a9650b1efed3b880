"""``tocsin db upgrade``: bring the database up to date."""

import click

from commands.joining import settings_of
from models.db import open_engine, upgrade


@click.group()
def command() -> None:
    """Bring the database up to date."""


@command.command("upgrade")
@click.pass_context
def upgrade_command(context: click.Context) -> None:
    """Apply every migration that is missing."""
    settings = settings_of(context)
    click.echo(f"The database is at revision {upgrade(open_engine(settings.database.url))}.")
