"""``tocsin away EMAIL``: an officer is away from one day to another, and somebody covers."""

from datetime import datetime

import click
from sqlmodel import Session

from commands.joining import clock_of, engine_of, say_and_stop, settings_of
from commands.naming import anybody, officer_named
from models.absences import AwayAlready, Leave, go_away
from models.db import writing
from models.people import Officer
from models.rules.errors import GivenWrong

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("email")
@click.option("--from", "from_day", type=_DAY, required=True, help="The first day, such as 2026-12-21.")
@click.option("--until", "until_day", type=_DAY, required=True, help="The last day, included.")
@click.option("--cover", help="Who covers, by their address; without it nobody does.")
@click.option("--by", "by_email", help="The officer who enters it, by their address.")
@click.pass_context
def command(
    context: click.Context,
    email: str,
    from_day: datetime,
    until_day: datetime,
    *,
    cover: str | None,
    by_email: str | None,
) -> None:
    """Enter that EMAIL is away. Reminders go to the cover, who is told what they look after when it begins.

    Of somebody who has left, it says who looks after their cases until somebody else has them.
    """
    settings = settings_of(context)
    try:
        with writing(engine_of(settings)) as session:
            leave = Leave(from_day.date(), until_day.date(), _named(session, cover))
            by, now = _named(session, by_email), clock_of(settings).now()
            said = go_away(session, anybody(session, email), leave, by=by, settings=settings, now=now)
    except AwayAlready as already:
        say_and_stop(f"{already} To change that, call it off first: tocsin people back {email}")
    except GivenWrong as wrong:
        say_and_stop(str(wrong))
    click.echo(said)


def _named(session: Session, email: str | None) -> Officer | None:
    return officer_named(session, email) if email else None
