"""``tocsin demo``: a pretend council on this machine; no accounts, no network."""

import signal
from collections.abc import Callable
from pathlib import Path

import click

from commands.joining import say_and_stop

_TO_STOP = {signal.SIGINT, signal.SIGTERM}


@click.command()
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8600,
    show_default=True,
    help="Where the page listens; another free one when taken.",
)
@click.option("--empty", is_flag=True, help="Begin without the sample letters.")
def command(port: int, empty: bool) -> None:
    """Run the real program for a pretend council, and print the address of its page."""
    from classifier.artefact import ArtefactError
    from classifier.shelf import read_current
    from demo.council import ROOT, PretendCouncil, pretend_clock
    from demo.page.server import create_page
    from demo.slack import SlackStandIn
    from demo.slack.running import ServerInThread

    signal.pthread_sigmask(signal.SIG_BLOCK, _TO_STOP)
    port = _free(port)
    folder = ROOT / "var" / "demo" / str(port)  # two demos at once keep out of each other's way
    with SlackStandIn(clock=lambda: pretend_clock(folder).now().timestamp()) as slack:
        council = PretendCouncil(folder, slack)
        try:
            read_current(council.settings.classifier.artefact)
        except ArtefactError as refused:
            say_and_stop(str(refused), hint="“make demo” sees to it.")
        page = ServerInThread(create_page(slack, council), port=port)
        page.start()
        council.start()
        try:
            click.echo(f"\n  Exampleshire Council is open at  {page.url}\n")
            click.echo("  For the command line, in another terminal in this folder:")
            click.echo(f"      . {council.commands.relative_to(ROOT)} && .venv/bin/tocsin cases\n")
            click.echo(f"  Its log and its database are in {folder}. Press Ctrl-C to close it.")
            if not empty:
                council.deliver_samples()
            _wait(council.folder, lambda: council.has_died)
        finally:
            council.stop()
            page.stop()


def _wait(folder: Path, has_died: Callable[[], bool]) -> None:
    while signal.sigtimedwait(_TO_STOP, 1.0) is None:
        if has_died():
            say_and_stop("The program has stopped.", hint=f"Its log is {folder / 'program.log'}.")


def _free(port: int) -> int:
    """The port asked for, or another free one when it is taken."""
    import socket

    from demo.council import free_port

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return free_port()
        return port
