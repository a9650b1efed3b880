"""``tocsin slack``: what Slack is told of the app."""

from urllib.parse import urlsplit

import click

from commands.joining import say_and_stop


@click.group()
def command() -> None:
    """What Slack is told of the app."""


@command.command()
@click.option("--http", metavar="URL", default="", help="Slack posts to this address, instead of Socket Mode.")
def manifest(http: str) -> None:
    """Print the app's manifest, made from what the program listens to."""
    from bot.manifest import in_yaml

    click.echo(in_yaml(_address(http)), nl=False)


def _address(http: str) -> str:
    """The whole address; whoever gives only a host means the path the program listens on."""
    from bot.receiving_http import PATH

    if not http:
        return ""
    parts = urlsplit(http)
    if parts.scheme != "https" or not parts.hostname:
        say_and_stop(
            f"Slack posts only to https: {http}", hint=f"Write it like https://tocsin.example.org{PATH}", code=2
        )
    return http if parts.path.strip("/") else http.rstrip("/") + PATH
