"""From APPEND to the card in Slack: how long an officer waits, one letter at a time through the real program.

Run: .venv/bin/python -m bench.latency [--letters 20] [--tick 0.25] [--database sqlite|postgresql]
Dovecot over TLS with IDLE, “tocsin run” as a process of its own, and the demo's stand-in for Slack.
"""

import argparse
import imaplib
import ssl
import statistics
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.intake import database
from bench.made import letters
from demo.slack import SlackStandIn
from models.reading_settings import read_settings
from tests.journeys.council import RealCouncil
from tests.servers.dovecot import Dovecot
from tests.servers.program import wait_until
from tests.servers.smtp import SmtpServer

_SECONDS = 30
CHANNELS = frozenset(team.channel for team in read_settings(Path(__file__).parent.parent / "config.yaml").teams)
COUNCILS = {"complaints-highways", "complaints-corporate", "complaints-waste", "complaints-parks"}
"""Those that the council of the journeys makes itself."""


def main() -> None:
    """Print the median and the spread, in seconds."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--letters", type=int, default=20)
    asked.add_argument("--tick", default="", help="seconds between two looks for work; the settings' when not given")
    asked.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    given = asked.parse_args()
    with ExitStack() as at_end:
        folder = Path(at_end.enter_context(tempfile.TemporaryDirectory()))
        url = at_end.enter_context(database(given.database, folder))
        slack = at_end.enter_context(SlackStandIn())
        mail = at_end.enter_context(Dovecot())
        smtp = at_end.enter_context(SmtpServer())
        for channel in CHANNELS - COUNCILS:
            slack.add_channel(channel)
        council = RealCouncil(folder, dovecot=mail, smtp=smtp, slack=slack, database_url=url)
        if given.tick:
            council.program.environment["TOCSIN__JOBS__TICK_SECONDS"] = given.tick
        else:
            del council.program.environment["TOCSIN__JOBS__TICK_SECONDS"]
        at_end.enter_context(council.program)
        council.start()
        waits = sorted(wait_for_card(council, raw) for raw in letters(given.letters))
    print(
        f"{given.database}: from APPEND to the card, {given.letters} letters one by one: "
        f"median {statistics.median(waits):.2f} s ({waits[0]:.2f} to {waits[-1]:.2f})"
    )


def wait_for_card(council: RealCouncil, raw: bytes) -> float:
    """Seconds until there is one card more, in whatever channel."""
    before = cards(council.slack)
    append(council.dovecot, raw)
    began = time.monotonic()
    wait_until(lambda: cards(council.slack) > before, _SECONDS, "no card came")
    return time.monotonic() - began


def append(mail: Dovecot, raw: bytes) -> None:
    """As a mail program puts a letter into the mailbox."""
    trusted = ssl.create_default_context(cafile=mail.ca_file)
    with imaplib.IMAP4_SSL("localhost", mail.tls_port, ssl_context=trusted) as line:
        line.login(mail.user, mail.password)
        line.append("INBOX", None, None, raw)


def cards(slack: SlackStandIn) -> int:
    """How many cases have a card."""
    shown = [message for channel in CHANNELS for message in slack.messages(channel)]
    return sum(any(block.get("block_id", "").startswith("case ") for block in each.get("blocks", [])) for each in shown)


if __name__ == "__main__":
    main()
