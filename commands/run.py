"""``tocsin run``: the program itself, whole or one part of it."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from commands.joining import parts_of, say_and_stop, settings_of
from commands.serving import Stop, serve
from jobs.collecting import collect_seldom
from jobs.logs import set_up_logging

if TYPE_CHECKING:
    from jobs.parts import Parts

log = logging.getLogger("tocsin.run")

_TO_STOP = {signal.SIGINT, signal.SIGTERM}
_SECONDS_TO_LEAVE = 8.0


@click.command()
@click.option(
    "--only",
    type=click.Choice(["intake", "web", "bot", "jobs"]),
    help="One part; several processes may share one database.",
)
@click.pass_context
def command(context: click.Context, only: str | None) -> None:
    """Run until interrupted."""
    settings = settings_of(context)
    set_up_logging()
    parts = parts_of(settings)
    _check_procedures(parts)
    # held back from every thread and waited for below: a handler that sets the event could meet its own lock
    signal.pthread_sigmask(signal.SIG_BLOCK, _TO_STOP)
    names = [only] if only else list(PARTS)
    if "jobs" in names:
        _warm_up(parts)
    collect_seldom()
    stops = [stop for name in names if (stop := PARTS[name](parts)) is not None]
    log.info("running", extra={"action": "run", "parts": " ".join(names)})
    signal.sigwait(_TO_STOP)
    parts.stop.set()
    _leave_in_time()
    for stop in reversed(stops):
        stop()
    log.info("stopped", extra={"action": "stop"})


def _check_procedures(parts: "Parts") -> None:
    """Stop with a sentence when a procedure that cases are on stands no longer in the settings."""
    from models.db import reading
    from models.procedures_in_use import check_procedures_in_use
    from models.rules.errors import ProcedureMissing

    try:
        with reading(parts.engine) as session:
            check_procedures_in_use(session, parts.settings)
    except ProcedureMissing as missing:
        say_and_stop(str(missing), code=2)


def _leave_in_time() -> None:
    """End the program though a library's thread should hang: whatever is half done is taken up at the next start."""
    alarm = threading.Timer(_SECONDS_TO_LEAVE, os._exit, [0])
    alarm.daemon = True
    alarm.start()


def _warm_up(parts: "Parts") -> None:
    """Load the classifier before anybody waits for it; a missing model ends the program here, with a sentence."""
    from classifier.suggest import Message

    parts.suggester().suggest(Message(subject="Good morning", body="This is the first message of the day."))


def _intake(parts: "Parts") -> Stop:
    from functools import partial

    from jobs.ticking import start_jobs
    from jobs.watch_mailbox import open_box, watch

    for mailbox in parts.settings.mailboxes:
        name, open_it = f"mailbox {mailbox.name}", partial(open_box, mailbox, parts.settings.intake)
        threading.Thread(target=watch, args=(parts, open_it), name=name, daemon=True).start()
    scheduler = start_jobs(parts, "intake")
    return lambda: scheduler.shutdown(wait=False)


def _web(parts: "Parts") -> Stop:
    from intake.web.app import create_web

    where = parts.settings.web
    return serve(create_web(parts.engine, parts.settings, parts.clock), where.host, where.port, "web")


def _bot(parts: "Parts") -> Stop | None:
    slack = parts.settings.slack
    if not all(secret.get_secret_value() for secret in (slack.bot_token, slack.secret)):
        log.warning("no Slack tokens are set: cards and reminders wait in the outbox", extra={"action": "connect"})
        return None
    from commands.joining_slack import open_bot

    return open_bot(parts)


def _jobs(parts: "Parts") -> Stop:
    from jobs.ticking import start_jobs

    scheduler = start_jobs(parts, "jobs")
    return lambda: scheduler.shutdown(wait=False)


PARTS: dict[str, Callable[["Parts"], Stop | None]] = {"intake": _intake, "web": _web, "bot": _bot, "jobs": _jobs}
